"""The state machine of a document's frame: its header and its plan.

Conventions: positions in grid positions, 24 a quarter note; bars count from 0 in the window; -1 stands
for "not said".

Offers `FrameState`, which `motet.tokens.grammar.Grammar` holds.

Source: own definition; docs/concepts/tokens.md explains it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from motet.tokens.layout import metre_length
from motet.tokens.vocab import (
    CHORD_QUALITIES,
    DRUM_PROGRAM,
    FAMILIES,
    ROLES,
    SECTIONS,
    STYLES,
)

__all__ = ["FrameState"]

_START: Final = {name: family.start for name, family in FAMILIES.items()}
_NAMED: Final = {"STYLE": len(STYLES), "ROLE": len(ROLES), "SECTION": len(SECTIONS)}
_SPANS: Final = {
    name: slice(family.start, family.start + _NAMED.get(name, family.size))
    for name, family in FAMILIES.items()
}  # of each family the ids that have a meaning
_N_POS: Final = FAMILIES["POS"].size
_N_POSX: Final = FAMILIES["POSX"].size
_HEADER: Final = ("EXTENT", "STYLE", "EMOTION", "DIFFICULTY", "TEMPO", "KEY")
_PART: Final = ("ROLE", "RANGE", "DENSITY", "POLY")
_RANKS: Final = {"PBAR": 0, "SECTION": 1, "METRE": 2}
_METRE_LENGTHS: Final = tuple(metre_length(value) for value in range(FAMILIES["METRE"].size))


class FrameState:
    """What the header and the plan have said, and what may follow.

    Parameters
    ----------
    max_bars : int, 1 to 64

    Attributes
    ----------
    key : int
        KEY value; -1 before.
    slots : list of int
        PART slots in header order.
    programs : dict of int
        Slot to PROG value.
    bar_lengths : list of int, positions
    metres : list of int
        METRE value of each bar; -1 while it is not said.
    sections : list of int
        SECTION value where one starts, else -1.
    chords : list of list of (pos, chord, bass)
        For each bar what changes in it; chord -1 is no chord, bass -1 the root.
    in_plan : bool
        Whether PLAN has come.

    Examples
    --------
    >>> frame = FrameState(max_bars=64)
    >>> frame.push("BOS", 0)
    >>> frame.push("KEY", 7)
    >>> frame.key
    7
    """

    def __init__(self, *, max_bars: int) -> None:
        self.max_bars = max_bars
        self.key = -1
        self.slots: list[int] = []
        self.programs: dict[int, int] = {}
        self.bar_lengths: list[int] = []
        self.metres: list[int] = []
        self.sections: list[int] = []
        self.chords: list[list[tuple[int, int, int]]] = []
        self.in_plan = False
        self._last = ""  # family of the last token
        self._extra = 0  # what POSX has said
        self._pos = -1  # said for a chord that has not come yet
        self._is_length = False  # whether a bar length is being said
        self._now: tuple[int, int] | None = None  # chord and bass that sound
        self._before: tuple[int, int] | None = None  # what sounded before the last chord

    def copy(self) -> FrameState:
        """Return an independent copy."""
        other = FrameState.__new__(FrameState)
        other.__dict__.update(self.__dict__)
        other.slots = self.slots.copy()
        other.programs = self.programs.copy()
        other.bar_lengths = self.bar_lengths.copy()
        other.metres = self.metres.copy()
        other.sections = self.sections.copy()
        other.chords = [bar.copy() for bar in self.chords]
        return other

    def allow(self, mask: npt.NDArray[np.bool_]) -> None:
        """Set in a mask the tokens that may come next.

        Parameters
        ----------
        mask : bool, shape (1536,)
            All False; changed in place.
        """
        if not self.in_plan:
            self._allow_header(mask)
        elif not self.bar_lengths:
            mask[_START["PBAR"]] = True
        elif self._is_length or self._extra:
            self._allow_pos(mask)
        elif self._pos >= 0:
            self._allow_chord(mask)
        elif self._last == "CHORD" and self._now == self._before:
            self._allow_bass(mask)  # a chord is said where it changes
        else:
            self._allow_bar(mask)

    def _allow_header(self, mask: npt.NDArray[np.bool_]) -> None:
        """Set what may come in the header."""
        last = self._last
        if not last:
            mask[_START["BOS"]] = True
        elif self.key < 0:
            for name in _HEADER[_HEADER.index(last) + 1 if last in _HEADER else 0 :]:
                mask[_SPANS[name]] = True
        elif last == "PART":
            mask[_SPANS["PROG"]] = True
        else:
            mask[_SPANS["PART"]] = True
            for slot in self.slots:
                mask[_START["PART"] + slot] = False
            if self.slots:
                for name in _PART[_PART.index(last) + 1 if last in _PART else 0 :]:
                    mask[_SPANS[name]] = True
                if self.programs[self.slots[-1]] == DRUM_PROGRAM:
                    mask[_SPANS["RANGE"]] = False  # percussion keys are not pitches
                mask[_START["PLAN"]] = True

    def _allow_bar(self, mask: npt.NDArray[np.bool_]) -> None:
        """Set what may come in a bar of the plan when no number is half said."""
        metre = self.metres[-1]
        rank = _RANKS.get(self._last, 3)
        if rank < 1:
            mask[_SPANS["SECTION"]] = True
        if rank < 2:
            mask[_SPANS["METRE"]] = True
            if metre >= 0:
                mask[_START["METRE"] + metre] = False
        if rank < 3 and metre >= 0:
            mask[_START["BARLEN"]] = True
        if self.bar_lengths[-1]:
            if self._last == "CHORD":
                self._allow_bass(mask)
            if not self.chords[-1]:
                self._allow_chord(mask)
            self._allow_pos(mask)
            mask[_START["PBAR"]] = len(self.bar_lengths) < self.max_bars
            mask[_START["NOTES"]] = True

    def _allow_chord(self, mask: npt.NDArray[np.bool_]) -> None:
        """Set the chords; one that sounds already may still change its bass."""
        mask[_SPANS["CHORD"]] = True
        mask[_START["NOCHORD"]] = self._now != (-1, -1)

    def _allow_bass(self, mask: npt.NDArray[np.bool_]) -> None:
        """Set the basses of the last chord: not its root, not what sounded before."""
        chord = self.chords[-1][-1][1]
        mask[_SPANS["BASS"]] = True
        mask[_START["BASS"] + chord // len(CHORD_QUALITIES)] = False
        if self._before is not None and self._before[0] == chord and self._before[1] >= 0:
            mask[_START["BASS"] + self._before[1]] = False

    def _allow_pos(self, mask: npt.NDArray[np.bool_]) -> None:
        """Set POS, and POSX where none is said: of a bar's length, or of the next chord."""
        base, said = self._extra, self.chords[-1]
        low = 1 if self._is_length else (said[-1][0] if said else 0) + 1
        high = _N_POS * (_N_POSX + 1) if self._is_length else self.bar_lengths[-1]
        start, end = max(low - base, 0), min(high - base, _N_POS)
        if start < end:
            mask[_START["POS"] + start : _START["POS"] + end] = True
        if self._is_length:  # the metre's own length is not said
            normal = _METRE_LENGTHS[self.metres[-1]] - base
            if start <= normal < end:
                mask[_START["POS"] + normal] = False
        if not base and low < high:
            for value in range(min((high - 1) // _N_POS, _N_POSX)):
                mask[_START["POSX"] + value] = low < _N_POS * (value + 2)

    def push(self, family: str, value: int) -> None:
        """Take a token, which must be allowed.

        Parameters
        ----------
        family : str
        value : int
        """
        if family == "PBAR":
            metre = self.metres[-1] if self.metres else -1
            self.metres.append(metre)
            self.bar_lengths.append(_METRE_LENGTHS[metre] if metre >= 0 else 0)
            self.sections.append(-1)
            self.chords.append([])
        elif family == "POS":
            if self._is_length:
                self.bar_lengths[-1] = self._extra + value
            else:
                self._pos = self._extra + value
            self._extra, self._is_length = 0, False
        elif family == "POSX":
            self._extra = _N_POS * (value + 1)
        elif family in ("CHORD", "NOCHORD"):
            self.chords[-1].append((max(self._pos, 0), value if family == "CHORD" else -1, -1))
            self._before, self._now = self._now, self.chords[-1][-1][1:]
            self._pos = -1
        elif family == "BASS":
            pos, chord, _ = self.chords[-1][-1]
            self._now = (chord, value)
            self.chords[-1][-1] = (pos, chord, value)
        elif family == "METRE":
            self.metres[-1] = value
            self.bar_lengths[-1] = _METRE_LENGTHS[value]
        elif family == "SECTION":
            self.sections[-1] = value
        elif family == "PART":
            self.slots.append(value)
        elif family == "PROG":
            self.programs[self.slots[-1]] = value
        elif family == "KEY":
            self.key = value
        self.in_plan |= family == "PLAN"
        self._is_length |= family == "BARLEN"
        self._last = family
