"""Drafting: the open cells of a plan, written section by section, the best candidate each time.

Conventions: a stretch is two bars (three at most) of one section; each is written with several
candidates, of which the best goes on, so that a long piece is chosen step by step and not all or nothing.
In a tune the second phrase answers the first: its first two bars have the rhythm of those four bars
before. A section that returns is copied from its model; unless it is to be the same, its last two bars
are written anew. With ``repeats = "new"`` there is neither. Bars and parts count from 0.

Offers `Draft`, `Stretch`, `write_draft`.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from motet.arranger.plan import rng_for
from motet.engine.bundle import Bundle
from motet.engine.rules import CellRules
from motet.engine.session import Session
from motet.engine.write import Cancel, Sampling, Written, write_cells
from motet.errors import BusyError
from motet.tasks.frame import FrameSection
from motet.tasks.harmony import HeldHarmony
from motet.tasks.plan import TUNES, TaskPlan
from motet.tasks.rank import Figures, rank_candidates
from motet.tokens import GridScore, describe_parts, sort_notes
from motet.tokens.grid import DENSITY_EDGES, POLY_EDGES
from motet.tokens.layout import GridArray

__all__ = ["Draft", "Stretch", "write_draft"]

OnBar = Callable[[int, int], None]
"""Called with the number of bars that are done, and of all bars to write."""

_LONGEST = 2
_BLOCK_BARS = 8
_NEW_ENDING = 2
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
    """What was written: the grid, who was chosen from what, and what it cost."""

    grid: GridScore
    stretches: tuple[Stretch, ...]
    n_tokens: int
    seconds: float


def write_draft(
    plan: TaskPlan,
    bundle: Bundle,
    *,
    in_one_go: bool = False,
    on_bar: OnBar | None = None,
    cancel: Cancel | None = None,
) -> Draft:
    """Return the plan's open cells, written by a model.

    Parameters
    ----------
    plan : TaskPlan
    bundle : Bundle
    in_one_go : bool
        Whether all cells are written together, with what follows them in sight (infilling).
    on_bar : callable or None
        Called with (bars done, bars in all) as bars are finished.
    cancel : Cancel or None

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
    >>> names = list_bundles()
    >>> not names or write_draft(plan, load_bundle(names[0])).grid.n_notes > 0
    True
    """
    began = time.perf_counter()
    grid = plan.grid
    stretches: list[Stretch] = []
    session = Session(bundle, n_rows=plan.brief.candidates)
    bars = sorted({bar for bar, _ in plan.open_cells})
    spans = [(bars[0], bars[-1] + 1)] if in_one_go and bars else _spans(plan, bars)
    done = n_tokens = 0
    for start, end in spans:
        cells = {cell for cell in plan.open_cells if start <= cell[0] < end}
        copied: set[tuple[int, int]] = set()
        if not in_one_go:
            grid, copied = _copy_model(plan, grid, start, end, cells)
        left = cells - copied
        figures: list[Figures] = []
        if left:
            written = write_cells(
                session,
                grid,
                left,
                rules=_answering(plan, grid, left),
                sampling=Sampling(temperature=plan.brief.temperature),
                n_candidates=plan.brief.candidates,
                seed=plan.brief.seed,
                describe=_describe(grid, plan),
                on_bar=_Teller(on_bar, done, len(bars)),
                cancel=cancel,
            )
            _stop_if_cut_short(written)
            logps = [one.logp / max(1, one.n_choices) for one in written]
            order, judged = rank_candidates([one.grid for one in written], logps, left, plan.cast)
            figures = [judged[k] for k in order]
            n_tokens += sum(one.n_tokens for one in written)
            grid = _take_notes(grid, written[order[0]].grid, left)
        done += len({bar for bar, _ in cells})
        if on_bar is not None:
            on_bar(done, len(bars))
        stretches.append(
            Stretch(start_bar=start, end_bar=end, figures=tuple(figures), n_copied=len(copied))
        )
    seconds = time.perf_counter() - began
    return Draft(grid=grid, stretches=tuple(stretches), n_tokens=n_tokens, seconds=seconds)


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
    """Return the stretches to write: sections cut into eight bars at most."""
    found: list[tuple[int, int]] = []
    for section in plan.sections:
        own = [bar for bar in bars if section.start_bar <= bar < section.end_bar]
        while own:
            start = own[0]
            end = min(section.end_bar, start + _LONGEST)
            if section.end_bar - end == 1:
                end = section.end_bar
            found.append((start, end))
            own = [bar for bar in own if bar >= end]
    return found


def _answering(
    plan: TaskPlan, grid: GridScore, cells: Collection[tuple[int, int]]
) -> dict[tuple[int, int], CellRules]:
    """Return the rules of cells; bars of a tune that answer earlier ones have their rhythm."""
    found = {cell: plan.rules[cell] for cell in cells}
    if plan.frame is None or plan.brief.repeats == "new":
        return found
    for bar, part in cells:
        one = plan.cast[part]
        model = _answered(plan, bar)
        if one.role not in TUNES or one.asked & {"rhythm", "density"} or model < 0:
            continue
        rules = found[bar, part]
        if rules.rhythm is not None or rules.max_onsets == 0:
            continue
        length = int(grid.bars["length"][bar])
        notes = grid.cell(model, part)
        if not len(notes) or int(grid.bars["length"][model]) != length:
            continue
        free = _free_from(grid, bar, part)
        rhythm = tuple(
            (int(note["pos"]), min(int(note["dur"]), length - int(note["pos"])))
            for note in notes
            if int(note["pos"]) >= free
        )
        if not rhythm:
            continue
        found[bar, part] = replace(rules, rhythm=rhythm, min_onsets=0, max_onsets=None)
    return found


def _free_from(grid: GridScore, bar: int, part: int) -> int:
    """Return the position in a bar from which nothing of a part sounds in from before."""
    mine = grid.notes[(grid.notes["part"] == part) & (grid.notes["bar"] < bar)]
    ends = grid.bar_starts[mine["bar"]] + mine["pos"] + mine["dur"]
    return max(0, int(ends.max(initial=0)) - int(grid.bar_starts[bar]))


def _answered(plan: TaskPlan, bar: int) -> int:
    """Return the bar whose rhythm a bar takes up, -1 for none."""
    section = next(one for one in plan.sections if one.start_bar <= bar < one.end_bar)
    place = (bar - section.start_bar) % _BLOCK_BARS
    if bar == section.end_bar - 1:
        return -1
    if place in (4, 5):
        return bar - 4
    repeats = rng_for(plan.brief.seed, "motif", section.label).random() < 0.5
    return bar - 2 if place == 2 and repeats else -1


def _copy_model(
    plan: TaskPlan,
    grid: GridScore,
    start: int,
    end: int,
    cells: Collection[tuple[int, int]],
) -> tuple[GridScore, set[tuple[int, int]]]:
    """Return the grid with a returning section copied from its model, and the cells that were."""
    section = next(one for one in plan.sections if one.start_bar <= start < one.end_bar)
    if section.model_bar < 0 or plan.brief.repeats == "new":
        return grid, set()
    stop = _copy_end(plan, section, grid.n_bars)
    copied: set[tuple[int, int]] = set()
    rows = []
    for bar in range(start, min(end, stop)):
        model = section.model_bar + bar - section.start_bar
        for part in sorted(k for b, k in cells if b == bar):
            if bar in plan.cast[part].rests or model in plan.cast[part].rests:
                continue
            copied.add((bar, part))
            notes = grid.cell(model, part).copy()
            notes["bar"] = bar
            rows.append(notes)
    if not rows:
        return grid, set()
    notes = np.concatenate(rows)
    room = int(grid.bar_starts[stop]) - (grid.bar_starts[notes["bar"]] + notes["pos"])
    notes["dur"] = np.minimum(notes["dur"], room)
    return _with_notes(grid, notes, copied), copied


def _copy_end(plan: TaskPlan, section: FrameSection, n_bars: int) -> int:
    """Return the first bar of a returning section that is not copied from its model."""
    held = HeldHarmony(plan.score)
    ending = _NEW_ENDING if plan.brief.repeats == "vary" else 0
    last = min(section.end_bar - ending, n_bars - 1)
    for bar in range(section.start_bar, last):
        if not _is_same_bar(plan, held, section.model_bar + bar - section.start_bar, bar):
            return bar
    return max(section.start_bar, last)


def _is_same_bar(plan: TaskPlan, held: HeldHarmony, model: int, bar: int) -> bool:
    """Whether two bars have the same length and chords, and a note may last as long in both."""
    one, two = plan.score.bars[model], plan.score.bars[bar]
    chords = [
        [(c.start_tick - place.start_tick, c.chord) for c in held.in_bar(place.index)]
        for place in (one, two)
    ]
    return one.duration_tick == two.duration_tick and chords[0] == chords[1]


def _with_notes(grid: GridScore, notes: GridArray, cells: Collection[tuple[int, int]]) -> GridScore:
    """Return a grid with the notes of some cells replaced."""
    kept = [row for row in grid.notes if (int(row["bar"]), int(row["part"])) not in cells]
    old = np.array(kept, grid.notes.dtype) if kept else grid.notes[:0]
    return replace(grid, notes=sort_notes(np.concatenate((old, notes))))


def _take_notes(
    grid: GridScore, written: GridScore, cells: Collection[tuple[int, int]]
) -> GridScore:
    """Return a grid with some cells as another grid has them."""
    rows = [written.cell(bar, part) for bar, part in sorted(cells)]
    return _with_notes(grid, np.concatenate(rows), cells)
