"""The parts of a recording: its notes by register and role, where that tells something.

Conventions: a part is a name and its notes by onset. All notes of the recording are in exactly one.

How: the lowest line and the highest are drawn through the notes, beat by beat. A line becomes a part of
its own only where it stands on its own: one note at a time, most of the time, apart from the rest in
register. One player's two hands are no band: where lines leap into each other's register, or what lies
between moves with them, all stays one part.

Source: own definition; the limits were set on rendered training pieces (solo keyboards and ensembles).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.heard import HeardNote

__all__ = ["split_notes"]

_FEWEST: Final = 24
_BASS_TOP: Final = 52
_BASS_SHARE: Final = 0.12
_BASS_MONO: Final = 0.9
_BASS_GAP: Final = 0.85
_MELODY_SHARE: Final = 0.2
_MELODY_APART: Final = 0.9
_NEAR_S: Final = 0.05


def split_notes(notes: Sequence[HeardNote]) -> tuple[tuple[str, tuple[HeardNote, ...]], ...]:
    """Return notes as parts: one, or a bass, a melody and the accompaniment.

    Parameters
    ----------
    notes : sequence of HeardNote
        In any order.

    Returns
    -------
    tuple of (name, tuple of HeardNote)
        From top to bottom: "Melody", "Chords", "Bass", those that there are; "Music" for all in one.
        Empty without notes.

    Source
    ------
    See the module.

    Examples
    --------
    >>> [name for name, _ in split_notes([HeardNote(0.0, 1.0, 60, 64, 0.9)])]
    ['Music']
    """
    ordered = tuple(sorted(notes, key=lambda note: (note.onset_s, note.pitch)))
    if len(ordered) < _FEWEST:
        return (("Music", ordered),) if ordered else ()
    table = np.array([(n.onset_s, n.offset_s, n.pitch) for n in ordered])
    is_bass = _find_bass(table)
    if is_bass is None:
        return (("Music", ordered),)
    parts: list[tuple[str, NDArray[np.bool_]]] = []
    upper = np.flatnonzero(~is_bass)
    is_melody = np.zeros(len(ordered), bool)
    top = _find_melody(table[upper])
    if top is not None:
        is_melody[upper[top]] = True
        parts.append(("Melody", is_melody))
    parts += [("Chords", ~is_bass & ~is_melody), ("Bass", is_bass)]
    return tuple(
        (name, tuple(ordered[k] for k in np.flatnonzero(chosen)))
        for name, chosen in parts
        if chosen.any()
    )


def _find_bass(table: NDArray[np.float64]) -> NDArray[np.bool_] | None:
    """Return which notes are a bass line, or None where there is none."""
    onset, offset, pitch = table.T
    is_low = pitch < _BASS_TOP
    n_low = int(is_low.sum())
    if n_low < _BASS_SHARE * len(table) or n_low > 0.7 * len(table) or n_low < 8:
        return None
    if _alone(table[is_low]) < _BASS_MONO:
        return None
    # Apart: the next note above a bass note lies well above, and few notes lie where the line ends.
    line_top = np.percentile(pitch[is_low], 90)
    rest_bottom = np.percentile(pitch[~is_low], 10)
    if rest_bottom - line_top < 5:
        return None
    # A hand that plays bass and chords in turn leaves the bass silent while the chords sound.
    sounding = np.minimum(offset[is_low][:-1], onset[is_low][1:]) - onset[is_low][:-1]
    gaps = np.diff(onset[is_low])
    covered = float(sounding.sum() / max(gaps.sum(), 1e-9))
    return is_low if covered >= _BASS_GAP * 0.7 else None


def _find_melody(table: NDArray[np.float64]) -> NDArray[np.int64] | None:
    """Return the notes of the highest line, or None where the notes have no such line."""
    if len(table) < _FEWEST:
        return None
    onset, offset, pitch = table.T
    top = np.ones(len(table), bool)
    for k in range(len(table)):
        sounds = (onset <= onset[k] + _NEAR_S) & (offset > onset[k] + _NEAR_S)
        top[k] = pitch[k] >= pitch[sounds].max(initial=0.0)
    share = float(top.mean())
    if not _MELODY_SHARE <= share <= 0.75 or _alone(table[top]) < _MELODY_APART:
        return None
    gap = np.percentile(pitch[top], 25) - np.percentile(pitch[~top], 75)
    return np.flatnonzero(top) if gap >= 2 else None


def _alone(table: NDArray[np.float64]) -> float:
    """Return the share of notes that no other note of the line overlaps for long."""
    onset, offset, _ = table.T
    if len(onset) < 2:
        return 1.0
    length = np.maximum(offset - onset, 1e-3)
    overlap = np.clip(offset[:-1] - onset[1:], 0.0, None) / np.minimum(length[:-1], length[1:])
    return float((overlap < 0.35).mean())
