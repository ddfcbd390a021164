"""Rules for every open cell: what a bar of a part must obey, as the engine understands it.

Conventions: rules speak of normalised pitch and of grid positions from the start of the bar; here the
bounds of a `PartPlan` (sounding pitch, quarter notes) become such rules. Key and scale are bent by the
tones of the chord that sounds, and an altered tone puts the one that it replaces out of use; at strong
places only chord tones may begin; the bass begins each chord on its lowest tone; the last bar is one
long chord tone a part, the root in a tune (any tone when harmony is free).

Offers `compile_cells`.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from motet.brief.brief import Harmony
from motet.engine.rules import CellRules, link_rules
from motet.errors import ConstraintError
from motet.score import Score
from motet.tasks.cast import PartPlan
from motet.tasks.harmony import HeldHarmony, bent_tones, chord_tones
from motet.theory.scale import Key
from motet.tokens import GridScore
from motet.tokens.vocab import POSITIONS_PER_QN

__all__ = ["compile_cells"]

Cells = Collection[tuple[int, int]]


def compile_cells(
    score: Score,
    grid: GridScore,
    plans: Sequence[PartPlan],
    open_cells: Cells,
    *,
    key: Key,
    harmony: Harmony = "strict",
    ends: bool = True,
    rest_bars: Collection[int] = (),
    rhythms: Mapping[tuple[int, int], tuple[tuple[int, int], ...]] | None = None,
    windows: Mapping[tuple[int, int], tuple[int, int]] | None = None,
    stops: Cells = (),
    outside: Collection[int] = (),
    pace: Mapping[int, float] | None = None,
    n_onsets: Mapping[tuple[int, int], int] | None = None,
    pulse: Mapping[tuple[int, int], str] | None = None,
) -> dict[tuple[int, int], CellRules]:
    """Return the rules of every open cell.

    Parameters
    ----------
    score : Score
        The frame: bars and chords; and the notes of the given cells.
    grid : GridScore
        The same on the grid; part k of it is ``plans[k]``.
    plans : sequence of PartPlan
    open_cells : collection of (bar, part)
    key : Key
        Sounding.
    harmony : "strict", "scale" or "free"
    ends : bool
        Whether the last bar of the score is an ending.
    rest_bars : collection of int
        Bars in which one note is enough for a melody: the ends of phrases.
    rhythms : mapping of (bar, part) to tuple of (position, duration), or None
        Fixed rhythms of single cells.
    windows : mapping of (bar, part) to (low, high), or None
        Sounding ranges of single cells, narrower than their part's.
    stops : collection of (bar, part)
        Cells that end a phrase: no note sounds past their bar.
    outside : collection of int, 0 to 11
        Pitch classes that no note may have.
    pace : mapping of int to float, or None
        Bars to how much denser than the piece they are, where no density is asked for.
    n_onsets : mapping of (bar, part) to int, or None
        Cells that begin exactly so many notes, on any pitch: their pitches are known.
    pulse : mapping of (bar, part) to "few" or "many", or None
        Cells whose onsets lie in the lower or the upper half of what their density allows.

    Returns
    -------
    dict of (bar, part) to CellRules

    Raises
    ------
    ConstraintError
        A part's bounds cannot be met.

    Examples
    --------
    >>> from motet.brief import Brief
    >>> from motet.tasks.plan import plan_brief
    >>> plan = plan_brief(Brief(parts="flute", bars=2, key="D", chords="D | A7"))
    >>> rules = plan.rules[0, 0]
    >>> sorted(rules.scale), rules.n_positions, rules.max_polyphony
    ([0, 2, 4, 5, 7, 9, 11], 96, 1)
    """
    held = HeldHarmony(score)
    fixed = rhythms or {}
    counts = {
        k: _onset_bounds(score, plan, open_cells, k, pace or {}) for k, plan in enumerate(plans)
    }
    shift = grid.shift_semi
    scale = None if harmony == "free" else frozenset((pc + shift) % 12 for pc in key.pcs)
    barred = frozenset((pc + shift) % 12 for pc in outside)
    next_onsets = _next_onsets(grid, open_cells, len(plans))
    found: dict[tuple[int, int], CellRules] = {}
    last = score.n_bars - 1
    for bar, k in sorted(open_cells):
        plan = plans[k]
        length = int(grid.bars["length"][bar])
        if bar in plan.rests:
            found[bar, k] = CellRules(n_positions=length, max_onsets=0)
            continue
        is_last = ends and bar == last
        is_bound = "density" in plan.asked and bool(plan.rhythm)
        low, high = counts[k][bar]
        at_rest = (
            plan.role == "melody"
            and bar in rest_bars
            and bar - 1 not in rest_bars
            and (bar - 1, k) in open_cells
            and "density" not in plan.asked
        )
        low = min(low, 1) if at_rest else 0 if plan.may_rest else low
        if pulse and (bar, k) in pulse and "density" not in plan.asked:
            low, high = _half(low, high, pulse[bar, k])
        rhythm = fixed[bar, k] if (bar, k) in fixed else _rhythm(plan, bar, length)
        if is_last and last > 0 and rhythm is None and not plan.is_drums:
            rhythm, low, high = ((0, length),), 0, None
        if plan.is_drums:
            found[bar, k] = CellRules(
                n_positions=length,
                min_onsets=0 if rhythm and not is_bound else low,
                max_onsets=None if rhythm and not is_bound else high,
                max_group=plan.polyphony,
                rhythm=rhythm,
            )
            continue
        low_pitch, high_pitch = (windows or {}).get((bar, k), (plan.low, plan.high))
        found[bar, k] = CellRules(
            scale=scale,
            chords=() if scale is None else _chords(held, bar, plan, shift, score, is_last=is_last),
            avoid=(() if scale is None else _avoided(held, bar, key, shift, score))
            + (((0, length, barred),) if barred else ()),
            strong=_strong(held, bar, score, length, is_last=is_last)
            if harmony == "strict" or (is_last and harmony == "scale")
            else frozenset(),
            low=low_pitch + shift,
            high=high_pitch + shift,
            max_polyphony=plan.polyphony,
            max_group=plan.polyphony,
            min_onsets=0 if rhythm and not is_bound else low,
            max_onsets=None if rhythm and not is_bound else high,
            rhythm=rhythm,
            n_positions=length,
            last_end=_last_end(
                grid, bar, plan, next_onsets.get((bar, k)), _next_stop(stops, bar, k)
            ),
        )
    for cell, n in (n_onsets or {}).items():
        found[cell] = replace(
            found[cell], min_onsets=n, max_onsets=n, rhythm=None, scale=None, chords=(), avoid=(),
            strong=frozenset(),
        )  # fmt: skip
    return link_rules(
        found,
        bar_lengths=[int(length) for length in grid.bars["length"]],
        drum_parts=[k for k, plan in enumerate(plans) if plan.is_drums],
        sounding=_held_in(grid, found),
    )


def _held_in(grid: GridScore, cells: Cells) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Return the given notes that sound into open cells: where they end there, and their pitch."""
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    starts = grid.bar_starts
    for row in grid.notes:
        bar, part = int(row["bar"]), int(row["part"])
        if grid.parts[part].is_drums or (bar, part) in cells:
            continue
        end = int(starts[bar]) + int(row["pos"]) + int(row["dur"])
        while bar + 1 < grid.n_bars and starts[bar + 1] < end:
            bar += 1
            if (bar, part) in cells:
                found.setdefault((bar, part), []).append(
                    (end - int(starts[bar]), int(row["pitch"]))
                )
    return found


