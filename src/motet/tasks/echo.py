"""Echoes: a bar that takes up an earlier (or later) one, as notes or as rules for the model.

Conventions: an echo names the bar it takes up and how: ``copy`` keeps the notes (where the harmony is
another, the rhythm, each note bent to the nearest that fits), ``shape`` keeps rhythm and contour on
another degree, ``ornament`` splits long notes or joins two, ``figure`` keeps the rhythm near the same pitches,
``rhythm`` the rhythm alone. All but a true copy are written by the model, within `CellRules.rhythm`
and `CellRules.bounds`. What does not fit the rules of its cell is no echo: the cell stays free. Pitches
are key-normalised; bars and parts count from 0.

Offers `Echo`, `Taken`, `take_up`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from motet.arranger.plan import rng_for
from motet.engine.cell_table import CellTable, count_sounding, lay_table
from motet.engine.rules import CellRules, check_rules
from motet.errors import ConstraintError
from motet.tasks.cast import PartPlan
from motet.tokens import GridScore
from motet.tokens.layout import GridArray

__all__ = ["Echo", "Kind", "Taken", "take_up"]

Kind = Literal["copy", "shape", "ornament", "figure", "rhythm"]
Bound = tuple[int, int, int, int]
Held = list[tuple[int, int]]

_QUARTER: Final = 24
_LOOSE_SEMI: Final = 3
_FEW: Final = 3  # notes of a bar from which none is left out
_P_PLAINER, _P_TWICE, _P_DOTTED = 0.3, 0.35, 0.4
"""How often an ornament leaves out a note, splits two, splits unevenly; our own."""
_STEPS: Final = (-4, -3, -2, -1, 0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Echo:
    """The bar that a cell takes up, and how."""

    bar: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Taken:
    """What becomes of an echo: notes that are there already, or rules under which to write."""

    notes: GridArray | None = None
    rules: CellRules | None = None


def take_up(
    grid: GridScore,
    cell: tuple[int, int],
    echo: Echo,
    rules: CellRules,
    plan: PartPlan,
    *,
    same_harmony: bool,
    seed: int = 0,
) -> Taken:
    """Return the notes or the rules with which a cell takes up another bar of its part.

    Parameters
    ----------
    grid : GridScore
        With the notes of the bar that is taken up, and those before the cell.
    cell : (bar, part)
    echo : Echo
    rules : CellRules
        What the cell must obey.
    plan : PartPlan
        Of the part.
    same_harmony : bool
        Whether both bars have the same chords.
    seed : int
        Decides on which degree a shape returns and which note is ornamented.

    Returns
    -------
    Taken
        With neither where the cell must stay free.

    Examples
    --------
    >>> from motet.brief import Brief
    >>> from motet.score import make_score
    >>> from motet.tasks.cast import choose_cast
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:1 D4:1 E4:2 | C4:4", fifths=0)).grid
    >>> rules, cast = CellRules(n_positions=96, max_polyphony=1), choose_cast(Brief(parts="piano"))
    >>> taken = take_up(grid, (1, 0), Echo(0, "rhythm"), rules, cast[0], same_harmony=True)
    >>> taken.rules.rhythm
    ((0, 24), (24, 24), (48, 48))
    """
    bar, part = cell
    length = int(grid.bars["length"][bar])
    is_bound = bool(plan.asked & {"rhythm", "density"})
    if "rhythm" in plan.asked or rules.rhythm is not None or rules.max_onsets == 0:
        return Taken()
    if int(grid.bars["length"][echo.bar]) != length:
        return Taken()
    notes = grid.cell(echo.bar, part)
    is_drums = grid.parts[part].is_drums
    shift = 0 if is_drums else grid.shift_semi
    wide = rules if is_drums else replace(rules, low=plan.low + shift, high=plan.high + shift)
    if not is_bound:
        wide = replace(wide, min_onsets=0, max_onsets=None)
    held = _held(grid, bar, part)
    if echo.kind == "copy" and same_harmony:
        copied = _fitted(notes, bar, wide)
        if _obeys(copied, wide, length, held, is_drums=is_drums, is_open=not rules.min_onsets):
            return Taken(notes=copied)
    rhythm = _rhythm(notes, length, held)
    if not rhythm or is_drums:
        return Taken()
    rng = rng_for(seed, "echo", bar, part)
    if echo.kind == "ornament":
        rhythm = _ornamented(rhythm, rng)
    table = lay_table(replace(wide, n_positions=length), length, False)
    bounds = _bounds(notes, rhythm, table, wide, echo.kind, _before(grid, bar, part), rng)
    for tried in (bounds, ()):
        written = replace(wide, rhythm=rhythm, bounds=tried, n_positions=length)
        try:
            check_rules(written, sounding=held, is_drums=False)
        except ConstraintError:
            continue
        return Taken(rules=written)
    return Taken()


def _held(grid: GridScore, bar: int, part: int) -> Held:
    """Return end (from the start of the bar) and pitch of what sounds into a cell."""
    mine = grid.notes[(grid.notes["part"] == part) & (grid.notes["bar"] < bar)]
    if grid.parts[part].is_drums:
        return []
    ends = grid.bar_starts[mine["bar"]] + mine["pos"] + mine["dur"] - grid.bar_starts[bar]
    into = ends > 0
    return list(zip(ends[into].tolist(), mine["pitch"][into].tolist(), strict=True))


def _before(grid: GridScore, bar: int, part: int) -> int:
    """Return the last pitch of a part before a bar, -1 for none."""
    mine = grid.notes[(grid.notes["part"] == part) & (grid.notes["bar"] < bar)]
    return int(mine["pitch"][-1]) if len(mine) else -1


def _fitted(notes: GridArray, bar: int, rules: CellRules) -> GridArray:
    """Return notes in another bar, none longer than it may be."""
    copied = notes.copy()
    copied["bar"] = bar
    if rules.last_end is not None:
        copied["dur"] = np.maximum(1, np.minimum(copied["dur"], rules.last_end - copied["pos"]))
    return copied


def _obeys(
    notes: GridArray, rules: CellRules, length: int, held: Held, *, is_drums: bool, is_open: bool
) -> bool:
    """Whether notes obey the rules of a cell."""
    if not len(notes):
        return is_open
    table = lay_table(replace(rules, n_positions=length), length, is_drums)
    onsets = np.unique(notes["pos"])
    if not rules.min_onsets <= len(onsets) <= table.max_onsets:
        return False
    if int(notes["pos"].max()) >= length:
        return False
    pairs = list(zip(notes["pos"].tolist(), notes["dur"].tolist(), strict=True))
    fits = all(
        bool(table.at(pos)[pitch])
        for pos, pitch in zip(notes["pos"].tolist(), notes["pitch"].tolist(), strict=True)
    )
    ends = all(pos + duration <= table.end for pos, duration in pairs)
    voices = int(count_sounding(table, pairs, held).max(initial=0))
    groups = max(int((notes["pos"] == pos).sum()) for pos in onsets)
    return fits and ends and voices <= table.n_voices and groups <= table.n_group


def _rhythm(notes: GridArray, length: int, held: Held) -> tuple[tuple[int, int], ...]:
    """Return the onsets and durations of a bar, from where nothing sounds in from before."""
    free = max([0, *(end for end, _ in held)])
    return tuple(
        (int(note["pos"]), min(int(note["dur"]), length - int(note["pos"])))
        for note in notes
        if int(note["pos"]) >= free
    )


def _ornamented(
    rhythm: tuple[tuple[int, int], ...], rng: np.random.Generator
) -> tuple[tuple[int, int], ...]:
    """Return a rhythm with a longer note or two split, or a note off the beat left out."""
    positions = [pos for pos, _ in rhythm]
    if len(set(positions)) < len(positions):
        return rhythm
    long = [k for k, (_, duration) in enumerate(rhythm) if duration >= _QUARTER]
    weak = [
        k
        for k, (pos, _) in enumerate(rhythm)
        if k and len(rhythm) > _FEW and pos % _QUARTER and sum(rhythm[k - 1]) == pos
    ]
    if weak and (not long or rng.random() < _P_PLAINER):
        k = int(rng.choice(weak))
        joined = (rhythm[k - 1][0], rhythm[k - 1][1] + rhythm[k][1])
        return (*rhythm[: k - 1], joined, *rhythm[k + 1 :])
    n_split = min(len(long), 1 + int(rng.random() < _P_TWICE))
    chosen = set(rng.choice(long, size=n_split, replace=False).tolist()) if long else set()
    found: list[tuple[int, int]] = []
    for k, (pos, duration) in enumerate(rhythm):
        if k not in chosen:
            found.append((pos, duration))
            continue
        first = duration // 2 if duration % 2 == 0 else duration - _QUARTER // 2
        if duration % (2 * _QUARTER) == 0 and rng.random() < _P_DOTTED:
            first = duration * 3 // 4
        found += [(pos, first), (pos + first, duration - first)]
    return tuple(found)


def _bounds(
    notes: GridArray,
    rhythm: Sequence[tuple[int, int]],
    table: CellTable,
    rules: CellRules,
    kind: Kind,
    before: int,
    rng: np.random.Generator,
) -> tuple[Bound, ...]:
    """Return the range of every onset."""
    if kind == "rhythm":
        return ()
    onsets = sorted({pos for pos, _ in rhythm})
    groups = {pos: notes["pitch"][notes["pos"] == pos].astype(np.int64) for pos in onsets}
    is_line = all(len(group) <= 1 for group in groups.values())
    shift = 0
    if kind == "shape" and is_line:
        shift = _choose_shift(groups, rules, table, before, rng)
    loose_from = len(onsets) - len(onsets) // 3 if kind == "shape" else len(onsets)
    found: list[Bound] = []
    for k, pos in enumerate(onsets):
        group, count = groups[pos], sum(one == pos for one, _ in rhythm)
        allowed = table.at(pos)
        if not len(group):  # an ornament: near its neighbour
            near = found[-1][2:] if found else (0, 127)
            low, high = near[0] - _LOOSE_SEMI - 1, near[1] + _LOOSE_SEMI + 1
        else:
            moved = [_move(int(pitch), shift, rules.scale) for pitch in group]
            low, high = min(moved), max(moved)
            if kind == "figure" or not is_line or k >= loose_from:
                low, high = low - _LOOSE_SEMI, high + _LOOSE_SEMI
        found.append((pos, pos + 1, *_widened(low, high, allowed, count)))
    return tuple(found)


def _widened(low: int, high: int, allowed: npt.NDArray[np.bool_], count: int) -> tuple[int, int]:
    """Return a range made wider until it holds as many pitches as are wanted."""
    low, high = max(0, min(127, low)), min(127, max(0, high))
    while int(allowed[low : high + 1].sum()) < count and (low > 0 or high < 127):
        low, high = max(0, low - 1), min(127, high + 1)
    return low, high


def _move(pitch: int, steps: int, scale: frozenset[int] | None) -> int:
    """Return a pitch moved by steps of a scale; one that is not in it keeps its distance to it."""
    if not steps:
        return pitch
    tones = [one for one in range(128) if one % 12 in (scale or frozenset(range(12)))]
    at = int(np.searchsorted(tones, pitch, side="right")) - 1
    there = min(len(tones) - 1, max(0, at + steps))
    return tones[there] + pitch - tones[max(0, at)]


def _choose_shift(
    groups: dict[int, npt.NDArray[np.int64]],
    rules: CellRules,
    table: CellTable,
    before: int,
    rng: np.random.Generator,
) -> int:
    """Return by how many steps a line returns: where most of it fits, near, and joined smoothly."""
    line = [(pos, int(group[0])) for pos, group in groups.items() if len(group)]
    wished = int(rng.choice((-2, -1, -1, 1, 1, 2)))
    best, found = -np.inf, 0
    for steps in _STEPS:
        moved = [(pos, _move(pitch, steps, rules.scale)) for pos, pitch in line]
        fits = [rules.low <= p <= rules.high and bool(table.at(pos)[p]) for pos, p in moved]
        value = 3.0 * float(np.mean(fits)) - 0.2 * abs(steps - wished)
        if before >= 0:
            value -= 0.06 * max(0, abs(moved[0][1] - before) - 4)
        if value > best + 1e-9:
            best, found = value, steps
    return found
