"""Measures of form: how much of a bar was heard before, and whether it returns at regular distances.

Conventions: bars are compared by what begins in them: part, place (in sixths of a quarter note) and
pitch class (drums: key). The likeness of two bars is the size of what they share over the size of
what either has (Jaccard). Bars in which nothing begins are left out. What is undefined is nan.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from motet.score import Score, note_table

__all__ = ["bar_likeness", "block_return", "lag_structure", "pair_likeness", "self_similarity"]

STEPS_PER_QN: Final = 6
LAGS: Final = (1, 2, 4, 8)
FloatArray = npt.NDArray[np.float64]


def bar_likeness(score: Score) -> FloatArray:
    """Return how alike every two bars are.

    Parameters
    ----------
    score : Score

    Returns
    -------
    float64, shape (m, m), 0 to 1
        1 on the diagonal; nan in the rows and columns of bars in which nothing begins.

    Examples
    --------
    >>> from motet.score import make_score
    >>> bar_likeness(make_score("C4:2 D4:2 | C4:2 E4:2"))[0].round(3).tolist()
    [1.0, 0.333]
    """
    table = note_table(score)
    table = table[table["duration_tick"] > 0]
    starts = np.array([bar.start_tick for bar in score.bars], dtype=np.int64)
    place = (table["onset_tick"] - starts[table["bar"]]) * STEPS_PER_QN / score.resolution
    pitch = np.where(table["is_drum"], 12 + table["pitch"], table["pitch"] % 12)
    event = np.stack((table["part"], np.rint(place).astype(np.int64), pitch), axis=1)
    _, kind = np.unique(event, axis=0, return_inverse=True)
    return pair_likeness(table["bar"], kind.ravel(), n_bars=len(starts))


def pair_likeness(
    bars: npt.NDArray[np.integer], kinds: npt.NDArray[np.integer], *, n_bars: int
) -> FloatArray:
    """Return how alike every two bars are, from which kinds of event each has.

    Parameters
    ----------
    bars, kinds : integer, shape (n,)
        Bar and kind of each event, from 0.
    n_bars : int

    Returns
    -------
    float64, shape (n_bars, n_bars), 0 to 1
        nan in the rows and columns of bars without events.

    Examples
    --------
    >>> pair_likeness(np.array([0, 0, 1]), np.array([0, 1, 1]), n_bars=2).tolist()
    [[1.0, 0.5], [0.5, 1.0]]
    """
    has = np.zeros((n_bars, int(kinds.max()) + 1 if len(kinds) else 1), dtype=np.float64)
    has[bars, kinds] = 1.0
    shared = has @ has.T
    size = has.sum(axis=1)
    with np.errstate(invalid="ignore"):
        likeness = shared / (size[:, None] + size[None, :] - shared)
    likeness[size == 0, :] = np.nan
    likeness[:, size == 0] = np.nan
    return np.asarray(likeness)


def self_similarity(score: Score) -> float:
    """Return how alike a bar is to the most alike of the bars before it, on average.

    Parameters
    ----------
    score : Score

    Returns
    -------
    float, 0 to 1
        nan with fewer than two bars in which something begins.

    Examples
    --------
    >>> from motet.score import make_score
    >>> self_similarity(make_score("C4:4 | D4:4 | C4:4"))
    0.5
    """
    likeness = bar_likeness(score)
    kept = ~np.isnan(np.diag(likeness))
    rows = likeness[np.ix_(kept, kept)]
    best = [float(rows[k, :k].max()) for k in range(1, len(rows))]
    return float(np.mean(best)) if best else float("nan")


def lag_structure(score: Score) -> float:
    """Return how much more alike bars are at 1, 2, 4 or 8 bars' distance than at any.

    Parameters
    ----------
    score : Score

    Returns
    -------
    float, -1 to 1
        The largest of the four means, less the mean over all pairs. Near 0 when the order of the
        bars says nothing; nan with fewer than four bars in which something begins.

    Examples
    --------
    >>> from motet.score import make_score
    >>> lag_structure(make_score("C4:4 | D4:4 | " * 4)) > 0.4
    True
    """
    likeness = bar_likeness(score)
    kept = np.flatnonzero(~np.isnan(np.diag(likeness)))
    if len(kept) < 4:
        return float("nan")
    pairs = likeness[np.triu_indices(len(likeness), 1)]
    means = []
    for lag in LAGS:
        values = np.diag(likeness, lag)
        values = values[~np.isnan(values)]
        if len(values) >= 2:
            means.append(float(values.mean()))
    return max(means) - float(np.nanmean(pairs)) if means else float("nan")


def block_return(likeness: FloatArray, *, n_bars: int) -> float:
    """Return how alike a run of bars is to the most alike run before it, on average.

    Parameters
    ----------
    likeness : float64, shape (m, m)
        Of `bar_likeness`.
    n_bars : int
        Length of the runs: 1 a bar, 4 a phrase, 8 a section. They may begin anywhere, and do not
        overlap; the likeness of two runs is the mean over their bars in order.

    Returns
    -------
    float, 0 to 1
        nan where there are no two runs in which something begins.

    Examples
    --------
    >>> from motet.score import make_score
    >>> tune = bar_likeness(make_score("C4:4 | D4:4 | C4:4 | D4:4 | C4:4 | E4:4"))
    >>> block_return(tune, n_bars=2)
    0.8333333333333334
    """
    count = len(likeness) - n_bars + 1
    if count <= n_bars:
        return float("nan")
    total, known = np.zeros((count, count)), np.zeros((count, count))
    for k in range(n_bars):
        part = likeness[k : k + count, k : k + count]
        total += np.nan_to_num(part)
        known += ~np.isnan(part)
    with np.errstate(invalid="ignore"):
        mean = total / known
    best = []
    for start in range(n_bars, count):
        row = mean[start, : start - n_bars + 1]
        if not np.isnan(row).all():
            best.append(float(np.nanmax(row)))
    return float(np.mean(best)) if best else float("nan")
