"""Drafting: the open cells of a plan, written section by section, the best candidate each time.

Conventions: a stretch is two bars (three at most) of one section; each is written with several
candidates, of which the best goes on, so that a long piece is chosen step by step and not all or nothing.
Cells that take up other bars (`TaskPlan.echoes`) are copied, or written in the rhythm and near the
pitches of those. A stretch ends before a bar that takes up a bar of the stretch. Bars and parts count
from 0.

Offers `Draft`, `Stretch`, `write_draft`.
"""

from __future__ import annotations

import math
import time
from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from motet.engine.bundle import Bundle
from motet.engine.rules import CellRules
from motet.engine.session import Session
from motet.engine.watch import Forbid
from motet.engine.write import Cancel, Sampling, Written, write_cells
from motet.errors import BusyError
from motet.tasks.echo import take_up
from motet.tasks.harmony import HeldHarmony
from motet.tasks.motion import forbid_repeats, join_forbids
from motet.tasks.plan import TaskPlan
from motet.tasks.rank import Figures, rank_candidates
from motet.tasks.recall import Recalled, recall_bars
from motet.tasks.theme import TUNES
from motet.tokens import GridScore, describe_parts, sort_notes
from motet.tokens.grid import DENSITY_EDGES, POLY_EDGES
from motet.tokens.layout import GridArray

__all__ = ["Draft", "Stretch", "write_draft"]

OnBar = Callable[[int, int], None]
"""Called with the number of bars that are done, and of all bars to write."""

Cell = tuple[int, int]
_LONGEST = 2
_COUNTED = frozenset({"density", "rhythm"})
_MOST_WANTED = 4
_SPREAD = 7919  # so that no two stretches share their random numbers
_SUNG = TUNES | {"counter"}
_USUAL_SHARE = 0.8  # of the notes that may sound at once
_USUAL_DENSITY = 0.75  # of the way, in ratios, from the fewest onsets to the most


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Bars written together: their candidates' figures, best first, and how many cells were copied."""

    start_bar: int
    end_bar: int
    figures: tuple[Figures, ...]
    n_copied: int = 0


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What was written: the grid, who was chosen from what, and what it cost.

    `ranked` holds all candidates of the last stretch, best first: of the whole where all was written in
    one go.
    """

    grid: GridScore
    stretches: tuple[Stretch, ...]
    n_tokens: int
    seconds: float
    ranked: tuple[GridScore, ...] = ()


def write_draft(
    plan: TaskPlan,
    bundle: Bundle,
    *,
    in_one_go: bool = False,
    on_bar: OnBar | None = None,
    cancel: Cancel | None = None,
    forbid: Forbid | None = None,
) -> Draft:
    """Return the plan's open cells, written by a model.

    Parameters
    ----------
    plan : TaskPlan
    bundle : Bundle
    in_one_go : bool
        Whether all cells are written together, with what follows them in sight (infilling).
    on_bar : callable or None
        Called with (bars done, bars in all) as bars are finished. If it has a method ``take_bars``, that
        is called with the grid as it stands and the bars (indices) that were written last.
    cancel : Cancel or None
    forbid : Forbid or None
        Asked which pitches may not come next; see `motet.engine.write_cells`.

    Returns
    -------
    Draft

    Raises
    ------
    ConstraintError
        The rules cannot be met.

    Examples
    --------
    >>> from motet.engine.bundle import list_bundles, load_bundle
    >>> from motet.brief import Brief
    >>> from motet.tasks.plan import plan_brief
    >>> plan = plan_brief(Brief(parts="flute", bars=2, candidates=1))
    >>> "small" not in list_bundles() or write_draft(plan, load_bundle("small")).grid.n_notes > 0
    True
    """
    began = time.perf_counter()
    grid = plan.grid
    held = HeldHarmony(plan.score)
    stretches: list[Stretch] = []
    session = Session(bundle, n_rows=plan.brief.candidates)
    bars = sorted({bar for bar, _ in plan.open_cells})
    spans = [(bars[0], bars[-1] + 1)] if in_one_go and bars else _spans(plan, bars)
    ranked: tuple[GridScore, ...] = ()
    done = n_tokens = 0
    for start, end in spans:
        cells = {cell for cell in plan.open_cells if start <= cell[0] < end}
        grid, copied, rules, models = _take_up(plan, grid, cells, held)
        left = cells - copied
        figures: list[Figures] = []
        if left:
            limit = min(session.max_length, bundle.context)
            shown = Recalled(grid=grid, offset=0)
            if not in_one_go:
                shown = recall_bars(grid, start, end, models.values(), limit=limit)
            written = write_cells(
                session,
                shown.grid,
                {(bar + shown.offset, part) for bar, part in left},
                rules={(bar + shown.offset, part): rules[bar, part] for bar, part in left},
                sampling=Sampling(temperature=plan.brief.temperature),
                n_candidates=plan.brief.candidates,
                seed=(plan.brief.seed + _SPREAD * shown.offset) % 2**63,
                describe=_describe(grid, plan),
                on_bar=_Teller(on_bar, done, len(bars)),
                cancel=cancel,
                forbid=_forbidden(plan, forbid),
            )
            _stop_if_cut_short(written)
            logps = [one.logp / max(1, one.n_choices) for one in written]
            grids = [_take_notes(grid, one.grid, left, shown.offset) for one in written]
            order, judged = rank_candidates(grids, logps, left, plan.cast, models=models)
            figures = [judged[k] for k in order]
            n_tokens += sum(one.n_tokens for one in written)
            ranked = tuple(grids[k] for k in order)
            grid = ranked[0]
        done += len({bar for bar, _ in cells})
        if on_bar is not None:
            on_bar(done, len(bars))
            take = getattr(on_bar, "take_bars", None)
            if take is not None:
                take(grid, tuple(sorted({bar for bar, _ in cells})))
        stretches.append(
            Stretch(start_bar=start, end_bar=end, figures=tuple(figures), n_copied=len(copied))
        )
    seconds = time.perf_counter() - began
    return Draft(
        grid=grid, stretches=tuple(stretches), n_tokens=n_tokens, seconds=seconds, ranked=ranked
    )


class _Teller:
    """Turns the engine's word on a finished bar into a count."""

    def __init__(self, on_bar: OnBar | None, base: int, total: int) -> None:
        self.on_bar, self.base, self.total = on_bar, base, total
        self.bars: set[int] = set()

    def __call__(self, bar: int, grid: GridScore) -> None:
        """Take one bar."""
        del grid
        self.bars.add(bar)
        if self.on_bar is not None:
            self.on_bar(min(self.total, self.base + len(self.bars)), self.total)


