"""The state machine of the notes of one cell: what may be said next, and what was said.

Conventions: positions and durations in grid positions, 24 a quarter note, from the start of the bar; a
velocity is a VEL value (0 to 15); -1 stands for "not said" (0 for durations). A group is the notes of
one onset. Every cell has one spelling only, so a mask forbids what could be said shorter.

Offers `CellState`, which `motet.tokens.grammar.Grammar` holds while a cell is open.

Source: own definition; docs/concepts/tokens.md explains it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from motet.tokens.vocab import FAMILIES, FAMILY_NAMES, FAMILY_OF, VALUE_OF

__all__ = ["START_VELOCITY", "CellState"]

START_VELOCITY: Final = 9
"""VEL value that a cell starts with (velocity 80)."""

_POSX, _POS = FAMILIES["POSX"].start, FAMILIES["POS"].start
_DURX, _DUR = FAMILIES["DURX"].start, FAMILIES["DUR"].start
_VEL, _PITCH = FAMILIES["VEL"].start, FAMILIES["PITCH"].start
_ADD, _DRUM = FAMILIES["ADD"].start, FAMILIES["DRUM"].start
_N_POS, _N_DUR = FAMILIES["POS"].size, FAMILIES["DUR"].size
_N_POSX, _N_DURX = FAMILIES["POSX"].size, FAMILIES["DURX"].size
_N_VEL, _N_DRUM = FAMILIES["VEL"].size, FAMILIES["DRUM"].size
_FIRST_KEY: Final = 27
_DRUM_DURATION: Final = 6


class CellState:
    """What has been said of one cell, and what may follow.

    Parameters
    ----------
    length : int, positions
        Length of the bar.
    is_drums : bool

    Attributes
    ----------
    length, is_drums
        As given.
    cursor : int, positions
        Where the next onset group starts if no position is said; drums do not use it.
    onset : int, positions
        Onset of the group that is being written; -1 before the first.
    duration : int, positions
        Of the last note; 0 before the first.
    velocity : int, VEL value
        Of the last note.
    said_pos, said_duration : int
        What the note that is being said has fixed so far; -1 and 0 if it has not.
    extra_pos, extra_duration : int
        What POSX or DURX has said of a number that is not finished; 0 if nothing.
    has_velocity : bool
        Whether the note that is being said has a VEL (it is in `velocity` already).
    group : list of int
        Pitches (or percussion keys) of the group so far, in order.
    notes : list of (pos, duration, pitch, velocity)
        All notes of the cell so far.
    n_groups : int

    Examples
    --------
    >>> from motet.tokens.vocab import token_id
    >>> cell = CellState(96, is_drums=False)
    >>> for token in (token_id("DUR", 23), token_id("PITCH", 60), token_id("ADD", 64)):
    ...     cell.push(token)
    >>> cell.notes, cell.cursor
    ([(0, 24, 60, 9), (0, 24, 64, 9)], 24)
    """

    __slots__ = (
        "cursor",
        "duration",
        "extra_duration",
        "extra_pos",
        "group",
        "has_velocity",
        "is_drums",
        "length",
        "n_groups",
        "notes",
        "onset",
        "said_duration",
        "said_pos",
        "velocity",
    )

    def __init__(self, length: int, *, is_drums: bool) -> None:
        self.length = length
        self.is_drums = is_drums
        self.cursor = -1 if is_drums else 0
        self.onset = -1
        self.duration = _DRUM_DURATION if is_drums else 0
        self.velocity = START_VELOCITY
        self.said_pos = -1
        self.said_duration = 0
        self.extra_pos = 0
        self.extra_duration = 0
        self.has_velocity = False
        self.group: list[int] = []
        self.notes: list[tuple[int, int, int, int]] = []
        self.n_groups = 0

    def copy(self) -> CellState:
        """Return an independent copy."""
        other = CellState.__new__(CellState)
        for name in CellState.__slots__:
            setattr(other, name, getattr(self, name))
        other.group = self.group.copy()
        other.notes = self.notes.copy()
        return other

    @property
    def is_partial(self) -> bool:
        """Whether a note has been begun that has no pitch yet."""
        return bool(
            self.said_pos >= 0
            or self.said_duration
            or self.extra_pos
            or self.extra_duration
            or self.has_velocity
        )

    @property
    def can_pitch(self) -> bool:
        """Whether a PITCH may come in time: at the position said, or at the cursor in the bar."""
        return self.said_pos >= 0 or (not self.is_drums and self.cursor < self.length)

    @property
    def can_add(self) -> bool:
        """Whether there is a group to add to, with no new position said."""
        return bool(self.group) and self.said_pos < 0 and not self.extra_pos

    def allow(self, mask: npt.NDArray[np.bool_]) -> None:
        """Set in a mask the note tokens that may come next.

        Parameters
        ----------
        mask : bool, shape (1536,)
            Changed in place; nothing is cleared outside the families of note tokens.
        """
        if self.extra_pos:
            self._allow_positions(mask, self.extra_pos, _POS)
        elif self.extra_duration:
            self._allow_durations(mask, self.extra_duration)
        elif self.is_drums:
            self._allow_drum(mask)
        else:
            self._allow_pitched(mask)

    def _allow_pitched(self, mask: npt.NDArray[np.bool_]) -> None:
        """Set what may come in a pitched cell when no number is half said."""
        duration = self.said_duration or self.duration
        can_pitch, can_add = self.can_pitch, self.can_add
        if not self.has_velocity and not self.said_duration:
            if self.said_pos < 0:
                self._allow_positions(mask, 0, _POS)
                self._allow_posx(mask)
            self._allow_durations(mask, 0)
            self._allow_durx(mask)
        pitches_left = False
        if can_pitch and duration:
            mask[_PITCH : _PITCH + 128] = True
            pitches_left = True
        if can_add and self._adds_left(is_shorter=bool(self.said_duration)):
            if not self.said_duration:
                mask[_ADD + self.group[-1] + 1 : _ADD + 128] = True
            elif self.said_duration < self.duration:
                mask[_ADD : _ADD + 128] = True
            for pitch in self.group:
                mask[_ADD + pitch] = False
            pitches_left = True
        if pitches_left and not self.has_velocity:
            self._allow_velocity(mask)

    def _allow_drum(self, mask: npt.NDArray[np.bool_]) -> None:
        """Set what may come in a drum cell when no number is half said."""
        last = self.group[-1] - _FIRST_KEY if self.group else _N_DRUM
        if self.said_pos >= 0:
            last = -1
        elif not self.has_velocity:
            self._allow_positions(mask, 0, _POS)
            self._allow_posx(mask)
        if last < _N_DRUM - 1:
            mask[_DRUM + last + 1 : _DRUM + _N_DRUM] = True
            if not self.has_velocity:
                self._allow_velocity(mask)

    def _allow_velocity(self, mask: npt.NDArray[np.bool_]) -> None:
        """Set the velocities that differ from the last one."""
        mask[_VEL : _VEL + _N_VEL] = True
        mask[_VEL + self.velocity] = False

    def _allow_positions(self, mask: npt.NDArray[np.bool_], base: int, first: int) -> None:
        """Set POS for the positions after the onset, in the bar, other than the cursor."""
        low = max(self.onset + 1 - base, 0)
        high = min(self.length - base, _N_POS)
        if low < high:
            mask[first + low : first + high] = True
            if low <= self.cursor - base < high:
                mask[first + self.cursor - base] = False

    def _allow_posx(self, mask: npt.NDArray[np.bool_]) -> None:
        """Set POSX where a position follows."""
        if self.length <= _N_POS:
            return
        for value in range(_N_POSX):
            base = _N_POS * (value + 1)
            low, high = max(self.onset + 1, base), min(self.length, base + _N_POS)
            if low < high and (high - low > 1 or low != self.cursor):
                mask[_POSX + value] = True

    def _adds_left(self, *, is_shorter: bool) -> bool:
        """Return whether a pitch is left to add, with a shorter duration or the same one."""
        if is_shorter:
            return len(self.group) < 128
        last = self.group[-1]
        if last + len(self.group) < 128:
            return True
        return 127 - last > sum(pitch > last for pitch in self.group)

    def _longest(self) -> int:
        """Return the longest duration that may be said now; 0 if none may."""
        if self.can_pitch:
            return _N_DUR * (_N_DURX + 1)
        if self.can_add and len(self.group) < 128:
            return self.duration - 1
        return 0

    def _allow_durations(self, mask: npt.NDArray[np.bool_], base: int) -> None:
        """Set DUR for the durations that differ from the last one (and are shorter, if adding)."""
        high = min(self._longest() - base, _N_DUR)
        if high > 0:
            mask[_DUR : _DUR + high] = True
            if 0 < self.duration - base <= _N_DUR:
                mask[_DUR + self.duration - base - 1] = False

    def _allow_durx(self, mask: npt.NDArray[np.bool_]) -> None:
        """Set DURX where a duration follows."""
        count = min((self._longest() - 1) // _N_DUR, _N_DURX)
        if count > 0:
            mask[_DURX : _DURX + count] = True

    def push(self, token: int) -> None:
        """Take a note token, which must be allowed.

        Parameters
        ----------
        token : int
            One that `allow` sets; nothing is checked here.
        """
        value = int(VALUE_OF[token])
        family = FAMILY_NAMES[FAMILY_OF[token]]
        if family == "PITCH" or family == "ADD":
            self._take(value, is_new=family == "PITCH")
        elif family == "DUR":
            self.said_duration = self.extra_duration + value + 1
            self.extra_duration = 0
        elif family == "POS":
            self.said_pos = self.extra_pos + value
            self.extra_pos = 0
        elif family == "DRUM":
            self._take(value + _FIRST_KEY, is_new=self.said_pos >= 0)
        elif family == "VEL":
            self.velocity = value
            self.has_velocity = True
        elif family == "POSX":
            self.extra_pos = _N_POS * (value + 1)
        else:
            self.extra_duration = _N_DUR * (value + 1)

    def _take(self, pitch: int, *, is_new: bool) -> None:
        """Finish a note."""
        if is_new:
            self.onset = self.said_pos if self.said_pos >= 0 else self.cursor
            self.n_groups += 1
            self.group = []
        if self.said_duration:
            self.duration = self.said_duration
        if not self.is_drums:
            self.cursor = self.onset + self.duration
        self.group.append(pitch)
        self.notes.append((self.onset, self.duration, pitch, self.velocity))
        self.said_pos = -1
        self.said_duration = 0
        self.has_velocity = False
