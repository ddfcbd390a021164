"""The grid of a piece as arrays: notes, bars, chords, and what their numbers mean.

Conventions: times are positions, 24 a quarter note, counted from the start of the bar; pitches and
chord roots are key-normalised (sounding pitch plus `GridScore.shift_semi`), percussion keys are not;
velocities, metres, sections and keys are values of their token families; -1 stands for none.

Offers `GridScore` with its parts and columns, `sort_notes`, and the values of metre,
tempo, velocity and key.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.tokens.vocab import (
    DRUM_PROGRAM,
    METRE_DENOMINATORS,
    MODES,
    POSITIONS_PER_QN,
)

__all__ = [
    "DEFAULT_VELOCITY",
    "DRUM_POSITIONS",
    "GRID_BAR",
    "GRID_CHORD",
    "GRID_NOTE",
    "MAX_BAR",
    "MAX_DURATION",
    "MODE_TONICS",
    "NO_KEY",
    "UNMETRED",
    "GridArray",
    "GridPart",
    "GridScore",
    "key_tonic",
    "metre_length",
    "metre_of",
    "metre_value",
    "sort_notes",
    "tempo_of",
    "tempo_value",
    "velocity_of",
    "velocity_value",
]

GridArray = npt.NDArray[Any]
"""A structured array of one of the dtypes below."""

GRID_NOTE: Final = np.dtype(
    [
        ("bar", "<i4"),
        ("part", "<i2"),
        ("pos", "<i2"),
        ("dur", "<i4"),
        ("pitch", "<i2"),
        ("vel", "<i2"),
    ]
)
"""A note: bar and part (indices), position and duration, pitch, VEL value."""
GRID_BAR: Final = np.dtype([("length", "<i4"), ("metre", "<i2"), ("section", "<i2")])
"""A bar: positions, METRE value, SECTION value where one starts."""
GRID_CHORD: Final = np.dtype(
    [("bar", "<i4"), ("pos", "<i2"), ("chord", "<i2"), ("bass", "<i2"), ("confidence", "<f4")]
)
"""A chord from a position on: CHORD value (-1 no chord), BASS value where it is not the root."""

MAX_BAR: Final = 1151
MAX_DURATION: Final = 96 * 17
DRUM_POSITIONS: Final = 6
DEFAULT_VELOCITY: Final = 9
UNMETRED: Final = 64
NO_KEY: Final = 84
MODE_TONICS: Final = (0, 9, 2, 4, 5, 7, 11)
"""Tonic of each of `MODES` when the key signature is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridPart:
    """One row of the grid.

    Parameters
    ----------
    slot : int, 0 to 15
        Its place in the score.
    program : int, 0 to 128
        General MIDI program; 128 is drums.
    role : str
        One of `motet.tokens.vocab.ROLES`, or empty.
    name : str
        For people only; tokens do not say it.

    Examples
    --------
    >>> GridPart(slot=0, program=128).is_drums
    True
    """

    slot: int
    program: int
    role: str = ""
    name: str = ""

    @property
    def is_drums(self) -> bool:
        """Whether its pitches are percussion keys."""
        return self.program == DRUM_PROGRAM


