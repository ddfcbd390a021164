"""Drums that a person played: snapped to the beat, with what that moved kept aside.

Conventions: each beat takes the coarsest of sixteenths, triplets, thirty-seconds and sextuplets that
explains its strokes; the drummer's usual lead or lag is taken off before choosing. A deviation is
played minus snapped, quarter notes, positive when late, the usual lead or lag included.

Offers `KIT`, `choose_snap`, `snap_drums`.

Source: own definition; the keys of the kit are the Roland TD-11's as the data set's page lists them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.score import Note, Score

__all__ = ["KIT", "Stroke", "choose_snap", "snap_drums"]

KIT: Final = {22: 42, 26: 46, 40: 38, 47: 47, 48: 48, 50: 50, 55: 49, 58: 43, 52: 57, 59: 51}
"""Keys of the electronic kit's rims and edges, and the General MIDI keys that stand for them."""

_GRIDS: Final = ((4, 0.0), (3, 0.0004), (8, 0.0020), (6, 0.0024))
_BEAT_START: Final = 0.1
"""A stroke up to a tenth of a beat early belongs to the beat."""
_NEAR: Final = 0.06
"""Strokes so near to a beat say how much the drummer leads or lags."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """How one drum note was played: its place, its key, deviation (quarter notes), velocity."""

    tick: int
    pitch: int
    deviation_qn: float
    velocity: int


def choose_snap(onset_qn: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Return each onset on the line of the beat that it was meant for.

    Parameters
    ----------
    onset_qn : float, shape (n,), quarter notes, >= 0

    Returns
    -------
    float64, shape (n,), quarter notes, >= 0

    Examples
    --------
    >>> choose_snap(np.array([0.02, 0.27, 0.48, 1.01, 1.35, 1.68])).round(2).tolist()
    [0.0, 0.25, 0.5, 1.0, 1.33, 1.67]
    """
    played = np.asarray(onset_qn, dtype=np.float64)
    if not len(played):
        return played
    off_beat = played - np.round(played)
    near = np.abs(off_beat) < _NEAR
    aligned = played - (float(np.median(off_beat[near])) if near.any() else 0.0)
    beat = np.floor(aligned + _BEAT_START).astype(np.int64)
    best: npt.NDArray[np.float64] = aligned
    lowest = np.full(int(beat.max()) + 2, np.inf)
    for per_beat, penalty in _GRIDS:
        snapped: npt.NDArray[np.float64] = np.round(aligned * per_beat) / per_beat
        total = np.bincount(beat + 1, weights=(aligned - snapped) ** 2, minlength=len(lowest))
        count = np.bincount(beat + 1, minlength=len(lowest))
        cost = total / np.maximum(count, 1) + penalty
        better = cost < lowest
        lowest = np.where(better, cost, lowest)
        best = np.where(better[beat + 1], snapped, best)
    return np.maximum(best, 0.0)


def snap_drums(score: Score) -> tuple[Score, tuple[Stroke, ...]]:
    """Return a score with its drums snapped, and how each note was played.

    Parameters
    ----------
    score : Score
        Other parts stay as they are.

    Returns
    -------
    tuple of Score and tuple of Stroke
        Of strokes on one drum that fall on one place the hardest is kept.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("drums 36:1 38:1")
    >>> notes = [replace(note, onset_tick=note.onset_tick + 20) for note in score.parts[0].notes]
    >>> late = score.with_parts(replace(score.parts[0], notes=tuple(notes)))
    >>> snapped, strokes = snap_drums(late)
    >>> [note.onset_tick for note in snapped.parts[0].notes], strokes[0].deviation_qn
    ([0, 480], 0.0417)
    """
    parts, strokes = [], []
    for part in score.parts:
        if not part.is_drums:
            parts.append(part)
            continue
        played = np.array([note.onset_tick for note in part.notes], dtype=np.float64)
        meant = choose_snap(played / score.resolution)
        ticks = np.round(meant * score.resolution).astype(np.int64)
        kept: dict[tuple[int, int], tuple[Note, float]] = {}
        for note, tick, place_qn in zip(part.notes, ticks.tolist(), meant.tolist(), strict=True):
            pitch = KIT.get(note.pitch, note.pitch)
            before = kept.get((tick, pitch))
            if before is None or note.velocity > before[0].velocity:
                length = max(1, note.duration_tick)
                moved = replace(note, onset_tick=tick, pitch=pitch, duration_tick=length)
                kept[tick, pitch] = moved, note.onset_tick / score.resolution - place_qn
        parts.append(replace(part, notes=tuple(note for note, _ in kept.values())))
        strokes += [
            Stroke(
                tick=note.onset_tick,
                pitch=note.pitch,
                deviation_qn=round(deviation, 4),
                velocity=note.velocity,
            )
            for note, deviation in kept.values()
        ]
    strokes.sort(key=lambda stroke: (stroke.tick, stroke.pitch))
    return score.with_parts(*parts), tuple(strokes)
