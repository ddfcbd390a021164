"""Watching a line while it is written: the pitches that somebody outside forbids are not offered.

Conventions: the line of a part is the highest pitch of each of its onsets. Who forbids is asked with the
line so far and answers with pitches that may not come next; the engine knows nothing of the reasons. What
would leave nothing to write is not obeyed. Drums are not watched.

Offers `Forbid`, `LineWatch`, `top_pitches`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.tokens.cell import CellState
from motet.tokens.layout import GridScore
from motet.tokens.vocab import FAMILIES

__all__ = ["Forbid", "LineWatch", "find_line", "top_pitches"]

Forbid = Callable[[Sequence[int]], Collection[int]]
"""The pitches of a line in, the pitches that may not come next out."""
Cell = tuple[int, int]

_PITCH: Final = FAMILIES["PITCH"].start
_ADD: Final = FAMILIES["ADD"].start
_N_PITCHES: Final = 128
_MEMORY: Final = 64
"""Notes before a cell that are told."""


def top_pitches(notes: Iterable[tuple[int, int]]) -> list[int]:
    """Return the highest pitch of each onset.

    Parameters
    ----------
    notes : iterable of (onset, pitch)
        Ascending onsets.

    Returns
    -------
    list of int

    Examples
    --------
    >>> top_pitches([(0, 60), (0, 64), (24, 59)])
    [64, 59]
    """
    tops: list[int] = []
    last = -1
    for onset, pitch in notes:
        if onset == last and tops:
            tops[-1] = max(tops[-1], pitch)
        else:
            tops.append(pitch)
        last = onset
    return tops


def find_line(
    grid: GridScore, written: Mapping[Cell, Sequence[int]], bar: int, part: int
) -> list[int]:
    """Return the last 64 pitches of a part's line before a bar.

    Parameters
    ----------
    grid : GridScore
        With the given notes.
    written : mapping of (bar, part) to sequence of int
        Lines of cells that were written since.
    bar, part : int

    Returns
    -------
    list of int

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:4 | D4:2 E4:2 | F4:4", fifths=0)).grid
    >>> find_line(grid, {}, 2, 0), find_line(grid, {(1, 0): [72]}, 2, 0)
    ([60, 62, 64], [60, 72])
    """
    cells: list[Sequence[int]] = []
    count = 0
    for at in range(bar - 1, -1, -1):
        tops = written.get((at, part))
        if tops is None:
            notes = grid.cell(at, part)
            pairs = zip(notes["pos"].tolist(), notes["pitch"].tolist(), strict=True)
            tops = top_pitches(pairs) if len(notes) else ()
        cells.append(tops)
        count += len(tops)
        if count >= _MEMORY:
            break
    return [pitch for tops in reversed(cells) for pitch in tops][-_MEMORY:]


class LineWatch:
    """The line of a cell that is being written.

    Parameters
    ----------
    forbid : Forbid
    before : sequence of int
        The pitches of the line before the cell.

    Examples
    --------
    >>> LineWatch(lambda line: {64} if line[-1] == 62 else (), [60, 62]).forbidden([])
    frozenset({64})
    """

    def __init__(self, forbid: Forbid, before: Sequence[int]) -> None:
        self._forbid = forbid
        self._before = list(before)
        self._known: dict[tuple[int, ...], frozenset[int]] = {}

    def forbidden(self, tops: Sequence[int]) -> frozenset[int]:
        """Return the pitches that may not come after the line and some notes of the cell.

        Parameters
        ----------
        tops : sequence of int
            Highest pitches of the cell's onsets so far.

        Returns
        -------
        frozenset of int
        """
        key = tuple(tops)
        if key not in self._known:
            self._known[key] = frozenset(self._forbid([*self._before, *key]))
        return self._known[key]

    def narrow(self, mask: npt.NDArray[np.bool_], cell: CellState | None) -> npt.NDArray[np.bool_]:
        """Return a mask without the tokens that would write a forbidden pitch.

        Parameters
        ----------
        mask : bool, shape (1536,)
        cell : CellState or None
            As it stands.

        Returns
        -------
        bool, shape (1536,)
            The same mask where nothing else would be left.
        """
        if cell is None or cell.is_drums:
            return mask
        may_start = mask[_PITCH : _PITCH + _N_PITCHES].any()
        may_add = mask[_ADD : _ADD + _N_PITCHES].any()
        if not (may_start or may_add):
            return mask
        tops = top_pitches((onset, pitch) for onset, _, pitch, _ in cell.notes)
        left = mask
        if may_start and (pitches := self.forbidden(tops)):
            left = mask.copy()
            left[[_PITCH + pitch for pitch in pitches if 0 <= pitch < _N_PITCHES]] = False
        if may_add and tops and (pitches := self.forbidden(tops[:-1])):
            left = left.copy()
            left[[_ADD + p for p in pitches if tops[-1] < p < _N_PITCHES]] = False
        return left if left.any() else mask
