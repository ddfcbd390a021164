"""Edits of notes: written, copied, cleared, moved in pitch and in time.

Conventions: pure; bars are indexes from 0, half-open. What the page does not know of a note (spelling,
articulation, ties, voice) stays with it as long as its onset and pitch are the same.

Offers `clear_cells`, `copy_cells`, `quantise_cells`, `set_notes`, `transpose_cells`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from motet.errors import ParameterError
from motet.score import (
    Lyric,
    Note,
    Part,
    Score,
    clear,
    extend,
    part_indices,
    put,
    quantise,
    take,
    transpose,
)
from motet.server.schemas.op import ClearCells, CopyCells, Quantise, SetNotes, Transpose

__all__ = [
    "bar_span",
    "clear_cells",
    "copy_cells",
    "need_part",
    "quantise_cells",
    "set_notes",
    "transpose_cells",
]


def bar_span(score: Score, start: int | None, end: int | None) -> tuple[int, int]:
    """Return a range of bars that the score has.

    Raises
    ------
    ParameterError
        It is empty, or lies outside.

    Examples
    --------
    >>> from motet.score import make_score
    >>> bar_span(make_score("C4:16"), 1, None)
    (1, 4)
    """
    first = 0 if start is None else start
    last = score.n_bars if end is None else end
    if not 0 <= first < last <= score.n_bars:
        raise ParameterError(
            f"bars must be a range within 0 to {score.n_bars}, got {first} to {last}",
            zh=f"小节范围必须在 0 到 {score.n_bars} 之内,收到 {first} 到 {last}",
        )
    return first, last


def need_part(score: Score, k: int) -> Part:
    """Return a part by its index.

    Raises
    ------
    ParameterError
        There is no such part.

    Examples
    --------
    >>> from motet.score import make_score
    >>> need_part(make_score("C4:4"), 0).name
    'Part 1'
    """
    if not 0 <= k < len(score.parts):
        raise ParameterError(
            f"there is no part {k}; the parts are 0 to {len(score.parts) - 1}",
            zh=f"没有声部 {k};声部为 0 到 {len(score.parts) - 1}",
        )
    return score.parts[k]


def _with_part(score: Score, k: int, part: Part) -> Score:
    parts = (*score.parts[:k], part, *score.parts[k + 1 :])
    return replace(score, parts=parts, length_tick=score.bars[-1].end_tick)


def set_notes(score: Score, op: SetNotes) -> Score:
    """Return the score with other notes in some bars of a part.

    Raises
    ------
    ParameterError
        A note begins outside the bars.

    Examples
    --------
    >>> from motet.score import make_score
    >>> op = SetNotes(op="set_notes", part=0, start_bar=1, end_bar=2, notes=[(1920, 960, 65, 90)])
    >>> [note.pitch for note in set_notes(make_score("C4:4 D4:4"), op).parts[0].notes]
    [60, 65]
    """
    part = need_part(score, op.part)
    first, last = bar_span(score, op.start_bar, op.end_bar)
    start, end = score.bars[first].start_tick, score.bars[last - 1].end_tick
    close = score.bars[-1].end_tick
    known: dict[tuple[int, int], list[Note]] = {}
    for note in part.notes:
        if start <= note.onset_tick < end:
            known.setdefault((note.onset_tick, note.pitch), []).append(note)
    made: list[Note] = []
    for onset, duration, pitch, velocity in op.notes:
        if not start <= onset < end:
            raise ParameterError(
                f"a note begins at tick {onset}, outside {start} to {end - 1}; widen the bars",
                zh=f"有音符始于 tick {onset},在 {start} 到 {end - 1} 之外;请扩大小节范围",
            )
        same = known.get((onset, pitch))
        lasting = max(1, min(duration, close - onset))
        if same:
            made.append(_kept(same.pop(0), duration, lasting, velocity))
        else:
            made.append(
                Note(onset_tick=onset, duration_tick=lasting, pitch=pitch, velocity=velocity)
            )
    others = [note for note in part.notes if not start <= note.onset_tick < end]
    lyrics = _lyrics(part, made, start, end)
    return _with_part(score, op.part, replace(part, notes=(*others, *made), lyrics=lyrics))


def _kept(old: Note, duration: int, lasting: int, velocity: int) -> Note:
    """Return a note that stays, with the length and loudness of the page."""
    if old.duration_tick == duration:
        return replace(old, velocity=velocity)
    ties = tuple(tick for tick in old.ties_tick if tick < lasting)
    return replace(old, duration_tick=lasting, velocity=velocity, ties_tick=ties)


def _lyrics(part: Part, made: Sequence[Note], start: int, end: int) -> tuple[Lyric, ...]:
    """Return the syllables of a part: with their notes where as many are there, else where a note is."""
    if not part.lyrics:
        return ()
    old = sorted({note.onset_tick for note in part.notes if start <= note.onset_tick < end})
    new = sorted({note.onset_tick for note in made})
    moved = dict(zip(old, new, strict=True)) if len(old) == len(new) else {}
    kept = [
        replace(one, tick=moved.get(one.tick, one.tick))
        for one in part.lyrics
        if not start <= one.tick < end or one.tick in moved or one.tick in new
    ]
    return tuple(sorted(kept, key=lambda one: (one.tick, one.verse)))


def _rows(score: Score, parts: Iterable[int] | None) -> tuple[int, ...]:
    rows = part_indices(score, list(parts)) if parts is not None else part_indices(score, None)
    if not rows:
        raise ParameterError("no part is selected; select one", zh="没有选中声部;请选择一个")
    return rows


def clear_cells(score: Score, op: ClearCells) -> Score:
    """Return the score without the notes of some cells.

    Examples
    --------
    >>> from motet.score import make_score
    >>> op = ClearCells(op="clear_cells", start_bar=0, end_bar=1)
    >>> clear_cells(make_score("C4:4 D4:4"), op).n_notes
    1
    """
    first, last = bar_span(score, op.start_bar, op.end_bar)
    cleared = clear(score, parts=_rows(score, op.parts), bars=range(first, last))
    return replace(cleared, length_tick=score.bars[-1].end_tick)


def copy_cells(score: Score, op: CopyCells) -> Score:
    """Return the score with cells of a part written over others, which may lie past the end.

    Raises
    ------
    ParameterError
        The bars are not equally long, or one part is drums and the other is not.

    Examples
    --------
    >>> from motet.score import make_score
    >>> told = {"op": "copy_cells", "from": {"part": 0, "start_bar": 0, "end_bar": 1},
    ...     "to": {"part": 0, "bar": 1}}
    >>> [n.pitch for n in copy_cells(make_score("C4:4 D4:4"), CopyCells(**told)).parts[0].notes]
    [60, 60]
    """
    first, last = bar_span(score, op.source.start_bar, op.source.end_bar)
    one, two = need_part(score, op.source.part), need_part(score, op.to.part)
    if one.is_drums != two.is_drums:
        raise ParameterError(
            "drums can only be copied to drums; choose another part",
            zh="鼓只能复制到鼓声部;请另选声部",
        )
    end = op.to.bar + last - first
    longer = extend(score, n_bars=end) if end > score.n_bars else score
    made = put(
        longer, longer, parts=[op.to.part], bars=range(op.to.bar, end),
        source_parts=[op.source.part], source_bars=range(first, last),
    )  # fmt: skip
    return replace(made, length_tick=longer.bars[-1].end_tick)


def transpose_cells(score: Score, op: Transpose) -> Score:
    """Return the score, or some cells of it, higher or lower; drums stay.

    Raises
    ------
    ParameterError
        A note would leave the range 0 to 127.

    Examples
    --------
    >>> from motet.score import make_score
    >>> op = Transpose(op="transpose", shift_semi=2, parts=[0], start_bar=1, end_bar=2)
    >>> [note.pitch for note in transpose_cells(make_score("C4:4 D4:4"), op).parts[0].notes]
    [60, 64]
    """
    if op.parts is None and op.start_bar is None and op.end_bar is None:
        return transpose(score, shift_semi=op.shift_semi)
    first, last = bar_span(score, op.start_bar, op.end_bar)
    rows = _rows(score, op.parts)
    moved = transpose(
        take(score, parts=rows, bars=range(first, last)), shift_semi=op.shift_semi, parts=rows
    )
    return _taken_over(score, moved, rows, first, last)


def quantise_cells(score: Score, op: Quantise) -> Score:
    """Return the score with the onsets of some cells moved towards a grid.

    Examples
    --------
    >>> from motet.score import make_score
    >>> op = Quantise(op="quantise", grid_qn=0.5)
    >>> score = quantise_cells(make_score("C4:1.05 D4:2.95"), op)
    >>> [note.onset_tick for note in score.parts[0].notes]
    [0, 480]
    """
    first, last = bar_span(score, op.start_bar, op.end_bar)
    rows = _rows(score, op.parts)
    sub = take(score, parts=rows, bars=range(first, last))
    moved = quantise(sub, grid_qn=op.grid_qn, strength=op.strength).score
    return _taken_over(score, moved, rows, first, last)


def _taken_over(score: Score, moved: Score, rows: Sequence[int], first: int, last: int) -> Score:
    """Return the score with the notes and syllables of some cells as another has them."""
    start, end = score.bars[first].start_tick, score.bars[last - 1].end_tick
    close = score.bars[-1].end_tick
    parts = list(score.parts)
    for k in rows:
        old, new = parts[k], moved.parts[k]
        notes = [note for note in old.notes if not start <= note.onset_tick < end]
        notes += [note for note in new.notes if note.onset_tick < close]
        lyrics = [one for one in old.lyrics if not start <= one.tick < end]
        lyrics += [one for one in new.lyrics if one.tick < close]
        lyrics.sort(key=lambda one: (one.tick, one.verse))
        parts[k] = replace(old, notes=tuple(notes), lyrics=tuple(lyrics))
    return replace(score, parts=tuple(parts), length_tick=close)
