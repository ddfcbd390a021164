"""The arranger's pieces beside people's: those kept that are like nothing else, and what is drawn how often.

Conventions: a piece of the arranger is dropped when it shares a quarter of its music with a piece that is
held out or with a benchmark, or half with any other piece. The look is repeated on what is left until it
finds nothing new (see `motet.corpus.kinship`).

Offers `add_arranged`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from motet.corpus.arranged import arrange_pieces
from motet.corpus.benchmark import print_all_ways
from motet.corpus.choice import Choice, weigh_pieces
from motet.corpus.duplicates import RELATED, SAME, find_pairs, find_shared
from motet.corpus.fingerprint import Hashes, fingerprint
from motet.corpus.kinship import Known
from motet.corpus.shard import Piece
from motet.corpus.workers import map_ordered
from motet.tokens.layout import GridScore

__all__ = ["add_arranged"]

_SHEETS_FROM = "openewld"
_MAX_ROUNDS = 8
Progress = Callable[[float, str], None]


def add_arranged(
    choice: Choice,
    source_names: Sequence[str],
    n: int,
    *,
    known: Sequence[Known] = (),
    n_workers: int = 1,
    on_progress: Progress | None = None,
) -> Choice:
    """Return a corpus with pieces of the arranger, which become its last source.

    Parameters
    ----------
    choice : Choice
    source_names : sequence of str
        Of the pieces so far; lead sheets are those of ``openewld``.
    n : int, >= 0
        How many are tried.
    known : sequence of Known
        Benchmarks to keep out.
    n_workers : int, >= 1
    on_progress : callable or None

    Returns
    -------
    Choice
        Pieces of people come first, unchanged but for their share of draws in training.

    Examples
    --------
    >>> nothing = Choice(pieces=[], duplicates={}, benchmark={})
    >>> [piece.name for piece in add_arranged(nothing, [], 1).pieces]
    ['arranger/balkan/0000']
    """
    tell = on_progress or _ignore
    sheets = list(source_names).index(_SHEETS_FROM) if _SHEETS_FROM in source_names else -1
    made = arrange_pieces(
        n,
        choice.pieces,
        source=len(source_names),
        sheets_from=sheets,
        n_workers=n_workers,
        on_progress=partial(_scaled, tell, 0.0, 0.7),
    )
    tell(0.7, "compare with the corpus")
    kept = _drop_alike(made, choice.pieces, known, n_workers=n_workers)
    pieces = weigh_pieces([*choice.pieces, *kept], made=len(source_names))
    return replace(choice, pieces=pieces)


def _drop_alike(
    made: list[Piece], others: Sequence[Piece], known: Sequence[Known], *, n_workers: int
) -> list[Piece]:
    """Return the pieces that are not too much like another."""
    grids: list[GridScore] = [piece.grid for piece in made]
    ways = list(map_ordered(print_all_ways, grids, n_workers=n_workers))
    prints = list(map_ordered(fingerprint, [one.grid for one in others], n_workers=n_workers))
    is_held_out = np.array([one.split != "train" for one in others], np.bool_)
    left = list(range(len(made)))
    for _ in range(_MAX_ROUNDS):
        dropped = _hits([ways[k] for k in left], prints, known)
        dropped |= _alike([ways[k][0] for k in left], prints, is_held_out)
        left = [k for place, k in enumerate(left) if place not in dropped]
        if not dropped:
            break
    return [made[k] for k in left]


def _alike(own: list[Hashes], others: list[Hashes], is_held_out: np.ndarray) -> set[int]:
    """Return the own pieces that share too much with others or with an earlier one of their kind."""
    n = len(others)
    pairs = find_pairs([*others, *own], minimum=RELATED)
    dropped: set[int] = set()
    rows = zip(pairs.first.tolist(), pairs.second.tolist(), pairs.similarity.tolist(), strict=True)
    for first, second, similarity in rows:
        if second < n:
            continue
        if first < n:
            if is_held_out[first] or similarity >= SAME:
                dropped.add(second - n)
        elif similarity >= SAME and first - n not in dropped:
            dropped.add(second - n)
    return dropped


def _hits(own: list[tuple[Hashes, ...]], others: list[Hashes], known: Sequence[Known]) -> set[int]:
    """Return the own pieces that share music with a benchmark."""
    found: set[int] = set()
    for benchmark in known:
        if benchmark.lines:
            prints = [*others, *(way[0] for way in own)]
            hits = find_shared(prints, list(benchmark.lines.values()))[len(others) :]
            found |= set(np.flatnonzero(hits >= 0).tolist())
        for k in range(1, len(own[0]) if own and benchmark.rolls else 0):
            hits = find_shared([way[k] for way in own], list(benchmark.rolls.values()))
            found |= set(np.flatnonzero(hits >= 0).tolist())
    return found


def _scaled(tell: Progress, low: float, high: float, share: float, what: str) -> None:
    """Report progress as a part of a longer piece of work."""
    tell(low + (high - low) * share, what)


def _ignore(share: float, what: str) -> None:
    """Take a report that nobody wants."""
