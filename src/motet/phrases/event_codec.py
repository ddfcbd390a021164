"""Note events: a piece as one stream of notes, each with what was known when it began.

Conventions: times are grid positions (24 a quarter note); an *onset* counts from the start of the piece. A
stream is sorted by onset, part (index in `PARTS`), pitch. Classes of time shifts and durations are
indices in `SHIFTS_TICK` and `DURATIONS_TICK`. A *place* is what the bars say of a position, five small
numbers: sixteenth of the bar, position within the sixteenth, METRE value, bar of eight, bars that are left
(`FAR` for that many or more). Chords are CHORD values, `NO_CHORD` for none.

Offers `EVENT`, `PARTS`, `Ground`, `read_stream`, `stream_to_notes`, `shift_class`, `duration_class` and
the tables.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.phrases.roles import find_roles
from motet.tokens.layout import GRID_NOTE, GridArray, GridScore, key_tonic, sort_notes
from motet.tokens.vocab import MODES, STYLES

__all__ = [
    "CONTENTS",
    "DURATIONS_TICK",
    "EVENT",
    "FAR",
    "NO_CHORD",
    "NO_MODE",
    "NO_STYLE",
    "N_PITCHES",
    "N_PLACE",
    "PAD",
    "PARTS",
    "REST",
    "SHIFTS_TICK",
    "START",
    "Ground",
    "duration_class",
    "read_stream",
    "shift_class",
    "stream_to_notes",
]

Ints = npt.NDArray[Any]

PARTS: Final = ("melody", "chords", "bass", "strings", "drums")
"""Parts of a stream, in the order in which notes of one onset are told."""
CONTENTS: Final = {"melody": (0,), "drums": (4,), "poly": (0, 1, 2, 3, 4)}
"""Which parts a stream of some content has."""
DRUMS: Final = 4

SHIFTS_TICK: Final[Ints] = np.array([*range(97), *range(102, 193, 6), *range(204, 385, 12)])
"""Time shifts that one event can say; a longer one takes rests, other ones are moved to the nearest."""
DURATIONS_TICK: Final[Ints] = np.array(
    [
        *range(1, 25),
        *range(26, 49, 2),
        *range(54, 97, 6),
        *range(108, 193, 12),
        *range(216, 385, 24),
    ]
)
"""Durations that an event can have; others become the nearest."""

REST: Final = 128
"""Pitch of an event that sounds nothing and only takes time."""
START: Final = 129
"""Pitch of the event before the first one."""
PAD: Final = 130
"""Pitch after the last event of a phrase."""
N_PITCHES: Final = 129
FAR: Final = 4
N_PLACE: Final = 5
NO_CHORD: Final = 240
NO_STYLE: Final = len(STYLES)
NO_MODE: Final = len(MODES)
_SURE: Final = 0.4
_MOST_SIXTEENTHS: Final = 63

EVENT: Final = np.dtype(
    [("onset", "<i8"), ("part", "u1"), ("pitch", "u1"), ("dur", "<i4"), ("vel", "u1")]
)
"""A note: onset and duration in positions, part (index in `PARTS`), pitch, VEL value."""


def shift_class(shift_tick: int) -> int:
    """Return the class of the longest time shift that is no longer than asked.

    Examples
    --------
    >>> shift_class(24), int(SHIFTS_TICK[shift_class(100)])
    (24, 96)
    """
    return int(np.searchsorted(SHIFTS_TICK, shift_tick, side="right")) - 1


def duration_class(dur_tick: Any) -> Any:
    """Return the classes of the durations nearest to those given.

    Examples
    --------
    >>> duration_class(np.array([1, 24, 1000])).tolist(), int(DURATIONS_TICK[23])
    ([0, 23, 59], 24)
    """
    edges = (DURATIONS_TICK[1:] + DURATIONS_TICK[:-1]) / 2
    return np.searchsorted(edges, dur_tick, side="left")


class Ground:
    """What lies under a stream: bars, chords, style and mode of a piece.

    Parameters
    ----------
    grid : GridScore
        Its notes are not looked at.
    is_endless : bool
        Whether the end is not told: bars go on as the last one.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> ground = Ground(score_to_grid(make_score("C4:4 | C4:4")).grid)
    >>> ground.places(np.array([0, 103]))[0].tolist()
    [[0, 0, 13, 0, 1], [1, 1, 13, 1, 0]]
    """

    def __init__(self, grid: GridScore, *, is_endless: bool = False) -> None:
        self.grid, self.is_endless = grid, is_endless
        self.style = grid.style if 0 <= grid.style < NO_STYLE else NO_STYLE
        told = key_tonic(grid.key)
        self.mode = MODES.index(told[1]) if told else NO_MODE
        self._starts = grid.bar_starts

    @cached_property
    def _chords(self) -> tuple[Ints, Ints]:
        """Where chords begin, and which; those of little confidence are unknown."""
        rows = self.grid.chords
        value = np.where(
            (rows["chord"] >= 0) & (rows["confidence"] >= _SURE), rows["chord"], NO_CHORD
        )
        return self._starts[rows["bar"]] + rows["pos"], value

    def bars(self, onsets: Ints) -> Ints:
        """Return the bar of each onset."""
        found = np.searchsorted(self._starts, onsets, side="right") - 1
        return np.minimum(found, max(0, self.grid.n_bars - 1))

    def places(self, onsets: Ints) -> tuple[Ints, Ints]:
        """Return place and chords of each onset.

        Returns
        -------
        two of int64, shapes (n, 5) and (n, 2)
            The chord that sounds, and that at the start of the next bar.
        """
        bars = self.bars(onsets)
        pos = onsets - self._starts[bars]
        left = np.full_like(bars, FAR) if self.is_endless else self.grid.n_bars - 1 - bars
        place = np.stack(
            [
                np.minimum(pos // 6, _MOST_SIXTEENTHS),
                pos % 6,
                np.maximum(self.grid.bars["metre"][bars], 0),
                bars % 8,
                np.minimum(left, FAR),
            ],
            axis=1,
        )
        ahead = self._starts[np.minimum(bars + 1, self.grid.n_bars)]
        ahead = np.where(bars + 1 < self.grid.n_bars, ahead, -1)
        return place, np.stack([self._chord_at(onsets), self._chord_at(ahead)], axis=1)

    def _chord_at(self, onsets: Ints) -> Ints:
        starts, values = self._chords
        if not len(starts):
            return np.full(len(onsets), NO_CHORD)
        at = np.searchsorted(starts, onsets, side="right") - 1
        return np.where(at >= 0, values[np.maximum(at, 0)], NO_CHORD)

    def earlier(self, onsets: Ints, n_bars: int) -> Ints:
        """Return the same position in a bar so many bars ago; -1 where there is none, or it is shorter."""
        bars = self.bars(onsets)
        then = bars - n_bars
        pos = onsets - self._starts[bars]
        there = np.maximum(then, 0)
        fits = (then >= 0) & (pos < self._starts[there + 1] - self._starts[there])
        return np.where(fits, self._starts[there] + pos, -1)


def read_stream(grid: GridScore, content: str) -> GridArray:
    """Return the notes of a piece as one stream.

    Parameters
    ----------
    grid : GridScore
    content : str
        ``melody``, ``drums`` or ``poly``.

    Returns
    -------
    array of `EVENT`, shape (n,)
        Of the parts that `find_roles` finds; empty where there is none of them.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> score = make_score("C5:1 E5:1 G5:1 E5:1", "C4+E4:2 C4+E4:2", "C2:2 G2:2")
    >>> read_stream(score_to_grid(score).grid, "poly")["pitch"].tolist()
    [72, 60, 64, 36, 76, 79, 60, 64, 43, 76]
    """
    roles = find_roles(grid)
    part_of = np.full(max(1, len(grid.parts)), 255, np.uint8)
    for k in CONTENTS[content]:
        part_of[list(roles[PARTS[k]])] = k
    notes = grid.notes[part_of[grid.notes["part"]] < len(PARTS)]
    stream = np.zeros(len(notes), EVENT)
    stream["onset"] = grid.bar_starts[notes["bar"]] + notes["pos"]
    stream["part"] = part_of[notes["part"]]
    for name in ("pitch", "dur", "vel"):
        stream[name] = notes[name]
    return stream[np.lexsort((stream["pitch"], stream["part"], stream["onset"]))]


def stream_to_notes(stream: GridArray, starts: Ints, rows: dict[int, int]) -> GridArray:
    """Return the notes of a stream as rows of a grid.

    Parameters
    ----------
    stream : array of `EVENT`, shape (n,)
    starts : int64, shape (bars + 1,)
        Where bars start (`GridScore.bar_starts`); what begins after the last is left out.
    rows : dict of int to int
        Part of the stream to the grid's; others are left out.

    Returns
    -------
    array of `GRID_NOTE`

    Examples
    --------
    >>> stream = np.array([(96, 0, 60, 24, 9)], EVENT)
    >>> stream_to_notes(stream, np.array([0, 96, 192]), {0: 2}).tolist()
    [(1, 2, 0, 24, 60, 9)]
    """
    kept = (stream["onset"] < starts[-1]) & (stream["pitch"] < REST)
    kept &= np.isin(stream["part"], list(rows))
    stream = stream[kept]
    notes = np.zeros(len(stream), GRID_NOTE)
    notes["bar"] = np.searchsorted(starts, stream["onset"], side="right") - 1
    notes["pos"] = stream["onset"] - starts[notes["bar"]]
    notes["part"] = [rows[int(part)] for part in stream["part"]]
    for name in ("pitch", "dur", "vel"):
        notes[name] = stream[name]
    return sort_notes(notes)
