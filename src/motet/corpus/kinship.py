"""Which pieces are copies, which belong together, which share music with a benchmark.

Conventions: what counts as commonplace depends on the whole collection, so the look is repeated on the
pieces that are left until it finds nothing new: then a check of the finished corpus finds nothing either.

Offers `Kinship`, `Known`, `find_kinship`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.corpus.duplicates import SAME, find_pairs, find_shared, group_pieces
from motet.corpus.fingerprint import Hashes

__all__ = ["Kinship", "Known", "find_kinship"]

_IN_WORK: Final = 0.6
"""Share of a piece that must be in a larger one of its work to be its copy (a player's part)."""
_MAX_ROUNDS: Final = 8


@dataclass(frozen=True, kw_only=True)
class Known:
    """A benchmark's pieces by title: fingerprints of their lines, and of rolls sampled from them."""

    lines: dict[str, Hashes]
    rolls: dict[str, Hashes]


@dataclass(frozen=True, eq=False, kw_only=True)
class Kinship:
    """What pieces are to each other.

    Parameters
    ----------
    copies : list of int
        For each piece the better piece that it is a copy of, or -1.
    hits : dict of int to str
        Pieces that share music with a benchmark, and its title.
    groups : int64, shape (n,)
        Pieces of one work or with shared music have one number.
    """

    copies: list[int]
    hits: dict[int, str]
    groups: npt.NDArray[np.int64]

    def original(self, k: int) -> int:
        """Return the piece that a chain of copies ends at."""
        while self.copies[k] >= 0:
            k = self.copies[k]
        return k


def find_kinship(
    ways: Sequence[tuple[Hashes, ...]],
    works: Sequence[str],
    ranks: Sequence[tuple[int, int]],
    benchmarks: Sequence[Known],
) -> Kinship:
    """Return what pieces are to each other and to benchmarks.

    Parameters
    ----------
    ways : sequence of tuples of fingerprints
        For each piece as `motet.corpus.benchmark.print_all_ways` gives them.
    works : sequence of str
    ranks : sequence of (source, notes)
        Of copies the one with the lower source is kept, then with more notes, then the earlier.
    benchmarks : sequence of Known

    Returns
    -------
    Kinship

    Examples
    --------
    >>> tune = (np.arange(20, dtype=np.uint64),)
    >>> find_kinship([tune, tune], ["a", "b"], [(0, 9), (1, 9)], []).copies
    [-1, 0]
    """
    n = len(ways)
    found = Kinship(copies=[-1] * n, hits={}, groups=np.arange(n))
    by_work: dict[str, list[int]] = {}
    for k, work in enumerate(works):
        by_work.setdefault(work, []).append(k)
    links = [link for members in by_work.values() for link in pairwise(members)]
    left = list(range(n))
    for _ in range(_MAX_ROUNDS):
        n_before = len(links)
        pairs = find_pairs([ways[k][0] for k in left])
        rows = [
            (left[one], left[two], contained, similarity)
            for one, two, contained, similarity in zip(
                pairs.first.tolist(),
                pairs.second.tolist(),
                pairs.contained.tolist(),
                pairs.similarity.tolist(),
                strict=True,
            )
        ]
        known_links = set(links)
        links += [row[:2] for row in rows if row[:2] not in known_links]
        for hit, title in _find_hits([ways[k] for k in left], benchmarks).items():
            found.hits.setdefault(left[hit], title)
        _spread_hits(found.hits, rows)
        _add_copies(found, rows, works, ranks)
        now = [k for k in left if found.copies[k] < 0 and k not in found.hits]
        if len(now) == len(left) and len(links) == n_before:
            break
        left = now
    return Kinship(copies=found.copies, hits=found.hits, groups=group_pieces(n, links))


def _find_hits(ways: Sequence[tuple[Hashes, ...]], benchmarks: Sequence[Known]) -> dict[int, str]:
    """Return the pieces that share music with a benchmark, and with which piece of it."""
    hits: dict[int, str] = {}
    for known in benchmarks:
        for k in range(len(ways[0]) if ways else 0):
            theirs = known.rolls if k else known.lines
            if not theirs:
                continue
            titles = list(theirs)
            shared = find_shared([way[k] for way in ways], list(theirs.values()))
            for piece, hit in enumerate(shared.tolist()):
                if hit >= 0:
                    hits.setdefault(piece, titles[hit])
    return hits


_Row = tuple[int, int, float, float]


def _spread_hits(hits: dict[int, str], rows: Sequence[_Row]) -> None:
    """Add the pieces that share music with those that were hit."""
    first = dict(hits)
    for one, two, _, _ in rows:
        for here, there in ((one, two), (two, one)):
            if here in first:
                hits.setdefault(there, first[here])


def _add_copies(
    found: Kinship, rows: Sequence[_Row], works: Sequence[str], ranks: Sequence[tuple[int, int]]
) -> None:
    """Note which pieces are copies of better ones."""
    for one, two, contained, similarity in rows:
        is_part = works[one] == works[two] and contained >= _IN_WORK
        if similarity < SAME and not is_part:
            continue
        if similarity < SAME:
            better = min((one, two), key=lambda k: (-ranks[k][1], k))
        else:
            better = min((one, two), key=lambda k: (ranks[k][0], -ranks[k][1], k))
        worse = two if better == one else one
        if found.copies[worse] < 0 and found.original(better) != worse:
            found.copies[worse] = better
