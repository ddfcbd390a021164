"""The grid view: parts are rows, bars are columns, a cell is what one part has in one bar.

Conventions: parts and bars count from 0. A note belongs to the bar of its onset and keeps its
duration across bar lines. Lyrics, dynamics, texts, spans, clefs and controllers belong to the
cell they begin in; tempo, metre, key, harmony and form belong to no cell. When cells change, the
others keep their notes unchanged, and controllers, clefs and dynamics are set again behind the
change, so that the others also sound and read as before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from motet.errors import ParameterError
from motet.score.note import Note
from motet.score.score import Score
from motet.score.selection import bar_indices, find_part, part_indices
from motet.score.splice import Piece, splice
from motet.score.time import Bar

__all__ = ["Cell", "Grid", "clear", "put", "replace_cell", "take"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one part has in one bar.

    Parameters
    ----------
    part, bar : int
        Indices from 0.
    notes : tuple of Note
        Notes that start here; onsets in ticks from the start of the bar.
    sounding_in : tuple of Note
        Notes that started before and still sound; their onsets are negative.
    """

    part: int
    bar: int
    notes: tuple[Note, ...] = ()
    sounding_in: tuple[Note, ...] = ()


class Grid:
    """A score as cells, read only.

    Parameters
    ----------
    score : Score

    Examples
    --------
    >>> from motet.score import make_score
    >>> grid = Grid(make_score("C4:3 E4:2 G4:1"))
    >>> cell = grid.cell(0, 1)
    >>> [note.onset_tick for note in cell.notes], [note.onset_tick for note in cell.sounding_in]
    ([480], [-480])
    """

    def __init__(self, score: Score) -> None:
        self.score = score

    @property
    def n_parts(self) -> int:
        """How many rows there are."""
        return len(self.score.parts)

    @property
    def n_bars(self) -> int:
        """How many columns there are."""
        return self.score.n_bars

    def cell(self, part: int | str, bar: int) -> Cell:
        """Return one cell.

        Raises
        ------
        ParameterError
            There is no such part or bar.
        """
        k, (b,) = find_part(self.score, part), bar_indices(self.score, (bar,))
        found = self._found.get((k, b))
        return found if found is not None else Cell(part=k, bar=b)

    def cells(
        self,
        *,
        parts: Iterable[int | str] | None = None,
        bars: Iterable[int] | None = None,
    ) -> Iterator[Cell]:
        """Yield the cells of a selection, bar by bar; all when nothing is selected."""
        rows = part_indices(self.score, parts)
        for b in bar_indices(self.score, bars):
            for k in rows:
                yield self.cell(k, b)

    @cached_property
    def _found(self) -> dict[tuple[int, int], Cell]:
        """Cells that hold or hear a note."""
        bars = self.score.bars
        starts: dict[tuple[int, int], list[Note]] = {}
        reaching: dict[tuple[int, int], list[Note]] = {}
        for k, part in enumerate(self.score.parts):
            for note in part.notes:
                b = self.score.bar_at(note.onset_tick)
                starts.setdefault((k, b), []).append(_shift(note, -bars[b].start_tick))
                for later in range(b + 1, len(bars)):
                    if bars[later].start_tick >= note.end_tick:
                        break
                    heard = _shift(note, -bars[later].start_tick)
                    reaching.setdefault((k, later), []).append(heard)
        return {
            key: Cell(
                part=key[0],
                bar=key[1],
                notes=tuple(starts.get(key, ())),
                sounding_in=tuple(reaching.get(key, ())),
            )
            for key in starts.keys() | reaching.keys()
        }


def _shift(note: Note, by_tick: int) -> Note:
    return replace(note, onset_tick=note.onset_tick + by_tick)


