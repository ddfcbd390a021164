"""One candidate being written: which token may come next, asked one at a time.

Conventions: a candidate is a generator. It yields an `Ask` whenever the model must choose, and is sent the
id that was chosen; what is forced (bars, given cells, an only choice) it writes without asking.
Bars are those of the piece; parts are indices in `GridScore.parts`. Holes are answered first, then the
open cells with nothing known after them are written bar by bar.

Offers `Task`, `Ask`, `Candidate`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.engine.ask import Ask
from motet.engine.document import Document, open_answers, open_bars
from motet.engine.guard import CellGuard
from motet.engine.random import CellRandom
from motet.engine.rules import CellRules
from motet.engine.watch import Forbid, LineWatch, find_line, top_pitches
from motet.engine.window import CELL_TOKENS, Span, find_holes
from motet.errors import ConstraintError
from motet.tokens.grammar import Grammar
from motet.tokens.layout import GRID_NOTE, GridArray, GridScore, sort_notes
from motet.tokens.vocab import FAMILIES, VOCAB_SIZE

__all__ = ["Candidate", "Task"]

Cell = tuple[int, int]
Held = list[tuple[int, int]]

_PART: Final = FAMILIES["PART"].start
_BAR: Final = FAMILIES["BAR"].start
_EOS: Final = FAMILIES["EOS"].start
_EOH: Final = FAMILIES["EOH"].start
_BARREF: Final = FAMILIES["BARREF"].start
_FIRST_NOTE: Final = FAMILIES["POSX"].start
_LAST_NOTE: Final = FAMILIES["DRUM"].end
_MAX_CELL: Final = 240
"""Tokens after which a cell ends as soon as it may: no human cell comes near (99.9 % are under 130)."""
_SPARE: Final = 32
_LEAST: Final = 12
"""Tokens that are kept free for each further cell of a document."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """What all candidates have in common.

    Parameters
    ----------
    grid : GridScore
        With notes in given cells only.
    rules : mapping of (bar, part) to CellRules
        Of every open cell, checked and linked.
    order : tuple of int
        Parts in header order.
    describe : int8, shape (k, 3)
        RANGE, DENSITY and POLY of the parts.
    seed : int
    limit : int, tokens
        Most that a document may hold.
    forbid : Forbid, or mapping of part to Forbid, optional
        Says which pitches may not come next in a part's line.

    Examples
    --------
    >>> Task.__name__
    'Task'
    """

    grid: GridScore
    rules: Mapping[Cell, CellRules]
    order: tuple[int, ...]
    describe: npt.NDArray[np.int8]
    seed: int
    limit: int
    forbid: Forbid | Mapping[int, Forbid] | None = None
    openings: dict[Cell, Document] = field(default_factory=dict, compare=False)
    """Documents that all candidates begin with, by first and last bar; (-1, -1) answers holes."""


class Candidate:
    """The state of one candidate.

    Parameters
    ----------
    task : Task
    number : int
        Of the candidate: it enters the random numbers.
    on_bar : callable, optional
        Called with bar and grid when the last open cell of a bar is written.

    Attributes
    ----------
    doc : list of int
        The document so far.
    is_new : bool
        Set where the document does not continue the last one; the reader clears it.
    n_tokens : int
        How many were written, given cells and bars too, prompts not.
    n_prompt : int
        Tokens of all prompts.

    Examples
    --------
    >>> Candidate.__name__
    'Candidate'
    """

    def __init__(
        self, task: Task, number: int, *, on_bar: Callable[[int, GridScore], None] | None = None
    ) -> None:
        self.task = task
        self.number = number
        self.doc: list[int] = []
        self.n_tokens = 0
        self.n_prompt = 0
        self.is_new = True
        self._on_bar = on_bar
        self._open = set(task.rules)
        self._left = np.bincount(
            [bar for bar, _ in task.rules], minlength=task.grid.n_bars
        )  # open cells of each bar
        self._notes: list[tuple[int, int, int, int, int, int]] = []
        self._starts = task.grid.bar_starts
        self._crossing = {part: self._find_crossing(part) for part in range(len(task.grid.parts))}
        self._grammar = Grammar()
        self._guards: dict[Cell, CellGuard] = {}
        self._tops: dict[Cell, list[int]] = {}  # lines of cells that were written

    def _find_crossing(self, part: int) -> list[tuple[int, int, int]]:
        """Return bar, end (in the piece) and pitch of given notes that sound after their bar."""
        grid = self.task.grid
        if grid.parts[part].is_drums:
            return []
        notes = grid.notes[grid.notes["part"] == part]
        ends = self._starts[notes["bar"]] + notes["pos"] + notes["dur"]
        is_long = ends > self._starts[notes["bar"] + 1]
        bars, pitches = notes["bar"][is_long].tolist(), notes["pitch"][is_long].tolist()
        return list(zip(bars, ends[is_long].tolist(), pitches, strict=True))

    def sounding(self, bar: int, part: int) -> Held:
        """Return end (from the start of the bar) and pitch of what is held into a cell."""
        start = int(self._starts[bar])
        return [
            (end - start, pitch)
            for other, end, pitch in self._crossing[part]
            if other < bar and end > start
        ]

    def grid(self) -> GridScore:
        """Return the piece as it stands."""
        written: GridArray = np.array(self._notes, dtype=GRID_NOTE)
        notes = sort_notes(np.concatenate([self.task.grid.notes, written]))
        return replace(self.task.grid, notes=notes)

    def write(self) -> Generator[Ask, int, None]:
        """Write all open cells; yield choices, take ids."""
        task = self.task
        holes = find_holes(task.grid, self._open)
        while holes & self._open:  # planned anew each time: answers cost what they cost
            yield from self._answer(holes)
        if self._open:
            yield from self._go_on(min(self._open)[0], max(self._open)[0])

    def _start(self, document: Document) -> Document:
        """Begin a new document."""
        self.doc = list(document.prompt)
        self.n_prompt += len(self.doc)
        self._grammar = document.grammar.copy()
        self.is_new = True
        return document

    def _push(self, token: int) -> None:
        """Write a token."""
        self._grammar.push(token)
        self.doc.append(token)
        self.n_tokens += 1

    def _choose(
        self,
        mask: npt.NDArray[np.bool_],
        random: CellRandom,
        step: int,
        *,
        ends: tuple[int, ...] = (),
        free: npt.NDArray[np.intp] | None = None,
    ) -> Generator[Ask, int, int]:
        """Return the id that is chosen, without asking where there is only one."""
        allowed = mask.nonzero()[0]
        if len(allowed) == 1:
            return int(allowed[0])
        if not len(allowed):
            bar = f"bar {self._grammar.bar + 1}"
            raise ConstraintError(
                f"{bar}: the rules leave no token; loosen them",
                zh=f"第 {self._grammar.bar + 1} 小节:约束之下没有可写的 token;请放宽",
            )
        return (yield Ask(allowed, random.at(step), ends, free))

    # -- holes

    def _answer(self, holes: set[Cell]) -> Generator[Ask, int, None]:
        """Answer the first holes, in the order of the document."""
        task = self.task
        is_first = len(self._open) == len(task.rules)
        made = task.openings.get((-1, -1)) if is_first else None
        if made is None:
            made = open_answers(
                self.grid(),
                self._open,
                holes,
                order=task.order,
                describe=task.describe,
                limit=task.limit,
            )
        if is_first:
            task.openings[-1, -1] = made
        self._start(made)
        for at, (bar, part) in enumerate(made.asked[: made.n_answers]):
            spare = _SPARE + _LEAST * (len(made.asked) - at - 1)
            self._push(_BARREF + bar - made.span.start)
            self._push(_PART + task.grid.parts[part].slot)
            self._push((yield from self._write_cell(bar, part, [_EOH], spare=spare)))
            self._finish(bar, {(bar, part)})

    # -- open ends

    def _go_on(self, bar: int, last: int) -> Generator[Ask, int, None]:
        """Write the open cells bar by bar, to the last one."""
        span = Span(0, 0, 0, 0)
        given: Mapping[Cell, list[int]] = {}
        while bar <= last:
            n_open = sum((bar, part) in self._open for part in range(len(self.task.grid.parts)))
            need = CELL_TOKENS * n_open + _SPARE
            need += sum(len(tokens) + 1 for (at, _), tokens in given.items() if at == bar)
            if bar >= span.end or len(self.doc) + need > self.task.limit:
                made = self._start(self._open_bars(bar, last))
                span, given = made.span, made.given
            else:
                self._push(_BAR)
            yield from self._write_bar(bar, given, is_end=bar + 1 >= span.end)
            bar += 1

    def _open_bars(self, bar: int, last: int) -> Document:
        """Return the document in which writing goes on; the first one is every candidate's."""
        task = self.task
        made = None if self._notes else task.openings.get((bar, last))
        if made is None:
            made = open_bars(
                self.grid(),
                bar,
                last,
                order=task.order,
                describe=task.describe,
                limit=task.limit,
                spare=_SPARE,
            )
        if not self._notes:
            task.openings[bar, last] = made
        return made

    def _write_bar(
        self, bar: int, given: Mapping[Cell, list[int]], *, is_end: bool
    ) -> Generator[Ask, int, None]:
        """Write the cells of a bar, given ones too, in header order; BAR has been written."""
        task = self.task
        slots = [one.slot for one in task.grid.parts]
        by_token = {_PART + slots[part]: rank for rank, part in enumerate(task.order)}
        left = sum(len(given.get((bar, slot), ())) + _LEAST for slot in slots)
        end = _EOS if is_end else _BAR
        rank, token = 0, -1
        while True:
            if token < 0:
                options = self._list_options(bar, rank, given, end)
                mask = np.zeros(VOCAB_SIZE, dtype=np.bool_)
                mask[options] = True
                random = CellRandom(task.seed, self.number, bar, 64 + rank)
                token = yield from self._choose(mask, random, 0)
            if token == end:
                break
            rank = by_token[token] + 1
            part = task.order[rank - 1]
            if (bar, part) in self._open:
                self._push(token)
                ends = self._list_options(bar, rank, given, end)
                token = yield from self._write_cell(bar, part, ends, spare=_SPARE + left)
            else:  # the grammar need not be told: see `motet.engine.document`
                known = given[bar, slots[part]]
                self.doc += [token, *known]
                self.n_tokens += 1 + len(known)
                token = -1
        self._finish(bar, {cell for cell in self._open if cell[0] == bar})

    def _list_options(
        self, bar: int, rank: int, given: Mapping[Cell, list[int]], end: int
    ) -> list[int]:
        """Return the tokens that may come between cells: parts that may be next, or the bar's end."""
        grid = self.task.grid
        options: list[int] = []
        for part in self.task.order[rank:]:
            slot = grid.parts[part].slot
            if (bar, slot) in given:
                return [*options, _PART + slot]
            if (bar, part) in self._open:
                guard = self._guard(bar, part)
                if guard.must_write():
                    return [*options, _PART + slot]
                if guard.may_write(
                    int(grid.bars["length"][bar]), is_drums=grid.parts[part].is_drums
                ):
                    options.append(_PART + slot)
        return [*options, end]

    # -- cells

    def _guard(self, bar: int, part: int) -> CellGuard:
        """Return the guard of a cell, which has seen nothing of it when the cell is opened."""
        if (bar, part) not in self._guards:
            rules = self.task.rules[bar, part]
            self._guards[bar, part] = CellGuard(rules, sounding=self.sounding(bar, part))
        return self._guards[bar, part]

    def _write_cell(
        self, bar: int, part: int, ends: list[int], *, spare: int
    ) -> Generator[Ask, int, int]:
        """Write the notes of a cell that is open in the document; return the id that ends it."""
        task, grammar = self.task, self._grammar
        random = CellRandom(task.seed, self.number, bar, task.grid.parts[part].slot)
        guard = self._guard(bar, part)
        watch = None
        forbid = task.forbid.get(part) if isinstance(task.forbid, Mapping) else task.forbid
        if forbid is not None and not task.grid.parts[part].is_drums:
            watch = LineWatch(forbid, find_line(task.grid, self._tops, bar, part))
        last = min(len(self.doc) + _MAX_CELL, task.limit - spare)
        cell = grammar.cell
        step = 0
        while True:
            says = grammar.mask()
            mask = says & guard.mask(grammar)
            if watch is not None:
                mask = watch.narrow(mask, cell)
            free = None
            if grammar.cell_may_end and guard.may_stop(grammar):
                if len(self.doc) >= last:
                    mask[:] = False
                elif mask.any():
                    free = _FIRST_NOTE + says[_FIRST_NOTE:_LAST_NOTE].nonzero()[0]
                mask[ends] = True
            token = yield from self._choose(mask, random, step, ends=tuple(ends), free=free)
            if token in ends:
                break
            self._push(token)
            guard.push(token, grammar)
            step += 1
        notes = cell.notes if cell is not None else []
        self._tops[bar, part] = top_pitches((pos, pitch) for pos, _, pitch, _ in notes)
        start, length = int(self._starts[bar]), int(task.grid.bars["length"][bar])
        is_drums = task.grid.parts[part].is_drums
        for pos, duration, pitch, velocity in notes:
            self._notes.append((bar, part, pos, duration, pitch, velocity))
            if pos + duration > length and not is_drums:
                self._crossing[part].append((bar, start + pos + duration, pitch))
        return token

    def _finish(self, bar: int, cells: set[Cell]) -> None:
        """Count cells as written; tell when the bar has no open one left."""
        self._open -= cells
        self._guards = {}
        self._left[bar] -= len(cells)
        if cells and not self._left[bar] and self._on_bar is not None:
            self._on_bar(bar, self.grid())
