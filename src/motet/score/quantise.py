"""Moving notes to a grid, or a score to another resolution, with a report of what moved.

Conventions: a grid counts from each bar line, so pickups and odd metres are no special case. The
last line of a bar is the next bar line. Nothing is moved in silence: every note that moved is
listed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from motet.errors import ParameterError
from motet.score.part import Part
from motet.score.retime import map_note, map_score
from motet.score.score import Score
from motet.score.time import Bar
from motet.units import GRID_STEPS_PER_QN

__all__ = ["Moved", "Quantised", "change_resolution", "quantise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A note that moved: its part, its index in the part before, its onsets and ends.

    ``from_*`` are ticks of the score that came in, ``to_*`` ticks of the one that went out.
    """

    part: int
    note: int
    from_tick: int
    to_tick: int
    from_end_tick: int
    to_end_tick: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantised:
    """A score after rounding, and what the rounding moved.

    ``n_marks_moved`` counts ticks of anything but notes that another resolution had to round.
    """

    score: Score
    moved: tuple[Moved, ...]
    max_shift_qn: float
    n_marks_moved: int = 0

    @property
    def n_moved(self) -> int:
        """How many notes have another onset or end."""
        return len(self.moved)

    @property
    def max_shift_tick(self) -> int:
        """The farthest that an onset moved, in ticks of the score that came out."""
        return round(self.max_shift_qn * self.score.resolution)

    @property
    def is_exact(self) -> bool:
        """Whether nothing moved."""
        return not self.moved and not self.n_marks_moved


def quantise(
    score: Score,
    *,
    steps_per_qn: int = GRID_STEPS_PER_QN,
    grid_qn: float | Fraction | None = None,
    grids: Sequence[int] = (),
    strength: float = 1.0,
) -> Quantised:
    """Return the score with onsets and ends of notes moved to a metric grid, and what moved.

    Parameters
    ----------
    score : Score
    steps_per_qn : int, 1 to 960
        Lines a quarter note.
    grid_qn : float or Fraction or None, quarter notes, > 0
        Distance of lines, in place of `steps_per_qn`: 0.25 is a sixteenth note.
    grids : sequence of int
        Several ``steps_per_qn``, such as ``(4, 3)``: each quarter note of each part takes the one
        that its onsets fit best, measured in steps; the first of equals. Replaces `steps_per_qn`.
    strength : float, 0 to 1
        How far notes move towards the line: 1 is onto it.

    Returns
    -------
    Quantised
        A note that sounds keeps at least one step (less before a bar line that is off the grid).
        Lyrics, dynamics, texts and spans that begin
        with a note move with it; everything else stays.

    Raises
    ------
    ParameterError
        A grid or the strength is out of range.

    Examples
    --------
    >>> from motet.score import make_score
    >>> result = quantise(make_score("C4:1.02 D4:0.98"), steps_per_qn=4)
    >>> [note.onset_tick for note in result.score.parts[0].notes]
    [0, 480]
    >>> result.n_moved, result.max_shift_tick
    (2, 10)
    """
    steps = _checked_steps(steps_per_qn, grid_qn, grids)
    if not 0.0 <= strength <= 1.0:
        raise ParameterError(
            f"strength must be 0 to 1, got {strength}; 1 moves notes onto the grid",
            zh=f"strength 必须在 0 到 1 之间,收到 {strength};1 表示完全对齐",
        )
    moved: list[Moved] = []
    parts = tuple(
        _quantise_part(score, k, part, steps, strength, moved) for k, part in enumerate(score.parts)
    )
    farthest = max((abs(one.to_tick - one.from_tick) for one in moved), default=0)
    return Quantised(
        score=replace(score, parts=parts),
        moved=tuple(moved),
        max_shift_qn=farthest / score.resolution,
    )


def _checked_steps(
    steps_per_qn: int, grid_qn: float | Fraction | None, grids: Sequence[int]
) -> tuple[Fraction, ...]:
    if grid_qn is not None:
        if not 1 / 960 <= grid_qn <= 64:
            raise ParameterError(
                f"grid_qn must be 1/960 to 64 quarter notes, got {grid_qn}; "
                "0.25 is a sixteenth note",
                zh=f"grid_qn 必须在 1/960 到 64 个四分音符之间,收到 {grid_qn};0.25 为十六分音符",
            )
        return (1 / Fraction(grid_qn).limit_denominator(960),)
    for steps in grids or (steps_per_qn,):
        if not 1 <= steps <= 960:
            raise ParameterError(
                f"steps_per_qn and grids must be 1 to 960 lines a quarter note, got {steps}",
                zh=f"steps_per_qn 与 grids 必须是每四分音符 1 到 960 条线,收到 {steps}",
            )
    return tuple(Fraction(steps) for steps in (grids or (steps_per_qn,)))


