"""How alike people's pieces are to the training music: what percentiles and verdicts are measured by.

Conventions: windows of held-out pieces, of up to 64 bars; a piece that shares a tune with the training
split is in the training split's group and thus not held out (see docs/cards/corpus.md).

Offers `measure_people`, `COPY_SHARE`, `ALIKE_SHARE`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from motet.corpus.shards import Shards
from motet.originality.index import Index
from motet.tokens import window

__all__ = ["ALIKE_SHARE", "COPY_SHARE", "N_BARS", "measure_people"]

N_BARS: Final = 64
COPY_SHARE: Final = 0.99
ALIKE_SHARE: Final = 0.90
_LEAST_NOTES: Final = 48


def measure_people(
    index: Index, held_out: Shards, *, n: int | None = None, say: Callable[[str], None]
) -> dict[str, Any]:
    """Return how alike held-out pieces are to the index, and the thresholds of the verdicts.

    Parameters
    ----------
    index : Index
    held_out : Shards
    n : int, optional
        How many pieces, spread over the split; None is all.
    say : callable

    Returns
    -------
    dict
        ``bits`` (sorted, one number a piece), ``alike`` and ``copy`` (thresholds: the 90th and the
        99th percentile), ``n_pieces``.

    Examples
    --------
    >>> measure_people.__name__
    'measure_people'
    """
    chosen = [k for k in range(len(held_out)) if held_out.n_notes[k] >= _LEAST_NOTES]
    if n is not None and n < len(chosen):
        chosen = [chosen[k] for k in np.linspace(0, len(chosen) - 1, n).round().astype(int)]
    found: list[float] = []
    for at, k in enumerate(chosen):
        if at % 50 == 0:
            say(f"held-out piece {at} of {len(chosen)}")
        grid = held_out[k]
        start = max(0, (grid.n_bars - N_BARS) // 2)
        near = index.nearest(window(grid, start, min(grid.n_bars, start + N_BARS)))
        found.append(round(near.bits, 2) if near else 0.0)
    bits = sorted(found)
    alike, copy = (float(np.quantile(bits, share)) if bits else 0.0
                   for share in (ALIKE_SHARE, COPY_SHARE))  # fmt: skip
    return {"bits": bits, "alike": round(alike, 2), "copy": round(copy, 2), "n_pieces": len(bits)}
