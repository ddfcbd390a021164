"""What was written of a cell under rules, and what must still find room in it.

Conventions: times are grid positions from the start of the bar. A position is free where a note may begin
by pitch, time and voices.

Offers `CellTrack`, the ground of `motet.engine.guard.CellGuard`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from motet.engine.cell_table import NO_LIMIT, CellTable, count_sounding, lay_table
from motet.engine.clash import find_voice_clash
from motet.engine.rules import CellRules
from motet.errors import ConstraintError, ParameterError
from motet.tokens.cell import CellState
from motet.tokens.grammar import Grammar

__all__ = ["CellTrack"]


class CellTrack:
    """The notes of one cell, as they use up what its rules allow.

    Parameters
    ----------
    rules : CellRules
    sounding : sequence of (end, pitch)
        Notes held in from earlier bars: where they end, in positions of this bar.

    Attributes
    ----------
    rules, sounding
        As given.
    n_done : int
        How many notes of the fixed rhythm are written.
    active : int64, shape (length,)
        Notes that sound at each position: held, written, and those of the fixed rhythm to come.
    is_free : bool, shape (length,)
        Where a note may begin.
    free_at : int64, shape (n,)
        The same as positions.
    n_tight : int64, shape (length + 1,), or None
        Before each position, how many have one voice left; None where voices are not bounded.

    Examples
    --------
    >>> track = CellTrack(CellRules(max_polyphony=1), sounding=[(90, 60)])
    >>> track.bind(96, is_drums=False)
    >>> track.free_at.tolist()
    [90, 91, 92, 93, 94, 95]
    """

    def __init__(self, rules: CellRules, *, sounding: Sequence[tuple[int, int]] = ()) -> None:
        self.rules = rules
        self.sounding = tuple(sounding)
        self.n_done = 0
        self.active = np.zeros(0, dtype=np.int64)
        self.is_free = np.zeros(0, dtype=np.bool_)
        self._free_at: npt.NDArray[np.int64] | None = None
        self._n_tight: npt.NDArray[np.int64] | None = None
        self._table: CellTable | None = None
        self._n_seen = 0

    @property
    def table(self) -> CellTable:
        """The rules, position by position.

        Raises
        ------
        ParameterError
            Neither `bind` nor `follow` came before.
        """
        if self._table is None:
            raise ParameterError(
                "the guard has seen no cell yet; call mask or may_write first",
                zh="约束尚未见到单元格;请先调用 mask 或 may_write",
            )
        return self._table

    @property
    def free_at(self) -> npt.NDArray[np.int64]:
        """Where a note may begin, as positions."""
        if self._free_at is None:
            self._free_at = np.flatnonzero(self.is_free)
        return self._free_at

    @property
    def n_tight(self) -> npt.NDArray[np.int64] | None:
        """Before each position, how many free ones have one voice left."""
        table = self.table
        if self._n_tight is None and table.n_voices < NO_LIMIT:
            self._n_tight = np.zeros(len(self.active) + 1, dtype=np.int64)
            tight = table.is_playable & (self.active == table.n_voices - 1)
            np.cumsum(tight, out=self._n_tight[1:])
        return self._n_tight

    def bind(self, length: int, *, is_drums: bool) -> None:
        """Lay out the rules for a bar; a second call changes nothing.

        Parameters
        ----------
        length : int, positions
        is_drums : bool

        Raises
        ------
        ConstraintError
            The notes held in leave no room for what the rules ask for.
        """
        if self._table is not None:
            return
        table = lay_table(self.rules, length, is_drums)
        clash = None if table.max_onsets == 0 else find_voice_clash(table, self.sounding)
        if clash is not None:
            raise ConstraintError(clash[0], zh=clash[1])
        self._table = table
        self.active = count_sounding(table, table.required, self.sounding)
        self._find_free()

    def _find_free(self) -> None:
        """Find where a note may begin; what follows from it is found when it is asked for."""
        table = self.table
        self.is_free = table.is_playable
        if table.n_voices < NO_LIMIT:
            self.is_free = table.is_playable & (self.active < table.n_voices)
        self._free_at = self._n_tight = None

    def follow(self, grammar: Grammar) -> CellState:
        """Return the open cell, having seen all its notes.

        Parameters
        ----------
        grammar : Grammar

        Returns
        -------
        CellState

        Raises
        ------
        ParameterError
            No cell is open.
        ConstraintError
            As for `bind`.
        """
        cell = grammar.cell
        if cell is None:
            raise ParameterError(
                "no cell is open; push PART before the guard is asked",
                zh="没有打开的单元格;请先写入 PART",
            )
        self.bind(cell.length, is_drums=cell.is_drums)
        if self._n_seen < len(cell.notes):
            table = self.table
            for pos, duration, _, _ in cell.notes[self._n_seen :]:
                due = self.next_required()
                if due and due[0] == pos and (table.is_drums or due[1] == duration):
                    self.n_done += 1  # counted among the active ones from the start
                elif not table.is_drums:
                    self.active[pos : pos + duration] += 1
            self._n_seen = len(cell.notes)
            if not table.required and table.n_voices < NO_LIMIT:
                self._find_free()
        return cell

    def next_required(self) -> tuple[int, int] | None:
        """Return position and duration of the next note of the fixed rhythm, None at its end."""
        required = self.table.required
        return required[self.n_done] if self.n_done < len(required) else None

    def n_required_at(self, pos: int, *, duration: int | None = None) -> int:
        """Return how many notes of the fixed rhythm are still missing at a position.

        Parameters
        ----------
        pos : int
        duration : int or None
            Count only those of this duration that come next.
        """
        count = 0
        for at, long in self.table.required[self.n_done :]:
            if at != pos or (duration is not None and long != duration):
                break
            count += 1
        return count

    def find_longest(self, pos: int, n_needed: int) -> int:
        """Return how long a note may be so that enough onsets remain possible after it.

        Parameters
        ----------
        pos : int
            Where it begins.
        n_needed : int
            How many onsets must come after it.

        Returns
        -------
        int, positions
            Also bounded by where notes must end; not bounded by what tokens can say.
        """
        table = self.table
        longest = table.end - pos
        if n_needed > 0 and self.n_tight is not None:
            n_after = len(self.free_at) - int(self.free_at.searchsorted(pos + 1))
            bound = int(self.n_tight[pos + 1]) + n_after - n_needed
            end = int(self.n_tight.searchsorted(bound, side="right")) - 1
            if end < table.length:
                longest = min(longest, end - pos)
        return longest
