"""How strongly each moment of a score is accented, in six ways: the ground for finding bar lines.

Conventions: moments are sixteenth notes from tick 0 (`STEPS_PER_QN` a quarter note); an onset belongs
to the nearest one. Each row is centred and scaled to unit spread; a row without any spread is 0.
Drums count as onsets, not as bass or harmony.

Source: the cues are those of Lerdahl and Jackendoff, A Generative Theory of Tonal Music (1983),
chapter 4, metrical preference rules 3 to 6 (event, stress, length, bass and harmony).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from motet.score import Score, note_table

__all__ = ["ACCENTS", "STEPS_PER_QN", "Accents", "find_accents"]

FloatArray = npt.NDArray[np.float64]
STEPS_PER_QN = 4
ACCENTS = ("onset", "duration", "bass", "low", "harmony", "velocity", "held")
"""Rows of `Accents.strength`: notes that begin, the longest of them, a new bass note, a low note, a
change of harmony, loudness, and (speaking against an accent) sound going on without an onset."""
_MAX_QN = 4.0
_MAX_STEPS = 4096


@dataclass(frozen=True, kw_only=True)
class Accents:
    """The accents of a score.

    Parameters
    ----------
    strength : float64, shape (7, t)
        Rows as `ACCENTS`, columns sixteenths.
    first_step, last_onset_step, end_step : int
        Where sound begins, where the last note begins, and where everything has ended.
    """

    strength: FloatArray
    first_step: int
    last_onset_step: int
    end_step: int


def find_accents(score: Score, *, end_tick: int | None = None) -> Accents | None:
    """Return the accents of a score, or None when nothing sounds.

    Parameters
    ----------
    score : Score
        Bar lines are not looked at.
    end_tick : int or None, ticks
        Only what begins before counts; 1024 quarter notes at most.

    Returns
    -------
    Accents or None

    Examples
    --------
    >>> from motet.score import make_score
    >>> found = find_accents(make_score("C4:1 E4:1 G4:2"))
    >>> found.strength.shape, found.end_step
    ((7, 16), 16)
    """
    table = note_table(score)
    table = table[table["duration_tick"] > 0]
    if end_tick is not None:
        table = table[table["onset_tick"] < end_tick]
    start = np.rint(table["onset_qn"] * STEPS_PER_QN).astype(np.int64)
    keep = start < _MAX_STEPS
    table, start = table[keep], start[keep]
    if len(table) == 0:
        return None
    end = np.rint((table["onset_qn"] + table["duration_qn"]) * STEPS_PER_QN).astype(np.int64)
    end = np.clip(np.maximum(end, start + 1), 1, _MAX_STEPS)
    n_steps = int(end.max())
    rows = np.zeros((len(ACCENTS), n_steps))
    counts = np.bincount(start, minlength=n_steps).astype(np.float64)
    rows[0] = np.log1p(counts)
    np.maximum.at(rows[1], start, np.minimum(table["duration_qn"], _MAX_QN))
    pitched = ~table["is_drum"]
    if pitched.any():
        _add_pitch_rows(rows, table[pitched], start[pitched], end[pitched])
    loud = np.zeros(n_steps)
    np.maximum.at(loud, start, table["velocity"].astype(np.float64))
    has_onset = counts > 0
    rows[5] = np.where(has_onset, loud - loud[has_onset].mean(), 0.0)
    edges = np.zeros(n_steps + 1)
    np.add.at(edges, start, 1.0)
    np.add.at(edges, end, -1.0)
    rows[6] = ((np.cumsum(edges)[:-1] > 0) & ~has_onset).astype(np.float64)
    spread = rows.std(axis=1, keepdims=True)
    scaled = np.where(
        spread > 1e-9, (rows - rows.mean(axis=1, keepdims=True)) / np.maximum(spread, 1e-9), 0.0
    )
    return Accents(
        strength=scaled,
        first_step=int(start.min()),
        last_onset_step=int(start.max()),
        end_step=n_steps,
    )


def _add_pitch_rows(
    rows: FloatArray,
    table: npt.NDArray[np.void],
    start: npt.NDArray[np.int64],
    end: npt.NDArray[np.int64],
) -> None:
    """Fill the rows of bass, low notes and harmony."""
    n_steps = rows.shape[1]
    pitch = table["pitch"].astype(np.int64)
    lowest = np.full(n_steps, 128, dtype=np.int64)
    held = np.full(n_steps, 128, dtype=np.int64)
    np.minimum.at(lowest, start, pitch)
    chroma = np.zeros((n_steps + 1, 12))
    for s, e, p in zip(start.tolist(), end.tolist(), pitch.tolist(), strict=True):
        held[s:e] = np.minimum(held[s:e], p)
        last = min(e, s + STEPS_PER_QN * 2)
        chroma[s, p % 12] += 1.0
        chroma[last, p % 12] -= 1.0
    sounding = np.cumsum(chroma, axis=0)[:-1]
    is_bass = (lowest <= held) & (lowest < 128)
    before = -1
    for step in np.flatnonzero(is_bass).tolist():
        bass = int(lowest[step]) % 12
        rows[2, step] = 1.0 if bass != before else 0.4
        before = bass
    onsets = lowest < 128
    rows[3] = np.where(onsets, float(lowest[onsets].mean()) - lowest, 0.0)
    total = np.vstack((np.zeros(12), np.cumsum(sounding, axis=0)))
    width = 2 * STEPS_PER_QN
    steps = np.arange(n_steps)
    after = total[np.minimum(steps + width, n_steps)] - total[steps]
    past = total[steps] - total[np.maximum(steps - width, 0)]
    size = np.linalg.norm(after, axis=1) * np.linalg.norm(past, axis=1)
    alike = np.where(size > 0, (after * past).sum(axis=1) / np.maximum(size, 1e-9), 1.0)
    rows[4] = np.where(onsets, 1.0 - alike, 0.0)
