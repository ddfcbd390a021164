"""Variants: one brief composed several times, each with its own seed, the best first.

Conventions: a variant that misses less of its brief comes first; equals are ordered by a figure, 0 to 1: what
ranked the model's candidates, or how consonant, stepwise and recurrent the notes are where the arranger wrote.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motet.brief import Brief, brief_from_dict
from motet.engine.bundle import Bundle
from motet.engine.write import Cancel
from motet.errors import ParameterError
from motet.evaluate import consonance, rhythm_repetition, scale_fit
from motet.language import Language
from motet.tasks.compose import compose, open_bundle
from motet.tasks.composition import Composition

__all__ = ["Variant", "compose_variants", "judge_piece", "rank_pieces"]

_MOST = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One piece of several: its seed, its figure 0 to 1, how many requests it misses."""

    piece: Composition
    figure: float

    @property
    def seed(self) -> int:
        """The seed that it was written with."""
        return self.piece.brief.seed

    @property
    def n_missed(self) -> int:
        """How many requests were not met."""
        return len(self.piece.adherence.missed)


def compose_variants(
    brief: Brief | Mapping[str, Any] | None = None,
    *,
    n: int = 4,
    bundle: str | Path | Bundle | None = None,
    language: Language = "en",
    on_bar: Callable[[int, int], None] | None = None,
    on_piece: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,
    originality: bool = True,
    **options: Any,
) -> tuple[Variant, ...]:
    """Return pieces for one brief, with seeds ``seed`` to ``seed + n - 1``, the best first.

    Parameters
    ----------
    brief : Brief, mapping or None
    n : int, 1 to 64
    bundle, language, on_bar, cancel, originality
        As in `compose`.
    on_piece : callable or None
        Called with (pieces done, pieces in all).
    **options
        Fields of `Brief`.

    Returns
    -------
    tuple of Variant

    Raises
    ------
    ParameterError
        `n` or an option is not allowed.
    ConstraintError
        What is asked for contradicts itself.

    Examples
    --------
    >>> found = compose_variants(n=2, bars=4, parts="flute,piano", ground="arranger", seed=5)
    >>> sorted(one.seed for one in found)
    [5, 6]
    """
    if isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= _MOST:
        raise ParameterError(
            f"the number of variants must be 1 to {_MOST}, got {n!r}",
            zh=f"变体数量必须在 1 到 {_MOST} 之间,收到 {n!r}",
        )
    asked = brief if isinstance(brief, Brief) else brief_from_dict(dict(brief or {}))
    asked = asked.with_(**options) if options else asked
    model = open_bundle(bundle)
    found = []
    for k in range(n):
        found.append(
            compose(
                asked.with_(seed=asked.seed + k), bundle=model, language=language, on_bar=on_bar,
                cancel=cancel, originality=originality,
            )
        )  # fmt: skip
        if on_piece is not None:
            on_piece(k + 1, n)
    return rank_pieces(found)


def rank_pieces(pieces: list[Composition]) -> tuple[Variant, ...]:
    """Return pieces with their figures, the best first.

    Parameters
    ----------
    pieces : list of Composition

    Returns
    -------
    tuple of Variant

    Examples
    --------
    >>> rank_pieces([])
    ()
    """
    found = [Variant(piece=piece, figure=judge_piece(piece)) for piece in pieces]
    return tuple(sorted(found, key=lambda one: (one.n_missed, -one.figure, one.seed)))


def judge_piece(piece: Composition) -> float:
    """Return how good a piece is by the figures at hand.

    Parameters
    ----------
    piece : Composition

    Returns
    -------
    float, 0 to 1

    Examples
    --------
    >>> piece = compose(bars=4, parts="flute,piano", ground="arranger", candidates=1)
    >>> 0 < judge_piece(piece) <= 1
    True
    """
    bests = [
        max(one.total for one in stretch.figures)
        for stretch in piece.stretches
        if stretch.figures  # none where every cell is taken over from an earlier bar
    ]
    if bests:
        return sum(bests) / len(bests)
    told = [consonance(piece.score), scale_fit(piece.score), rhythm_repetition(piece.score)]
    known = [value for value in told if not math.isnan(value)]
    return sum(known) / len(known) if known else 0.0
