"""How alike people's pieces are to the training music: what percentiles and verdicts are measured by.

Conventions: windows of held-out pieces, of up to 64 bars. Some held-out pieces do quote training pieces
(a song in a march, a tune in a reel): a window that shares six runs of nine intervals with its nearest
piece, as the corpus counts kin, is *kin*. Percentiles are over all windows, the threshold of a copy is
the 99.5th percentile of those that are not kin, so that few other held-out pieces are
called a copy (how many: docs/quality.md, planted).

Offers `measure_people`, `is_kin`, `COPY_SHARE`, `ALIKE_SHARE`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from motet.corpus.fingerprint import fingerprint
from motet.corpus.shards import Shards
from motet.originality.index import Index
from motet.tokens import GridScore, window

__all__ = ["ALIKE_SHARE", "COPY_SHARE", "N_BARS", "is_kin", "measure_people"]

N_BARS: Final = 64
COPY_SHARE: Final = 0.995
ALIKE_SHARE: Final = 0.90
_LEAST_NOTES: Final = 48
_SHARED: Final = 6


def is_kin(one: GridScore, two: GridScore) -> bool:
    """Return whether two pieces share six runs of nine intervals that are no scales.

    Parameters
    ----------
    one, two : GridScore

    Returns
    -------
    bool

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> short = score_to_grid(make_score("C4:1 D4:1")).grid
    >>> is_kin(short, short)
    False
    """
    return len(np.intersect1d(fingerprint(one), fingerprint(two))) >= _SHARED


def measure_people(
    index: Index,
    held_out: Shards,
    train: Shards,
    *,
    n: int | None = None,
    say: Callable[[str], None],
) -> dict[str, Any]:
    """Return how alike held-out pieces are to the index, and the thresholds of the verdicts.

    Parameters
    ----------
    index : Index
    held_out, train : Shards
    n : int, optional
        How many pieces, spread over the split; None is all.
    say : callable

    Returns
    -------
    dict
        ``bits`` (sorted, one number a piece), ``alike`` (90th percentile), ``copy`` (99.5th of those that
        are not kin), ``n_pieces``, ``n_kin``.

    Examples
    --------
    >>> measure_people.__name__
    'measure_people'
    """
    chosen = [k for k in range(len(held_out)) if held_out.n_notes[k] >= _LEAST_NOTES]
    if n is not None and n < len(chosen):
        chosen = [chosen[k] for k in np.linspace(0, len(chosen) - 1, n).round().astype(int)]
    names = {name: k for k, name in enumerate(train.names)}
    bits: list[float] = []
    others: list[float] = []
    for at, k in enumerate(chosen):
        if at % 50 == 0:
            say(f"held-out piece {at} of {len(chosen)}")
        grid = held_out[k]
        start = max(0, (grid.n_bars - N_BARS) // 2)
        own = window(grid, start, min(grid.n_bars, start + N_BARS))
        near = index.nearest(own)
        bits.append(round(near.bits, 2) if near else 0.0)
        place = names.get(near.piece) if near else None
        if place is None or not is_kin(own, train[place]):
            others.append(bits[-1])
    alike = float(np.quantile(bits, ALIKE_SHARE)) if bits else 0.0
    copy = float(np.quantile(others, COPY_SHARE)) if others else alike
    return {
        "bits": sorted(bits),
        "alike": round(min(alike, copy), 2),
        "copy": round(copy, 2),
        "n_pieces": len(bits),
        "n_kin": len(bits) - len(others),
    }
