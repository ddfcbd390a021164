"""How often each piece is drawn for training: styles balanced, no source overwhelming.

Conventions: a style is drawn in proportion to the square root of its notes; within a style a piece
in proportion to its bars; then no source gets more than its cap, and what is cut goes to the others.

Offers `balance_weights` and the caps: `SOURCE_CAP` in training, `MADE_CAP` of the arranger there,
`HELD_OUT_CAP` in validation and tests, frozen so that figures stay comparable.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["HELD_OUT_CAP", "MADE_CAP", "SOURCE_CAP", "balance_weights"]

SOURCE_CAP: Final = 0.15
MADE_CAP: Final = 0.11
HELD_OUT_CAP: Final = 0.18
_ROUNDS: Final = 100

Ints = npt.NDArray[np.int64]


def balance_weights(
    styles: Ints,
    sources: Ints,
    n_notes: Ints,
    n_bars: Ints,
    *,
    cap: float = SOURCE_CAP,
    own_caps: Mapping[int, float] | None = None,
) -> npt.NDArray[np.float64]:
    """Return the probability of drawing each piece.

    Parameters
    ----------
    styles, sources : int64, shape (n,)
        Style and source of each piece, any numbers.
    n_notes, n_bars : int64, shape (n,), >= 0
    cap : float, 0 to 1
        Largest share of one source; more when there are too few sources for it.
    own_caps : mapping of int to float, or None
        Largest share of sources that have a cap of their own; never more, unless there is no other.

    Returns
    -------
    float64, shape (n,), sum 1

    Examples
    --------
    >>> one, two = np.array([0, 0, 1]), np.array([0, 0, 1])
    >>> balance_weights(one, two, np.array([50, 50, 400]), np.array([4, 4, 9]), cap=1.0).round(2)
    array([0.17, 0.17, 0.67])
    """
    n = len(styles)
    if not n:
        return np.zeros(0)
    weights = np.zeros(n)
    for style in np.unique(styles):
        rows = styles == style
        bars = np.maximum(n_bars[rows], 1).astype(float)
        weights[rows] = np.sqrt(max(1, int(n_notes[rows].sum()))) * bars / bars.sum()
    weights /= weights.sum()
    names = np.unique(sources).tolist()
    own = {name: share for name, share in (own_caps or {}).items() if name in names}
    usual = [name for name in names if name not in own]
    least = (1.0 - sum(own.values())) / len(usual) if usual else 1.0
    limits = {name: own.get(name, max(cap, least)) if usual else 1.0 for name in names}
    for _ in range(_ROUNDS):
        shares = {name: float(weights[sources == name].sum()) for name in names}
        over = [name for name in names if shares[name] > limits[name] + 1e-12]
        if not over:
            break
        fixed = [name for name in names if shares[name] >= limits[name] - 1e-12]
        free = 1.0 - sum(shares[name] for name in fixed)
        for name in over:
            weights[sources == name] *= limits[name] / shares[name]
        if free > 0:
            rest = ~np.isin(sources, fixed)
            weights[rest] *= (1.0 - sum(limits[name] for name in fixed)) / free
    total: float = float(weights.sum())
    return weights / total
