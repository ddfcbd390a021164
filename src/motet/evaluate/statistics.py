"""What a stretch of music is made of, as distributions: pitch, steps, durations, places, chords, returns.

Conventions: taken from a grid, whose pitches are key-normalised, so that pieces in different keys can be
compared. Every distribution is counts; a stretch without what it counts gives zeros. Drums have no pitch,
but places and durations; likeness of bars counts them by key.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.corpus.quick_chords import quick_chords
from motet.evaluate.form import pair_likeness
from motet.tokens.layout import GridScore
from motet.tokens.vocab import CHORD_QUALITIES

__all__ = [
    "HISTOGRAMS",
    "LAGS",
    "count_histograms",
    "grid_likeness",
    "lag_likeness",
    "pool_shares",
    "wasserstein",
]

FloatArray = npt.NDArray[np.float64]
HISTOGRAMS: Final[dict[str, int]] = {
    "pitch_class": 12,
    "interval": 25,
    "duration": 14,
    "onset": 48,
    "chord_transition": 48,
}
"""Name to number of bins."""
LAGS: Final = (1, 2, 4, 8)
_DURATIONS: Final = np.array([3, 4, 6, 8, 9, 12, 16, 18, 24, 36, 48, 72, 96])
_KINDS: Final = {"maj": 0, "6": 0, "maj7": 0, "add9": 0, "min": 1, "m7": 1, "m6": 1, "7": 2, "9": 2}
_KIND_OF: Final = np.array([_KINDS.get(name, 3) for name in CHORD_QUALITIES])
_MOVE: Final = 12


def count_histograms(grid: GridScore) -> dict[str, FloatArray]:
    """Return the distributions of a stretch of music, as counts.

    Parameters
    ----------
    grid : GridScore

    Returns
    -------
    dict of str to float64
        By the names of `HISTOGRAMS`: pitch classes from the normalised tonic's C; moves of every part's
        highest notes from an octave down to an octave up; durations by size; onsets (each once a part)
        by their place in the bar, in sixths of a quarter note; from one chord to the next the step of
        the root and the kind of chord it leads to.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> found = count_histograms(score_to_grid(make_score("C4:1 D4:1 C4:2", fifths=0)).grid)
    >>> found["pitch_class"][:3].tolist(), found["interval"].nonzero()[0].tolist()
    ([2.0, 0.0, 1.0], [10, 14])
    """
    notes = grid.notes
    drums = np.array([part.is_drums for part in grid.parts], np.bool_)
    pitched = notes[~drums[notes["part"]]] if len(notes) else notes
    edges = np.searchsorted(_DURATIONS, pitched["dur"].astype(np.int64))
    place = np.unique(
        np.stack((notes["part"], notes["bar"], notes["pos"] // 4), axis=1).astype(np.int64), axis=0
    )
    return {
        "pitch_class": _count(pitched["pitch"].astype(np.int64) % 12, "pitch_class"),
        "interval": _count(_find_moves(grid, pitched) + _MOVE, "interval"),
        "duration": _count(edges, "duration"),
        "onset": _count(np.minimum(place[:, 2], HISTOGRAMS["onset"] - 1), "onset"),
        "chord_transition": _count(_find_steps(grid), "chord_transition"),
    }


def _count(values: npt.NDArray[np.integer], name: str) -> FloatArray:
    return np.bincount(values, minlength=HISTOGRAMS[name]).astype(np.float64)


def _find_moves(grid: GridScore, pitched: np.ndarray) -> npt.NDArray[np.int64]:
    """Return the moves of the highest notes of each part, an octave at most."""
    if not len(pitched):
        return np.zeros(0, np.int64)
    onset = grid.bar_starts[pitched["bar"]] + pitched["pos"]
    order = np.lexsort((-pitched["pitch"].astype(np.int64), onset, pitched["part"]))
    part, onset = pitched["part"][order].astype(np.int64), onset[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (part[1:] != part[:-1]) | (onset[1:] != onset[:-1])
    line, owner = pitched["pitch"][order][first].astype(np.int64), part[first]
    moves = np.diff(line)[owner[1:] == owner[:-1]]
    return np.asarray(np.clip(moves, -_MOVE, _MOVE), np.int64)


def _find_steps(grid: GridScore) -> npt.NDArray[np.int64]:
    """Return from chord to chord: the step of the root, and the kind of chord it leads to."""
    chords = quick_chords(grid)["chord"].astype(np.int64)
    root, kind = chords // len(CHORD_QUALITIES), _KIND_OF[chords % len(CHORD_QUALITIES)]
    return np.asarray((np.diff(root) % 12) * 4 + kind[1:], np.int64)


def lag_likeness(grid: GridScore) -> dict[int, FloatArray]:
    """Return how alike bars are at the distances `LAGS`.

    Parameters
    ----------
    grid : GridScore

    Returns
    -------
    dict of int to float64, 0 to 1
        As `motet.evaluate.bar_likeness` counts it; without bars in which nothing begins.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> lag_likeness(score_to_grid(make_score("C4:4 D4:4 C4:4")).grid)[2].tolist()
    [1.0]
    """
    alike = grid_likeness(grid)
    rows = {lag: np.diag(alike, lag) for lag in LAGS}
    return {lag: values[~np.isnan(values)] for lag, values in rows.items()}


def grid_likeness(grid: GridScore) -> FloatArray:
    """Return how alike every two bars are, as `motet.evaluate.bar_likeness` counts it.

    Parameters
    ----------
    grid : GridScore

    Returns
    -------
    float64, shape (m, m), 0 to 1
        nan in the rows and columns of bars in which nothing begins.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid_likeness(score_to_grid(make_score("C4:2 D4:2 | C4:2 E4:2")).grid)[0].round(3).tolist()
    [1.0, 0.333]
    """
    notes = grid.notes
    drums = np.array([part.is_drums for part in grid.parts], np.bool_)[notes["part"]]
    pitch = np.where(drums, 12 + notes["pitch"], notes["pitch"] % 12)
    event = np.stack((notes["part"], notes["pos"] // 4, pitch), axis=1).astype(np.int64)
    _, kind = np.unique(event, axis=0, return_inverse=True)
    return pair_likeness(notes["bar"].astype(np.int64), kind.ravel(), n_bars=grid.n_bars)


def pool_shares(
    histograms: Sequence[FloatArray], *, weights: Sequence[float] | None = None
) -> FloatArray:
    """Return the mean of distributions, each counted alike or by weight.

    Parameters
    ----------
    histograms : sequence of float64, all of one shape
        Counts; those that are all 0 are left out.
    weights : sequence of float or None

    Returns
    -------
    float64, shares

    Examples
    --------
    >>> pool_shares([np.array([4.0, 0.0]), np.array([1.0, 1.0]), np.array([0.0, 0.0])]).tolist()
    [0.75, 0.25]
    """
    own = [1.0] * len(histograms) if weights is None else weights
    total = np.zeros_like(histograms[0]) if histograms else np.zeros(1)
    used = 0.0
    for counts, weight in zip(histograms, own, strict=True):
        if counts.sum() > 0:
            total = total + weight * counts / counts.sum()
            used += weight
    return total / used if used else total


def wasserstein(one: FloatArray, other: FloatArray, *, weights: FloatArray | None = None) -> float:
    """Return the mean distance by which values must be moved to turn one sample into another.

    Parameters
    ----------
    one, other : float64, shape (n,), (m,)
    weights : float64, shape (m,), or None
        Of `other`.

    Returns
    -------
    float, >= 0
        nan when one is empty.

    Source
    ------
    The first Wasserstein distance on a line: the area between the two distribution functions.

    Examples
    --------
    >>> wasserstein(np.array([0.0, 1.0]), np.array([1.0, 2.0]))
    1.0
    """
    if not len(one) or not len(other):
        return float("nan")
    places = np.unique(np.concatenate((one, other)))
    gaps = np.diff(places)
    below = [_share_below(one, None, places), _share_below(other, weights, places)]
    return float((np.abs(below[0] - below[1])[:-1] * gaps).sum())


def _share_below(values: FloatArray, weights: FloatArray | None, places: FloatArray) -> FloatArray:
    order = np.argsort(values)
    mass = np.ones(len(values)) if weights is None else weights[order]
    total = np.concatenate(([0.0], np.cumsum(mass)))
    found = total[np.searchsorted(values[order], places, side="right")] / total[-1]
    return np.asarray(found, np.float64)
