"""The melodic lines of a piece: what a listener could know again.

Conventions: a line is the highest note of each onset of a part, or the lowest of each onset of the
part that lies lowest (the bass line); onsets one grid position apart are one. Drums have no line.
Times are grid positions, 24 a quarter note, from the start of the piece; bars count from 0.

Offers `Line`, `find_lines`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.tokens.layout import GridArray, GridScore

__all__ = ["MIN_NOTES", "Ints", "Line", "find_lines"]

Ints = npt.NDArray[np.int64]
"""An array of whole numbers."""

MIN_NOTES: Final = 8
"""Shorter lines are left out: nobody owns seven notes."""
_APART: Final = 1
_POLYPHONIC: Final = 0.1


@dataclass(frozen=True, eq=False, kw_only=True)
class Line:
    """One line of one part.

    Parameters
    ----------
    part : int
        Index in `GridScore.parts`.
    is_bass : bool
        Whether it is the lowest line of a part, not its highest.
    pitch, time, bar : int64, shape (n,)
        Semitones, positions from the start of the piece, index of the bar.

    Examples
    --------
    >>> Line(part=0, pitch=np.array([60]), time=np.array([0]), bar=np.array([0])).is_bass
    False
    """

    part: int
    pitch: Ints
    time: Ints
    bar: Ints
    is_bass: bool = False

    def __len__(self) -> int:
        return len(self.pitch)


def find_lines(
    grid: GridScore,
    *,
    parts: Collection[int] | None = None,
    cells: Collection[tuple[int, int]] | None = None,
    every_bass: bool = False,
) -> list[Line]:
    """Return the lines of a piece that have eight notes at least.

    Parameters
    ----------
    grid : GridScore
    parts : collection of int, optional
        Whose; None is every part.
    cells : collection of (bar, part), optional
        Only notes that begin in these cells count.
    every_bass : bool
        Whether the lowest line of every part counts, not of the lowest part alone: what is looked up,
        for a left hand that was the bass of its piece need not be that of another.

    Returns
    -------
    list of Line
        The highest line of each part in order, then bass lines where they are other ones.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:1 D4:1 E4:1 F4:1 G4:1 A4:1 B4:1 C5:1")).grid
    >>> [line.pitch.tolist() for line in find_lines(grid)]
    [[60, 62, 64, 65, 67, 69, 71, 72]]
    """
    found: list[Line] = []
    lows: list[tuple[float, Line]] = []
    notes = grid.notes if cells is None else _only(grid, cells)
    for k, part in enumerate(grid.parts):
        if part.is_drums or (parts is not None and k not in parts):
            continue
        own = notes[notes["part"] == k]
        if len(own) < MIN_NOTES:
            continue
        top, low = _edges(own, grid.bar_starts, k)
        if len(top) < MIN_NOTES:
            continue
        found.append(top)
        is_other = bool((top.pitch != low.pitch).mean() > _POLYPHONIC)
        lows.append((float(np.median(low.pitch)), low if is_other else top))
    lowest = min(lows, key=lambda one: one[0], default=None)
    wanted = lows if every_bass else [lowest] if lowest is not None else []
    return [*found, *(line for _, line in wanted if line.is_bass)]


def _only(grid: GridScore, cells: Collection[tuple[int, int]]) -> GridArray:
    """Return the notes of some cells."""
    wanted = np.zeros((grid.n_bars, len(grid.parts)), dtype=np.bool_)
    for cell in cells:
        wanted[cell] = True
    chosen: GridArray = grid.notes[wanted[grid.notes["bar"], grid.notes["part"]]]
    return chosen


def _edges(notes: GridArray, starts: Ints, part: int) -> tuple[Line, Line]:
    """Return the highest and the lowest line of the notes of a part."""
    time = starts[notes["bar"]] + notes["pos"]
    order = np.argsort(time, kind="stable")
    time = time[order]
    first = np.flatnonzero(np.append(True, np.diff(time) > _APART))
    pitch = notes["pitch"].astype(np.int64)[order]
    bar = notes["bar"].astype(np.int64)[order][first]
    high, low = np.maximum.reduceat(pitch, first), np.minimum.reduceat(pitch, first)
    return (
        Line(part=part, pitch=high, time=time[first], bar=bar),
        Line(part=part, pitch=low, time=time[first], bar=bar, is_bass=True),
    )