@dataclass(frozen=True, eq=False, kw_only=True)
class GridScore:
    """A piece, or a window of one, on the grid. Its arrays are not to be written to.

    Parameters
    ----------
    parts : tuple of GridPart
        Ascending slots, at most 16; the ``part`` of a note is an index in this tuple.
    notes : array of `GRID_NOTE`, shape (n,)
        Sorted by bar, part, position, falling duration, pitch (`sort_notes`).
    bars : array of `GRID_BAR`, shape (bars,)
    chords : array of `GRID_CHORD`, shape (chords,)
        Sorted; each holds until the next.
    key : int, 0 to 84
        KEY value of the normalised music: tonic * 7 + index in `MODES`; 84 is no key.
    shift_semi : int, semitones
        Normalised minus sounding pitch.
    qpm : float or None, quarter notes a minute
    style, emotion, difficulty, extent : int
        Values of those token families.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("D4:1 F#4:1 A4:2 | D5:4", fifths=2)).grid
    >>> grid.n_bars, grid.notes["pitch"].tolist(), grid.shift_semi
    (2, [60, 64, 67, 72], -2)
    """

    parts: tuple[GridPart, ...]
    notes: GridArray
    bars: GridArray
    chords: GridArray
    key: int = NO_KEY
    shift_semi: int = 0
    qpm: float | None = None
    style: int = -1
    emotion: int = -1
    difficulty: int = -1
    extent: int = -1

    @property
    def n_bars(self) -> int:
        """How many bars there are."""
        return len(self.bars)

    @property
    def n_notes(self) -> int:
        """How many notes there are."""
        return len(self.notes)

    @cached_property
    def bar_starts(self) -> npt.NDArray[np.int64]:
        """int64, shape (bars + 1,): where each bar starts, and where the last one ends."""
        starts = np.zeros(len(self.bars) + 1, np.int64)
        np.cumsum(self.bars["length"], out=starts[1:])
        return starts

    @cached_property
    def cell_bounds(self) -> npt.NDArray[np.int64]:
        """int64, shape (bars * parts + 1,): first note of each cell, bar by bar."""
        k = len(self.parts)
        cells = self.notes["bar"].astype(np.int64) * k + self.notes["part"]
        return np.searchsorted(cells, np.arange(len(self.bars) * k + 1))

    def cell(self, bar: int, part: int) -> GridArray:
        """Return the notes of one cell, in their order."""
        at = bar * len(self.parts) + part
        return self.notes[self.cell_bounds[at] : self.cell_bounds[at + 1]]

    def equals(self, other: GridScore) -> bool:
        """Return whether two grids are the same to a model.

        Names, the confidence of chords, the shift (not said by tokens) and differences of tempo
        within one TEMPO value do not count.
        """
        return (
            [(one.slot, one.program, one.role) for one in self.parts]
            == [(one.slot, one.program, one.role) for one in other.parts]
            and (self.key, self.style, self.emotion, self.difficulty, self.extent)
            == (other.key, other.style, other.emotion, other.difficulty, other.extent)
            and tempo_value(self.qpm) == tempo_value(other.qpm)
            and np.array_equal(self.notes, other.notes)
            and np.array_equal(self.bars, other.bars)
            and len(self.chords) == len(other.chords)
            and all(
                np.array_equal(self.chords[name], other.chords[name])
                for name in ("bar", "pos", "chord", "bass")
            )
        )


def sort_notes(notes: GridArray) -> GridArray:
    """Return the notes in the order of the grid, of equal onset and pitch the longest.

    Parameters
    ----------
    notes : array of `GRID_NOTE`, shape (n,)
        In any order.

    Returns
    -------
    array of `GRID_NOTE`, shape (m,), m <= n
        Sorted by bar, part, position, falling duration, pitch.

    Examples
    --------
    >>> rows = np.array([(0, 0, 24, 24, 60, 9), (0, 0, 0, 6, 60, 9), (0, 0, 0, 24, 60, 9)], GRID_NOTE)
    >>> sort_notes(rows)[["pos", "dur"]].tolist()
    [(0, 24), (24, 24)]
    """
    if len(notes) < 2:
        return notes.copy()
    place = (notes["bar"].astype(np.int64) * 32768 + notes["part"]) * 2048 + notes["pos"]
    order = np.lexsort((notes["vel"], notes["dur"], notes["pitch"], place))
    same = (place[order][1:] == place[order][:-1]) & (
        notes["pitch"][order][1:] == notes["pitch"][order][:-1]
    )
    keep = np.append(~same, True)
    order = order[keep]
    inner = np.lexsort((notes["pitch"][order], -notes["dur"][order], place[order]))
    ordered: GridArray = notes[order[inner]]
    return ordered


