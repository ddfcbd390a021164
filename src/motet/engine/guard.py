"""The guard of a cell: it narrows the grammar's mask so that the finished cell obeys its rules.

Conventions: times are grid positions from the start of the bar. A note is started at a position later
than the last onset, or added to the last onset with the same duration and a higher pitch, or with a
shorter duration. Look-ahead keeps what must still come possible: no choice leads to a dead end.

Offers `CellGuard`.

Source: own definition. Slow twin: tests/engine/test_guard.py reads the cells naively.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from motet.engine.cell_track import CellTrack
from motet.tokens.cell import CellState
from motet.tokens.grammar import Grammar
from motet.tokens.layout import MAX_DURATION
from motet.tokens.vocab import FAMILIES, VOCAB_SIZE

__all__ = ["CellGuard"]

BoolArray = npt.NDArray[np.bool_]
Span = tuple[int, int]

_POSX: Final = FAMILIES["POSX"].start
_POS: Final = FAMILIES["POS"].start
_DURX: Final = FAMILIES["DURX"].start
_DUR: Final = FAMILIES["DUR"].start
_VEL: Final = FAMILIES["VEL"].start
_PITCH: Final = FAMILIES["PITCH"].start
_ADD: Final = FAMILIES["ADD"].start
_DRUM: Final = FAMILIES["DRUM"].start - 27
_N_POS: Final = FAMILIES["POS"].size
_N_DUR: Final = FAMILIES["DUR"].size
_NEVER: Final[Span] = (1, 0)


class CellGuard(CellTrack):
    """What may be written in one cell under its rules, while it is being written.

    Use it for one cell, from its first token on, beside the grammar: it reads what was written from
    ``grammar.cell``. Where `may_stop` is true the cell may end; else `mask` is never empty.

    Parameters
    ----------
    rules : CellRules
        Checked by `motet.engine.rules.check_rules` or `link_rules`.
    sounding : sequence of (end, pitch)
        Notes held in from earlier bars: where they end, in positions of this bar.

    Raises
    ------
    ConstraintError
        On first use: the notes held in leave no room for what the rules ask for.

    Examples
    --------
    >>> from motet.engine.rules import CellRules
    >>> from motet.tokens.vocab import token_id
    >>> head = [("BOS", 0), ("KEY", 0), ("PART", 0), ("PROG", 0), ("PLAN", 0), ("PBAR", 0)]
    >>> cell = [("METRE", 13), ("NOTES", 0), ("BAR", 0), ("PART", 0)]
    >>> grammar = Grammar.after(token_id(*one) for one in head + cell)
    >>> guard = CellGuard(CellRules(rhythm=((0, 24),), low=60, high=61, max_group=1))
    >>> [one.tolist() for one in np.nonzero(guard.mask(grammar))] == [[token_id("DUR", 23)]]
    True
    >>> for token in (token_id("DUR", 23), token_id("PITCH", 61)):
    ...     grammar.push(token)
    >>> guard.may_stop(grammar), bool(guard.mask(grammar).any())
    (True, False)
    """

    def mask(self, grammar: Grammar) -> BoolArray:
        """Return which note tokens may come next.

        Parameters
        ----------
        grammar : Grammar
            Stands in this cell.

        Returns
        -------
        bool, shape (1536,)
            Not empty unless `may_stop`; tokens that end the cell are not in it.

        Raises
        ------
        ParameterError
            No cell is open.
        """
        cell = self.follow(grammar)
        mask = np.zeros(VOCAB_SIZE, dtype=np.bool_)
        is_clear = not (cell.has_velocity or cell.said_duration or cell.extra_duration)
        if cell.extra_pos or (cell.said_pos < 0 and is_clear):
            self._allow_positions(cell, mask)
        if cell.extra_pos:
            return mask
        pos = cell.said_pos if cell.said_pos >= 0 else cell.cursor
        new = self._new_span(cell, pos) if cell.can_pitch else _NEVER
        same, shorter = self._add_spans(cell) if cell.can_add else (False, _NEVER)
        if is_clear or cell.extra_duration:
            self._allow_durations(cell, mask, new, shorter)
        if cell.extra_duration:
            return mask
        duration = cell.said_duration or cell.duration
        can_new = bool(duration) and new[0] <= duration <= new[1]
        can_add = shorter[0] <= duration <= shorter[1] if cell.said_duration else same
        low, high = self.table.velocities
        if low <= cell.velocity <= high:
            if can_new:
                first = _DRUM if cell.is_drums else _PITCH
                mask[first : first + 128] |= self._new_pitches(cell, pos, duration)
            if can_add:
                first = _DRUM if cell.is_drums else _ADD
                mask[first : first + 128] |= self._add_pitches(
                    cell, is_shorter=bool(cell.said_duration)
                )
        if (can_new or can_add) and not cell.has_velocity:
            mask[_VEL + low : _VEL + high + 1] = True
            mask[_VEL + cell.velocity] = False
        return mask

    def may_stop(self, grammar: Grammar) -> bool:
        """Return whether the cell may end here: it has what it must have, and no note is half said.

        Parameters
        ----------
        grammar : Grammar
            Stands in this cell.

        Raises
        ------
        ParameterError
            No cell is open.
        """
        cell = self.follow(grammar)
        return (
            not cell.is_partial
            and cell.n_groups >= self.rules.min_onsets
            and self.n_done == len(self.table.required)
        )

    def may_write(self, length: int, *, is_drums: bool) -> bool:
        """Return whether any note is possible, to be asked before the cell is opened.

        Parameters
        ----------
        length : int, positions
            Of the bar.
        is_drums : bool
        """
        self.bind(length, is_drums=is_drums)
        return bool(self.table.required) or (self.table.max_onsets > 0 and bool(self.is_free.any()))

    def must_write(self) -> bool:
        """Return whether the cell may not stay empty."""
        return self.rules.min_onsets > 0 or bool(self.rules.rhythm)

    def push(self, token: int, grammar: Grammar) -> None:
        """Take note of a token that the grammar has taken, or is about to take.

        Parameters
        ----------
        token : int
            Not needed: all is read from the grammar.
        grammar : Grammar
        """
        del token
        if grammar.cell is not None:
            self.follow(grammar)

    def _start_range(self, cell: CellState) -> Span:
        """Return the positions between which a new onset may lie, half-open."""
        table = self.table
        if table.required:
            due = self.next_required()
            return (due[0], due[0] + 1) if due and due[0] > cell.onset else (0, 0)
        if cell.n_groups >= table.max_onsets:
            return 0, 0
        needed = self.rules.min_onsets - cell.n_groups - 1
        end = table.length
        if needed > 0:  # so many free positions must lie behind it
            end = int(self.free_at[-needed]) if needed <= len(self.free_at) else 0
        return cell.onset + 1, end

    def _allow_positions(self, cell: CellState, mask: BoolArray) -> None:
        """Set POS and POSX for the positions at which a new onset may lie."""
        low, high = self._start_range(cell)
        if low >= high:
            return
        allowed = np.zeros(_N_POS * 8, dtype=np.bool_)
        allowed[low:high] = True if self.table.required else self.is_free[low:high]
        if cell.cursor >= 0:
            allowed[cell.cursor : cell.cursor + 1] = False
        base = cell.extra_pos
        mask[_POS : _POS + _N_POS] = allowed[base : base + _N_POS]
        if not base and high > _N_POS:
            mask[_POSX : _POSX + 7] = allowed.reshape(8, _N_POS)[1:].any(axis=1)

    def _new_span(self, cell: CellState, pos: int) -> Span:
        """Return the shortest and longest duration of a note that starts a group."""
        table = self.table
        low, high = self._start_range(cell)
        if not low <= pos < high:
            return _NEVER
        if table.is_drums:
            return 1, MAX_DURATION
        if table.required:
            duration = table.required[self.n_done][1]
            return duration, duration
        if not self.is_free[pos]:
            return _NEVER
        return 1, min(
            MAX_DURATION, self.find_longest(pos, self.rules.min_onsets - cell.n_groups - 1)
        )

    def _add_spans(self, cell: CellState) -> tuple[bool, Span]:
        """Return whether a note of the same duration may be added, and which shorter ones may."""
        table, pos = self.table, cell.onset
        due = self.next_required()
        if due is not None and due[0] == pos:
            if table.is_drums or due[1] == cell.duration:
                return True, _NEVER
            return self._may_join(cell), (due[1], due[1])
        if table.required:
            return self._may_join(cell), _NEVER
        if len(cell.group) >= table.n_group:
            return False, _NEVER
        if table.is_drums:
            return bool(self._add_pitches(cell, is_shorter=False).any()), _NEVER
        if self.active[pos] >= table.n_voices:
            return False, _NEVER
        longest = self.find_longest(pos, self.rules.min_onsets - cell.n_groups)
        same = longest >= cell.duration and bool(self._add_pitches(cell, is_shorter=False).any())
        shorter = min(longest, cell.duration - 1)
        if shorter > 0 and not self._add_pitches(cell, is_shorter=True).any():
            shorter = 0
        return same, (1, shorter)

    def _may_join(self, cell: CellState) -> bool:
        """Return whether one more note than the fixed rhythm asks for may join the group."""
        table, pos = self.table, cell.onset
        missing = self.n_required_at(pos)
        if len(cell.group) + missing >= table.n_group:
            return False
        if not table.is_drums:
            end = pos + cell.duration
            if end > table.join_end or (self.active[pos:end] >= table.n_voices).any():
                return False
        if int(self._unused(cell).sum()) <= missing:
            return False
        return bool(self._add_pitches(cell, is_shorter=False).any())

    def _allow_durations(self, cell: CellState, mask: BoolArray, new: Span, shorter: Span) -> None:
        """Set DUR and DURX for the durations of a note that starts a group or is added to it."""
        if cell.is_drums:
            return
        base = cell.extra_duration
        for span in (new, shorter):
            low, high = span
            if low > high:
                continue
            if not base:
                # DURX v stands for 96 * (v + 1) + 1 to 96 * (v + 2), other than the last duration
                for value in range(max((low - 1) // _N_DUR - 1, 0), (high - 1) // _N_DUR):
                    start = _N_DUR * (value + 1)
                    first, last = max(low, start + 1), min(high, start + _N_DUR)
                    if first < last or first != cell.duration:
                        mask[_DURX + value] = True
            first, last = max(low - base, 1), min(high - base, _N_DUR)
            if first <= last:
                mask[_DUR + first - 1 : _DUR + last] = True
        if 0 < cell.duration - base <= _N_DUR:
            mask[_DUR + cell.duration - base - 1] = False

    def _unused(self, cell: CellState) -> BoolArray:
        """Return the pitches that may begin at the onset and are not in its group."""
        pitches = self.table.at(cell.onset).copy()
        pitches[cell.group] = False
        return pitches

    def _new_pitches(self, cell: CellState, pos: int, duration: int) -> BoolArray:
        """Return the pitches with which a group may start."""
        pitches = self.table.at(pos).copy()
        wanted = None if cell.is_drums else duration
        missing = self.n_required_at(pos, duration=wanted) if self.table.required else 1
        if missing > 1:
            return _leave_above(pitches, missing - 1)
        return self._avoid_sounding(cell, pos, pitches)

    def _add_pitches(self, cell: CellState, *, is_shorter: bool) -> BoolArray:
        """Return the pitches that may be added to the group."""
        pitches = self._unused(cell)
        if not is_shorter:
            pitches[: cell.group[-1] + 1] = False
        missing = 0
        if self.table.required:
            due = self.next_required()
            duration = due[1] if due and (is_shorter or cell.is_drums) else cell.duration
            missing = self.n_required_at(cell.onset, duration=None if cell.is_drums else duration)
        if missing > 1:
            return _leave_above(pitches, missing - 1)
        return self._avoid_sounding(cell, cell.onset, pitches)

    def _avoid_sounding(self, cell: CellState, pos: int, pitches: BoolArray) -> BoolArray:
        """Return the pitches without those that still sound, unless none would be left."""
        if cell.is_drums:
            return pitches
        held = [pitch for end, pitch in self.sounding if end > pos and pitch >= 0]
        held += [pitch for at, long, pitch, _ in cell.notes if at < pos < at + long]
        if not held:
            return pitches
        others = pitches.copy()
        others[held] = False
        return others if others.any() else pitches


def _leave_above(pitches: BoolArray, count: int) -> BoolArray:
    """Return the pitches that have so many other ones above them."""
    places = np.flatnonzero(pitches)
    left = pitches.copy()
    left[places[max(len(places) - count, 0) :]] = False
    return left
