"""The grid of a piece as arrays: notes, bars, chords, and what their numbers mean.

Conventions: times are positions, 24 a quarter note, counted from the start of the bar; pitches and
chord roots are key-normalised (sounding pitch plus `GridScore.shift_semi`), percussion keys are not;
velocities, metres, sections and keys are values of their token families; -1 stands for none.

Offers `GridScore` with its parts and columns, `sort_notes`, and what `motet.tokens.values` offers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.tokens.values import (
    MODE_TONICS,
    NO_KEY,
    UNMETRED,
    key_tonic,
    metre_length,
    metre_of,
    metre_value,
    tempo_of,
    tempo_value,
    velocity_of,
    velocity_value,
)
from motet.tokens.vocab import DRUM_PROGRAM

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