def _stop_if_cut_short(written: Sequence[Written]) -> None:
    """Raise where a cancel left cells empty."""
    if not all(one.is_whole for one in written):
        raise BusyError(
            "stopped before it was finished; nothing was written to a file",
            zh="未完成即已停止;没有写入任何文件",
        )


def _describe(grid: GridScore, plan: TaskPlan) -> npt.NDArray[np.int8]:
    """Return what the header says of each part: measured where it is given, planned where open."""
    found = describe_parts(grid).copy()
    for k in {part for _, part in plan.open_cells}:
        one = plan.cast[k]
        if plan.frame is None and found[k, 1] >= 0:
            continue
        if not one.is_drums:
            middle = (one.low + one.high) / 2 + grid.shift_semi
            found[k, 0] = min(15, max(0, int((middle - 24) // 6)))
        if one.density is not None:
            share = 0.5 if "density" in one.asked else _USUAL_DENSITY
            usual = one.density[0] ** (1 - share) * one.density[1] ** share
            found[k, 1] = bisect_right(DENSITY_EDGES, usual)
        found[k, 2] = bisect_right(POLY_EDGES, max(1.0, _USUAL_SHARE * one.polyphony))
    return found


def _spans(plan: TaskPlan, bars: list[int]) -> list[tuple[int, int]]:
    """Return the stretches to write: sections cut where two bars are full, or a bar is taken up."""
    needs: dict[int, set[int]] = {}
    for bar, part in plan.open_cells:
        if (bar, part) in plan.echoes:
            needs.setdefault(bar, set()).add(plan.echoes[bar, part].bar)
    found: list[tuple[int, int]] = []
    for section in plan.sections:
        own = [bar for bar in bars if section.start_bar <= bar < section.end_bar]
        while own:
            start = own[0]
            longest = _LONGEST + (section.end_bar - start == _LONGEST + 1)
            end = start + 1
            while end < min(section.end_bar, start + longest) and not needs.get(end, set()) & set(
                range(start, end)
            ):
                end += 1
            found.append((start, end))
            own = [bar for bar in own if bar >= end]
    return found


def _take_up(
    plan: TaskPlan, grid: GridScore, cells: Collection[Cell], held: HeldHarmony
) -> tuple[GridScore, set[Cell], dict[Cell, CellRules], dict[Cell, int]]:
    """Return what echoes make of open cells.

    The grid with what is copied, those cells, the rules of the others, and which bars they take up.
    """
    copied: set[Cell] = set()
    rules = {cell: plan.rules[cell] for cell in cells}
    models: dict[Cell, int] = {}
    for bar, part in sorted(cells):
        echo = plan.echoes.get((bar, part))
        if echo is None or (echo.bar, part) in cells:
            rules[bar, part] = _filled(plan, grid, (bar, part))
            continue
        taken = take_up(
            grid,
            (bar, part),
            echo,
            rules[bar, part],
            plan.cast[part],
            same_harmony=plan.cast[part].is_drums or held.are_same(echo.bar, bar),
            seed=plan.brief.seed,
        )
        if taken.notes is not None:
            grid = _with_notes(grid, taken.notes, {(bar, part)})
            copied.add((bar, part))
        elif taken.rules is not None:
            rules[bar, part] = taken.rules
            models[bar, part] = echo.bar
    for bar, part in set(cells) - copied:  # a bar that takes up another begins where that does
        one, length = rules[bar, part], int(grid.bars["length"][bar])
        is_held = one.last_end is not None and one.last_end > length and one.rhythm is None
        if is_held and (bar + 1, part) in plan.echoes:
            rules[bar, part] = replace(one, last_end=length)
    starts = grid.bar_starts
    for bar, part in copied:  # what is written before a copy ends where that begins
        notes = grid.cell(bar, part)
        for earlier in range(bar - 1, -1, -1) if len(notes) else ():
            if (earlier, part) not in cells or len(grid.cell(earlier, part)):
                break
            if (earlier, part) in copied:
                continue
            end = int(starts[bar] - starts[earlier]) + int(notes["pos"].min())
            limit = rules[earlier, part].last_end
            if limit is None or end < limit:
                rules[earlier, part] = replace(rules[earlier, part], last_end=end)
    return grid, copied, rules, models


def _forbidden(plan: TaskPlan, others: Forbid | None) -> dict[int, Forbid]:
    """Return what each part's line may not do: those that are sung repeat few notes."""
    found: dict[int, Forbid] = {}
    for part, one in enumerate(plan.cast):
        is_sung = plan.frame is not None and one.polyphony == 1 and one.role in _SUNG
        if is_sung:
            found[part] = join_forbids(forbid_repeats, others)
        elif others is not None:
            found[part] = others
    return found


def _filled(plan: TaskPlan, grid: GridScore, cell: Cell) -> CellRules:
    """Return the rules of a new bar of a tune, no thinner than half of what the tune was before."""
    bar, part = cell
    rules, one = plan.rules[cell], plan.cast[part]
    is_free = rules.rhythm is None and rules.max_onsets != 0 and not one.asked & _COUNTED
    if plan.frame is None or one.role not in TUNES or not is_free:
        return rules
    counts = [len(np.unique(grid.cell(k, part)["pos"])) for k in range(bar)]
    played = [count for count in counts if count]
    if not played:
        return rules
    wanted = min(_MOST_WANTED, math.ceil(float(np.median(played)) / 2))
    most = wanted if rules.max_onsets is None else rules.max_onsets
    return replace(rules, min_onsets=max(rules.min_onsets, min(wanted, most)))


def _with_notes(grid: GridScore, notes: GridArray, cells: Collection[Cell]) -> GridScore:
    """Return a grid with the notes of some cells replaced."""
    is_open = np.zeros((grid.n_bars, len(grid.parts)), dtype=np.bool_)
    for cell in cells:
        is_open[cell] = True
    old = grid.notes[~is_open[grid.notes["bar"], grid.notes["part"]]]
    return replace(grid, notes=sort_notes(np.concatenate((old, notes))))


def _take_notes(
    grid: GridScore, written: GridScore, cells: Collection[Cell], offset: int
) -> GridScore:
    """Return a grid with some cells as another has them, whose bars are moved by an offset."""
    rows = []
    for bar, part in sorted(cells):
        notes = written.cell(bar + offset, part).copy()
        notes["bar"] = bar
        rows.append(notes)
    return _with_notes(grid, np.concatenate(rows), cells)
