"""Lines and drums as tokens of sixteenth steps, and back.

Conventions: a step is 6 grid positions (a sixteenth note); a bar has up to 16, all bars of a phrase
equally many. A pitched voice has at each step 0 rest, 1 the note goes on, ``2 + pitch - low`` a new note;
drums have the sum of ``2**instrument`` over the nine kinds of `DRUM_KINDS` (0: nobody strikes).
Steps past the end of a bar are 0 and mean nothing.

Offers `Voice`, `VOICES`, `read_line`, `read_drums`, `write_voice`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.tokens.layout import DEFAULT_VELOCITY, DRUM_POSITIONS, GRID_NOTE, GridArray

__all__ = [
    "BAR_STEPS",
    "DRUM_KINDS",
    "HOLD",
    "REST",
    "STEP_POSITIONS",
    "VOICES",
    "Line",
    "Voice",
    "read_drums",
    "read_line",
    "write_voice",
]

Tokens = npt.NDArray[np.uint16]
STEP_POSITIONS: Final = 6
BAR_STEPS: Final = 16
REST: Final = 0
HOLD: Final = 1

DRUM_KINDS: Final = (36, 38, 42, 46, 43, 47, 50, 49, 51)
"""Percussion key written for each kind: kick, snare, closed and open hat, three toms, crash, ride."""
_KIND_OF_KEY: Final = {
    35: 0, 36: 0, 37: 1, 38: 1, 39: 1, 40: 1, 22: 2, 42: 2, 44: 2, 54: 2, 69: 2, 70: 2, 82: 2,
    26: 3, 46: 3, 41: 4, 43: 4, 58: 4, 64: 4, 61: 4, 45: 5, 47: 5, 63: 5, 62: 5, 48: 6, 50: 6,
    60: 6, 65: 6, 66: 5, 49: 7, 52: 7, 55: 7, 57: 7, 51: 8, 53: 8, 56: 8, 59: 8, 76: 8, 77: 8,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voice:
    """One row of a phrase: a line of one note at a time, or drums.

    Parameters
    ----------
    role : str
        As in `motet.phrases.roles.ROLE_NAMES`.
    low, high : int, MIDI pitch
        What the tokens can say, both included; drums have none (0).

    Examples
    --------
    >>> VOICES["melody"][0].n_tokens, VOICES["trio"][2].n_tokens
    (50, 512)
    """

    role: str
    low: int = 0
    high: int = 0

    @property
    def is_drums(self) -> bool:
        """Whether its tokens are sets of drums."""
        return self.role == "drums"

    @property
    def n_tokens(self) -> int:
        """How many tokens there are."""
        return 1 << len(DRUM_KINDS) if self.is_drums else self.high - self.low + 3

    @property
    def n_states(self) -> int:
        """How many states a decoder may have heard: rest, each new and held note, and the start."""
        return self.n_tokens + 1 if self.is_drums else 2 * (self.high - self.low + 1) + 2

    @property
    def start(self) -> int:
        """The state before the first step."""
        return self.n_states - 1


_MELODY: Final = Voice("melody", 48, 95)
_BASS: Final = Voice("bass", 24, 63)
_DRUMS: Final = Voice("drums")
VOICES: Final = {"melody": (_MELODY,), "drums": (_DRUMS,), "trio": (_MELODY, _BASS, _DRUMS)}
"""The voices of each content."""


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """One part over equal bars, as tokens.

    Parameters
    ----------
    tokens : int32, shape (bars, 16)
        Of a pitched voice 0 rest, 1 goes on, ``2 + MIDI pitch`` a new note: not yet in a range.
    off : int64, shape (bars,)
        Notes of each bar that are far from a step.
    left_out : int64, shape (bars,)
        Notes of each bar that the tokens cannot say (of a chord all but the highest).
    """

    tokens: npt.NDArray[np.int32]
    off: npt.NDArray[np.int64]
    left_out: npt.NDArray[np.int64]


def read_line(notes: GridArray, n_bars: int, n_steps: int) -> Line:
    """Return one pitched part, the highest note of each onset.

    Parameters
    ----------
    notes : array of `GRID_NOTE`, shape (n,)
        Of one part; bars 0 to `n_bars` - 1.
    n_bars : int
    n_steps : int, 1 to 16
        Of every bar.

    Returns
    -------
    Line

    Examples
    --------
    >>> rows = np.array([(0, 0, 0, 12, 60, 9), (0, 0, 0, 12, 64, 9), (0, 0, 18, 6, 62, 9)], GRID_NOTE)
    >>> line = read_line(rows, 1, 4)
    >>> line.tokens[0, :4].tolist(), line.left_out.tolist()
    ([66, 1, 0, 64], [1])
    """
    total = n_bars * n_steps
    position = notes["bar"].astype(np.int64) * (n_steps * STEP_POSITIONS) + notes["pos"]
    start = (2 * position + STEP_POSITIONS) // (2 * STEP_POSITIONS)
    end = (2 * (position + notes["dur"]) + STEP_POSITIONS) // (2 * STEP_POSITIONS)
    off = np.abs(start * STEP_POSITIONS - position) > 1
    start = np.clip(start, 0, total - 1)
    end = np.clip(np.maximum(end, start + 1), 0, total)
    order = np.lexsort((-notes["pitch"].astype(np.int64), start))
    first = np.ones(len(order), np.bool_)
    np.not_equal(start[order][1:], start[order][:-1], out=first[1:])
    kept = order[first]
    begin = start[kept]
    until = np.minimum(end[kept], np.append(begin[1:], total)) if len(kept) else begin
    sounding = np.zeros(total + 1, np.int64)
    np.add.at(sounding, begin, 1)
    np.add.at(sounding, until, -1)
    flat = (np.cumsum(sounding[:-1]) > 0).astype(np.int32)
    flat[begin] = 2 + notes["pitch"][kept]
    lost = np.ones(len(order), np.bool_)
    lost[kept] = False
    bar = notes["bar"].astype(np.int64)
    return Line(
        _pad(flat, n_bars, n_steps),
        np.bincount(bar[off], minlength=n_bars),
        np.bincount(bar[lost], minlength=n_bars),
    )


def read_drums(notes: GridArray, n_bars: int, n_steps: int) -> Line:
    """Return one drum part; kinds of percussion outside `DRUM_KINDS` are left out.

    Parameters
    ----------
    notes : array of `GRID_NOTE`, shape (n,)
    n_bars, n_steps : int
        As for `read_line`.

    Returns
    -------
    Line

    Examples
    --------
    >>> rows = np.array([(0, 0, 0, 6, 36, 9), (0, 0, 0, 6, 42, 9), (0, 0, 12, 6, 38, 9)], GRID_NOTE)
    >>> read_drums(rows, 1, 4).tokens[0, :4].tolist()
    [5, 0, 2, 0]
    """
    total = n_bars * n_steps
    bar = notes["bar"].astype(np.int64)
    position = bar * (n_steps * STEP_POSITIONS) + notes["pos"]
    step = (2 * position + STEP_POSITIONS) // (2 * STEP_POSITIONS)
    kind = _KIND_TABLE[np.clip(notes["pitch"], 0, 127)]
    known = (kind >= 0) & (step < total)
    flat = np.zeros(total, np.int32)
    np.bitwise_or.at(flat, step[known], np.left_shift(1, kind[known]).astype(np.int32))
    off = np.abs(step * STEP_POSITIONS - position) > 2
    return Line(
        _pad(flat, n_bars, n_steps),
        np.bincount(bar[off], minlength=n_bars),
        np.bincount(bar[~known], minlength=n_bars),
    )


_KIND_TABLE: Final = np.array([_KIND_OF_KEY.get(key, -1) for key in range(128)], np.int64)


def _pad(flat: npt.NDArray[np.int32], n_bars: int, n_steps: int) -> npt.NDArray[np.int32]:
    """Return steps as bars of 16."""
    rows = np.zeros((n_bars, BAR_STEPS), np.int32)
    rows[:, :n_steps] = flat.reshape(n_bars, n_steps)
    return rows


def write_voice(tokens: npt.NDArray[Any], voice: Voice, *, n_steps: int, part: int) -> GridArray:
    """Return the notes that the tokens of one voice say.

    Parameters
    ----------
    tokens : integers, shape (bars, 16)
    voice : Voice
    n_steps : int, 1 to 16
    part : int
        Written into the notes.

    Returns
    -------
    array of `GRID_NOTE`, shape (n,)
        In order of time. A note that goes on from nothing is a rest.

    Examples
    --------
    >>> rows = np.array([[14, 1, 0, 18] + [0] * 12])
    >>> write_voice(rows, VOICES["melody"][0], n_steps=4, part=0)[["pos", "dur", "pitch"]].tolist()
    [(0, 12, 60), (18, 6, 64)]
    """
    flat = np.asarray(tokens, np.int64)[:, :n_steps].ravel()
    if voice.is_drums:
        struck = (flat[:, None] >> np.arange(len(DRUM_KINDS))) & 1
        step, kind = np.nonzero(struck)
        pitch = np.array(DRUM_KINDS)[kind]
        length = np.full(len(step), DRUM_POSITIONS)
    else:
        step = np.flatnonzero(flat > HOLD)
        pitch = flat[step] - 2 + voice.low
        breaks = np.append(np.flatnonzero(flat != HOLD), len(flat))
        length = (breaks[np.searchsorted(breaks, step, side="right")] - step) * STEP_POSITIONS
    notes = np.zeros(len(step), GRID_NOTE)
    notes["bar"], within = np.divmod(step, n_steps)
    notes["pos"] = within * STEP_POSITIONS
    notes["part"] = part
    notes["dur"] = length
    notes["pitch"] = pitch
    notes["vel"] = DEFAULT_VELOCITY + (within == 0) - (within % 2 == 1)
    return notes
