"""Which of the prepared pieces go into the corpus, into which split, and how often they are drawn.

Conventions: of the same music one piece is kept: the one of the earlier source, then with more notes,
then by name. Pieces of one work, and pieces that share a quarter of their music, form a group; a group
is in one split. A piece that shares music with a benchmark is in none.

Offers `Choice`, `choose_pieces`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.corpus.benchmark import ROLL_STEPS, Benchmark, print_all_ways
from motet.corpus.duplicates import SAME, Pairs, find_pairs, find_shared, group_pieces
from motet.corpus.fingerprint import Hashes, fingerprint
from motet.corpus.prepare import Prepared
from motet.corpus.shard import Piece, place_strokes
from motet.corpus.split import SPLITS, choose_split
from motet.corpus.style import refine_style, style_value
from motet.corpus.weights import balance_weights
from motet.corpus.workers import map_ordered
from motet.tokens.layout import GridScore

__all__ = ["Choice", "choose_pieces"]

_IN_WORK: Final = 0.6
"""Share of a piece that must be in a larger one of its work to be its copy (a player's part)."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Choice:
    """The pieces of a corpus.

    Parameters
    ----------
    pieces : list of Piece
    duplicates : dict of str to str
        Pieces left out, and the kept piece that each is the same as.
    benchmark : dict of str to str
        Pieces left out, and the benchmark piece that each shares music with.
    """

    pieces: list[Piece]
    duplicates: dict[str, str]
    benchmark: dict[str, str]


def choose_pieces(
    prepared: Sequence[Prepared],
    source_names: Sequence[str],
    benchmarks: Sequence[Benchmark],
    *,
    n_workers: int = 1,
) -> Choice:
    """Return the pieces of a corpus, from everything that was read.

    Parameters
    ----------
    prepared : sequence of Prepared
        In any order; those of benchmarks among them.
    source_names : sequence of str
        All sources; earlier ones win over later ones.
    benchmarks : sequence of Benchmark
        What is to be kept out.
    n_workers : int, >= 1

    Returns
    -------
    Choice

    Examples
    --------
    >>> choose_pieces([], ["mine"], []).pieces
    []
    """
    order = {name: k for k, name in enumerate(source_names)}
    usable = sorted(
        (one for one in prepared if one.grid is not None and one.item.source in order),
        key=lambda one: (order[one.item.source], one.item.name),
    )
    grids = [one.grid for one in usable if one.grid is not None]
    names = [f"{one.item.source}/{one.item.name}" for one in usable]
    works = [one.item.work for one in usable]
    ways = list(map_ordered(print_all_ways, grids, n_workers=n_workers))
    pairs = find_pairs([way[0] for way in ways])
    hits = _find_benchmarks(ways, prepared, benchmarks)
    for one, two in zip(pairs.first.tolist(), pairs.second.tolist(), strict=True):
        for here, there in ((one, two), (two, one)):
            if here in hits:
                hits.setdefault(there, hits[here])
    benchmark = {names[k]: hits[k] for k in sorted(hits)}
    sizes = [grid.n_notes for grid in grids]
    copies = _find_copies(pairs, works, [order[one.item.source] for one in usable], sizes)
    groups = _group(pairs, works)
    kept = [k for k in range(len(usable)) if copies[k] < 0 and names[k] not in benchmark]
    splits = _split_groups(groups, works)
    styled = {k: _style(usable[k], grids[k]) for k in kept}
    weights = np.zeros(len(usable))
    for split in SPLITS:
        own = [k for k in kept if splits[int(groups[k])] == split]
        weights[own] = balance_weights(
            np.array([styled[k].style for k in own], np.int64),
            np.array([order[usable[k].item.source] for k in own], np.int64),
            np.array([grids[k].n_notes for k in own], np.int64),
            np.array([grids[k].n_bars for k in own], np.int64),
        )
    pieces = [
        Piece(
            name=names[k],
            source=order[usable[k].item.source],
            split=splits[int(groups[k])],
            group=int(groups[k]),
            weight=float(weights[k]),
            grid=styled[k],
            timing=place_strokes(usable[k].strokes, resolution=usable[k].resolution, grid=grids[k]),
        )
        for k in kept
    ]
    duplicates = {
        names[k]: names[_follow(copies, k)]
        for k in range(len(usable))
        if copies[k] >= 0 and names[k] not in benchmark
    }
    return Choice(pieces=pieces, duplicates=duplicates, benchmark=benchmark)


def _find_benchmarks(
    ways: Sequence[tuple[Hashes, ...]],
    prepared: Sequence[Prepared],
    benchmarks: Sequence[Benchmark],
) -> dict[int, str]:
    """Return the pieces that share music with a benchmark, and with which piece of it."""
    bench_names = {one.name for one in benchmarks}
    known = {f"{one.name}/{piece}": own for one in benchmarks for piece, own in one.lines.items()}
    for one in prepared:
        if one.item.source in bench_names and one.grid is not None:
            known[f"{one.item.source}/{one.item.name}"] = fingerprint(one.grid)
    rolls = {f"{one.name}/{piece}": own for one in benchmarks for piece, own in one.rolls.items()}
    hits: dict[int, str] = {}
    searches = [([way[0] for way in ways], known)]
    if rolls:
        searches += [([way[k + 1] for way in ways], rolls) for k in range(len(ROLL_STEPS))]
    for own, theirs in searches:
        titles = list(theirs)
        for k, hit in enumerate(find_shared(own, list(theirs.values())).tolist()):
            if hit >= 0:
                hits.setdefault(k, titles[hit])
    return hits


def _style(one: Prepared, grid: GridScore) -> GridScore:
    """Return the grid with its style."""
    return replace(grid, style=style_value(refine_style(one.item.source, one.item.style, grid)))


def _find_copies(
    pairs: Pairs, works: Sequence[str], sources: Sequence[int], sizes: Sequence[int]
) -> list[int]:
    """Return for each piece the better piece that it is a copy of, or -1."""
    copies = [-1] * len(works)
    for one, two, contained, similarity in zip(
        pairs.first.tolist(),
        pairs.second.tolist(),
        pairs.contained.tolist(),
        pairs.similarity.tolist(),
        strict=True,
    ):
        is_part = works[one] == works[two] and contained >= _IN_WORK
        if similarity < SAME and not is_part:
            continue
        if is_part and similarity < SAME:
            better = min((one, two), key=lambda k: (-sizes[k], k))
        else:
            better = min((one, two), key=lambda k: (sources[k], -sizes[k], k))
        worse = two if better == one else one
        if copies[worse] < 0 and _follow(copies, better) != worse:
            copies[worse] = better
    return copies


def _follow(copies: Sequence[int], k: int) -> int:
    """Return the piece that a chain of copies ends at."""
    while copies[k] >= 0:
        k = copies[k]
    return k


def _group(pairs: Pairs, works: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return the group of each piece: shared music or a common work."""
    links = list(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True))
    by_work: dict[str, list[int]] = {}
    for k, work in enumerate(works):
        by_work.setdefault(work, []).append(k)
    for members in by_work.values():
        links += list(pairwise(members))
    return group_pieces(len(works), links)


def _split_groups(groups: npt.NDArray[np.int64], works: Sequence[str]) -> dict[int, str]:
    """Return the split of each group."""
    members: dict[int, set[str]] = {}
    for group, work in zip(groups.tolist(), works, strict=True):
        members.setdefault(group, set()).add(work)
    return {group: choose_split(own) for group, own in members.items()}