def _quantise_part(
    score: Score,
    k: int,
    part: Part,
    steps: tuple[Fraction, ...],
    strength: float,
    moved: list[Moved],
) -> Part:
    choose = _grid_choice(score, part, steps)

    def line(tick: int) -> int:
        bar = score.bars[score.bar_at(tick)]
        return _nearest_line(tick, bar, choose(tick), score.resolution)

    known: dict[int, int] = {}

    def move(tick: int) -> int:
        if tick not in known:
            known[tick] = round(tick + strength * (line(tick) - tick))
        return known[tick]

    shortest = {step: max(1, round(score.resolution / step)) for step in steps}
    notes = []
    onsets: dict[int, int] = {}
    for index, note in enumerate(part.notes):
        new = map_note(note, move)
        onsets[note.onset_tick] = new.onset_tick
        if note.duration_tick > 0 and strength == 1.0:
            bar = score.bars[score.bar_at(new.onset_tick)]
            step = shortest[choose(note.onset_tick)]
            if new.onset_tick < bar.end_tick:
                step = min(step, bar.end_tick - new.onset_tick)
            if new.duration_tick < step:
                new = replace(new, duration_tick=step)
        if new.onset_tick != note.onset_tick or new.duration_tick != note.duration_tick:
            moved.append(
                Moved(
                    part=k,
                    note=index,
                    from_tick=note.onset_tick,
                    to_tick=new.onset_tick,
                    from_end_tick=note.end_tick,
                    to_end_tick=new.end_tick,
                )
            )
        notes.append(new)
    fields: dict[str, Any] = {
        name: tuple(
            replace(event, tick=onsets.get(event.tick, event.tick)) for event in getattr(part, name)
        )
        for name in ("lyrics", "dynamics", "texts")
    }
    ends = {note.end_tick: new.end_tick for note, new in zip(part.notes, notes, strict=True)}
    spans = []
    for span in part.spans:
        start = onsets.get(span.start_tick, span.start_tick)
        end = onsets.get(span.end_tick, ends.get(span.end_tick, span.end_tick))
        spans.append(replace(span, start_tick=start, end_tick=max(start, end)))
    return replace(part, notes=tuple(notes), spans=tuple(spans), **fields)


def _nearest_line(tick: int, bar: Bar, steps: Fraction, resolution: int) -> int:
    """Return the nearest grid line of a bar, the next bar line being the last; ties go up."""
    up, down = steps.numerator, resolution * steps.denominator
    count = (2 * (tick - bar.start_tick) * up + down) // (2 * down)
    line = bar.start_tick + (2 * count * down + up) // (2 * up)
    return line if tick >= bar.end_tick else min(line, bar.end_tick)


def _grid_choice(
    score: Score, part: Part, steps: tuple[Fraction, ...]
) -> Callable[[int], Fraction]:
    """Return which grid holds at a tick: per quarter note, the one its onsets fit best."""

    def quarter(tick: int) -> tuple[int, int]:
        bar = score.bars[score.bar_at(tick)]
        return bar.index, (tick - bar.start_tick) // score.resolution

    onsets: dict[tuple[int, int], list[int]] = {}
    for note in part.notes if len(steps) > 1 else ():
        onsets.setdefault(quarter(note.onset_tick), []).append(note.onset_tick)

    def misfit(ticks: list[int], step: Fraction) -> float:
        bar = score.bars[score.bar_at(ticks[0])]
        away = [abs(_nearest_line(t, bar, step, score.resolution) - t) for t in ticks]
        return float(sum(away) * step / score.resolution) / len(ticks)

    best = {
        place: min(steps, key=lambda step: round(misfit(ticks, step), 6))
        for place, ticks in onsets.items()
    }
    return lambda tick: best.get(quarter(tick), steps[0]) if best else steps[0]


def change_resolution(score: Score, *, resolution: int) -> Quantised:
    """Return the score at another resolution, and what had to be rounded.

    Parameters
    ----------
    score : Score
    resolution : int, ticks a quarter note, 1 to 32767

    Returns
    -------
    Quantised
        ``is_exact`` when the new resolution is a multiple of the old one, or nothing needed
        rounding. ``moved`` lists notes whose onset or end is not exact.

    Raises
    ------
    ParameterError
        `resolution` is out of range.

    Examples
    --------
    >>> from motet.score import make_score
    >>> result = change_resolution(make_score("C4:1 D4:0.5"), resolution=96)
    >>> [note.onset_tick for note in result.score.parts[0].notes], result.is_exact
    ([0, 96], True)
    """
    if not 1 <= resolution <= 32767:
        raise ParameterError(
            f"resolution must be 1 to 32767 ticks a quarter note, got {resolution}; 480 is usual",
            zh=f"resolution 必须是每四分音符 1 到 32767 个 tick,收到 {resolution};常用 480",
        )
    old = score.resolution
    if resolution == old:
        return Quantised(score=score, moved=(), max_shift_qn=0.0)

    def move(tick: int) -> int:
        return (2 * tick * resolution + old) // (2 * old)

    out = map_score(score, move, resolution=resolution)
    moved: list[Moved] = []
    farthest = Fraction(0)
    for k, part in enumerate(score.parts):
        for index, note in enumerate(part.notes):
            new = map_note(note, move)
            away = abs(Fraction(note.onset_tick, old) - Fraction(new.onset_tick, resolution))
            if away or note.end_tick * resolution != new.end_tick * old:
                farthest = max(farthest, away)
                moved.append(
                    Moved(
                        part=k,
                        note=index,
                        from_tick=note.onset_tick,
                        to_tick=new.onset_tick,
                        from_end_tick=note.end_tick,
                        to_end_tick=new.end_tick,
                    )
                )
    marks: list[int] = []

    def note_mark(tick: int) -> int:
        if tick * resolution % old:
            marks.append(tick)
        return tick

    bare = tuple(replace(part, notes=()) for part in score.parts)
    map_score(score.with_parts(*bare), note_mark)
    return Quantised(
        score=out,
        moved=tuple(moved),
        max_shift_qn=float(farthest),
        n_marks_moved=len(marks),
    )
