"""A document about to be written: its prompt, the given cells that follow, and the grammar behind it.

Conventions: bars are those of the piece; parts are indices in `GridScore.parts`. The grammar is told
nothing of given cells: they come from the encoder, which spells no other, and what may be written in an
open cell does not depend on them.

Offers `Document`, `open_answers`, `open_bars`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.engine.window import Span, measure_costs, plan_holes, plan_span, split_cells
from motet.tokens.encode import encode, encode_prompt
from motet.tokens.grammar import Grammar
from motet.tokens.grid import keep_parts, window
from motet.tokens.layout import GridScore
from motet.tokens.vocab import FAMILIES

__all__ = ["Document", "open_answers", "open_bars"]

Cell = tuple[int, int]

_NOTES: Final = FAMILIES["NOTES"].start
_PART: Final = FAMILIES["PART"]
_FIRST_NOTE: Final = FAMILIES["POSX"].start
_END_NOTE: Final = FAMILIES["DRUM"].end


@dataclass(frozen=True, kw_only=True)
class Document:
    """A prompt and what belongs to it.

    Parameters
    ----------
    span : Span
    prompt : list of int
    grammar : Grammar
        After the prompt; to be copied, not pushed.
    given : mapping of (bar, slot) to list of int
        Note tokens of the cells that are known.
    asked : tuple of (bar, part)
        All holes of the document, in the order of their answers.
    n_answers : int
        How many of them are answered in this document.

    Examples
    --------
    >>> Document.__name__
    'Document'
    """

    span: Span
    prompt: list[int]
    grammar: Grammar
    given: Mapping[Cell, list[int]]
    asked: tuple[Cell, ...] = ()
    n_answers: int = 0


def open_answers(
    grid: GridScore,
    left: Collection[Cell],
    holes: Collection[Cell],
    *,
    order: Sequence[int],
    describe: npt.NDArray[np.int8],
    limit: int,
) -> Document:
    """Return the document in which the first holes are answered.

    Parameters
    ----------
    grid : GridScore
        The piece as it stands.
    left : collection of (bar, part)
        Open cells that are not written yet.
    holes : collection of (bar, part)
        Those with known notes of their part after them.
    order : sequence of int
        Parts in header order.
    describe : int8, shape (k, 3)
    limit : int, tokens
        Most that a document may hold.

    Returns
    -------
    Document
        Parts of which nothing is known and nothing asked are left out.

    Raises
    ------
    ParameterError
        One bar alone does not fit.

    Examples
    --------
    >>> open_answers.__name__
    'open_answers'
    """
    wanted = {cell for cell in holes if cell in left}
    costs = measure_costs(grid)
    for bar, _ in left:
        costs.notes[bar] += 2  # PART and HOLE
    span = plan_holes(costs, wanted, limit=limit)[0]
    inside = grid.notes[(grid.notes["bar"] >= span.start) & (grid.notes["bar"] < span.end)]
    needed = {cell for cell in wanted if span.first <= cell[0] <= span.last}
    kept = sorted({*inside["part"].tolist(), *(part for _, part in needed)})
    kept_order = [part for part in order if part in kept]
    asked = sorted(
        (bar - span.start, kept_order.index(part), part)
        for bar, part in left
        if part in kept and span.start <= bar < span.end
    )
    prompt = encode_prompt(
        window(keep_parts(grid, kept), span.start, span.end),
        bar=span.end - span.start,
        order=[kept.index(part) for part in kept_order],
        holes=[(bar, kept.index(part)) for bar, _, part in asked],
        describe=describe[kept],
    )
    answers = tuple((bar + span.start, part) for bar, _, part in asked)
    return Document(
        span=span,
        prompt=prompt.tolist(),
        grammar=_follow(prompt),
        given={},
        asked=answers,
        n_answers=1 + max(at for at, cell in enumerate(answers) if cell in needed),
    )


def open_bars(
    grid: GridScore,
    bar: int,
    last: int,
    *,
    order: Sequence[int],
    describe: npt.NDArray[np.int8],
    limit: int,
    spare: int,
) -> Document:
    """Return the document in which writing goes on at a bar.

    Parameters
    ----------
    grid : GridScore
        The piece as it stands.
    bar, last : int
        Next and last bar to write.
    order : sequence of int
        Parts in header order.
    describe : int8, shape (k, 3)
    limit : int, tokens
        Most that a document may hold.
    spare : int, tokens
        Of these, kept free.

    Returns
    -------
    Document

    Raises
    ------
    ParameterError
        The bar alone does not fit.

    Examples
    --------
    >>> open_bars.__name__
    'open_bars'
    """
    span = plan_span(measure_costs(grid), bar, last, limit=limit - spare)
    local = window(grid, span.start, span.end)
    prompt = encode_prompt(local, bar=bar - span.start, order=order, describe=describe)
    cells = split_cells(encode(local, order=order))
    return Document(
        span=span,
        prompt=prompt.tolist(),
        grammar=_follow(prompt),
        given={(at + span.start, slot): ids for (at, slot), ids in cells.items()},
    )


def _follow(prompt: npt.NDArray[np.int32]) -> Grammar:
    """Return the grammar after a prompt whose given cells are passed over."""
    begin = int(np.argmax(prompt == _NOTES)) + 1
    body = prompt[begin:]
    is_note = (body >= _FIRST_NOTE) & (body < _END_NOTE)
    is_part = (body >= _PART.start) & (body < _PART.end)
    is_part[:-1] &= is_note[1:]
    return Grammar.after([*prompt[:begin].tolist(), *body[~(is_note | is_part)].tolist()])