def _position(tick: int, resolution: int) -> int:
    """Return the nearest grid position of a tick count."""
    return (2 * POSITIONS_PER_QN * tick + resolution) // (2 * resolution)


def _chords(
    held: HeldHarmony, bar: int, plan: PartPlan, shift: int, score: Score, *, is_last: bool
) -> tuple[tuple[int, int, frozenset[int]], ...]:
    """Return the chords of a bar in positions; a bass begins each on its lowest tone."""
    origin = score.bars[bar].start_tick
    spans: list[tuple[int, int, frozenset[int]]] = []
    for one in held.in_bar(bar):
        if not one.chord.root:
            continue
        start = _position(one.start_tick - origin, score.resolution)
        end = _position(one.end_tick - origin, score.resolution)
        tones = frozenset((pc + shift) % 12 for pc in chord_tones(one.chord))
        if is_last and plan.role in ("melody", "solo"):
            home = (one.chord.root_pc + shift) % 12
            triad = frozenset((pc + shift) % 12 for pc in one.chord.pcs[:3])
            tones = frozenset({home}) if _reaches(plan, shift, home) else triad
        root = (one.chord.bass_pc + shift) % 12
        if plan.role == "bass" and _reaches(plan, shift, root) and end > start:
            spans.append((start, start + 1, frozenset({root})))
            start += 1
        if end > start:
            spans.append((start, end, tones))
    return tuple(spans)


def _avoided(
    held: HeldHarmony, bar: int, key: Key, shift: int, score: Score
) -> tuple[tuple[int, int, frozenset[int]], ...]:
    """Return which tones of the key are out of use under the chords of a bar."""
    origin = score.bars[bar].start_tick
    found = []
    for one in held.in_bar(bar):
        bent = bent_tones(key, one.chord) if one.chord.root else frozenset()
        if bent:
            start = _position(one.start_tick - origin, score.resolution)
            end = _position(one.end_tick - origin, score.resolution)
            found.append((start, end, frozenset((pc + shift) % 12 for pc in bent)))
    return tuple(found)


