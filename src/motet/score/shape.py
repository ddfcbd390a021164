"""Edits of a score's length: trim, extend, loop, concatenate, shift, stretch, tempo.

Conventions: bars are half-open ranges of indices. Everything that a score holds goes along: what
holds at the start of a cut (tempo, metre, key, chord, section, clef, controller) is said there,
and bars keep their lengths.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import lcm
from typing import Any

from motet.errors import ParameterError
from motet.score.event import BarLength, Repeat, Tempo
from motet.score.join import join_scores
from motet.score.part import Part
from motet.score.quantise import change_resolution
from motet.score.retime import PART_STATES, SCORE_STATES, map_note, map_part, map_score, state_at
from motet.score.score import Score
from motet.score.selection import part_indices

__all__ = [
    "concatenate",
    "extend",
    "loop",
    "scale_tempo",
    "shift_time",
    "stretch",
    "trim",
]

_CLOSING = ("end", "fine", "da-capo", "dal-segno", "to-coda")


def trim(
    score: Score, *, start_bar: int = 0, end_bar: int | None = None, keep_sounding: bool = False
) -> Score:
    """Return a range of bars as a score of its own, from tick 0.

    Parameters
    ----------
    score : Score
    start_bar, end_bar : int
        Bars from 0, half-open; None is the end of the score.
    keep_sounding : bool
        Whether notes that started before and still sound begin again at the start, shortened.

    Returns
    -------
    Score
        Notes that would sound past the end are cut there. Tempo, metre, key, chord, section,
        clefs, controllers and dynamics in force at the start are set there.

    Raises
    ------
    ParameterError
        The range is empty or outside the score.

    Examples
    --------
    >>> from motet.score import make_score
    >>> short = trim(make_score("C4:4 D4:4 E4:4", chords="C:4 D:4 E:4"), start_bar=1, end_bar=2)
    >>> short.n_bars, short.parts[0].notes[0].pitch, short.chords[0].symbol
    (1, 62, 'D')
    """
    last = score.n_bars if end_bar is None else end_bar
    if not 0 <= start_bar < last <= score.n_bars:
        raise ParameterError(
            f"start_bar and end_bar must be a range within 0 to {score.n_bars}, "
            f"got {start_bar} to {last}",
            zh=f"start_bar 与 end_bar 必须是 0 到 {score.n_bars} 内的范围,"
            f"收到 {start_bar} 到 {last}",
        )
    bars = score.bars[start_bar:last]
    start, end = bars[0].start_tick, bars[-1].end_tick

    def move(tick: int) -> int:
        return min(max(tick, start), end) - start

    fields: dict[str, Any] = {
        name: _held(getattr(score, name), start, end, by_kind=False) for name in SCORE_STATES
    }
    fields["bar_lengths"] = tuple(
        BarLength(tick=bar.start_tick - start, duration_tick=bar.duration_tick)
        for bar in bars
        if bar.is_irregular
    )
    fields["repeats"] = tuple(
        replace(one, tick=one.tick - start) for one in score.repeats if _stands_in(one, start, end)
    )
    fields["endings"] = _cut_spans(score.endings, start, end)
    for name in ("texts", "raw"):
        fields[name] = _points(getattr(score, name), start, end)
    parts = []
    for part in score.parts:
        own: dict[str, Any] = {
            name: _held(getattr(part, name), start, end, by_kind=True) for name in PART_STATES
        }
        for name in ("lyrics", "texts", "raw"):
            own[name] = _points(getattr(part, name), start, end)
        notes = [
            map_note(note, move)
            for note in part.notes
            if start <= note.onset_tick < end
            or (keep_sounding and note.onset_tick < start < note.end_tick)
        ]
        spans = _cut_spans(part.spans, start, end)
        parts.append(replace(part, notes=tuple(notes), spans=spans, **own))
    return replace(score, parts=tuple(parts), length_tick=end - start, **fields)


def _held(events: tuple[Any, ...], start: int, end: int, *, by_kind: bool) -> tuple[Any, ...]:
    """Return the events of a range moved to 0, after those in force at its start."""
    inside = [replace(e, tick=e.tick - start) for e in events if start < e.tick < end]
    if by_kind:
        force = list(state_at(events, start).values())
    else:
        force = [e for e in events if e.tick <= start]
        force = [e for e in force if e.tick == force[-1].tick]
    return (*(replace(e, tick=0) for e in force), *inside)


def _points(events: tuple[Any, ...], start: int, end: int) -> tuple[Any, ...]:
    """Return the events of a range moved to 0; device set-up from before it comes first."""
    setup = [replace(e, tick=0) for e in events if e.tick < start and _is_setup(e)]
    return (*setup, *(replace(e, tick=e.tick - start) for e in events if start <= e.tick < end))


def _is_setup(event: Any) -> bool:
    return getattr(event, "kind", "") == "sysex"


def _cut_spans(spans: tuple[Any, ...], start: int, end: int) -> tuple[Any, ...]:
    return tuple(
        replace(
            span,
            start_tick=max(span.start_tick, start) - start,
            end_tick=min(span.end_tick, end) - start,
        )
        for span in spans
        if span.start_tick < end and (span.end_tick > start or span.start_tick >= start)
    )


def _stands_in(repeat: Repeat, start: int, end: int) -> bool:
    """Whether a mark at a bar line belongs to a range: closing marks to the bar before."""
    if repeat.kind in _CLOSING:
        return start < repeat.tick <= end
    return start <= repeat.tick < end


def extend(score: Score, *, n_bars: int) -> Score:
    """Return the score with empty bars at its end until it has `n_bars`.

    Parameters
    ----------
    score : Score
    n_bars : int, bars, >= those it has

    Returns
    -------
    Score
        Metre and key go on as they are at the end.

    Raises
    ------
    ParameterError
        `n_bars` is below the number of bars, or above 100,000.

    Examples
    --------
    >>> from motet.score import make_score
    >>> extend(make_score("C4:4"), n_bars=8).n_bars
    8
    """
    if not score.n_bars <= n_bars <= 100_000:
        raise ParameterError(
            f"n_bars must be {score.n_bars} to 100,000, got {n_bars}; use trim to shorten",
            zh=f"n_bars 必须在 {score.n_bars} 到 100,000 之间,收到 {n_bars};缩短请用 trim",
        )
    last = score.bars[-1]
    full = max(1, round(last.metre.bar_qn * score.resolution))
    longer = replace(score, length_tick=last.end_tick + full * (n_bars - score.n_bars))
    while longer.n_bars < n_bars:
        longer = replace(longer, length_tick=longer.bars[-1].end_tick + 1)
    return replace(longer, length_tick=longer.bars[n_bars - 1].end_tick)


def concatenate(a: Score, b: Score) -> Score:
    """Return two scores one after the other.

    Parameters
    ----------
    a, b : Score
        `b` begins where the last bar of `a` ends. A part of `b` goes on in the part of `a` with the
        same name, program, bank and kind; parts without such a partner are added.

    Returns
    -------
    Score
        At the resolution of `a`, or at the least common multiple where both are not exact in it.
        Titles are those of `a`. What `b` leaves unsaid at its start (120 quarter notes a minute,
        4/4, no chord) is said where `a` ended otherwise.

    Raises
    ------
    ParameterError
        The resolutions have no common multiple below 32768; change one of them first.

    Examples
    --------
    >>> from motet.score import make_score
    >>> both = concatenate(make_score("C4:4"), make_score("D4:4"))
    >>> [(note.onset_tick, note.pitch) for note in both.parts[0].notes]
    [(0, 60), (1920, 62)]
    """
    if a.resolution != b.resolution:
        exact = change_resolution(b, resolution=a.resolution)
        if a.resolution % b.resolution == 0:
            b = exact.score
        else:
            common = lcm(a.resolution, b.resolution)
            if common > 32767:
                raise ParameterError(
                    f"a has {a.resolution} ticks a quarter note and b {b.resolution}, which have "
                    "no common multiple below 32768; use change_resolution on one of them",
                    zh=f"a 每四分音符 {a.resolution} 个 tick,b 为 {b.resolution},"
                    "没有小于 32768 的公倍数;请先对其一用 change_resolution",
                )
            a = change_resolution(a, resolution=common).score
            b = change_resolution(b, resolution=common).score
    pairs: list[int | None] = []
    free = list(range(len(a.parts)))
    for part in b.parts:
        found = next((k for k in free if _same_player(a.parts[k], part)), None)
        if found is not None:
            free.remove(found)
        pairs.append(found)
    return join_scores(a, b, pairs=pairs)


def _same_player(one: Part, other: Part) -> bool:
    names = ("name", "program", "bank", "is_drums", "transposition_semi")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def loop(score: Score, *, times: int) -> Score:
    """Return the score played several times over, whole bars each time.

    Parameters
    ----------
    score : Score
    times : int, 1 to 1000

    Returns
    -------
    Score
        Each round begins with the tempo, metre, key and controllers of the first. Notes that ring
        past the last bar line ring on.

    Raises
    ------
    ParameterError
        `times` is out of range.

    Examples
    --------
    >>> from motet.score import make_score
    >>> loop(make_score("C4:4 D4:4"), times=3).n_bars
    6
    """
    if not 1 <= times <= 1000:
        raise ParameterError(
            f"times must be 1 to 1000, got {times}", zh=f"times 必须在 1 到 1000 之间,收到 {times}"
        )
    pairs: list[int | None] = list(range(len(score.parts)))
    out = score
    for _ in range(times - 1):
        out = join_scores(out, score, pairs=pairs)
    return out


def shift_time(
    score: Score, *, shift_tick: int, parts: tuple[int | str, ...] | None = None
) -> Score:
    """Return the score, or some of its parts, later or earlier.

    Parameters
    ----------
    score : Score
    shift_tick : int, ticks
        Later when positive.
    parts : tuple of int or str, or None
        None moves everything; empty bars of the first metre, and a shorter one for what is left
        over, stand before. Otherwise only the notes and marks of these parts move over the bars.

    Returns
    -------
    Score
        Clefs and controllers at tick 0 stay there; others stop at tick 0 when moved earlier.

    Raises
    ------
    ParameterError
        A note would start before tick 0, or `parts` is None and `shift_tick` negative: use `trim`.

    Examples
    --------
    >>> from motet.score import make_score
    >>> later = shift_time(make_score("C4:4"), shift_tick=2400)
    >>> [(bar.start_tick, bar.duration_tick) for bar in later.bars]
    [(0, 1920), (1920, 480), (2400, 1920)]
    """
    chosen = part_indices(score, parts)
    if parts is None and shift_tick < 0:
        raise ParameterError(
            f"shift_tick must be >= 0 for a whole score, got {shift_tick}; use trim to drop bars",
            zh=f"移动整个乐谱时 shift_tick 必须不小于 0,收到 {shift_tick};去掉小节请用 trim",
        )
    first = min((n.onset_tick for k in chosen for n in score.parts[k].notes), default=-shift_tick)
    if first + shift_tick < 0:
        raise ParameterError(
            f"shift_tick must be >= {-first}, got {shift_tick}; a note would start before 0",
            zh=f"shift_tick 必须不小于 {-first},收到 {shift_tick};否则音符会早于 0",
        )

    def move(tick: int) -> int:
        return max(0, tick + shift_tick)

    out = list(score.parts)
    for k in chosen:
        moved = map_part(out[k], move)
        still: dict[str, Any] = {
            name: tuple(
                replace(new, tick=0) if old.tick == 0 else new
                for old, new in zip(getattr(out[k], name), getattr(moved, name), strict=True)
            )
            for name in PART_STATES
        }
        out[k] = replace(moved, **still)
    if parts is not None or shift_tick == 0:
        return replace(score, parts=tuple(out), length_tick=max(score.length_tick, score.end_tick))
    whole = map_score(replace(score, parts=()), move)
    opening: dict[str, Any] = {
        name: tuple(
            replace(new, tick=0) if old.tick == 0 else new
            for old, new in zip(getattr(score, name), getattr(whole, name), strict=True)
        )
        for name in ("tempos", "metres", "keys", "raw")
    }
    full = max(1, round(score.bars[0].metre.bar_qn * score.resolution))
    left = shift_tick % full
    lengths = whole.bar_lengths
    if left:
        lengths = (BarLength(tick=shift_tick - left, duration_tick=left), *lengths)
    return replace(
        whole,
        parts=tuple(out),
        bar_lengths=lengths,
        length_tick=score.end_tick + shift_tick,
        **opening,
    )


def stretch(score: Score, *, factor: float | Fraction) -> Score:
    """Return the score with all note values longer or shorter, in the same metre and tempo.

    Parameters
    ----------
    score : Score
    factor : float or Fraction, 1/64 to 64
        2 is augmentation: a quarter note becomes a half note, and a bar two.

    Returns
    -------
    Score
        Every event moves along; to change the speed alone use `scale_tempo`. Ticks are rounded
        where the factor does not divide them.

    Raises
    ------
    ParameterError
        `factor` is out of range.

    Examples
    --------
    >>> from motet.score import make_score
    >>> longer = stretch(make_score("C4:1 D4:1"), factor=2)
    >>> [(note.onset_tick, note.duration_tick) for note in longer.parts[0].notes]
    [(0, 960), (960, 960)]
    """
    if not 1 / 64 <= factor <= 64:
        raise ParameterError(
            f"factor must be 1/64 to 64, got {factor}; 2 doubles all note values",
            zh=f"factor 必须在 1/64 到 64 之间,收到 {factor};2 表示时值加倍",
        )
    exact = Fraction(factor).limit_denominator(100_000)
    return map_score(score, lambda tick: round(tick * exact))


def scale_tempo(score: Score, *, factor: float) -> Score:
    """Return the score faster or slower, all note values as they were.

    Parameters
    ----------
    score : Score
    factor : float, 1/16 to 16
        2 is twice as fast.

    Returns
    -------
    Score

    Raises
    ------
    ParameterError
        `factor` is out of range.

    Examples
    --------
    >>> from motet.score import make_score
    >>> scale_tempo(make_score("C4:1", qpm=120), factor=0.5).tempos[0].qpm
    60.0
    """
    if not 1 / 16 <= factor <= 16:
        raise ParameterError(
            f"factor must be 1/16 to 16, got {factor}; 2 is twice as fast",
            zh=f"factor 必须在 1/16 到 16 之间,收到 {factor};2 表示快一倍",
        )
    tempos = score.tempos
    if not tempos or tempos[0].tick > 0:
        tempos = (Tempo(tick=0, quarter_us=500_000), *tempos)
    return replace(
        score,
        tempos=tuple(
            replace(one, quarter_us=min(16_777_215, max(1, round(one.quarter_us / factor))))
            for one in tempos
        ),
    )
