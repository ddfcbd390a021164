"""The grammar of documents: a small state machine that says which token may follow.

Conventions: a document is one window of a piece::

    BOS [EXTENT] [STYLE] [EMOTION] [DIFFICULTY] [TEMPO] KEY
    (PART PROG [ROLE] [RANGE] [DENSITY] [POLY])+
    PLAN (PBAR [SECTION] [METRE] [BARLEN [POSX] POS] ([[POSX] POS] (NOCHORD | CHORD [BASS]))*)+
    NOTES (BAR (PART (HOLE | note+))*)*
    [FILL (BARREF PART note* EOH)+] EOS

Bars count from 0 in the window; parts go by their slot; times are grid positions, 24 a quarter note.
A piece has one spelling only: what could be said shorter is refused.

Offers `Grammar` and `find_error`.

Source: own definition; docs/concepts/tokens.md explains it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.tokens.cell import CellState
from motet.tokens.frame import FrameState
from motet.tokens.vocab import (
    DRUM_PROGRAM,
    FAMILIES,
    FAMILY_NAMES,
    FAMILY_OF,
    VALUE_OF,
    VOCAB_SIZE,
    token_name,
)

__all__ = ["MAX_BARS", "Grammar", "Phase", "find_error"]

MAX_BARS: Final = 64
"""How many bars a window may have."""

Phase = Literal["header", "plan", "notes", "fill", "end"]
"""Which part of a document comes next."""

_BAR: Final = FAMILIES["BAR"].start
_PART: Final = FAMILIES["PART"].start
_HOLE: Final = FAMILIES["HOLE"].start
_FILL: Final = FAMILIES["FILL"].start
_EOH: Final = FAMILIES["EOH"].start
_EOS: Final = FAMILIES["EOS"].start
_BARREF: Final = FAMILIES["BARREF"].start
_FIRST_NOTE: Final = FAMILIES["POSX"].start
_END_NOTE: Final = FAMILIES["DRUM"].end  # ids from POSX to DRUM belong to notes
_PHASE_NAMES: Final = {
    "header": ("the header", "头部"),
    "plan": ("the plan", "规划"),
    "notes": ("the notes", "音符部分"),
    "fill": ("the answers to holes", "填空部分"),
    "end": ("a finished document", "已结束的文档"),
}


class Grammar:
    """Where a document stands: what has been said, and what may follow.

    Parameters
    ----------
    max_bars : int, 1 to 64
        How many bars the plan may have.

    Attributes
    ----------
    phase : Phase
        ``"header"`` (also before BOS), ``"plan"``, ``"notes"``, ``"fill"`` or ``"end"``.
    length : int
        How many tokens have been taken.
    frame : FrameState
        Header and plan: key, slots, programs, bar lengths, metres, sections, chords.
    bar : int
        Bar that is being planned, written or filled; -1 before the first of the phase.
    part : int
        Slot of the open cell; -1 where none is open.
    cell : CellState or None
        The open cell: cursor, onset, duration, velocity, group, notes, what is half said.
    holes : list of (bar, slot)
        In the order in which they must be answered.
    n_filled : int
        How many holes have been opened under FILL.

    Examples
    --------
    >>> from motet.tokens.vocab import token_id
    >>> grammar = Grammar()
    >>> grammar.push(token_id("BOS"))
    >>> grammar.push(token_id("KEY", 0))
    >>> int(grammar.mask().sum()), grammar.phase
    (16, 'header')
    >>> grammar.push(token_id("EOS"))
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: token 2 (EOS) may not come at place 2, in the header; ...
    """

    def __init__(self, *, max_bars: int = MAX_BARS) -> None:
        if not 1 <= max_bars <= MAX_BARS:
            raise ParameterError(
                f"max_bars must be 1 to {MAX_BARS}, got {max_bars}",
                zh=f"max_bars 必须为 1 到 {MAX_BARS},收到 {max_bars}",
            )
        self.phase: Phase = "header"
        self.length = 0
        self.frame = FrameState(max_bars=max_bars)
        self.bar = -1
        self.part = -1
        self.cell: CellState | None = None
        self.holes: list[tuple[int, int]] = []
        self.n_filled = 0
        self._order = -1  # index in the header of the last part written in this bar
        self._mask: npt.NDArray[np.bool_] | None = None

    @classmethod
    def after(cls, ids: Iterable[int], *, max_bars: int = MAX_BARS) -> Grammar:
        """Return the grammar as it stands after a prompt.

        Parameters
        ----------
        ids : iterable of int
        max_bars : int, 1 to 64

        Returns
        -------
        Grammar

        Raises
        ------
        ParameterError
            A token may not come where it stands.

        Examples
        --------
        >>> Grammar.after([1]).phase
        'header'
        """
        grammar = cls(max_bars=max_bars)
        for token in ids:
            grammar.push(int(token))
        return grammar

    def copy(self) -> Grammar:
        """Return an independent copy."""
        other = Grammar.__new__(Grammar)
        other.__dict__.update(self.__dict__)
        if self.phase in ("header", "plan"):  # later nothing changes it
            other.frame = self.frame.copy()
        other.holes = self.holes.copy()
        other.cell = self.cell.copy() if self.cell else None
        return other

    @property
    def n_bars(self) -> int:
        """How many bars the plan has so far."""
        return len(self.frame.bar_lengths)

    @property
    def slots(self) -> list[int]:
        """PART slots in header order, the order of writing in each bar."""
        return self.frame.slots

    @property
    def bar_lengths(self) -> list[int]:
        """Length of each bar of the plan, in positions."""
        return self.frame.bar_lengths

    @property
    def is_drums(self) -> bool:
        """Whether a cell is open and belongs to drums."""
        return self.cell is not None and self.cell.is_drums

    @property
    def is_done(self) -> bool:
        """Whether EOS has come."""
        return self.phase == "end"

    @property
    def cell_may_end(self) -> bool:
        """Whether a cell is open and may end here: no note half said, and not empty but in a hole."""
        cell = self.cell
        return (
            cell is not None and not cell.is_partial and (self.phase == "fill" or bool(cell.notes))
        )

    def mask(self) -> npt.NDArray[np.bool_]:
        """Return which tokens may come next.

        Returns
        -------
        bool, shape (1536,), read-only
            At least one is True until EOS has come; none after it.
        """
        if self._mask is None:
            mask = np.zeros(VOCAB_SIZE, dtype=np.bool_)
            if self.phase in ("header", "plan"):
                self.frame.allow(mask)
            elif self.phase != "end":
                cell = self.cell
                if cell is not None:
                    cell.allow(mask)
                    mask[_HOLE] = self.phase == "notes" and not (cell.notes or cell.is_partial)
                if cell is None or self.cell_may_end:
                    self._allow_structure(mask)
            mask.flags.writeable = False
            self._mask = mask
        return self._mask

    def _allow_structure(self, mask: npt.NDArray[np.bool_]) -> None:
        """Set what may come between cells."""
        if self.phase == "fill":
            if self.cell is not None:
                mask[_EOH] = True
            elif self.part >= 0 or self.n_filled == len(self.holes):
                mask[_PART + self.part if self.part >= 0 else _EOS] = True
            else:
                mask[_BARREF + self.holes[self.n_filled][0]] = True
            return
        if self.bar >= 0:
            for slot in self.frame.slots[self._order + 1 :]:
                mask[_PART + slot] = True
        if self.bar + 1 < self.n_bars:
            mask[_BAR] = True
        else:
            mask[_FILL if self.holes else _EOS] = True

    def push(self, token: int) -> None:
        """Take the next token.

        Parameters
        ----------
        token : int, 0 to 1535

        Raises
        ------
        ParameterError
            The token may not come here; the state is unchanged.
        """
        if not (0 <= token < VOCAB_SIZE and self.mask()[token]):
            self._refuse(token)
        if self.cell is not None and _FIRST_NOTE <= token < _END_NOTE:
            self.cell.push(token)
        else:
            family, value = FAMILY_NAMES[FAMILY_OF[token]], int(VALUE_OF[token])
            if self.phase in ("header", "plan"):
                self._push_frame(family, value)
            else:
                self._push_structure(family, value)
        self._mask = None
        self.length += 1

    def _push_frame(self, family: str, value: int) -> None:
        """Take a token of the header or the plan."""
        self.frame.push(family, value)
        if family == "PLAN":
            self.phase = "plan"
        elif family == "NOTES":
            self.phase = "notes"
            self.bar = -1
        elif family == "PBAR":
            self.bar += 1

    def _push_structure(self, family: str, value: int) -> None:
        """Take a token that opens or ends a cell, a bar or a phase."""
        self.cell = None
        if family == "PART":
            self.part = value
            self._order = self.frame.slots.index(value)
            self.cell = CellState(
                self.frame.bar_lengths[self.bar],
                is_drums=self.frame.programs[value] == DRUM_PROGRAM,
            )
        elif family == "HOLE":
            self.holes.append((self.bar, self.part))
            self.part = -1
        elif family == "BAR":
            self.bar += 1
            self.part = self._order = -1
        elif family == "FILL":
            self.phase = "fill"
            self.bar = self.part = -1
        elif family == "BARREF":
            self.bar, self.part = self.holes[self.n_filled]
            self.n_filled += 1
        elif family == "EOH":
            self.part = -1
        else:
            self.phase = "end"
            self.part = -1

    def _refuse(self, token: int) -> None:
        """Raise the error that says what stands where, and what may come instead."""
        where, wo = _PHASE_NAMES[self.phase]
        if self.bar >= 0 and self.phase != "end":
            where, wo = f"{where}, bar {self.bar}", f"{wo}第 {self.bar} 小节"
            if self.part >= 0:
                where, wo = f"{where}, part slot {self.part}", f"{wo}、声部槽 {self.part}"
        name = f" ({token_name(token)})" if 0 <= token < VOCAB_SIZE else ""
        may = _list_tokens(self.mask()) or "-"
        raise ParameterError(
            f"token {token}{name} may not come at place {self.length}, in {where}; may come: {may}",
            zh=f"位置 {self.length}({wo})不能出现 token {token}{name};可以出现:{may}",
        )


def _list_tokens(mask: npt.NDArray[np.bool_]) -> str:
    """Return the allowed tokens in words: each family with its runs of values."""
    texts = []
    for name, family in FAMILIES.items():
        values = np.flatnonzero(mask[family.start : family.end])
        if len(values) and family.size == 1:
            texts.append(name)
        elif len(values):
            runs = np.split(values, np.flatnonzero(np.diff(values) > 1) + 1)
            spans = [f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs]
            texts.append(f"{name} {' '.join(spans[:4])}{' ...' if len(spans) > 4 else ''}")
    return ", ".join(texts)


def find_error(ids: Iterable[int]) -> tuple[int, str] | None:
    """Return the place and kind of the first error of a document, or None.

    Parameters
    ----------
    ids : iterable of int
        A whole document, BOS to EOS.

    Returns
    -------
    tuple of (int, str) or None
        Index of the token that may not stand there (the number of tokens if the end is missing), and
        what is wrong, in English.

    Examples
    --------
    >>> find_error([1, 1])
    (1, 'token 1 (BOS) may not come at place 1, in the header; may come: EXTENT 0-3, ...')
    """
    grammar = Grammar()
    try:
        for token in ids:
            grammar.push(int(token))
    except ParameterError as error:
        return grammar.length, error.en
    if grammar.is_done:
        return None
    return grammar.length, f"the document ends early; may come: {_list_tokens(grammar.mask())}"
