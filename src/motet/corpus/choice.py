"""Which of the prepared pieces go into the corpus, into which split, and how often they are drawn.

Conventions: of the same music one piece is kept: the one of the earlier source, then with more notes,
then by name. Pieces of one work, and pieces that share a quarter of their music, form a group; a group
is in one split. A piece that shares music with a benchmark is in none.

Offers `Choice`, `choose_pieces`, `read_benchmarks`, `weigh_pieces`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from motet.corpus.benchmark import Benchmark, print_all_ways
from motet.corpus.fingerprint import fingerprint
from motet.corpus.kinship import Known, find_kinship
from motet.corpus.prepare import Prepared
from motet.corpus.shard import Piece, place_strokes
from motet.corpus.split import SPLITS, choose_split
from motet.corpus.style import refine_style, style_value
from motet.corpus.weights import HELD_OUT_CAP, MADE_CAP, SOURCE_CAP, balance_weights
from motet.corpus.workers import map_ordered
from motet.tokens.layout import GridScore

__all__ = ["Choice", "choose_pieces", "read_benchmarks", "weigh_pieces"]


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
    ranks = [
        (order[one.item.source], grid.n_notes) for one, grid in zip(usable, grids, strict=True)
    ]
    kin = find_kinship(ways, works, ranks, read_benchmarks(prepared, benchmarks))
    groups = kin.groups
    kept = [k for k in range(len(usable)) if kin.copies[k] < 0 and k not in kin.hits]
    splits = _split_groups(groups, works)
    styled = {k: _style(usable[k], grids[k]) for k in kept}
    pieces = [
        Piece(
            name=names[k],
            source=order[usable[k].item.source],
            split=splits[int(groups[k])],
            group=int(groups[k]),
            weight=0.0,
            grid=styled[k],
            timing=place_strokes(usable[k].strokes, resolution=usable[k].resolution, grid=grids[k]),
        )
        for k in kept
    ]
    duplicates = {
        names[k]: names[kin.original(k)]
        for k in range(len(usable))
        if kin.copies[k] >= 0 and k not in kin.hits
    }
    benchmark = {names[k]: kin.hits[k] for k in sorted(kin.hits)}
    return Choice(pieces=weigh_pieces(pieces), duplicates=duplicates, benchmark=benchmark)


def weigh_pieces(pieces: Sequence[Piece], *, made: int = -1) -> list[Piece]:
    """Return the pieces with the share of draws that each has in its split.

    Parameters
    ----------
    pieces : sequence of Piece
    made : int
        Index of the arranger among the sources, which has a cap of its own; -1 for none.

    Returns
    -------
    list of Piece
        In their order; the weights of a split sum to 1.

    Examples
    --------
    >>> weigh_pieces([])
    []
    """
    shares = np.zeros(len(pieces))
    for split in SPLITS:
        own = [k for k, piece in enumerate(pieces) if piece.split == split]
        shares[own] = balance_weights(
            np.array([pieces[k].grid.style for k in own], np.int64),
            np.array([pieces[k].source for k in own], np.int64),
            np.array([pieces[k].grid.n_notes for k in own], np.int64),
            np.array([pieces[k].grid.n_bars for k in own], np.int64),
            cap=SOURCE_CAP if split == "train" else HELD_OUT_CAP,
            own_caps={made: MADE_CAP} if made >= 0 else None,
        )
    return [
        replace(piece, weight=share) for piece, share in zip(pieces, shares.tolist(), strict=True)
    ]


def read_benchmarks(prepared: Sequence[Prepared], benchmarks: Sequence[Benchmark]) -> list[Known]:
    """Return what each benchmark sounds like.

    Parameters
    ----------
    prepared : sequence of Prepared
        The score files of benchmarks among them.
    benchmarks : sequence of Benchmark

    Returns
    -------
    list of Known

    Examples
    --------
    >>> read_benchmarks([], [])
    []
    """
    lines = {
        one.name: {f"{one.name}/{piece}": own for piece, own in one.lines.items()}
        for one in benchmarks
    }
    for one in prepared:
        if one.item.source in lines and one.grid is not None:
            lines[one.item.source][f"{one.item.source}/{one.item.name}"] = fingerprint(one.grid)
    return [
        Known(
            lines=lines[one.name],
            rolls={f"{one.name}/{piece}": own for piece, own in one.rolls.items()},
        )
        for one in benchmarks
    ]


def _style(one: Prepared, grid: GridScore) -> GridScore:
    """Return the grid with its style."""
    return replace(grid, style=style_value(refine_style(one.item.source, one.item.style, grid)))


def _split_groups(groups: npt.NDArray[np.int64], works: Sequence[str]) -> dict[int, str]:
    """Return the split of each group."""
    members: dict[int, set[str]] = {}
    for group, work in zip(groups.tolist(), works, strict=True):
        members.setdefault(group, set()).add(work)
    return {group: choose_split(own) for group, own in members.items()}
