"""Grammars drawn at random: is every one either refused before writing, or written and obeyed?

Conventions: a grammar is the rules of one or two bars of one to three parts, drawn as rules of cells or as
a whole brief. Cells are filled by chance (`motet.engine.chance`): no model, so that no habit of a model
hides a dead end. A dead end is a refusal after writing began. What was written is judged note by note by
a reading of the rules that shares nothing with the engine's masks; briefs by `motet.tasks.check_adherence`.

Offers `draw_cells`, `find_breach`, `measure_grammars`, `try_brief`, `try_cells`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from motet.brief import Brief
from motet.engine.chance import write_by_chance
from motet.engine.rules import CellRules
from motet.engine.write import prepare_task
from motet.errors import ConstraintError
from motet.tasks.adherence import check_adherence
from motet.tasks.avoidance import restrain_score
from motet.tasks.notes import put_cells
from motet.tasks.plan import plan_brief
from motet.tokens import GRID_BAR, GRID_CHORD, GRID_NOTE, GridPart, GridScore, metre_value

__all__ = ["draw_cells", "find_breach", "measure_grammars", "try_brief", "try_cells"]

Cells = dict[tuple[int, int], CellRules]
Note = tuple[int, int, int, int]
METRES: Final = (
    (2, 4), (3, 4), (4, 4), (5, 4), (6, 4), (7, 4), (3, 8), (5, 8), (6, 8), (7, 8), (9, 8), (12, 8),
)  # fmt: skip
SHARE_OF_BRIEFS: Final = 0.3
MAJOR: Final = (0, 2, 4, 5, 7, 9, 11)


def draw_cells(rng: np.random.Generator) -> tuple[GridScore, Cells]:
    """Return a grid of one or two bars and rules of its open cells, drawn at random.

    Parameters
    ----------
    rng : numpy.random.Generator

    Returns
    -------
    GridScore, dict of (bar, part) to CellRules
        Some grids have a given first bar whose notes sound on.

    Examples
    --------
    >>> grid, cells = draw_cells(np.random.default_rng(0))
    >>> 1 <= grid.n_bars <= 2, len(cells) > 0
    (True, True)
    """
    top, low = METRES[int(rng.integers(len(METRES)))]
    length = 96 * top // low
    n_bars, n_parts = int(rng.integers(1, 3)), int(rng.choice((1, 1, 2, 3)))
    programs = [128 if rng.random() < 0.2 else int(rng.integers(0, 100)) for _ in range(n_parts)]
    if programs.count(128) > 1:
        programs = [one if one < 128 or k == programs.index(128) else 0
                    for k, one in enumerate(programs)]  # fmt: skip
    parts = tuple(
        GridPart(slot=k, program=program, role="drums" if program == 128 else "voice")
        for k, program in enumerate(programs)
    )
    is_given = n_bars == 2 and rng.random() < 0.35
    notes: list[tuple[int, int, int, int, int, int]] = []
    if is_given:
        for part in range(n_parts):
            for _ in range(int(rng.integers(0, 4))):
                pos = int(rng.integers(length))
                long = int(rng.integers(1, 2 * length))
                notes.append((0, part, pos, long, int(rng.integers(40, 80)), 9))
    grid = GridScore(
        parts=parts,
        notes=np.array(sorted(set(notes)), dtype=GRID_NOTE),
        bars=np.array([(length, metre_value(top, low), -1)] * n_bars, dtype=GRID_BAR),
        chords=np.zeros(0, dtype=GRID_CHORD),
        key=0,
        qpm=100.0,
    )
    bars = range(1 if is_given else 0, n_bars)
    cells = {
        (bar, part): _draw_rules(rng, length, is_drums=programs[part] == 128)
        for bar in bars
        for part in range(n_parts)
        if rng.random() < 0.85
    }
    return grid, cells or {(bars[0], 0): CellRules(min_onsets=1)}


def _draw_rules(rng: np.random.Generator, length: int, *, is_drums: bool) -> CellRules:
    """Return the rules of one cell; some cannot be met."""

    def may(p: float) -> bool:
        return bool(rng.random() < p)

    options: dict[str, Any] = {}
    if may(0.6):
        options["min_onsets"] = int(rng.choice((1, 1, 2, 2, 3, 4, 6, 8, 12, length // 2)))
    if may(0.5):
        options["max_onsets"] = int(rng.choice((0, 1, 2, 4, 8, 16)))
    if may(0.5):
        options["max_group"] = int(rng.integers(1, 4))
    if may(0.2):
        a, b = sorted(rng.integers(0, 16, size=2).tolist())
        options["velocities"] = (int(a), int(b))
    if may(0.2):
        options["rhythm"] = _draw_rhythm(rng, length)
    if is_drums:
        if may(0.5):
            options["drum_keys"] = frozenset(
                rng.integers(27, 88, size=int(rng.integers(1, 6))).tolist()
            )
        return CellRules(**options)
    if may(0.7):
        tonic, size = int(rng.integers(12)), int(rng.choice((2, 5, 7, 7, 7)))
        options["scale"] = frozenset((tonic + pc) % 12 for pc in MAJOR[:size])
    if may(0.6):
        cut = int(rng.integers(1, length))
        spans = ((0, length),) if may(0.5) else ((0, cut), (cut, length))
        options["chords"] = tuple((a, b, _draw_chord(rng)) for a, b in spans)
        options["strong"] = frozenset(range(0, length, int(rng.choice((12, 24, 48, length)))))
        if may(0.1):
            options["strong"] = frozenset(range(length))
    if may(0.8):
        low = int(rng.integers(30, 80))
        options |= {"low": low, "high": low + int(rng.choice((-1, 0, 2, 4, 7, 12, 12, 24, 24)))}
    if may(0.7):
        options["max_polyphony"] = int(rng.choice((1, 1, 1, 2, 3, 4)))
    if may(0.2):
        options["last_end"] = int(rng.integers(1, 2 * length))
    if may(0.15):
        a, b = sorted(rng.integers(0, length + 1, size=2).tolist())
        options["avoid"] = ((int(a), int(b), frozenset(rng.integers(0, 12, size=4).tolist())),)
    if may(0.1):
        options["forbid"] = tuple(
            (0, length, int(pitch)) for pitch in rng.integers(40, 90, size=int(rng.integers(1, 8)))
        )
    if may(0.1):
        low = int(rng.integers(40, 70))
        options["bounds"] = ((0, length // 2, low, low + int(rng.integers(0, 12))),)
    return CellRules(**options)


def _draw_chord(rng: np.random.Generator) -> frozenset[int]:
    root = int(rng.integers(12))
    third = int(rng.choice((3, 4)))
    return frozenset({root, (root + third) % 12, (root + 7) % 12})


def _draw_rhythm(rng: np.random.Generator, length: int) -> tuple[tuple[int, int], ...]:
    unit = int(rng.choice((6, 12, 24)))
    places = [pos for pos in range(0, length, unit) if rng.random() < 0.5] or [0]
    notes = []
    for pos in places:
        duration = int(rng.choice((unit, unit, 2 * unit, length)))
        notes += [(pos, duration)] * (2 if rng.random() < 0.1 else 1)
    return tuple(notes)


def find_breach(
    notes: Sequence[Note],
    rules: CellRules,
    *,
    is_drums: bool = False,
    held: Sequence[tuple[int, int]] = (),
) -> str:
    """Return which rule a cell breaks, read note by note; empty if none.

    Parameters
    ----------
    notes : sequence of (pos, duration, pitch, velocity)
    rules : CellRules
    is_drums : bool
    held : sequence of (end, pitch)
        Notes held in from earlier bars.

    Returns
    -------
    str

    Examples
    --------
    >>> find_breach([(0, 24, 60, 9)], CellRules(low=62)), find_breach([(0, 24, 62, 9)], CellRules(low=62))
    ('range', '')
    """
    onsets = sorted({pos for pos, *_ in notes})
    if len(onsets) < rules.min_onsets:
        return "too few onsets"
    if rules.max_onsets is not None and len(onsets) > rules.max_onsets:
        return "too many onsets"
    if rules.rhythm is not None and not _keeps_rhythm(notes, rules, is_drums):
        return "rhythm"
    for pos, duration, pitch, velocity in notes:
        if rules.max_group is not None and sum(one[0] == pos for one in notes) > rules.max_group:
            return "notes at once"
        if rules.velocities and not rules.velocities[0] <= velocity <= rules.velocities[1]:
            return "velocity"
        if is_drums:
            if rules.drum_keys is not None and pitch not in rules.drum_keys:
                return "drum key"
            continue
        broken = _find_pitch_breach(pos, pitch, rules)
        if broken:
            return broken
        if rules.last_end is not None and rules.rhythm is None and pos + duration > rules.last_end:
            return "end"
        if rules.max_polyphony is not None:
            count = sum(at <= pos < at + long for at, long, *_ in notes)
            count += sum(end > pos for end, _ in held)
            if count > rules.max_polyphony:
                return "polyphony"
    return ""


def _keeps_rhythm(notes: Sequence[Note], rules: CellRules, is_drums: bool) -> bool:
    """Whether notes lie on a fixed rhythm, each as long as it asks, and none is missing."""
    wanted = Counter((pos, 0 if is_drums else long) for pos, long in rules.rhythm or ())
    found = Counter((pos, 0 if is_drums else long) for pos, long, *_ in notes)
    return set(found) == set(wanted) and all(found[one] >= wanted[one] for one in wanted)


def _find_pitch_breach(pos: int, pitch: int, rules: CellRules) -> str:
    """Return which rule of pitch a note breaks."""
    if not rules.low <= pitch <= rules.high:
        return "range"
    if any(a <= pos < b and not low <= pitch <= high for a, b, low, high in rules.bounds):
        return "range of a stretch"
    if any(a <= pos < b and pitch == one for a, b, one in rules.forbid):
        return "forbidden pitch"
    if any(a <= pos < b and pitch % 12 in pcs for a, b, pcs in rules.avoid):
        return "avoided tone"
    chord: frozenset[int] = frozenset()
    for start, end, pcs in rules.chords:
        if start <= pos < end:
            chord = pcs
    if pos in rules.strong and chord:
        return "" if pitch % 12 in chord else "chord tone"
    if rules.scale is not None and pitch % 12 not in rules.scale | chord:
        return "scale"
    return ""


def try_cells(rng: np.random.Generator) -> tuple[str, str]:
    """Return what became of rules drawn at random: ``refused``, ``obeyed``, ``broken``, ``dead end``.

    Parameters
    ----------
    rng : numpy.random.Generator

    Returns
    -------
    (str, str)
        The outcome, and the reason.

    Examples
    --------
    >>> try_cells(np.random.default_rng(1))[0] in ("refused", "obeyed")
    True
    """
    grid, cells = draw_cells(rng)
    try:
        prepare_task(grid, cells, rules=cells)
    except ConstraintError as error:
        return "refused", error.en
    try:
        written = write_by_chance(grid, cells, rules=cells, rng=rng)
    except ConstraintError as error:
        return "dead end", error.en
    length = int(grid.bars["length"][0])
    for (bar, part), rules in cells.items():
        is_drums = grid.parts[part].is_drums
        notes = _cell_notes(written, bar, part)
        held = [] if is_drums or bar == 0 else [
            (pos + long - length, pitch)
            for pos, long, pitch, _ in _cell_notes(written, 0, part)
            if pos + long > length
        ]  # fmt: skip
        broken = find_breach(notes, rules, is_drums=is_drums, held=held)
        if broken:
            return "broken", f"bar {bar + 1}, part {part + 1}: {broken}"
    return "obeyed", ""


def _cell_notes(grid: GridScore, bar: int, part: int) -> list[Note]:
    return [
        (int(one["pos"]), int(one["dur"]), int(one["pitch"]), int(one["vel"]))
        for one in grid.cell(bar, part)
    ]


def try_brief(brief: Brief, rng: np.random.Generator) -> tuple[str, str]:
    """Return what became of a brief whose open cells are filled by chance.

    Parameters
    ----------
    brief : Brief
    rng : numpy.random.Generator

    Returns
    -------
    (str, str)
        ``refused``, ``obeyed``, ``broken`` or ``dead end``, and the reason.

    Examples
    --------
    >>> try_brief(Brief(bars=1, parts="flute", ground="model"), np.random.default_rng(0))
    ('obeyed', '')
    """
    try:
        plan = plan_brief(brief)
        prepare_task(plan.grid, plan.open_cells, rules=plan.rules)
    except ConstraintError as error:
        return "refused", error.en
    try:
        grid = write_by_chance(plan.grid, plan.open_cells, rules=plan.rules, rng=rng)
    except ConstraintError as error:
        return "dead end", error.en
    score = put_cells(plan.score, grid, plan.open_cells, key=plan.key)
    score = restrain_score(
        score, plan.rules, plan.cast, brief.avoid, shift_semi=plan.grid.shift_semi
    )
    chords = [(one.tick, one.symbol) for one in plan.score.chords]
    found = check_adherence(score, brief, writers=plan.writers, chords=chords)
    missed = [one for one in found.missed if one.name != "plays"]
    return ("broken", f"{missed[0].what[0]}: {missed[0].measured[0]}") if missed else ("obeyed", "")


def measure_grammars(
    n: int,
    *,
    seed: int,
    draw: Callable[[np.random.Generator, int], Brief],
    say: Callable[[str], None] | None = None,
) -> dict[str, Any]:
    """Return how many grammars were refused, obeyed, broken, or led to a dead end.

    Parameters
    ----------
    n : int
    seed : int
    draw : callable
        A generator and a number to a brief of one or two bars.
    say : callable, optional
        Told how far it is.

    Returns
    -------
    dict
        For ``cells`` and ``briefs`` the counts; ``examples`` of what went wrong; ``refusals``, the ten
        most frequent, without their numbers.

    Examples
    --------
    >>> found = measure_grammars(4, seed=0, draw=lambda rng, k: Brief(bars=1, parts="flute"))
    >>> found["cells"]["dead end"] + found["briefs"]["dead end"]
    0
    """
    counts: dict[str, Counter[str]] = {"cells": Counter(), "briefs": Counter()}
    examples: dict[str, list[str]] = defaultdict(list)
    refusals: Counter[str] = Counter()
    for turn in range(n):
        rng = np.random.default_rng((seed, turn))
        kind = "briefs" if rng.random() < SHARE_OF_BRIEFS else "cells"
        outcome, reason = try_brief(draw(rng, turn), rng) if kind == "briefs" else try_cells(rng)
        counts[kind][outcome] += 1
        if outcome == "refused":
            refusals[_plain(reason)] += 1
        elif outcome != "obeyed" and len(examples[outcome]) < 5:
            examples[outcome].append(f"{kind} {turn}: {reason}")
        if say is not None and (turn + 1) % 1000 == 0:
            say(f"  {turn + 1} of {n} grammars")
    names = ("refused", "obeyed", "broken", "dead end")
    return {
        "n": n,
        **{kind: {name: row[name] for name in names} for kind, row in counts.items()},
        "examples": dict(examples),
        "refusals": dict(refusals.most_common(10)),
    }


def _plain(text: str) -> str:
    """Return a message without its numbers and names."""
    told = text.rpartition("part ")[2] if ": " not in text else text
    return "".join("#" if sign.isdigit() else sign for sign in told)[:90]