def _reaches(plan: PartPlan, shift: int, pc: int) -> bool:
    """Whether a part can play a normalised pitch class."""
    return any((pitch + shift) % 12 == pc for pitch in range(plan.low, plan.high + 1))


def _strong(
    held: HeldHarmony, bar: int, score: Score, length: int, *, is_last: bool
) -> frozenset[int]:
    """Return the positions at which only chord tones may begin; all of them in the last bar."""
    if is_last and any(one.chord.root for one in held.in_bar(bar)):
        return frozenset(range(length))
    origin = score.bars[bar].start_tick
    return frozenset(_position(tick - origin, score.resolution) for tick in held.strong_ticks(bar))


def _rhythm(plan: PartPlan, bar: int, length: int) -> tuple[tuple[int, int], ...] | None:
    """Return a fixed rhythm in positions, None where it is free."""
    if not plan.rhythm:
        return None
    shares = plan.rhythm[bar % len(plan.rhythm)]
    notes = [(round(start * length), round((start + size) * length)) for start, size in shares]
    return tuple((start, max(1, end - start)) for start, end in notes)


def _onset_bounds(
    score: Score, plan: PartPlan, open_cells: Cells, part: int, pace: Mapping[int, float]
) -> dict[int, tuple[int, int | None]]:
    """Return the fewest and most onsets of each open bar, so that the sums meet the density.

    Raises
    ------
    ConstraintError
        No whole number of onsets lies within the bounds.
    """
    bars = sorted(bar for bar, k in open_cells if k == part and bar not in plan.rests)
    if plan.density is None:
        return dict.fromkeys(bars, (0, None))
    fewest, most = (Fraction(one).limit_denominator(1000) for one in plan.density)
    found: dict[int, tuple[int, int | None]] = {}
    done = Fraction(0)
    n_low = n_high = 0
    for bar in bars:
        length = Fraction(score.bars[bar].duration_tick, score.resolution)
        if "density" not in plan.asked and bar in pace:
            length *= Fraction(pace[bar]).limit_denominator(100)
        done += length
        low = math.ceil(fewest * done) - n_low
        high = math.floor(most * done) - n_high
        n_low, n_high = n_low + low, n_high + high
        found[bar] = (min(low, high) if high > 0 else low, max(low, high, 1))
    total = math.floor(most * done)
    if "density" in plan.asked and bars and total < max(1, math.ceil(fewest * done)):
        raise ConstraintError(
            f"{plan.name}: density {float(fewest):g} to {float(most):g} onsets a quarter note leaves "
            f"no whole number of onsets in {float(done):g} quarter notes; widen it",
            zh=f"{plan.name_zh}:密度 {float(fewest):g} 到 {float(most):g}(每四分音符起音数)"
            f"在 {float(done):g} 个四分音符内容不下整数个音;请放宽",
        )
    return found


def _half(low: int, high: int | None, which: str) -> tuple[int, int | None]:
    """Return the lower or the upper half of bounds; the bounds where they cannot be halved."""
    if high is None or high < 2:
        return low, high
    middle = max(1, low, round(0.75 * math.sqrt(max(low, 1) * high)))
    if middle >= high:
        return low, high
    return (low, middle) if which == "few" else (middle + 1, high)


def _next_onsets(grid: GridScore, open_cells: Cells, n_parts: int) -> dict[tuple[int, int], int]:
    """Return for each open cell where the part's next given note begins, in positions of the piece."""
    starts = grid.bar_starts
    found: dict[tuple[int, int], int] = {}
    for k in range(n_parts):
        upcoming: int | None = None
        for bar in range(grid.n_bars - 1, -1, -1):
            if (bar, k) in open_cells:
                if upcoming is not None:
                    found[bar, k] = upcoming
            else:
                notes = grid.cell(bar, k)
                if len(notes):
                    upcoming = int(starts[bar]) + int(notes["pos"].min())
    return found


def _next_stop(stops: Cells, bar: int, part: int) -> int | None:
    """Return the bar with which the phrase of a bar ends, None where nothing is said."""
    return min((b for b, k in stops if k == part and b >= bar), default=None)


def _last_end(
    grid: GridScore, bar: int, plan: PartPlan, upcoming: int | None, stop_bar: int | None
) -> int:
    """Return where notes of a bar must have ended: given note, rest, phrase or piece."""
    starts = grid.bar_starts
    end = int(starts[-1] if stop_bar is None else starts[stop_bar + 1])
    if upcoming is not None:
        end = min(end, upcoming)
    silent = [rest for rest in plan.rests if rest > bar]
    if silent:
        end = min(end, int(starts[min(silent)]))
    return end - int(starts[bar])
