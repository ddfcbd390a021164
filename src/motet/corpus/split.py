"""Which split a group of pieces belongs to: by a frozen rule, so that it never changes.

Conventions: 92 % of groups are for training, 4 % for validation, 4 % for tests. The rule looks at
the names of works alone: adding pieces moves no other piece, unless it links two groups.

Offers `SPLITS`, `choose_split`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

__all__ = ["SPLITS", "choose_split"]

SPLITS: Final = ("train", "valid", "test")
_SHARES: Final = (92, 96, 100)  # frozen


def choose_split(works: Iterable[str]) -> str:
    """Return the split of a group.

    Parameters
    ----------
    works : iterable of str
        Names of the works in the group, in any order; the one with the lowest hash decides.

    Returns
    -------
    str
        One of `SPLITS`.

    Examples
    --------
    >>> choose_split(["a", "b"]) == choose_split(["b", "a"])
    True
    """
    lowest = min(hashlib.sha256(work.encode()).digest()[:8] for work in works)
    share = int.from_bytes(lowest, "big") % 100
    return next(split for split, limit in zip(SPLITS, _SHARES, strict=True) if share < limit)
