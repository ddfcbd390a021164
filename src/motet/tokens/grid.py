"""Grids cut, shifted and reduced: what training and the engine do with them.

Conventions: see `motet.tokens.layout`, whose types this module offers too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.tokens.harmony import chord_of, chord_pcs, chord_value
from motet.tokens.layout import (
    DEFAULT_VELOCITY,
    DRUM_POSITIONS,
    GRID_BAR,
    GRID_CHORD,
    GRID_NOTE,
    MAX_BAR,
    MAX_DURATION,
    NO_KEY,
    UNMETRED,
    GridArray,
    GridPart,
    GridScore,
    key_tonic,
    metre_length,
    metre_of,
    metre_value,
    sort_notes,
    tempo_of,
    tempo_value,
    velocity_of,
    velocity_value,
)
from motet.tokens.vocab import EXTENTS, POSITIONS_PER_QN

__all__ = [
    "DEFAULT_VELOCITY",
    "DENSITY_EDGES",
    "DRUM_POSITIONS",
    "GRID_BAR",
    "GRID_CHORD",
    "GRID_NOTE",
    "MAX_BAR",
    "MAX_DURATION",
    "NO_KEY",
    "POLY_EDGES",
    "POSITIONS_PER_QN",
    "UNMETRED",
    "GridArray",
    "GridPart",
    "GridScore",
    "chord_of",
    "chord_pcs",
    "chord_value",
    "count_folded",
    "describe_parts",
    "find_groups",
    "keep_parts",
    "key_tonic",
    "metre_length",
    "metre_of",
    "metre_value",
    "shift_grid",
    "sort_notes",
    "tempo_of",
    "tempo_value",
    "velocity_of",
    "velocity_value",
    "window",
]

DENSITY_EDGES: Final = (0.25, 0.5, 0.75, 1, 4 / 3, 1.75, 2.25, 3, 4, 5.5, 7.5)
"""Where DENSITY values begin: onsets a quarter note in the bars in which a part plays."""
POLY_EDGES: Final = (1.05, 1.5, 2.2, 3.2, 4.5)
"""Where POLY values begin: notes an onset."""

_WHOLE, _BEGINNING, _MIDDLE, _END = range(len(EXTENTS))


def window(grid: GridScore, start_bar: int, end_bar: int) -> GridScore:
    """Return some bars of a grid, as a grid of their own.

    Parameters
    ----------
    grid : GridScore
    start_bar, end_bar : int
        Half-open.

    Returns
    -------
    GridScore
        Its first bar carries the section and the chord that hold there; `extent` says whether the
        bars are the whole of the piece, its beginning, middle or end. All parts stay.

    Raises
    ------
    ParameterError
        There are no such bars.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:4 E4:4 G4:4", chords="C:12")).grid
    >>> part = window(grid, 1, 3)
    >>> part.n_bars, part.notes["pitch"].tolist(), part.chords["bar"].tolist(), part.extent
    (2, [64, 67], [0], 3)
    """
    if not 0 <= start_bar < end_bar <= grid.n_bars:
        raise ParameterError(
            f"bars must be a half-open span within 0 to {grid.n_bars}, "
            f"got {start_bar} to {end_bar}",
            zh=f"小节必须是 0 到 {grid.n_bars} 之内的左闭右开区间,收到 {start_bar} 到 {end_bar}",
        )
    first, last = np.searchsorted(grid.notes["bar"], (start_bar, end_bar))
    notes = grid.notes[first:last].copy()
    notes["bar"] -= start_bar
    bars = grid.bars[start_bar:end_bar].copy()
    if start_bar and bars["section"][0] < 0:
        held = np.flatnonzero(grid.bars["section"][:start_bar] >= 0)
        if len(held):
            bars["section"][0] = grid.bars["section"][held[-1]]
    first, last = np.searchsorted(grid.chords["bar"], (start_bar, end_bar))
    begins = first < last and grid.chords["bar"][first] == start_bar
    carry = first > 0 and not (begins and grid.chords["pos"][first] == 0)
    chords = grid.chords[first - carry : last].copy()
    chords["bar"] -= start_bar
    if carry:
        chords["bar"][0] = chords["pos"][0] = 0
    extent = _extent(grid, at_start=start_bar == 0, at_end=end_bar == grid.n_bars)
    return replace(grid, notes=notes, bars=bars, chords=chords, extent=extent)


def _extent(grid: GridScore, *, at_start: bool, at_end: bool) -> int:
    """Return the EXTENT value of a window that touches the start or the end of a grid."""
    at_start = at_start and grid.extent in (-1, _WHOLE, _BEGINNING)
    at_end = at_end and grid.extent in (-1, _WHOLE, _END)
    if at_start:
        return _WHOLE if at_end else _BEGINNING
    return _END if at_end else _MIDDLE


def count_folded(grid: GridScore, semi: int) -> int:
    """Return how many notes leave MIDI's range when a grid is moved, and so change their octave.

    Parameters
    ----------
    grid : GridScore
    semi : int, semitones
        As for `shift_grid`; ``-grid.shift_semi`` is what turning it into a score does.

    Returns
    -------
    int

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("G9:4 C4:4", fifths=0)).grid
    >>> count_folded(grid, 1), shift_grid(grid, 1).notes["pitch"].tolist()
    (1, [116, 61])
    """
    is_drums = np.array([one.is_drums for one in grid.parts], np.bool_)
    pitch = grid.notes["pitch"][~is_drums[grid.notes["part"]]].astype(np.int64) + semi
    return int(((pitch < 0) | (pitch > 127)).sum())


def shift_grid(grid: GridScore, semi: int) -> GridScore:
    """Return the grid with pitched notes, chords and key moved.

    Parameters
    ----------
    grid : GridScore
    semi : int, semitones
        Drums stay. A note that would leave MIDI's range moves by octaves back into it; `count_folded`
        tells how many do.

    Returns
    -------
    GridScore
        `shift_semi` grows as much, so that what sounds is still known.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = shift_grid(score_to_grid(make_score("C4:4", fifths=0)).grid, 2)
    >>> grid.notes["pitch"].tolist(), grid.key, grid.shift_semi
    ([62], 14, 2)
    """
    notes = grid.notes.copy()
    pitched = np.array([not one.is_drums for one in grid.parts], np.bool_)[notes["part"]]
    pitch = np.where(pitched, notes["pitch"] + semi, notes["pitch"])
    outside = (pitch < 0) | (pitch > 127)
    if outside.any():
        folded = np.where(pitch < 0, pitch % 12, 120 - 12 * (pitch % 12 > 7) + pitch % 12)
        notes["pitch"] = np.where(outside, folded, pitch)
        notes = sort_notes(notes)
    else:
        notes["pitch"] = pitch
    chords = grid.chords.copy()
    sounding = chords["chord"] >= 0
    chords["chord"][sounding] = (chords["chord"][sounding] + 20 * semi) % 240
    has_bass = chords["bass"] >= 0
    chords["bass"][has_bass] = (chords["bass"][has_bass] + semi) % 12
    key = grid.key if grid.key == NO_KEY else (grid.key + 7 * semi) % NO_KEY
    return replace(grid, notes=notes, chords=chords, key=key, shift_semi=grid.shift_semi + semi)


def keep_parts(grid: GridScore, indices: Sequence[int]) -> GridScore:
    """Return the grid with some of its parts, slots as they were.

    Parameters
    ----------
    grid : GridScore
    indices : sequence of int
        Indices in `grid.parts`, in any order.

    Returns
    -------
    GridScore

    Raises
    ------
    ParameterError
        There is no such part, or one is named twice.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = keep_parts(score_to_grid(make_score("C4:4", "drums 36:4"), key="none").grid, [1])
    >>> grid.parts[0].slot, grid.notes["pitch"].tolist()
    (1, [36])
    """
    kept = sorted(indices)
    if len(set(kept)) != len(kept) or any(not 0 <= k < len(grid.parts) for k in kept):
        raise ParameterError(
            f"indices must be parts 0 to {len(grid.parts) - 1}, each once, got {list(indices)}",
            zh=f"indices 必须是 0 到 {len(grid.parts) - 1} 的声部且不重复,收到 {list(indices)}",
        )
    place = np.full(len(grid.parts), -1, np.int16)
    place[kept] = np.arange(len(kept), dtype=np.int16)
    part = place[grid.notes["part"]]
    notes = grid.notes[part >= 0].copy()
    notes["part"] = part[part >= 0]
    return replace(grid, parts=tuple(grid.parts[k] for k in kept), notes=notes)


def describe_parts(grid: GridScore) -> npt.NDArray[np.int8]:
    """Return RANGE, DENSITY and POLY of each part, from its notes.

    Parameters
    ----------
    grid : GridScore

    Returns
    -------
    int8, shape (k, 3)
        -1 where nothing is known: parts without notes, and RANGE of drums.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> describe_parts(score_to_grid(make_score("C4+E4:1 C4+E4:1 r:2")).grid).tolist()
    [[6, 2, 2]]
    """
    k = len(grid.parts)
    values: list[tuple[int, int, int]] = [(-1, -1, -1)] * k
    notes = grid.notes
    if not len(notes):
        return np.array(values, np.int8).reshape(k, 3)
    part = notes["part"]
    new_cell, new_group = find_groups(notes)
    n_notes = np.bincount(part, minlength=k).tolist()
    n_onsets = np.bincount(part[new_group], minlength=k).tolist()
    lengths = grid.bars["length"][notes["bar"][new_cell]]
    length = np.bincount(part[new_cell], weights=lengths, minlength=k).tolist()
    total = np.bincount(part, weights=notes["pitch"], minlength=k).tolist()
    for index, one in enumerate(grid.parts):
        if n_notes[index]:
            height = min(15, max(0, int((total[index] / n_notes[index] - 24) // 6)))
            density = n_onsets[index] * POSITIONS_PER_QN / length[index]
            values[index] = (
                -1 if one.is_drums else height,
                bisect_right(DENSITY_EDGES, density),
                bisect_right(POLY_EDGES, n_notes[index] / n_onsets[index]),
            )
    return np.array(values, np.int8)


def find_groups(notes: GridArray) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return which notes begin a cell, and which begin an onset.

    Parameters
    ----------
    notes : array of `GRID_NOTE`, shape (n,)
        In the order of the grid.

    Returns
    -------
    two of bool, shape (n,)

    Examples
    --------
    >>> rows = np.array([(0, 0, 0, 24, 60, 9), (0, 0, 0, 24, 64, 9), (0, 0, 24, 24, 60, 9)], GRID_NOTE)
    >>> [one.tolist() for one in find_groups(rows)]
    [[True, False, False], [True, False, True]]
    """
    bar, part, pos = notes["bar"], notes["part"], notes["pos"]
    new_cell = np.ones(len(notes), np.bool_)
    np.not_equal(bar[1:], bar[:-1], out=new_cell[1:])
    new_cell[1:] |= part[1:] != part[:-1]
    new_group = new_cell.copy()
    new_group[1:] |= pos[1:] != pos[:-1]
    return new_cell, new_group
