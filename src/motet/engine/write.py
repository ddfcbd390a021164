"""Open cells written by a bundle: the one loop that every task uses.

Conventions: a grid goes in with notes in given cells only, and comes out with the open cells written;
given cells are never touched. Cells are (bar, part), part an index in `GridScore.parts`.

Offers `write_cells`, `prepare_task`, `Written`, `Cancel`, `Sampling`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.engine.ask import Ask, weigh_ends
from motet.engine.bundle import Bundle
from motet.engine.candidate import Candidate, Task
from motet.engine.rules import CellRules, link_rules
from motet.engine.sample import Sampling, choose_one
from motet.engine.session import Session
from motet.engine.watch import Forbid
from motet.errors import ParameterError
from motet.tokens.grid import describe_parts
from motet.tokens.layout import GridScore

__all__ = ["Cancel", "Sampling", "Written", "prepare_task", "write_cells"]

Cell = tuple[int, int]

_DEFAULT: Final = Sampling()
_NO_RULES: Final = CellRules()
_MAX_CANDIDATES: Final = 64
_FEW: Final = 3
"""Forced tokens that are cheaper taken one by one, together with other rows, than by the row alone."""


class Cancel:
    """A wish to stop that may come from another thread.

    Examples
    --------
    >>> cancel = Cancel()
    >>> cancel.set()
    >>> cancel.is_set
    True
    """

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        """Ask the writing to stop; it does within 100 ms."""
        self._event.set()

    @property
    def is_set(self) -> bool:
        """Whether it was asked."""
        return self._event.is_set()


@dataclass(frozen=True, kw_only=True)
class Written:
    """One candidate.

    Parameters
    ----------
    grid : GridScore
        The piece with its open cells written.
    logp : float, nats
        Sum of the log probabilities of what was chosen, among what was allowed, at temperature 1.
    n_choices : int
        How many tokens were chosen, not forced.
    n_tokens, n_prompt : int
        How many tokens were written, and read as prompts.
    seconds : float
        From the start to the end of all candidates that were written together.
    prompt_seconds : float
        Of these, until the first choice could be made: reading the prompt.
    candidate, seed : int
    is_whole : bool
        False when it was cancelled: cells that were not finished are empty.

    Examples
    --------
    >>> Written.__name__
    'Written'
    """

    grid: GridScore
    logp: float
    n_choices: int
    n_tokens: int
    n_prompt: int
    seconds: float
    prompt_seconds: float
    candidate: int
    seed: int
    is_whole: bool = True


def write_cells(
    source: Bundle | Session,
    grid: GridScore,
    open_cells: Collection[Cell],
    *,
    rules: Mapping[Cell, CellRules] | None = None,
    sampling: Sampling = _DEFAULT,
    n_candidates: int = 1,
    seed: int = 0,
    order: Sequence[int] | None = None,
    describe: npt.NDArray[np.int8] | None = None,
    on_bar: Callable[[int, GridScore], None] | None = None,
    cancel: Cancel | None = None,
    forbid: Forbid | Mapping[int, Forbid] | None = None,
) -> list[Written]:
    """Return candidates of a grid with its open cells written.

    Parameters
    ----------
    source : Bundle or Session
        A session is faster where more than one call is made; its rows limit how many candidates are
        written side by side.
    grid : GridScore
        Parts, bars and chords of the finished piece; notes in open cells are ignored.
    open_cells : collection of (bar, part)
    rules : mapping of (bar, part) to CellRules, optional
        What a cell must obey; a cell without rules may hold anything, or nothing. Notes do not sound
        into a later given cell or past the end, unless rules fix their rhythm.
    sampling : Sampling
    n_candidates : int, 1 to 64
    seed : int
        With bundle and build it decides the notes. Each cell has its own random numbers, and what a
        candidate becomes does not depend on how many there are.
    order : sequence of int, optional
        All parts in the order of writing; else parts that are given whole come first.
    describe : int8, shape (k, 3), optional
        RANGE, DENSITY and POLY values of each part (-1: not said); else those of given notes.
    on_bar : callable, optional
        Called for the first candidate with each bar that is finished and the grid so far.
    cancel : Cancel, optional
    forbid : callable, or mapping of part to callable, optional
        Asked before each note of an open cell with the pitches of the part's line so far (the highest of
        each onset, given bars too, the last 64 before the cell); answers with pitches that may not come
        next. It is not obeyed where nothing else could be written. Drums are not asked about.

    Returns
    -------
    list of Written
        In order of their numbers.

    Raises
    ------
    ConstraintError
        Rules cannot be met; said before anything is written.
    ParameterError
        A cell is not in the grid, or a number is out of range.

    Examples
    --------
    >>> write_cells.__name__
    'write_cells'
    """
    if not 1 <= n_candidates <= _MAX_CANDIDATES:
        raise ParameterError(
            f"n_candidates must be 1 to {_MAX_CANDIDATES}, got {n_candidates}",
            zh=f"n_candidates 须为 1 到 {_MAX_CANDIDATES},收到 {n_candidates}",
        )
    task = prepare_task(
        grid, open_cells, rules=rules, seed=seed, order=order, describe=describe, forbid=forbid
    )
    session = source if isinstance(source, Session) else Session(source, n_rows=n_candidates)
    task = replace(task, limit=min(session.max_length, session.bundle.context))
    written: list[Written] = []
    for first in range(0, n_candidates, session.n_rows):
        numbers = range(first, min(first + session.n_rows, n_candidates))
        written += _run(session, task, numbers, sampling, on_bar, cancel)
    return written


def prepare_task(
    grid: GridScore,
    open_cells: Collection[Cell],
    *,
    rules: Mapping[Cell, CellRules] | None = None,
    seed: int = 0,
    order: Sequence[int] | None = None,
    describe: npt.NDArray[np.int8] | None = None,
    forbid: Forbid | Mapping[int, Forbid] | None = None,
    limit: int = 4096,
) -> Task:
    """Return what candidates need to write open cells, checked and linked; see `write_cells`.

    Returns
    -------
    Task

    Raises
    ------
    ConstraintError
        Rules cannot be met.
    ParameterError
        A cell is not in the grid.

    Examples
    --------
    >>> from motet.engine.probe import practice_grid
    >>> prepare_task(practice_grid(1, 1), [(1, 0)]).rules[1, 0].last_end
    96
    """
    cells = _check_cells(grid, open_cells)
    given = _drop_notes(grid, cells)
    return Task(
        grid=given,
        rules=_link(given, cells, rules or {}),
        order=_order_parts(given, cells, order),
        describe=describe_parts(given) if describe is None else describe,
        seed=seed,
        limit=limit,
        forbid=forbid,
    )


def _check_cells(grid: GridScore, open_cells: Collection[Cell]) -> set[Cell]:
    """Return the open cells, all in the grid."""
    cells = {(int(bar), int(part)) for bar, part in open_cells}
    for bar, part in sorted(cells):
        if not (0 <= bar < grid.n_bars and 0 <= part < len(grid.parts)):
            raise ParameterError(
                f"a cell is a bar 0 to {grid.n_bars - 1} and a part 0 to {len(grid.parts) - 1}, got "
                f"({bar}, {part})",
                zh=f"单元格由小节 0 到 {grid.n_bars - 1} 与声部 0 到 {len(grid.parts) - 1} 组成,"
                f"收到 ({bar}, {part})",
            )
    return cells


def _drop_notes(grid: GridScore, cells: set[Cell]) -> GridScore:
    """Return the grid without the notes of open cells."""
    is_open = np.zeros((grid.n_bars, len(grid.parts)), dtype=np.bool_)
    for cell in cells:
        is_open[cell] = True
    kept = ~is_open[grid.notes["bar"], grid.notes["part"]]
    return replace(grid, notes=grid.notes[kept])


def _order_parts(grid: GridScore, cells: set[Cell], order: Sequence[int] | None) -> tuple[int, ...]:
    """Return the parts in header order: as asked, or those given whole first."""
    k = len(grid.parts)
    if order is None:
        with_open = {part for _, part in cells}
        return tuple(sorted(range(k), key=lambda part: (part in with_open, part)))
    if sorted(order) != list(range(k)):
        raise ParameterError(
            f"order must name parts 0 to {k - 1}, each once, got {list(order)}",
            zh=f"order 须把声部 0 到 {k - 1} 各列一次,收到 {list(order)}",
        )
    return tuple(int(part) for part in order)


def _link(
    grid: GridScore, cells: set[Cell], rules: Mapping[Cell, CellRules]
) -> dict[Cell, CellRules]:
    """Return rules for every open cell: notes end before given cells, and no cell spoils another."""
    drums = {part for part, one in enumerate(grid.parts) if one.is_drums}
    starts = grid.bar_starts
    held: dict[Cell, list[tuple[int, int]]] = {}
    limited: dict[Cell, CellRules] = {}
    ends = dict.fromkeys(range(len(grid.parts)), grid.n_bars)  # next bar that is not open
    bars, parts = grid.notes["bar"], grid.notes["part"]
    note_ends = starts[bars] + grid.notes["pos"] + grid.notes["dur"]
    for bar in range(grid.n_bars - 1, -1, -1):
        start = int(starts[bar])
        is_held = (bars < bar) & (note_ends > start)
        for part in range(len(grid.parts)):
            if (bar, part) not in cells:
                ends[part] = bar
                continue
            one = rules.get((bar, part), _NO_RULES)
            if one.last_end is None and one.rhythm is None and part not in drums:
                one = replace(one, last_end=int(starts[ends[part]]) - start)
            limited[bar, part] = one
            mine = is_held & (parts == part)
            if part not in drums and mine.any():
                pitches = grid.notes["pitch"][mine].tolist()
                held[bar, part] = list(
                    zip((note_ends[mine] - start).tolist(), pitches, strict=True)
                )
    lengths = grid.bars["length"].tolist()
    return link_rules(limited, bar_lengths=lengths, drum_parts=drums, sounding=held)


class _Row:
    """A candidate in a row of the session."""

    def __init__(self, candidate: Candidate) -> None:
        self.candidate = candidate
        self.script: Generator[Ask, int, None] = candidate.write()
        self.ask: Ask | None = None
        self.is_done = False
        self.logp = 0.0
        self.n_choices = 0

    def start(self) -> None:
        """Go to the first choice."""
        self.ask = next(self.script, None)
        self.is_done = self.ask is None

    def take(self, token: int, logp: float) -> None:
        """Send a chosen id; go on to the next choice."""
        self.logp += logp
        self.n_choices += 1
        try:
            self.ask = self.script.send(token)
        except StopIteration:
            self.ask, self.is_done = None, True


def _run(
    session: Session,
    task: Task,
    numbers: Sequence[int],
    sampling: Sampling,
    on_bar: Callable[[int, GridScore], None] | None,
    cancel: Cancel | None,
) -> list[Written]:
    """Return the candidates of some numbers, written side by side."""
    begin, prompt_seconds = time.perf_counter(), 0.0
    rows = [
        _Row(Candidate(task, number, on_bar=on_bar if number == 0 else None)) for number in numbers
    ]
    for row in rows:
        if not (cancel and cancel.is_set):
            row.start()
    while any(row.ask for row in rows) and not (cancel and cancel.is_set):
        found = _read(session, rows, cancel)
        if found is None:
            break
        prompt_seconds = prompt_seconds or time.perf_counter() - begin
        for row, scores, is_ready in zip(rows, *found, strict=False):
            if row.ask is not None and is_ready:
                allowed, point = row.ask.allowed, row.ask.point
                scores = weigh_ends(scores, row.ask)
                row.take(*choose_one(scores, allowed, sampling=sampling, point=point))
    seconds = time.perf_counter() - begin
    return [
        Written(
            grid=row.candidate.grid(),
            logp=row.logp,
            n_choices=row.n_choices,
            n_tokens=row.candidate.n_tokens,
            n_prompt=row.candidate.n_prompt,
            seconds=seconds,
            prompt_seconds=prompt_seconds,
            candidate=row.candidate.number,
            seed=task.seed,
            is_whole=row.is_done,
        )
        for row in rows
    ]


def _read(
    session: Session, rows: Sequence[_Row], cancel: Cancel | None
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]] | None:
    """Return logits of each row, and which rows are at the end of their document; None: cancelled.

    A row's path through the model depends on nothing but its own document: prompts and long runs of
    forced tokens are read by the row alone, the rest goes one by one with whatever other rows take.
    """

    def is_cancelled() -> bool:
        return cancel is not None and cancel.is_set

    n_used = 1 + max(at for at, row in enumerate(rows) if row.ask is not None)
    active = np.array([row.ask is not None for row in rows[:n_used]])
    is_ready = np.zeros(n_used, dtype=np.bool_)
    ids = np.zeros(n_used, dtype=np.int64)
    for at, row in enumerate(rows[:n_used]):
        if row.ask is None:
            continue
        doc, candidate = row.candidate.doc, row.candidate
        if candidate.is_new:
            if at and rows[0].ask is not None and doc[:-1] == rows[0].candidate.doc[:-1]:
                session.copy_row([at])
            session.resume(np.array(doc, dtype=np.int32), row=at)
        n_missing = len(doc) - 1 - int(session.lengths[at])
        if n_missing > _FEW or (n_missing and candidate.is_new):
            session.prefill(np.array(doc[-1 - n_missing : -1]), row=at, is_cancelled=is_cancelled)
            if is_cancelled():
                return None
            n_missing = 0
        candidate.is_new = False
        ids[at] = doc[-1 - n_missing]
        is_ready[at] = n_missing == 0
    return session.step(ids, active=active), is_ready
