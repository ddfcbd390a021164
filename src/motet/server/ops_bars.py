"""Edits of bars: put in, taken out, doubled.

Conventions: pure; bars are indexes from 0, half-open. A note that rings over a seam ends there.

Offers `duplicate_bars`, `insert_bars`, `remove_bars`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from motet.errors import ParameterError
from motet.score import Score, extend, trim
from motet.score.join import join_scores
from motet.server.ops_notes import bar_span
from motet.server.schemas.op import DuplicateBars, InsertBars, RemoveBars

__all__ = ["duplicate_bars", "insert_bars", "remove_bars"]

_MOST_BARS = 4000


def insert_bars(score: Score, op: InsertBars) -> Score:
    """Return the score with empty bars before a bar, in the metre of the bar before.

    Raises
    ------
    ParameterError
        There is no such place, or the piece would be too long.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = insert_bars(make_score("C4:4 D4:4"), InsertBars(op="insert_bars", at=1, n=2))
    >>> score.n_bars, [score.bar_at(note.onset_tick) for note in score.parts[0].notes]
    (4, [0, 3])
    """
    _need_place(score, op.at)
    _need_room(score, op.n)
    if op.at == score.n_bars:
        return extend(score, n_bars=score.n_bars + op.n)
    gap = _empty(trim(score, start_bar=max(0, op.at - 1), end_bar=max(0, op.at - 1) + 1))
    pieces = [(gap, False, False)] * op.n
    if op.at:
        pieces.insert(0, _cut(score, 0, op.at))
    return _joined([*pieces, _cut(score, op.at, score.n_bars)])


def remove_bars(score: Score, op: RemoveBars) -> Score:
    """Return the score without some bars.

    Raises
    ------
    ParameterError
        There are no such bars, or none would be left.

    Examples
    --------
    >>> from motet.score import make_score
    >>> op = RemoveBars(op="remove_bars", start=0, end=1)
    >>> [note.pitch for note in remove_bars(make_score("C4:4 D4:4"), op).parts[0].notes]
    [62]
    """
    start, end = bar_span(score, op.start, op.end)
    if end - start == score.n_bars:
        raise ParameterError(
            "one bar at least must stay; clear the cells instead",
            zh="至少要保留一个小节;可改为清空格子",
        )
    pieces = []
    if start:
        pieces.append(_cut(score, 0, start))
    if end < score.n_bars:
        pieces.append(_cut(score, end, score.n_bars))
    return _joined(pieces)


def duplicate_bars(score: Score, op: DuplicateBars) -> Score:
    """Return the score with a copy of some bars, right after them or before a bar.

    Raises
    ------
    ParameterError
        There are no such bars, or the piece would be too long.

    Examples
    --------
    >>> from motet.score import make_score
    >>> op = DuplicateBars(op="duplicate_bars", start=0, end=1)
    >>> [note.pitch for note in duplicate_bars(make_score("C4:4 D4:4"), op).parts[0].notes]
    [60, 60, 62]
    """
    start, end = bar_span(score, op.start, op.end)
    at = end if op.at is None else op.at
    _need_place(score, at)
    _need_room(score, end - start)
    pieces = [_cut(score, start, end)]
    if at:
        pieces.insert(0, _cut(score, 0, at))
    if at < score.n_bars:
        pieces.append(_cut(score, at, score.n_bars))
    return _joined(pieces)


def _need_place(score: Score, at: int) -> None:
    if not 0 <= at <= score.n_bars:
        raise ParameterError(
            f"bars can be put before bar 0 to {score.n_bars}, got {at}",
            zh=f"小节可插入到 0 到 {score.n_bars} 之前,收到 {at}",
        )


def _need_room(score: Score, n: int) -> None:
    if score.n_bars + n > _MOST_BARS:
        raise ParameterError(
            f"a piece has at most {_MOST_BARS} bars here; this would make {score.n_bars + n}",
            zh=f"此处一首曲子最多 {_MOST_BARS} 小节;这样将有 {score.n_bars + n} 小节",
        )


def _empty(score: Score) -> Score:
    """Return bars in which nothing is written but the metre."""
    bare: dict[str, Any] = dict.fromkeys(
        ("chords", "sections", "repeats", "endings", "texts", "raw"), ()
    )
    nothing: dict[str, Any] = dict.fromkeys(
        ("notes", "lyrics", "dynamics", "spans", "texts", "raw"), ()
    )
    parts = tuple(replace(part, **nothing) for part in score.parts)
    return replace(score, parts=parts, length_tick=score.bars[-1].end_tick, **bare)


def _cut(score: Score, start: int, end: int) -> tuple[Score, bool, bool]:
    """Return some bars, and whether a chord and a section are written at their very beginning."""
    tick = score.bars[start].start_tick
    return (
        trim(score, start_bar=start, end_bar=end),
        any(one.tick == tick for one in score.chords),
        any(one.tick == tick for one in score.sections),
    )


def _joined(pieces: Iterable[tuple[Score, bool, bool]]) -> Score:
    """Return pieces one after the other; what only goes on over a seam is not written again."""
    rows = list(pieces)
    whole = rows[0][0]
    for piece, has_chord, has_section in rows[1:]:
        seam = whole.bars[-1].end_tick
        chords, sections = whole.chords, whole.sections
        whole = join_scores(whole, piece, pairs=list(range(len(piece.parts))))
        if not has_chord:
            kept = _going_on(chords, whole.chords, seam, "symbol")
            whole = replace(whole, chords=kept)
        if not has_section:
            whole = replace(whole, sections=_going_on(sections, whole.sections, seam, "label"))
    return replace(whole, length_tick=whole.bars[-1].end_tick)


def _going_on(
    before: tuple[Any, ...], joined: tuple[Any, ...], seam: int, name: str
) -> tuple[Any, ...]:
    """Return events without one at a seam that only says what held before it, or that nothing does."""
    held = {getattr(before[-1], name) if before else None, "N.C."}
    return tuple(one for one in joined if one.tick != seam or getattr(one, name) not in held)