def metre_value(numerator: int, denominator: int) -> int:
    """Return the METRE value of a metre.

    Parameters
    ----------
    numerator, denominator : int, > 0

    Returns
    -------
    int, 0 to 64
        A metre outside the table is written with another denominator (2/1 as 4/2, 24/16 as 12/8)
        where that keeps its length, else as 64, unmetred.

    Examples
    --------
    >>> metre_of(metre_value(7, 8)), metre_of(metre_value(2, 1)), metre_value(17, 4)
    ((7, 8), (4, 2), 64)
    """
    while denominator > 0 and (denominator > 16 or numerator > 16) and numerator % 2 == 0:
        numerator, denominator = numerator // 2, denominator // 2
    if denominator == 1:
        numerator, denominator = numerator * 2, 2
    if denominator not in METRE_DENOMINATORS or not 1 <= numerator <= 16:
        return UNMETRED
    return (numerator - 1) * 4 + METRE_DENOMINATORS.index(denominator)


def metre_of(value: int) -> tuple[int, int] | None:
    """Return numerator and denominator of a METRE value, None for unmetred.

    Parameters
    ----------
    value : int, 0 to 64

    Returns
    -------
    tuple of int, or None

    Raises
    ------
    ParameterError
        The value is out of range.

    Examples
    --------
    >>> metre_of(13), metre_of(64)
    ((4, 4), None)
    """
    if not 0 <= value <= UNMETRED:
        raise ParameterError(
            f"a METRE value is 0 to {UNMETRED}, got {value}",
            zh=f"METRE 的取值为 0 到 {UNMETRED},收到 {value}",
        )
    return None if value == UNMETRED else (value // 4 + 1, METRE_DENOMINATORS[value % 4])


def metre_length(value: int) -> int:
    """Return the length of a full bar of a METRE value; unmetred bars count as a whole note.

    Parameters
    ----------
    value : int, 0 to 64

    Returns
    -------
    int, positions

    Examples
    --------
    >>> metre_length(metre_value(7, 8)), metre_length(64)
    (84, 96)
    """
    metre = metre_of(value)
    if metre is None:
        return 4 * POSITIONS_PER_QN
    return metre[0] * 4 * POSITIONS_PER_QN // metre[1]


def tempo_value(qpm: float | None) -> int:
    """Return the TEMPO value of a tempo, -1 for None.

    Parameters
    ----------
    qpm : float or None, quarter notes a minute

    Returns
    -------
    int, -1 to 23
        The nearest of 30 * 2 ** (value / 6).

    Examples
    --------
    >>> tempo_value(120.0), tempo_value(1.0), tempo_value(None)
    (12, 0, -1)
    """
    if qpm is None or not qpm > 0:
        return -1
    return min(23, max(0, round(6 * math.log2(qpm / 30))))


def tempo_of(value: int) -> float | None:
    """Return the tempo of a TEMPO value, None for -1.

    Parameters
    ----------
    value : int, -1 to 23

    Returns
    -------
    float or None, quarter notes a minute

    Examples
    --------
    >>> tempo_of(12)
    120.0
    """
    return None if value < 0 else 30.0 * 2.0 ** (value / 6)


def velocity_value(velocity: int) -> int:
    """Return the VEL value of a velocity.

    Parameters
    ----------
    velocity : int, 1 to 127

    Returns
    -------
    int, 0 to 15

    Examples
    --------
    >>> velocity_value(80), velocity_value(127), velocity_value(1)
    (9, 15, 0)
    """
    return min(15, max(0, (velocity + 4) // 8 - 1))


def velocity_of(value: int) -> int:
    """Return the velocity of a VEL value.

    Parameters
    ----------
    value : int, 0 to 15

    Returns
    -------
    int, 8 to 127

    Examples
    --------
    >>> velocity_of(9), velocity_of(15)
    (80, 127)
    """
    return min(127, 8 * (value + 1))


def key_tonic(key: int) -> tuple[int, str] | None:
    """Return the tonic's pitch class and the mode of a KEY value, None for no key.

    Parameters
    ----------
    key : int, 0 to 84

    Returns
    -------
    tuple of int and str, or None

    Examples
    --------
    >>> key_tonic(0), key_tonic(9 * 7 + 1), key_tonic(84)
    ((0, 'major'), (9, 'minor'), None)
    """
    return None if key == NO_KEY else (key // 7, MODES[key % 7])