def take(
    score: Score,
    *,
    parts: Iterable[int | str] | None = None,
    bars: Iterable[int] | None = None,
) -> Score:
    """Return the score with the selected cells alone; the grid keeps its shape and position.

    Parameters
    ----------
    score : Score
    parts : iterable of int or str, or None
        Rows to keep; all when None. The others stay as empty parts.
    bars : iterable of int, or None
        Columns to keep; all when None. To move a range of bars to the start use `trim`.

    Returns
    -------
    Score
        Same parts, same bars; tempo, metre, keys, harmony and form as they were.

    Raises
    ------
    ParameterError
        There is no such part or bar.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:4 D4:4", "E3:4 F3:4")
    >>> [[note.pitch for note in part.notes] for part in take(score, parts=[1], bars=[1]).parts]
    [[], [53]]
    """
    rows, columns = part_indices(score, parts), bar_indices(score, bars)
    others = set(range(score.n_bars)) - set(columns)
    out = list(score.parts)
    for k, part in enumerate(out):
        gone = others if k in rows else range(score.n_bars)
        for start, end in _runs(score.bars, gone):
            part = splice(part, None, start_tick=start, end_tick=end)
        out[k] = part
    return replace(score, parts=tuple(out), length_tick=max(score.length_tick, score.end_tick))


def clear(
    score: Score,
    *,
    parts: Iterable[int | str] | None = None,
    bars: Iterable[int] | None = None,
) -> Score:
    """Return the score with the selected cells empty and all others unchanged.

    Parameters
    ----------
    score : Score
    parts : iterable of int or str, or None
    bars : iterable of int, or None

    Returns
    -------
    Score
        As many bars as before.

    Raises
    ------
    ParameterError
        There is no such part or bar.

    Examples
    --------
    >>> from motet.score import make_score
    >>> cleared = clear(make_score("C4:4 D4:4"), bars=[1])
    >>> cleared.n_notes, cleared.n_bars
    (1, 2)
    """
    rows, columns = part_indices(score, parts), bar_indices(score, bars)
    out = list(score.parts)
    for k in rows:
        for start, end in _runs(score.bars, columns):
            out[k] = splice(out[k], None, start_tick=start, end_tick=end)
    return replace(score, parts=tuple(out), length_tick=max(score.length_tick, score.end_tick))


def put(
    score: Score,
    source: Score,
    *,
    parts: Iterable[int | str] | None = None,
    bars: Iterable[int] | None = None,
    source_parts: Iterable[int | str] | None = None,
    source_bars: Iterable[int] | None = None,
) -> Score:
    """Return the score with the selected cells replaced by those of another score.

    Parameters
    ----------
    score : Score
    source : Score
        Same resolution; its bars are as long as those they replace.
    parts : iterable of int or str, or None
        Rows to write; all when None.
    bars : iterable of int, or None
        Columns to write; all when None.
    source_parts : iterable of int or str, or None
        Rows to read, paired in ascending order; those of the same index when None.
    source_bars : iterable of int, or None
        Columns to read, paired in ascending order; those of the same index when None.

    Returns
    -------
    Score
        Cells outside the selection have the same notes as before.

    Raises
    ------
    ParameterError
        A part or bar is missing, the counts differ, or a bar has another length.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score, source = make_score("C4:4 D4:4"), make_score("E4:4 F4:4")
    >>> [note.pitch for note in put(score, source, bars=[1]).parts[0].notes]
    [60, 65]
    """
    rows, columns = part_indices(score, parts), bar_indices(score, bars)
    from_rows = part_indices(source, rows if source_parts is None else source_parts)
    from_columns = bar_indices(source, columns if source_bars is None else source_bars)
    if source.resolution != score.resolution:
        raise ParameterError(
            f"source must have {score.resolution} ticks a quarter note, got {source.resolution}; "
            "use change_resolution first",
            zh=f"source 必须是每四分音符 {score.resolution} 个 tick,收到 {source.resolution};"
            "请先用 change_resolution",
        )
    if len(rows) != len(from_rows) or len(columns) != len(from_columns):
        raise ParameterError(
            f"the selections must match: {len(rows)} parts by {len(columns)} bars to write, "
            f"{len(from_rows)} by {len(from_columns)} to read",
            zh=f"选区必须一致:写入 {len(rows)} 个声部 × {len(columns)} 小节,"
            f"读取 {len(from_rows)} × {len(from_columns)}",
        )
    for b, c in zip(columns, from_columns, strict=True):
        want, got = score.bars[b].duration_tick, source.bars[c].duration_tick
        if want != got:
            raise ParameterError(
                f"bar {b} lasts {want} ticks but bar {c} of the source {got}; "
                "give them the same metre",
                zh=f"第 {b} 小节长 {want} tick,而 source 的第 {c} 小节长 {got};请使用相同拍号",
            )
    out = list(score.parts)
    spans = _paired_runs(score.bars, source.bars, columns, from_columns)
    for k, j in zip(rows, from_rows, strict=True):
        for start, end, origin in spans:
            piece = Piece(part=source.parts[j], start_tick=origin)
            out[k] = splice(out[k], piece, start_tick=start, end_tick=end)
    return replace(score, parts=tuple(out), length_tick=max(score.length_tick, score.end_tick))


