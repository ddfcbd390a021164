"""Pieces that are the same music, found by their fingerprints.

Conventions: two pieces are *related* when a quarter of the smaller one's fingerprint is in the other,
and *the same* when half of their common fingerprint is shared. Runs of pitches that occur in more than
30 pieces are commonplace and do not count.

Offers `Pairs`, `find_pairs`, `group_pieces`, `find_shared`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.corpus.fingerprint import Hashes

__all__ = ["RELATED", "SAME", "Pairs", "find_pairs", "find_shared", "group_pieces"]

RELATED: Final = 0.25
SAME: Final = 0.5
_COMMONPLACE: Final = 30
_MIN_SHARED: Final = 6


@dataclass(frozen=True, eq=False, kw_only=True)
class Pairs:
    """Pairs of pieces that share music.

    Parameters
    ----------
    first, second : int64, shape (p,)
        Indices of pieces, first < second.
    contained : float64, shape (p,), 0 to 1
        Share of the smaller piece's fingerprint that is in the other.
    similarity : float64, shape (p,), 0 to 1
        Shared part of their common fingerprint.
    """

    first: npt.NDArray[np.int64]
    second: npt.NDArray[np.int64]
    contained: npt.NDArray[np.float64]
    similarity: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.first)


def find_pairs(prints: Sequence[Hashes], *, minimum: float = RELATED) -> Pairs:
    """Return the pairs of pieces of which the smaller is in the other to a stated share.

    Parameters
    ----------
    prints : sequence of uint64 arrays
        A fingerprint for each piece.
    minimum : float, 0 to 1

    Returns
    -------
    Pairs
        Sorted by first, then second.

    Examples
    --------
    >>> tune, other = np.arange(20, dtype=np.uint64), np.arange(50, 90, dtype=np.uint64)
    >>> pairs = find_pairs([tune, other, tune[4:]])
    >>> pairs.first.tolist(), pairs.second.tolist(), pairs.contained.tolist()
    ([0], [2], [1.0])
    """
    n = len(prints)
    sizes = np.array([len(one) for one in prints], np.int64)
    owner = np.repeat(np.arange(n, dtype=np.int64), sizes)
    every = np.concatenate(prints) if n else np.zeros(0, np.uint64)
    order = np.argsort(every, kind="stable")
    every, owner = every[order], owner[order]
    starts = np.flatnonzero(np.append(True, every[1:] != every[:-1])) if len(every) else every
    counts = np.diff(np.append(starts, len(every))).astype(np.int64)
    common = np.repeat(counts > _COMMONPLACE, counts)
    sizes = sizes - np.bincount(owner[common], minlength=n)
    keys = []
    for count in range(2, _COMMONPLACE + 1):
        first = starts[counts == count].astype(np.int64)
        if not len(first):
            continue
        members = owner[first[:, None] + np.arange(count)]
        left, right = np.triu_indices(count, 1)
        keys.append((members[:, left] * n + members[:, right]).ravel())
    together = np.concatenate(keys) if keys else np.zeros(0, np.int64)
    pair, shared = np.unique(together, return_counts=True)
    first, second = (pair // n, pair % n) if n else (pair, pair)
    smaller = np.minimum(sizes[first], sizes[second])
    contained = shared / np.maximum(smaller, 1)
    keep = (shared >= _MIN_SHARED) & (contained >= minimum)
    first, second, shared, contained = first[keep], second[keep], shared[keep], contained[keep]
    similarity = shared / np.maximum(sizes[first] + sizes[second] - shared, 1)
    return Pairs(
        first=first, second=second, contained=contained.astype(float), similarity=similarity
    )


def group_pieces(n: int, links: Iterable[tuple[int, int]]) -> npt.NDArray[np.int64]:
    """Return the group of each of n pieces, when linked pieces are in one group.

    Parameters
    ----------
    n : int, >= 0
    links : iterable of pairs of int

    Returns
    -------
    int64, shape (n,)
        The smallest index of the group.

    Examples
    --------
    >>> group_pieces(5, [(3, 1), (4, 3)]).tolist()
    [0, 1, 2, 1, 1]
    """
    parent = list(range(n))

    def root(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    for one, two in links:
        low, high = sorted((root(one), root(two)))
        parent[high] = low
    return np.array([root(k) for k in range(n)], np.int64)


def find_shared(
    prints: Sequence[Hashes], others: Sequence[Hashes], *, minimum: float = RELATED
) -> npt.NDArray[np.int64]:
    """Return for each piece the first of other pieces that it shares music with, or -1.

    Parameters
    ----------
    prints, others : sequences of uint64 arrays
    minimum : float, 0 to 1
        Share of the smaller of the two.

    Returns
    -------
    int64, shape (n,)

    Examples
    --------
    >>> tune = np.arange(20, dtype=np.uint64)
    >>> find_shared([tune[5:], tune + np.uint64(100)], [tune]).tolist()
    [0, -1]
    """
    pairs = find_pairs([*prints, *others], minimum=minimum)
    n = len(prints)
    found = np.full(n, -1, np.int64)
    across = (pairs.first < n) & (pairs.second >= n)
    for one, two in zip(pairs.first[across][::-1], pairs.second[across][::-1], strict=True):
        found[one] = two - n
    return found
