"""How sure a note is that may be there: by its beginning, its course, and what is around it.

Conventions: frames and columns are those of `motet.audio.network.Posteriors`.

How: 41 numbers a note go through a small network of two layers. They tell how it begins and lasts, how
loud it is beside the loudest pitch and beside what sounded just before, and what the pitches do whose
partial it could be (an octave, a twelfth, two octaves and so on below), its own octave above, and its
neighbours. None depends on how loud the whole recording is.

Source: own definition; the weights were fitted on audio that was rendered from training pieces of
Motet's corpus with noise of performance, see ``data/notes.npz`` and docs/audio.md.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.candidates import Candidates, find_rise
from motet.audio.network import Posteriors

__all__ = ["N_FEATURES", "describe_candidates", "judge_candidates"]

Float32 = NDArray[np.float32]
_KIN: Final = (-28, -24, -19, -12, -1, 1, 7, 12, 19)
"""Semitones to the pitches that are looked at beside the note's own."""
N_FEATURES: Final = 14 + 3 * len(_KIN)
"""Numbers that describe a candidate."""
_FAR_DB: Final = -90.0


def describe_candidates(posteriors: Posteriors, candidates: Candidates) -> Float32:
    """Return what is known of each candidate, in numbers of about -2 to 2.

    Parameters
    ----------
    posteriors : Posteriors
    candidates : Candidates, shape (n,)

    Returns
    -------
    float32, shape (n, N_FEATURES)

    Examples
    --------
    >>> from motet.audio.candidates import find_candidates
    >>> onset, frame = np.zeros((2, 60, 88), np.float32)
    >>> onset[10, 39], frame[10:40, 39] = 0.9, 0.8
    >>> heard = Posteriors(onset, frame, np.zeros((60, 264), np.float32), 0.0116, -60 + 40 * frame)
    >>> describe_candidates(heard, find_candidates(heard)).shape == (1, N_FEATURES)
    True
    """
    n = len(candidates)
    if not n:
        return np.zeros((0, N_FEATURES), np.float32)
    start, end, column = candidates["start"], candidates["end"], candidates["column"]
    rise = find_rise(posteriors.frame)
    sums = np.concatenate(
        [np.zeros((1, 88)), np.cumsum(posteriors.frame, axis=0, dtype=np.float64)]
    )

    def near(values: Float32, first: int, last: int, semi: int, empty: float) -> Float32:
        """Return the largest value from `first` to `last` frames after the start, at a pitch."""
        rows = np.clip(start[:, None] + np.arange(first, last + 1), 0, len(values) - 1)
        there = column + semi
        is_there = (there >= 0) & (there < 88)
        found = values[rows, np.clip(there, 0, 87)[:, None]].max(axis=1)
        return np.where(is_there, found, empty).astype(np.float32)

    def mean(semi: int) -> Float32:
        """Return how likely a pitch sounds during the note."""
        there = column + semi
        is_there = (there >= 0) & (there < 88)
        at = np.clip(there, 0, 87)
        found = (sums[end, at] - sums[start, at]) / np.maximum(end - start, 1)
        return np.where(is_there, found, 0.0).astype(np.float32)

    level = near(posteriors.level_db, 0, 8, 0, _FAR_DB)
    rows = np.clip(start[:, None] + np.arange(9), 0, len(rise) - 1)
    loudest = posteriors.level_db.max(axis=1)[rows].max(axis=1)
    before = near(posteriors.level_db, -14, -8, 0, _FAR_DB)
    crowd = posteriors.frame.sum(axis=1)[np.clip(start + 4, 0, len(rise) - 1)]
    struck = posteriors.onset.sum(axis=1)[rows[:, :3]].max(axis=1)
    pitch = (column - 39) / 24.0
    columns = [
        candidates["strike"],
        near(posteriors.onset, -1, 1, 0, 0.0),
        near(rise, -1, 1, 0, 0.0),
        mean(0),
        near(posteriors.frame, 0, 20, 0, 0.0),
        np.log2(np.maximum(end - start, 1) / 9.0) / 3.0,
        near(posteriors.frame, -7, -3, 0, 0.0),
        np.clip((level - loudest) / 30.0, -2.0, 0.0),
        np.clip((level - before) / 20.0, -2.0, 2.0),
        pitch,
        np.square(pitch),
        candidates["is_late"],
        crowd / 8.0,
        struck / 5.0,
    ]
    for semi in _KIN:
        columns += [
            mean(semi),
            near(posteriors.onset, -2, 2, semi, 0.0),
            np.clip((near(posteriors.level_db, 0, 8, semi, _FAR_DB) - level) / 30.0, -2.0, 2.0),
        ]
    return np.stack(columns, axis=1).astype(np.float32)


@cache
def _weights() -> tuple[Float32, ...]:
    """Return the layers: weights and offsets, in turn."""
    with np.load(Path(__file__).parent / "data" / "notes.npz", allow_pickle=False) as data:
        return tuple(data[name] for name in ("w1", "b1", "w2", "b2", "w3", "b3"))


def judge_candidates(posteriors: Posteriors, candidates: Candidates) -> Float32:
    """Return how sure each candidate is a note.

    Parameters
    ----------
    posteriors : Posteriors
    candidates : Candidates, shape (n,)

    Returns
    -------
    float32, shape (n,), 0 to 1

    Examples
    --------
    >>> from motet.audio.candidates import find_candidates
    >>> onset, frame = np.zeros((2, 60, 88), np.float32)
    >>> onset[10, 39], frame[10:40, 39] = 0.9, 0.8
    >>> heard = Posteriors(onset, frame, np.zeros((60, 264), np.float32), 0.0116, -60 + 40 * frame)
    >>> bool(judge_candidates(heard, find_candidates(heard))[0] > 0.5)
    True
    """
    w1, b1, w2, b2, w3, b3 = _weights()
    hidden = np.maximum(describe_candidates(posteriors, candidates) @ w1 + b1, 0.0)
    hidden = np.maximum(hidden @ w2 + b2, 0.0)
    sure: Float32 = 1.0 / (1.0 + np.exp(-np.clip(hidden @ w3 + b3, -30.0, 30.0)))
    return sure[:, 0].astype(np.float32)
