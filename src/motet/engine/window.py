"""Which bars a document holds when a piece is longer than a model's context, and which cells are holes.

Conventions: bars are half-open spans of the piece; a cell is (bar, part), part an index in
`GridScore.parts`. Costs count tokens.

Offers `Costs`, `measure_costs`, `Span`, `find_holes`, `plan_holes`, `plan_span`, `split_cells`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.tokens.encode import encode
from motet.tokens.grammar import MAX_BARS
from motet.tokens.layout import GridScore
from motet.tokens.vocab import FAMILIES

__all__ = [
    "PROMPT_TOKENS",
    "Costs",
    "Span",
    "find_holes",
    "measure_costs",
    "plan_holes",
    "plan_span",
    "split_cells",
]

Cell = tuple[int, int]

PROMPT_TOKENS: Final = 768
"""Length that a prompt keeps under where it can: reading it costs time before the first note."""
CELL_TOKENS: Final = 48
"""Tokens that are kept free for each cell that is still to be written."""
_RIGHT_BARS: Final = 8
_AHEAD_BARS: Final = 16
_BAR: Final = FAMILIES["BAR"].start
_NOTES: Final = FAMILIES["NOTES"].start
_PBAR: Final = FAMILIES["PBAR"].start
_PLAN: Final = FAMILIES["PLAN"].start
_PART: Final = FAMILIES["PART"]
_FIRST_NOTE: Final = FAMILIES["POSX"].start
_END_NOTE: Final = FAMILIES["DRUM"].end


@dataclass(frozen=True, slots=True)
class Span:
    """Bars of one document, and in which of them holes are answered.

    Parameters
    ----------
    start, end : int
        Bars of the document.
    first, last : int
        First and last bar to write.

    Examples
    --------
    >>> Span(0, 8, 4, 5).end
    8
    """

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Costs:
    """What a piece costs in tokens.

    Parameters
    ----------
    header : int
    plan, notes : int, shape (bars,)

    Examples
    --------
    >>> costs = Costs(5, np.array([3, 1]), np.array([10, 20]))
    >>> costs.of(0, 2, 1)
    19
    """

    header: int
    plan: npt.NDArray[np.int64]
    notes: npt.NDArray[np.int64]

    def of(self, start: int, end: int, notes_end: int) -> int:
        """Return the length of a prompt with a plan of some bars and notes up to another."""
        plan, notes = self.plan[start:end].sum(), self.notes[start:notes_end].sum()
        return self.header + int(plan) + int(notes)


def measure_costs(grid: GridScore) -> Costs:
    """Return what the header, and each bar's plan and notes, cost in tokens.

    Parameters
    ----------
    grid : GridScore
        Of any length.

    Returns
    -------
    Costs

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> measure_costs(score_to_grid(make_score("C4:4 E4:4")).grid).notes.tolist()
    [4, 4]
    """
    ids = encode(grid)
    plan_at, notes_at = int(np.argmax(ids == _PLAN)), int(np.argmax(ids == _NOTES))

    def count(first: int, end: int, mark: int) -> npt.NDArray[np.int64]:
        starts = np.flatnonzero(ids[first:end] == mark)
        return np.diff(np.append(starts, end - first)).astype(np.int64)

    return Costs(
        plan_at + 2,  # PLAN and NOTES themselves
        count(plan_at, notes_at, _PBAR),
        count(notes_at, len(ids) - 1, _BAR),
    )


def find_holes(grid: GridScore, open_cells: Collection[Cell]) -> set[Cell]:
    """Return the open cells that have known notes of their part after them.

    Parameters
    ----------
    grid : GridScore
        With notes in given cells only.
    open_cells : collection of (bar, part)

    Returns
    -------
    set of (bar, part)

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:4 r:4 E4:4 r:4")).grid
    >>> find_holes(grid, {(1, 0), (3, 0)})
    {(1, 0)}
    """
    last_known = np.full(len(grid.parts), -1, dtype=np.int64)
    np.maximum.at(last_known, grid.notes["part"], grid.notes["bar"])
    return {(bar, part) for bar, part in open_cells if bar < last_known[part]}


def plan_holes(costs: Costs, holes: Collection[Cell], *, limit: int) -> list[Span]:
    """Return the documents in which holes are answered, in order of bars.

    Parameters
    ----------
    costs : Costs
    holes : collection of (bar, part)
    limit : int, tokens
        Most that a document may hold.

    Returns
    -------
    list of Span
        Each hole's bar lies in one of them between ``first`` and ``last``, with known bars on both
        sides as far as they fit.

    Raises
    ------
    ParameterError
        One bar alone does not fit.

    Examples
    --------
    >>> costs = Costs(10, np.full(200, 2), np.full(200, 20))
    >>> plan_holes(costs, {(100, 0), (101, 0)}, limit=2048)
    [Span(start=69, end=110, first=100, last=101)]
    """
    n_bars = len(costs.plan)
    answers = np.zeros(n_bars, dtype=np.int64)
    for bar, _ in holes:
        answers[bar] += CELL_TOKENS
    spans: list[Span] = []
    bars = np.flatnonzero(answers).tolist()

    def cost(start: int, end: int, first: int, last: int) -> int:
        return costs.of(start, end, end) + int(answers[first : last + 1].sum())

    while bars:
        first = last = bars.pop(0)
        _check_fits(cost(first, first + 1, first, first), limit, first)
        while (
            bars
            and bars[0] - first < MAX_BARS - 2 * _RIGHT_BARS
            and bars[0] - last <= _RIGHT_BARS
            and cost(first, bars[0] + 1, first, bars[0]) <= limit // 2
        ):
            last = bars.pop(0)
        start, end = first, last + 1
        room = max(min(limit, PROMPT_TOKENS + int(answers[first : last + 1].sum())), limit // 2)
        right = min(n_bars, last + 1 + _RIGHT_BARS)
        is_growing = True
        while is_growing:
            is_growing = False
            for left_step, right_step in ((0, 1), (1, 0)):
                wide = start - left_step, end + right_step
                fits = wide[0] >= 0 and wide[1] <= right and wide[1] - wide[0] <= MAX_BARS
                if fits and cost(*wide, first, last) <= room:
                    (start, end), is_growing = wide, True
        spans.append(Span(start, end, first, last))
    return spans


def plan_span(costs: Costs, bar: int, last: int, *, limit: int) -> Span:
    """Return the document in which writing goes on at a bar.

    Parameters
    ----------
    costs : Costs
        Of what is known before the bar, and of given cells after it.
    bar : int
    last : int
        Last bar to write.
    limit : int, tokens
        Most that a document may hold.

    Returns
    -------
    Span
        With as many bars before as a prompt of 768 tokens holds, and the plan of those that come.

    Raises
    ------
    ParameterError
        The bar alone does not fit.

    Examples
    --------
    >>> plan_span(Costs(10, np.full(200, 2), np.full(200, 20)), 100, 199, limit=2048)
    Span(start=67, end=131, first=100, last=199)
    """
    n_bars = len(costs.plan)
    room = min(PROMPT_TOKENS, limit // 2)
    ahead = min(n_bars, bar + _AHEAD_BARS)
    while ahead > bar + 1 and costs.of(bar, ahead, bar) > room // 2:
        ahead -= 1
    _check_fits(costs.of(bar, ahead, bar + 1), limit, bar)
    start = bar
    while start > 0 and ahead - start < MAX_BARS and costs.of(start - 1, ahead, bar) <= room:
        start -= 1
    end = ahead
    while end < n_bars and end - start < MAX_BARS and costs.of(start, end + 1, bar) <= limit // 2:
        end += 1
    return Span(start, end, bar, last)


def _check_fits(cost: int, limit: int, bar: int) -> None:
    if cost > limit:
        raise ParameterError(
            f"bar {bar + 1} needs {cost} tokens, the model holds {limit}; give fewer parts",
            zh=f"第 {bar + 1} 小节需要 {cost} 个 token,模型只能容纳 {limit} 个;请减少声部",
        )


def split_cells(ids: Sequence[int] | npt.NDArray[np.integer]) -> dict[Cell, list[int]]:
    """Return the note tokens of each cell of a document without holes, by bar and slot.

    Parameters
    ----------
    ids : sequence of int

    Returns
    -------
    dict of (bar, slot) to list of int

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import encode, score_to_grid, token_name
    >>> cells = split_cells(encode(score_to_grid(make_score("r:4 C4:4")).grid))
    >>> {cell: [token_name(one) for one in tokens] for cell, tokens in cells.items()}
    {(1, 0): ['DUR_95', 'PITCH_60']}
    """
    found = np.asarray(ids)
    cells: dict[Cell, list[int]] = {}
    bar, cell = -1, [0]
    for token in found[int(np.argmax(found == _NOTES)) + 1 :].tolist():
        if _FIRST_NOTE <= token < _END_NOTE:
            cell.append(token)
        elif token == _BAR:
            bar += 1
        elif _PART.start <= token < _PART.end:
            cell = cells[bar, token - _PART.start] = []
    return cells
