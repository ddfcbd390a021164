"""What a piece sounds like, whatever its key, tempo and note values: for finding it again.

Conventions: a fingerprint is a sorted set of 64-bit numbers, one for every nine successive changes of
pitch of the highest and lowest line of the whole and of each part. Repeated pitches count once, and
runs with fewer than four different changes (scales, trills) are left out: everyone has them.

Offers `fingerprint`, `fingerprint_line`.

Source: own definition; n-grams of intervals after J. S. Downie, "Evaluating a Simple Approach to
Music Information Retrieval", PhD thesis, University of Western Ontario, 1999.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.tokens.layout import GridScore

__all__ = ["Hashes", "fingerprint", "fingerprint_line"]

Hashes = npt.NDArray[np.uint64]
"""Sorted, each once."""

_LENGTH: Final = 9  # tuned on the corpus, see docs/cards/corpus.md
_MIN_DIFFERENT: Final = 4
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)


def fingerprint_line(pitches: npt.NDArray[Any]) -> Hashes:
    """Return the fingerprint of one line of pitches.

    Parameters
    ----------
    pitches : int, shape (n,), semitones
        In order of time.

    Returns
    -------
    uint64, shape (m,)
        Empty when the line has fewer than ten different pitches in a row.

    Examples
    --------
    >>> line = np.array([60, 62, 64, 65, 67, 64, 60, 67, 65, 62, 60, 71])
    >>> np.array_equal(fingerprint_line(line), fingerprint_line(np.repeat(line, 2) - 5))
    True
    """
    return np.unique(_hash_runs(np.asarray(pitches)))


def fingerprint(grid: GridScore) -> Hashes:
    """Return the fingerprint of a piece; drums have none.

    Parameters
    ----------
    grid : GridScore

    Returns
    -------
    uint64, shape (m,)

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> fingerprint(score_to_grid(make_score("C4:1 D4:1")).grid).tolist()
    []
    """
    drums = [k for k, part in enumerate(grid.parts) if part.is_drums]
    notes = grid.notes
    if drums:
        notes = notes[~np.isin(notes["part"], drums)]
    if not len(notes):
        return np.zeros(0, np.uint64)
    time = grid.bar_starts[notes["bar"]] + notes["pos"]
    pitch = notes["pitch"].astype(np.int64)
    found = list(_edge_lines(time, pitch))
    parts = notes["part"]
    if len(np.unique(parts)) > 1:
        for k in np.unique(parts):
            own = parts == k
            found += _edge_lines(time[own], pitch[own])
    return np.unique(np.concatenate([_hash_runs(line) for line in found]))


def _edge_lines(
    time: npt.NDArray[np.int64], pitch: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the highest and the lowest pitch of each onset."""
    order = np.lexsort((pitch, time))
    time, pitch = time[order], pitch[order]
    first = np.append(True, time[1:] != time[:-1])
    last = np.append(first[1:], True)
    return pitch[last], pitch[first]


def _hash_runs(pitches: npt.NDArray[Any]) -> Hashes:
    """Return a number for every run of nine changes of pitch that says something."""
    steps = np.diff(pitches.astype(np.int64))
    steps = steps[steps != 0]
    if len(steps) < _LENGTH:
        return np.zeros(0, np.uint64)
    runs = np.lib.stride_tricks.sliding_window_view(steps, _LENGTH)
    ordered = np.sort(runs, axis=1)
    different = 1 + (ordered[:, 1:] != ordered[:, :-1]).sum(axis=1)
    runs = runs[different >= _MIN_DIFFERENT]
    total = np.zeros(len(runs), np.uint64)
    for column in range(_LENGTH):
        total = total * _FACTOR + (runs[:, column] + 128).astype(np.uint64)
    total ^= total >> np.uint64(29)
    total *= _MIX
    return total ^ (total >> np.uint64(32))
