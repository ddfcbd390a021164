"""Edits of a score's length: trim, extend, loop, concatenate.

Conventions: bars are half-open ranges of indices. Everything that a score holds goes along: what
holds at the start of a cut (tempo, metre, key, chord, section, clef, controller) is said there,
and bars keep their lengths.
"""

from __future__ import annotations

from dataclasses import replace
from math import lcm
from typing import Any

from motet.errors import ParameterError
from motet.score.event import BarLength, Repeat
from motet.score.join import join_scores
from motet.score.part import Part
from motet.score.quantise import change_resolution
from motet.score.retime import PART_STATES, SCORE_STATES, map_note, state_at
from motet.score.score import Score

__all__ = [
    "concatenate",
    "extend",
    "loop",
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
