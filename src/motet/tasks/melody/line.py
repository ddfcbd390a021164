"""One line of a score written by a model (or, without one, by the arranger's tune finder).

Conventions: the line is part `k`, given with no notes in the bars to write; all other parts are given and
stay. Bars and parts count from 0. A fixed rhythm is (position, duration) in grid positions from its bar
line, 24 a quarter note; no pair crosses the bar line unless its note does.

Offers `Line`, `block_sections`, `write_line`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from motet.brief import Brief
from motet.engine.bundle import Bundle
from motet.engine.write import Cancel
from motet.originality import Neighbour
from motet.score import ChordSymbol, Score
from motet.tasks.cast import PartPlan
from motet.tasks.contour import plan_contour
from motet.tasks.draft import Draft, write_draft
from motet.tasks.echo import Echo
from motet.tasks.frame import Frame, FrameSection
from motet.tasks.given import choose_rows, measure_part
from motet.tasks.harmony import HeldHarmony
from motet.tasks.kin import kin_style
from motet.tasks.measure import onset_positions
from motet.tasks.melody.ladder import find_pitches
from motet.tasks.neighbour import judge_cells, open_block
from motet.tasks.notes import grid_of, put_cells
from motet.tasks.plan import TaskPlan, phrase_ends
from motet.tasks.rules import compile_cells
from motet.tasks.theme import plan_echoes
from motet.theory.scale import Key
from motet.tokens.vocab import STYLES

__all__ = ["Line", "Rhythms", "block_sections", "write_line"]

Rhythms = Mapping[int, tuple[tuple[int, int], ...]]
_MOST_TRIES = 3
_SEED_STEP = 1_000_003
_BLOCK = 8


@dataclass(frozen=True, kw_only=True)
class Line:
    """The score with its line; the draft (None without a model); what the line is most like; tries."""

    score: Score
    draft: Draft | None = None
    neighbour: Neighbour | None = None
    n_tries: int = 1


def block_sections(score: Score, *, start_bar: int = 0) -> tuple[FrameSection, ...]:
    """Return the sections of a score: those it names, else blocks of eight bars.

    Parameters
    ----------
    score : Score
        Its chords tell which block has the harmony of an earlier one.
    start_bar : int
        The first bar that counts (1 after a pickup).

    Returns
    -------
    tuple of FrameSection

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score(" ".join(["C4:4"] * 16), chords=" ".join(["C:16 G:16"] * 2))
    >>> [(one.label, one.start_bar, one.model_bar) for one in block_sections(score)]
    [('A', 0, -1), ('A', 8, 0)]
    """
    marks = sorted({score.bar_at(one.tick) for one in score.sections} | {start_bar})
    names = {score.bar_at(one.tick): one.label for one in score.sections}
    if len(marks) < 2:
        marks = list(range(start_bar, score.n_bars, _BLOCK))
        if len(marks) > 1 and score.n_bars - marks[-1] < _BLOCK // 2:
            marks.pop()
    held = HeldHarmony(score)
    found: list[FrameSection] = []
    for start, end in zip(marks, [*marks[1:], score.n_bars], strict=True):
        like = next(
            (
                one
                for one in found
                if one.model_bar < 0 and one.end_bar - one.start_bar == end - start
                and all(held.are_same(one.start_bar + k, start + k) for k in range(end - start))
            ),
            None,
        )  # fmt: skip
        fresh = names.get(start) or chr(65 + len({one.label for one in found}) % 26)
        label = like.label if like is not None else fresh
        found.append(FrameSection(label, start, end, like.start_bar if like else -1))
    return tuple(found)


def write_line(
    score: Score,
    k: int,
    plan: PartPlan,
    *,
    sections: Sequence[FrameSection],
    key: Key,
    chords: tuple[ChordSymbol, ...],
    brief: Brief,
    bundle: Bundle | None,
    rhythms: Rhythms | None = None,
    bars: Sequence[int] | None = None,
    ends: bool = True,
    echoes: Mapping[int, Echo] | None = None,
    on_bar: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,
    originality: bool = True,
) -> Line:
    """Return a score with one of its parts written.

    Parameters
    ----------
    score : Score
    k : int
        The part to write.
    plan : PartPlan
        Its bounds.
    sections : sequence of FrameSection
        Which bars belong together, and which take up which.
    key : Key
    chords : tuple of ChordSymbol
        What the notes go by.
    brief : Brief
        Style, strictness, repeats, temperature, candidates, seed.
    bundle : Bundle or None
        None lets the arranger's tune finder choose the pitches; it needs `rhythms`.
    rhythms : mapping of int to tuple of (position, duration), or None
        Fixed rhythm of single bars; an empty tuple is a rest.
    bars : sequence of int or None
        The bars to write; None is all.
    ends : bool
        Whether the last bar is an ending.
    echoes : mapping of int to Echo, or None
        Which bars take up which; None plans them where the rhythm is free.
    on_bar, cancel, originality
        As for `motet.tasks.compose`.

    Returns
    -------
    Line

    Raises
    ------
    ConstraintError
        The rules of a bar cannot be met.

    Examples
    --------
    >>> write_line.__name__
    'write_line'
    """
    columns = list(range(score.n_bars)) if bars is None else list(bars)
    columns = [bar for bar in columns if (rhythms or {}).get(bar) != ()]
    seen = replace(score, chords=chords, length_tick=score.end_tick)
    if bundle is None:
        filled = find_pitches(seen, k, plan, rhythms or {}, bars=columns, key=key, seed=brief.seed)
        return Line(score=replace(score, parts=filled.parts))
    rows = choose_rows(seen, [k])
    row = rows.index(k)
    seen = replace(seen, parts=tuple(seen.parts[one] for one in rows))
    job = _plan(seen, row, plan, sections, key, brief, rhythms or {}, columns, ends, echoes)
    block = open_block(is_on=originality)
    for n_tries in range(1, _MOST_TRIES + 1):
        draft = write_draft(job, bundle, on_bar=on_bar, cancel=cancel, forbid=block)
        near = judge_cells(draft.grid, job.open_cells, is_on=originality, rows=rows)
        if near is None or near.verdict != "copy":
            break
        job = replace(job, brief=job.brief.with_(seed=brief.seed + n_tries * _SEED_STEP))
    filled = put_cells(seen, draft.grid, job.open_cells, key=key)
    parts = list(score.parts)
    parts[k] = filled.parts[row]
    done = replace(score, parts=tuple(parts))
    if echoes and not _keeps(done, k, rhythms or {}):
        return write_line(
            score, k, plan, sections=sections, key=key, chords=chords, brief=brief, bundle=bundle,
            rhythms=rhythms, bars=bars, ends=ends, on_bar=on_bar, cancel=cancel,
            originality=originality,
        )  # fmt: skip
    return Line(score=done, draft=draft, neighbour=near, n_tries=n_tries)


def _keeps(score: Score, k: int, rhythms: Rhythms) -> bool:
    """Whether a part begins its notes where fixed rhythms say."""
    return all(
        tuple(sorted({pos for pos, _ in own})) == onset_positions(score, k, bar)
        for bar, own in rhythms.items()
    )


def _plan(
    seen: Score,
    row: int,
    plan: PartPlan,
    sections: Sequence[FrameSection],
    key: Key,
    brief: Brief,
    rhythms: Rhythms,
    bars: list[int],
    ends: bool,
    echoes: Mapping[int, Echo] | None,
) -> TaskPlan:
    """Return the whole plan of a line, as for a piece that is composed."""
    cast = tuple(
        plan if one == row else measure_part(seen, one, range(seen.n_bars))
        for one in range(len(seen.parts))
    )
    cells = frozenset((bar, row) for bar in bars)
    grid = grid_of(seen, key=key, style=STYLES.index(brief.style) if brief.style else -1)
    windows = {
        (bar, row): window
        for bar, window in plan_contour(
            sections, low=plan.low, high=plan.high, seed=brief.seed, name=plan.name
        ).items()
        if (bar, row) in cells
    }
    for bar, echo in sorted((echoes or {}).items()):  # what takes up a bar lies where that does
        if (echo.bar, row) in windows and (bar, row) in cells:
            windows[bar, row] = windows[echo.bar, row]
    closing = phrase_ends(sections)
    rules = compile_cells(
        seen, grid, cast, cells, key=key, harmony=brief.harmony, ends=ends, rest_bars=closing,
        rhythms={
            (bar, row): tuple(own)
            for bar, own in rhythms.items()
            if own and bar not in (echoes or {})  # an echo brings the rhythm with it
        },
        windows=windows, stops=frozenset() if rhythms else frozenset((bar, row) for bar in closing),
    )  # fmt: skip
    style = kin_style(brief.style)
    frame = Frame(score=seen, key=key, style=style, qpm=style.qpm[1], sections=tuple(sections))
    if echoes is None and not rhythms:
        planned = plan_echoes(
            sections, cast, repeats=brief.repeats, style=brief.style, seed=brief.seed
        )
    else:
        planned = {(bar, row): echo for bar, echo in (echoes or {}).items()}
    return TaskPlan(
        brief=brief,
        key=key,
        cast=cast,
        writers=tuple("model" if one == row else "given" for one in range(len(cast))),
        sections=tuple(sections),
        score=seen,
        grid=grid,
        open_cells=cells,
        rules=rules,
        frame=frame,
        echoes={cell: echo for cell, echo in planned.items() if cell in cells},
    )
