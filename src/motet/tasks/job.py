"""Cells of a given score written anew by a model, everything else left as it is.

Conventions: bars and parts count from 0. The model sees the score on the grid; what it writes is put
into the score's own ticks, so that quantising touches no given note.

Offers `Written`, `write_given`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from motet.brief import Brief
from motet.engine.bundle import Bundle
from motet.engine.write import Cancel
from motet.originality import Neighbour
from motet.score import ChordSymbol, Score
from motet.tasks.avoidance import outside_tones
from motet.tasks.cast import PartPlan
from motet.tasks.curve import curve_pace, curve_windows
from motet.tasks.draft import Draft, write_draft
from motet.tasks.frame import FrameSection
from motet.tasks.harmony import HeldHarmony
from motet.tasks.neighbour import judge_cells, open_block
from motet.tasks.notes import grid_of, put_cells
from motet.tasks.parallel import find_parallels, plan_continuation
from motet.tasks.plan import TaskPlan
from motet.tasks.rules import compile_cells
from motet.tasks.touch import play_cells, restrain_cells
from motet.tasks.wishes import bend_cast
from motet.theory.scale import Key
from motet.tokens import GridScore
from motet.tokens.emotion import emotion_value
from motet.tokens.vocab import STYLES

__all__ = ["Written", "write_given"]

Cells = Collection[tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class Written:
    """The score with its open cells written; the same with the chords that were gone by; the draft;
    what the new notes are most like; and the other candidates, from the second best on."""

    score: Score
    judged: Score
    draft: Draft
    neighbour: Neighbour | None = None
    others: tuple[Written, ...] = ()


def write_given(
    score: Score,
    open_cells: Cells,
    plans: Mapping[int, PartPlan],
    *,
    rows: Sequence[int],
    brief: Brief,
    key: Key,
    chords: tuple[ChordSymbol, ...],
    bundle: Bundle,
    ends: bool = False,
    in_one_go: bool = True,
    keep_rhythm: bool | Cells = False,
    n_onsets: Mapping[tuple[int, int], int] | None = None,
    n_best: int = 1,
    on_bar: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,
    originality: bool = True,
) -> Written:
    """Return a score with some of its cells written by a model.

    Parameters
    ----------
    score : Score
    open_cells : collection of (bar, part)
    plans : mapping of int to PartPlan
        Bounds of every part of `rows`.
    rows : sequence of int, ascending
        The parts that the model sees.
    brief : Brief
        Style, strictness, temperature, candidates, seed; emotion, feel, articulation and what to avoid
        shape the open cells.
    key : Key
    chords : tuple of ChordSymbol
        What the notes go by; the score's own stay as they are.
    bundle : Bundle
    ends : bool
        Whether the last bar is an ending.
    in_one_go : bool
        Whether all cells are written together, with what follows in sight.
    keep_rhythm : bool or collection of (bar, part)
        Whether open cells keep the rhythm that they have, or which of them.
    n_onsets : mapping of (bar, part) to int, or None
        Open cells that begin exactly so many notes, on any pitch.
    n_best : int, >= 1
        How many candidates come back, `Written.others` among them; more than one only `in_one_go`.
    on_bar, cancel
        As for `write_draft`.
    originality : bool
        Whether long runs of training music are stopped, and the new notes looked up.

    Returns
    -------
    Written

    Raises
    ------
    ConstraintError
        The rules of a cell cannot be met.

    Examples
    --------
    >>> write_given.__name__
    'write_given'
    """
    seen = replace(
        score, parts=tuple(score.parts[k] for k in rows), chords=chords, length_tick=score.end_tick
    )
    place = {k: row for row, k in enumerate(rows)}
    cells = frozenset((bar, place[k]) for bar, k in open_cells)
    open_rows = {row for _, row in cells}
    cast = bend_cast(tuple(plans[k] for k in rows), brief, seen, open_rows)
    whole = grid_of(
        seen, key=key, style=STYLES.index(brief.style) if brief.style else -1,
        emotion=-1 if brief.emotion is None else emotion_value(*brief.emotion),
    )  # fmt: skip
    rhythms = {
        (bar, row): _rhythm(whole, (bar, row), cells, is_line=cast[row].polyphony == 1)
        for bar, row in cells
        if keep_rhythm is True or (keep_rhythm and (bar, rows[row]) in keep_rhythm)
    }
    is_given = [(int(note["bar"]), int(note["part"])) not in cells for note in whole.notes]
    grid = replace(whole, notes=whole.notes[is_given])
    rules = compile_cells(
        seen, grid, cast, cells, key=key, harmony=brief.harmony, ends=ends,
        rhythms={cell: rhythm for cell, rhythm in rhythms.items() if rhythm},
        n_onsets={(bar, place[k]): n for (bar, k), n in (n_onsets or {}).items()},
        outside=outside_tones(brief, key), pace=curve_pace(brief, score.n_bars),
        windows=_windows(brief, cast, cells),
    )  # fmt: skip
    bars = sorted({bar for bar, _ in cells})
    if in_one_go:
        echoes = find_parallels(grid, cells, same_harmony=HeldHarmony(seen).are_same)
    else:
        echoes = plan_continuation(grid, cells, cast, seed=brief.seed)
    counted = {(bar, place[k]) for bar, k in n_onsets or ()}
    echoes = {cell: echo for cell, echo in echoes.items() if cell not in counted}
    plan = TaskPlan(
        brief=brief,
        key=key,
        cast=cast,
        writers=("model",) * len(cast),
        sections=(FrameSection("", bars[0], bars[-1] + 1),),
        score=seen,
        grid=grid,
        open_cells=cells,
        rules=rules,
        echoes=echoes if brief.repeats != "new" else {},
    )
    draft = write_draft(
        plan, bundle, in_one_go=in_one_go, on_bar=on_bar, cancel=cancel,
        forbid=open_block(is_on=originality),
    )  # fmt: skip
    found = []
    for k, made in enumerate((draft.grid, *draft.ranked[1:n_best])):
        filled = put_cells(seen, made, cells, key=key)
        filled = restrain_cells(filled, rules, cast, brief.avoid, shift_semi=grid.shift_semi)
        filled = play_cells(filled, cells, cast, brief)
        parts = list(score.parts)
        for part in rows:
            parts[part] = filled.parts[place[part]]
        done = replace(score, parts=tuple(parts))
        near = judge_cells(made, cells, is_on=originality, rows=rows)
        told = draft if k == 0 else _told_by(draft, k)
        judged = replace(done, chords=chords)
        found.append(Written(score=done, judged=judged, draft=told, neighbour=near))
    return replace(found[0], others=tuple(found[1:]))


def _windows(
    brief: Brief, cast: tuple[PartPlan, ...], cells: Cells
) -> dict[tuple[int, int], tuple[int, int]]:
    """Return where single lines lie along a curve of emotion; nothing without one."""
    if not brief.emotion_curve:
        return {}
    lines = {(bar, row): (cast[row].low, cast[row].high)
             for bar, row in cells if cast[row].polyphony == 1 and not cast[row].is_drums}  # fmt: skip
    return curve_windows(lines, brief, cast)


def _rhythm(
    grid: GridScore, cell: tuple[int, int], open_cells: Cells, *, is_line: bool
) -> tuple[tuple[int, int], ...]:
    """Return the rhythm of a cell, notes shortened that ring into what follows: into the next note of
    a line, into the next given cell of other parts."""
    bar, part = cell
    starts = grid.bar_starts
    mine = grid.notes[grid.notes["part"] == part]
    onsets = np.unique(starts[mine["bar"]] + mine["pos"]).tolist()
    given = sorted(
        int(starts[b]) + int(pos)
        for b, pos in zip(mine["bar"].tolist(), mine["pos"].tolist(), strict=True)
        if b > bar and (b, part) not in open_cells
    )
    found = []
    for note in grid.cell(bar, part):
        start = int(starts[bar]) + int(note["pos"])
        later = [one for one in (onsets if is_line else given) if one > start]
        length = min(int(note["dur"]), later[0] - start) if later else int(note["dur"])
        found.append((int(note["pos"]), max(1, length)))
    return tuple(found)


def _told_by(draft: Draft, k: int) -> Draft:
    """Return a draft as its k-th candidate would tell it: own grid, own figures."""
    (stretch,) = draft.stretches
    own = replace(stretch, figures=stretch.figures[k : k + 1])
    return replace(draft, grid=draft.ranked[k], stretches=(own,))
