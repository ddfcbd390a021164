"""Grids as token ids.

Conventions: one document a window; parts are named by their index in `GridScore.parts`, and written
in header order; a hole is a cell that is answered at the end. See `motet.tokens.grammar` for what a
document looks like, `motet.tokens.decode` for the way back.

Cost: O(n log n) with a sort only when parts are reordered or there are holes; no loop over notes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.tokens.front import ALL, write_front
from motet.tokens.grid import find_groups
from motet.tokens.layout import DEFAULT_VELOCITY, GridScore
from motet.tokens.vocab import FAMILIES, N_BARREFS

__all__ = ["ALL", "encode", "encode_prompt"]

Ids = npt.NDArray[np.int32]
_Array = npt.NDArray[Any]

_START: Final = {name: family.start for name, family in FAMILIES.items()}
_POSX, _POS, _DURX, _DUR = (_START[name] for name in ("POSX", "POS", "DURX", "DUR"))
_VEL, _PITCH, _ADD, _DRUM = (_START[name] for name in ("VEL", "PITCH", "ADD", "DRUM"))
_BAR, _PART, _HOLE, _FILL = (_START[name] for name in ("BAR", "PART", "HOLE", "FILL"))
_BARREF, _EOH, _EOS = (_START[name] for name in ("BARREF", "EOH", "EOS"))
_N_POS: Final = FAMILIES["POS"].size
_N_DUR: Final = FAMILIES["DUR"].size
_FIRST_KEY: Final = 27


def encode(
    grid: GridScore,
    *,
    order: Sequence[int] | None = None,
    holes: Collection[tuple[int, int]] = (),
    has_chords: bool = True,
    min_confidence: float = 0.0,
    header: Collection[str] = ALL,
    describe: npt.NDArray[np.int8] | None = None,
) -> Ids:
    """Return the document of a grid.

    Parameters
    ----------
    grid : GridScore
        Up to 64 bars where a grammar or a model reads it.
    order : sequence of int or None
        All parts, in the order in which the header names them and each bar writes them.
    holes : collection of (bar, part)
        Cells that are answered at the end, empty ones too.
    has_chords : bool
        Whether the plan says chords.
    min_confidence : float, 0 to 1
        Chords less sure than this are written as no chord, as nothing before the first sure one.
    header : collection of str
        Which of `ALL` are said where they are known.
    describe : int8, shape (k, 3), or None
        RANGE, DENSITY and POLY of each part; None measures them (`describe_parts`).

    Returns
    -------
    int32, shape (t,)

    Raises
    ------
    ParameterError
        The order is no permutation, a hole is no cell, or a value does not fit its family.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid, token_name
    >>> grid = score_to_grid(make_score("C4:1 E4+G4:1 r:1 C4:1", fifths=0, qpm=120)).grid
    >>> " ".join(token_name(token) for token in encode(grid, header=())[7:])
    'NOTES BAR PART_0 DUR_23 PITCH_60 PITCH_64 ADD_67 POS_72 PITCH_60 EOS'
    """
    ranks, cells = _check(grid, order, holes)
    front = write_front(grid, ranks, has_chords, min_confidence, header, describe)
    rows = _body_with_holes(grid, ranks, cells, None) if cells else _plain_body(grid, ranks, None)
    ids = np.empty(len(front) + len(rows) + 1, np.int32)
    ids[: len(front)] = front
    ids[len(front) : -1] = rows
    ids[-1] = _EOS
    return ids


def encode_prompt(
    grid: GridScore,
    *,
    bar: int,
    rank: int = 0,
    order: Sequence[int] | None = None,
    holes: Collection[tuple[int, int]] = (),
    has_chords: bool = True,
    min_confidence: float = 0.0,
    header: Collection[str] = ALL,
    describe: npt.NDArray[np.int8] | None = None,
) -> Ids:
    """Return the beginning of a grid's document: all that stands before one cell.

    Parameters
    ----------
    grid : GridScore
        Its notes in or after the cell are not written.
    bar : int, 0 to the number of bars
        The bar of the cell. Its BAR is written. The number of bars asks for all cells and, if there
        are holes, FILL.
    rank : int
        Place of the cell's part in the header order.
    order, holes, has_chords, min_confidence, header, describe
        As for `encode`.

    Returns
    -------
    int32, shape (t,)

    Raises
    ------
    ParameterError
        As for `encode`, or there is no such cell.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid, token_name
    >>> grid = score_to_grid(make_score("C4:4 E4:4", fifths=0)).grid
    >>> [token_name(token) for token in encode_prompt(grid, bar=1)][-4:]
    ['PART_0', 'DUR_95', 'PITCH_60', 'BAR']
    """
    ranks, cells = _check(grid, order, holes)
    if not (0 <= bar <= grid.n_bars and 0 <= rank <= len(grid.parts)):
        raise ParameterError(
            f"bar must be 0 to {grid.n_bars} and rank 0 to {len(grid.parts)}, got {bar} and {rank}",
            zh=f"bar 必须为 0 到 {grid.n_bars},rank 必须为 0 到 {len(grid.parts)},收到 {bar} 和 {rank}",
        )
    front = write_front(grid, ranks, has_chords, min_confidence, header, describe)
    stop = bar * (len(grid.parts) + 1) + (1 + rank if bar < grid.n_bars else 0)
    body = _body_with_holes(grid, ranks, cells, stop) if cells else _plain_body(grid, ranks, stop)
    tail = [_FILL] if cells and bar == grid.n_bars else []
    return np.concatenate((np.array(front, np.int32), body.astype(np.int32), tail)).astype(np.int32)


def _check(
    grid: GridScore, order: Sequence[int] | None, holes: Collection[tuple[int, int]]
) -> tuple[list[int], list[tuple[int, int]]]:
    """Return the rank of each part in the header, and the holes as (bar, rank) in order."""
    k = len(grid.parts)
    if order is None:
        ranks = list(range(k))
    else:
        if sorted(order) != list(range(k)):
            raise ParameterError(
                f"order must name parts 0 to {k - 1}, each once, got {list(order)}",
                zh=f"order 必须把声部 0 到 {k - 1} 各列一次,收到 {list(order)}",
            )
        ranks = [0] * k
        for rank, part in enumerate(order):
            ranks[part] = rank
    for bar, part in holes:
        if not (0 <= bar < min(grid.n_bars, N_BARREFS) and 0 <= part < k):
            raise ParameterError(
                f"a hole is a bar 0 to {min(grid.n_bars, N_BARREFS) - 1} and a part 0 to {k - 1}, "
                f"got ({bar}, {part})",
                zh=f"空缺由小节 0 到 {min(grid.n_bars, N_BARREFS) - 1} 与声部 0 到 {k - 1} 组成,"
                f"收到 ({bar}, {part})",
            )
    _check_notes(grid)
    return ranks, sorted({(bar, ranks[part]) for bar, part in holes})


def _check_notes(grid: GridScore) -> None:
    """Raise where a note does not fit what tokens can say."""
    notes, bars = grid.notes, grid.bars
    if not len(notes):
        return
    bar, part = notes["bar"], notes["part"]
    fits = bar[0] >= 0 and bar[-1] < len(bars) and part.min() >= 0 and part.max() < len(grid.parts)
    if fits:
        room = bars["length"][bar] - notes["pos"]
        fits = (
            room.min() > 0
            and notes["pos"].min() >= 0
            and notes["dur"].min() > 0
            and notes["dur"].max() <= _N_DUR * 17
            and notes["pitch"].min() >= 0
            and notes["pitch"].max() < 128
        )
    if not fits:
        raise ParameterError(
            "a note of the grid lies outside its bars, parts, 128 pitches or 1,632 positions of "
            "length; build grids by score_to_grid or sort_notes",
            zh="网格中有音符超出小节、声部、128 个音高或 1,632 个位置的时值;"
            "请用 score_to_grid 或 sort_notes 建立网格",
        )


def _note_rows(grid: GridScore) -> npt.NDArray[np.int16]:
    """Return for each note PART, POSX, POS, DURX, DUR, VEL and the note itself; -1 if not said.

    A column is left free in front.
    """
    notes = grid.notes
    n = len(notes)
    rows = np.full((n, 8), -1, np.int16)
    if not n:
        return rows
    part, pos, dur, vel = notes["part"], notes["pos"], notes["dur"], notes["vel"]
    new_cell, new_group = find_groups(notes)
    in_group, in_cell = ~new_group, ~new_cell[1:]
    # What holds before each note: nothing at the start of a cell.
    old_dur = np.zeros(n, np.int32)
    np.multiply(dur[:-1], in_cell, out=old_dur[1:])
    cursor = np.zeros(n, np.int32)
    np.multiply(pos[:-1] + dur[:-1], in_cell, out=cursor[1:])
    old_vel = np.full(n, DEFAULT_VELOCITY, np.int16)
    np.copyto(old_vel[1:], vel[:-1], where=in_cell)
    silent_pos = (pos == cursor) | in_group
    silent_dur = dur == old_dur
    note = notes["pitch"] + _PITCH
    note[in_group] += _ADD - _PITCH
    if any(one.is_drums for one in grid.parts):
        is_drum = np.array([one.is_drums for one in grid.parts], np.bool_)[part]
        silent_pos[is_drum] = in_group[is_drum]
        silent_dur |= is_drum
        note[is_drum] = notes["pitch"][is_drum] + (_DRUM - _FIRST_KEY)
    rows[:, 1] = np.array([_PART + one.slot for one in grid.parts], np.int16)[part]
    rows[1:, 1][in_cell] = -1
    rows[:, 3] = pos + _POS
    rows[:, 5] = dur + (_DUR - 1)
    rows[:, 6] = vel + _VEL
    rows[:, 7] = note
    far = pos >= _N_POS
    if far.any():
        rows[far, 2] = _POSX - 1 + pos[far] // _N_POS
        rows[far, 3] = _POS + pos[far] % _N_POS
        rows[silent_pos, 2] = -1
    long = dur > _N_DUR
    if long.any():
        rows[long, 4] = _DURX - 1 + (dur[long] - 1) // _N_DUR
        rows[long, 5] = _DUR + (dur[long] - 1) % _N_DUR
        rows[silent_dur, 4] = -1
    rows[:, 3][silent_pos] = -1
    rows[:, 5][silent_dur] = -1
    rows[:, 6][vel == old_vel] = -1
    return rows


def _plain_body(grid: GridScore, ranks: list[int], stop: int | None) -> npt.NDArray[np.int16]:
    """Return the bars with their cells; `stop` is the key of the first cell that is left out."""
    k, n_bars = len(ranks), grid.n_bars
    rows = _note_rows(grid)
    bar = grid.notes["bar"]
    if stop is not None or ranks != list(range(k)):
        key = bar.astype(np.int64) * (k + 1) + 1 + np.array(ranks, np.int64)[grid.notes["part"]]
        chosen = np.argsort(key, kind="stable")
        if stop is not None:
            n_bars = -(-stop // (k + 1))
            chosen = chosen[: np.searchsorted(key[chosen], stop)]
        rows, bar = rows[chosen], bar[chosen]
    firsts = np.searchsorted(bar, np.arange(n_bars + 1))
    if (firsts[1:] > firsts[:-1]).all():
        rows[firsts[:-1], 0] = _BAR
    else:
        table = np.full((len(rows) + n_bars, 8), -1, np.int16)
        table[np.arange(1, len(rows) + 1) + bar] = rows
        table[firsts[:-1] + np.arange(n_bars), 0] = _BAR
        rows = table
    ids: npt.NDArray[np.int16] = rows[rows >= 0]
    return ids


def _body_with_holes(
    grid: GridScore, ranks: list[int], holes: list[tuple[int, int]], stop: int | None
) -> npt.NDArray[np.int16]:
    """Return the bars with their cells, HOLE in the place of some, then (without `stop`) FILL."""
    k, n_bars = len(ranks), grid.n_bars
    slots = [0] * k
    for part, rank in enumerate(ranks):
        slots[rank] = grid.parts[part].slot
    rows = _note_rows(grid)
    key = grid.notes["bar"].astype(np.int64) * (k + 1) + 1
    key += np.array(ranks, np.int64)[grid.notes["part"]]
    # A hole's notes move behind all bars: after the row that opens its answer, before its end.
    base = n_bars * (k + 1)
    hole_keys = np.array([bar * (k + 1) + 1 + rank for bar, rank in holes], np.int64)
    at = np.minimum(np.searchsorted(hole_keys, key), len(holes) - 1)
    inside = hole_keys[at] == key
    rows[inside, 1] = -1
    key = np.where(inside, base + 2 + 3 * at, key)
    extra = np.full((n_bars + 3 * len(holes) + 1, 8), -1, np.int16)
    extra_key = np.empty(len(extra), np.int64)
    extra[:n_bars, 6] = _BAR
    extra_key[:n_bars] = np.arange(n_bars) * (k + 1)
    extra[n_bars, 6], extra_key[n_bars] = _FILL, base
    for index, (bar, rank) in enumerate(holes):
        first = n_bars + 1 + 3 * index
        part = _PART + slots[rank]
        extra[first, :2], extra_key[first] = (part, _HOLE), hole_keys[index]
        extra[first + 1, :2], extra_key[first + 1] = (_BARREF + bar, part), base + 1 + 3 * index
        extra[first + 2, 0], extra_key[first + 2] = _EOH, base + 3 + 3 * index
    keys = np.concatenate((key, extra_key))
    order = np.argsort(keys, kind="stable")
    if stop is not None:
        order = order[: np.searchsorted(keys[order], stop)]
    table = np.concatenate((rows, extra))[order]
    ids: npt.NDArray[np.int16] = table[table >= 0]
    return ids