def replace_cell(score: Score, *, part: int | str, bar: int, notes: Iterable[Note]) -> Score:
    """Return the score with other notes in one cell.

    Parameters
    ----------
    score : Score
    part : int or str
    bar : int
    notes : iterable of Note
        Onsets in ticks from the start of the bar; all must start inside it.

    Returns
    -------
    Score
        The cell's lyrics, dynamics and controllers stay.

    Raises
    ------
    ParameterError
        There is no such cell, or a note starts outside the bar.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = replace_cell(make_score("C4:4 D4:4"), part=0, bar=1,
    ...     notes=[Note(onset_tick=480, duration_tick=480, pitch=72)])
    >>> [(note.onset_tick, note.pitch) for note in score.parts[0].notes]
    [(0, 60), (2400, 72)]
    """
    k, (b,) = find_part(score, part), bar_indices(score, (bar,))
    place = score.bars[b]
    added = []
    for note in notes:
        if not 0 <= note.onset_tick < place.duration_tick:
            raise ParameterError(
                f"notes must start 0 to {place.duration_tick - 1} ticks after the bar line, "
                f"got {note.onset_tick}",
                zh=f"音符起点必须在小节线后 0 到 {place.duration_tick - 1} tick,"
                f"收到 {note.onset_tick}",
            )
        added.append(_shift(note, place.start_tick))
    old = score.parts[k]
    kept = [n for n in old.notes if not place.start_tick <= n.onset_tick < place.end_tick]
    parts = list(score.parts)
    parts[k] = replace(old, notes=(*kept, *added))
    return replace(score, parts=tuple(parts), length_tick=max(score.length_tick, score.end_tick))


def _runs(bars: tuple[Bar, ...], indices: Iterable[int]) -> list[tuple[int, int]]:
    """Return the tick spans of neighbouring bars."""
    spans: list[tuple[int, int]] = []
    for index in sorted(indices):
        bar = bars[index]
        if spans and spans[-1][1] == bar.start_tick:
            spans[-1] = (spans[-1][0], bar.end_tick)
        else:
            spans.append((bar.start_tick, bar.end_tick))
    return spans


def _paired_runs(
    bars: tuple[Bar, ...],
    source_bars: tuple[Bar, ...],
    columns: tuple[int, ...],
    from_columns: tuple[int, ...],
) -> list[tuple[int, int, int]]:
    """Return start and end of neighbouring bars, and where their source starts."""
    spans: list[tuple[int, int, int]] = []
    for b, c in zip(columns, from_columns, strict=True):
        start, end, origin = bars[b].start_tick, bars[b].end_tick, source_bars[c].start_tick
        if spans and spans[-1][1] == start and origin - start == spans[-1][2] - spans[-1][0]:
            spans[-1] = (spans[-1][0], end, spans[-1][2])
        else:
            spans.append((start, end, origin))
    return spans
