"""The parts of a recording: its notes by register and role, where that tells something.

Conventions: a part is a name and its notes by onset. All notes of the recording are in exactly one.

How: a cut is laid where the notes leave a valley in the low register. What lies below becomes a bass of
its own only where it behaves like one: it goes on through the whole recording, steps more than it leaps,
and is played in short notes of its own, one at a time. A left hand falls silent, leaps, or holds its
notes to the next; then all stays one part. Above a bass, the highest line becomes a melody where it is one.

Source: own definition; limits set on 38 rendered training pieces: of 17 for one keyboard or fiddle 1 was
split, of 21 with a bass 12, and 79 to 97 notes in 100 of those basses were the bass's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.heard import HeardNote

__all__ = ["split_notes"]

_FEWEST: Final = 24
_CUTS: Final = range(40, 56)
_USUAL_CUT: Final = 49
_VALLEY: Final = 0.025
_BASS_FEWEST: Final = 12
_BASS_SHARE: Final = (0.08, 0.7)
_BASS_ALONE: Final = 0.7
_BASS_COVER: Final = 0.75
_BASS_LEAP_SEMI: Final = 5
_BASS_HELD: Final = 0.78
_COVER_S: Final = 1.0
_LOOK_BACK: Final = 64
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
    onset, _, pitch = table.T
    counts = np.bincount(pitch.astype(np.int64), minlength=128)
    cut = min(_CUTS, key=lambda at: (counts[at - 1 : at + 2].sum(), abs(at - _USUAL_CUT)))
    is_low: NDArray[np.bool_] = pitch < cut
    least, most = _BASS_SHARE
    if is_low.sum() < _BASS_FEWEST or not least <= is_low.mean() <= most:
        return None
    line = table[is_low]
    steps = np.diff(line[:, 0])
    held = np.median(line[:, 1] - line[:, 0]) / max(float(np.median(steps)), 0.01)
    seconds = np.unique(np.floor((line[:, 0] - onset[0]) / _COVER_S))
    cover = len(seconds) * _COVER_S / max(float(np.ptp(onset)), _COVER_S)
    is_bass = (
        counts[cut - 1 : cut + 2].sum() <= _VALLEY * len(table)
        and _alone(line) >= _BASS_ALONE
        and cover >= _BASS_COVER
        and np.median(np.abs(np.diff(line[:, 2]))) <= _BASS_LEAP_SEMI
        and held <= _BASS_HELD
    )
    return is_low if is_bass else None


def _find_melody(table: NDArray[np.float64]) -> NDArray[np.int64] | None:
    """Return the notes of the highest line, or None where the notes have no such line."""
    if len(table) < _FEWEST:
        return None
    onset, offset, pitch = table.T
    top = np.ones(len(table), bool)
    last = np.searchsorted(onset, onset + _NEAR_S, side="right")
    for k in range(len(table)):
        around = slice(max(0, k - _LOOK_BACK), int(last[k]))
        sounds = offset[around] > onset[k] + _NEAR_S
        top[k] = pitch[k] >= pitch[around][sounds].max(initial=0.0)
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
