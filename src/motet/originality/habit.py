"""Turns of melody that everybody writes: how likely an interval is after the five before it.

Conventions: learnt from how many pieces of the index have a run of six intervals, and how many its first
five; a piece counts once, however often it says it, so that a tune that repeats itself is no habit. Only
runs of `LEAST_PIECES` pieces are kept.

Offers `Habits`, `NO_HABITS`, `from_planes`, `hash_runs`, `learn_habits`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

__all__ = ["LEAST_PIECES", "NO_HABITS", "Habits", "from_planes", "hash_runs", "learn_habits"]

LEAST_PIECES: Final = 24
_LONG: Final = 6
_STEPS: Final = 16  # of a stored bit
_MOST: Final = 255

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint32]


@dataclass(frozen=True, eq=False, kw_only=True)
class Habits:
    """Runs of six intervals that many pieces have, and how many bits the last interval says.

    Parameters
    ----------
    keys : uint32, shape (n,), ascending
        Hashes (`hash_runs`).
    bits : uint8, shape (n,)
        Sixteenths of a bit.

    Examples
    --------
    >>> NO_HABITS.cap(np.array([2.0, 3.0]), np.array([60, 62])).tolist()
    [2.0, 3.0]
    """

    keys: Hashes
    bits: npt.NDArray[np.uint8]

    @property
    def planes(self) -> npt.NDArray[np.uint8]:
        """uint8, shape (4, n): the four bytes of the differences of the keys, the lowest first."""
        apart = np.diff(self.keys, prepend=np.uint32(0))
        return np.stack([apart >> k & 255 for k in (0, 8, 16, 24)]).astype(np.uint8)

    def cap(self, bits: npt.NDArray[np.float64], pitch: Ints) -> npt.NDArray[np.float64]:
        """float64, shape (n,): what notes of a line say, less where the last six intervals are a habit."""
        if len(pitch) <= _LONG or not len(self.keys):
            return bits
        own = hash_runs(np.diff(pitch), _LONG)
        at = np.minimum(np.searchsorted(self.keys, own), len(self.keys) - 1)
        known = np.where(self.keys[at] == own, self.bits[at] / float(_STEPS), np.inf)
        found = bits.copy()
        found[_LONG:] = np.minimum(found[_LONG:], known)
        return found


NO_HABITS: Final = Habits(keys=np.zeros(0, np.uint32), bits=np.zeros(0, np.uint8))
"""Of an index that knows none."""


def from_planes(planes: npt.NDArray[np.uint8], bits: npt.NDArray[np.uint8]) -> Habits:
    """Return habits from their `planes` and bits.

    Parameters
    ----------
    planes : uint8, shape (4, n)
    bits : uint8, shape (n,)

    Returns
    -------
    Habits

    Examples
    --------
    >>> one = Habits(keys=np.array([7, 70000], np.uint32), bits=np.array([1, 2], np.uint8))
    >>> from_planes(one.planes, one.bits).keys.tolist()
    [7, 70000]
    """
    parts = planes.astype(np.uint32)
    apart = parts[0] | parts[1] << 8 | parts[2] << 16 | parts[3] << 24
    return Habits(keys=np.cumsum(apart, dtype=np.uint32), bits=bits)


def hash_runs(steps: npt.NDArray[Any], n: int) -> Hashes:
    """Return a number for each run of intervals.

    Parameters
    ----------
    steps : int, shape (m,), semitones
    n : int

    Returns
    -------
    uint32, shape (max(0, m - n + 1),)

    Examples
    --------
    >>> one = hash_runs(np.array([2, 2, 1, 2, 2]), 2)
    >>> bool(one[0] == one[3]), bool(one[0] == one[1]), len(one)
    (True, False, 4)
    """
    count = max(0, len(steps) - n + 1)
    moved = (steps.astype(np.int16) + 128).astype(np.uint8)
    total = np.zeros(count, np.uint32)
    for k in range(n):
        total *= np.uint32(0x9E3779B1)
        total += moved[k : k + count]
    total ^= total >> np.uint32(15)
    total *= np.uint32(0x85EBCA6B)
    total ^= total >> np.uint32(13)
    return total


def learn_habits(steps: npt.NDArray[np.int8], lines: Ints, pieces: Ints) -> Habits:
    """Return the habits of some lines.

    Parameters
    ----------
    steps : int8, shape (n,)
        Interval into each note of all lines; 0 at the first note of a line.
    lines : int64, shape (k + 1,)
        Where the lines begin, and the end.
    pieces : int64, shape (k,)
        The piece of each line, ascending.

    Returns
    -------
    Habits

    Examples
    --------
    >>> one = np.array([0, 4, 3, -3, 3, -7, 4, 3], np.int8)
    >>> found = learn_habits(np.tile(one, 30), np.arange(31) * 8, np.arange(30))
    >>> found.bits.tolist()
    [0, 0]
    """
    owner = np.repeat(pieces, np.diff(lines)).astype(np.uint64)
    room = np.repeat(lines[1:], np.diff(lines)) - np.arange(len(steps))
    long, n_long = _spread(steps, owner, room, _LONG)
    short, n_short = _spread(steps, owner, room, _LONG - 1)
    places, kept = long
    wanted = n_long >= LEAST_PIECES
    keys, first = kept[wanted], places[wanted]
    context = hash_runs(steps[1:], _LONG - 1)[first]
    at = np.searchsorted(short[1], context)
    share = n_long[wanted] / np.maximum(n_short[at], n_long[wanted])
    bits = np.clip(np.round(-np.log2(share) * _STEPS), 0, _MOST).astype(np.uint8)
    return Habits(keys=keys, bits=bits)


def _spread(
    steps: npt.NDArray[np.int8], owner: npt.NDArray[np.uint64], room: Ints, n: int
) -> tuple[tuple[Ints, Hashes], Ints]:
    """Return a place of each run, the runs, and how many pieces have each."""
    hashes = hash_runs(steps[1:], n)
    inside = np.flatnonzero(room[: len(hashes)] > n)
    pairs = (hashes[inside].astype(np.uint64) << np.uint64(24)) | owner[inside]
    told, at = np.unique(pairs, return_index=True)
    runs = (told >> np.uint64(24)).astype(np.uint32)
    kept, first, counts = np.unique(runs, return_index=True, return_counts=True)
    return (inside[at[first]], kept), counts
