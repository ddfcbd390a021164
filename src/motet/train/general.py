"""Music in general, for whoever has no corpus at hand: pieces that the arranger writes, always the same.

Conventions: twelve styles, one piece of eight bars each, by fixed seeds, from harmony that the arranger
invents. It is a small and mechanical sample: it shows whether a model forgets, not how good it is.

Offers `general_pieces`, `GENERAL_STYLES`.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from motet.arranger import ArrangeRequest, write_piece
from motet.corpus.style import style_value
from motet.tokens.convert import score_to_grid
from motet.tokens.layout import GridScore
from motet.train.pieces import Pieces

__all__ = ["GENERAL_STYLES", "general_pieces"]

GENERAL_STYLES: Final = (
    "ballad", "bossa", "blues", "classical", "country", "folk", "funk", "gospel", "pop", "rock",
    "swing", "waltz",
)  # fmt: skip
_BARS: Final = 8


def general_pieces(*, seed: int = 0) -> Pieces:
    """Return a piece in each of twelve styles, written by the arranger.

    Parameters
    ----------
    seed : int
        Other seeds, other pieces.

    Returns
    -------
    Pieces

    Examples
    --------
    >>> len(general_pieces())
    12
    """
    return Pieces(_write(seed), split="general")


@cache
def _write(seed: int) -> tuple[GridScore, ...]:
    """Return the pieces, written once a process."""
    grids = []
    for k, style in enumerate(GENERAL_STYLES):
        request = ArrangeRequest(style=style, bars=_BARS, seed=100 * seed + k, humanise=0.0)
        score = write_piece(None, request).score
        grids.append(score_to_grid(score, style=style_value(style)).grid)
    return tuple(grids)
