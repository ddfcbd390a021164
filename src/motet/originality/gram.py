"""Runs of intervals as numbers, and how much a run of notes says.

Conventions: a gram is six successive intervals; transposing and tempo do not change it, and rhythm
plays no part in it. A gram with fewer than three different intervals (scales, trills, repeated notes) is
not informative. Surprise is in bits: minus the binary logarithm of how probable an interval is after the
two before it, and a change of duration after the two before it, in the music of the index.

Offers `GRAM`, `hash_grams`, `winnow`, `change_classes`, `Surprise`, `learn_surprise`.

Source: winnowing after S. Schleimer, D. S. Wilkerson, A. Aiken, "Winnowing: Local Algorithms for
Document Fingerprinting", SIGMOD 2003; everything else own definitions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.originality.habit import NO_HABITS, Habits
from motet.originality.line import Ints

__all__ = [
    "GRAM",
    "HASH_BITS",
    "Floats",
    "Surprise",
    "change_classes",
    "hash_grams",
    "learn_surprise",
    "winnow",
]

GRAM: Final = 6
"""Intervals in a gram; chosen in docs/decisions/ with the window."""
HASH_BITS: Final = 22
_MIN_DIFFERENT: Final = 3
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)
_WIDEST: Final = 13
_N_PITCH: Final = 2 * _WIDEST + 1
_N_TIME: Final = 13
_BELIEF: Final = 8.0
_STEPS: Final = 16  # of a stored bit
_MOST_PITCH: Final = 4.0
_MOST_TIME: Final = 3.0
_FIGURE: Final = 5
_OLD: Final = 0.5
_MOVED: Final = 1.0
_PERIODS: Final = ((2, 2), (3, 4), (4, 4), (6, 4), (8, 4))
"""Notes of a figure, and how far each may move while it stays the same figure, in semitones."""

Floats = npt.NDArray[np.float64]


def hash_grams(pitch: Ints) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Return a number for each gram of a line, and whether the gram says something.

    Parameters
    ----------
    pitch : int64, shape (n,), semitones

    Returns
    -------
    int64, shape (max(0, n - 6),), 0 to 2**22 - 1
        That of the gram whose first note is note i.
    bool, shape (max(0, n - 6),)

    Examples
    --------
    >>> line = np.array([60, 62, 64, 65, 67, 64, 60, 67])
    >>> one, two = hash_grams(line)[0], hash_grams(line - 5)[0]
    >>> np.array_equal(one, two), hash_grams(np.arange(60, 68))[1].tolist()
    (True, [False, False])
    """
    steps = np.diff(pitch)
    if len(steps) < GRAM:
        return np.zeros(0, np.int64), np.zeros(0, np.bool_)
    runs = np.lib.stride_tricks.sliding_window_view(steps, GRAM)
    ordered = np.sort(runs, axis=1)
    different = 1 + (ordered[:, 1:] != ordered[:, :-1]).sum(axis=1)
    total = np.zeros(len(runs), np.uint64)
    for column in range(GRAM):
        total = total * _FACTOR + (runs[:, column] + 128).astype(np.uint64)
    total ^= total >> np.uint64(29)
    total *= _MIX
    return (total >> np.uint64(64 - HASH_BITS)).astype(np.int64), different >= _MIN_DIFFERENT


def winnow(hashes: Ints, wanted: npt.NDArray[np.bool_], *, window: int) -> Ints:
    """Return the places of the grams to keep: the smallest of each window of successive ones.

    Parameters
    ----------
    hashes : int64, shape (n,)
    wanted : bool, shape (n,)
        Which may be kept.
    window : int, grams
        Two lines that share so many informative grams in a row keep one of them in common.

    Returns
    -------
    int64, shape (m,), ascending

    Examples
    --------
    >>> hashes = np.array([5, 3, 9, 8, 7, 2])
    >>> kept = hashes[winnow(hashes, np.ones(6, bool), window=4)]
    >>> later = hashes[1:][winnow(hashes[1:], np.ones(5, bool), window=4)]
    >>> bool(np.isin(later, kept).any())
    True
    """
    if not len(hashes):
        return np.zeros(0, np.int64)
    worst = np.int64(1 << 62)
    ranked = np.where(wanted, (hashes * 2654435761) & 0xFFFFFFFF, worst)
    if len(ranked) < window:
        places = np.array([int(np.argmin(ranked))])
    else:
        views = np.lib.stride_tricks.sliding_window_view(ranked, window)
        last = window - 1 - np.argmin(views[:, ::-1], axis=1)
        places = np.unique(last + np.arange(len(views)))
    kept: Ints = places[wanted[places]].astype(np.int64)
    return kept


def change_classes(time: Ints) -> Ints:
    """Return how the time between onsets changes at each note of a line, as one of 13 classes.

    Parameters
    ----------
    time : int64, shape (n,), positions
        Onsets, ascending.

    Returns
    -------
    int64, shape (n,), 0 to 12
        6 is no change, 8 is twice as long, 4 half; steps of half an octave; for the first two notes 6.

    Examples
    --------
    >>> change_classes(np.array([0, 24, 48, 96, 108])).tolist()
    [6, 6, 6, 8, 2]
    """
    found = np.full(len(time), 6, np.int64)
    if len(time) > 2:
        apart = np.maximum(np.diff(time), 1).astype(np.float64)
        ratio = np.log2(apart[1:] / apart[:-1])
        found[2:] = np.clip(np.round(2 * ratio), -6, 6).astype(np.int64) + 6
    return found


@dataclass(frozen=True, eq=False, kw_only=True)
class Surprise:
    """How many bits each note of a line says.

    Parameters
    ----------
    pitch : uint8, shape (27, 27, 27)
        Sixteenths of a bit for an interval after the two before it, from -13 to 13 semitones.
    time : uint8, shape (13, 13, 13)
        The same for classes of change.
    habits : Habits
        What many pieces say.

    Examples
    --------
    >>> flat = Surprise(pitch=np.full((27,) * 3, 32, np.uint8), time=np.full((13,) * 3, 16, np.uint8))
    >>> flat.pitch_bits(np.array([60, 62, 64])).tolist(), flat.time_bits(np.array([0, 9])).tolist()
    ([2.0, 2.0, 2.0], [1.0, 1.0])
    """

    pitch: npt.NDArray[np.uint8]
    time: npt.NDArray[np.uint8]
    habits: Habits = NO_HABITS

    def pitch_bits(self, pitch: Ints) -> Floats:
        """float64, shape (n,): bits that each note's pitch says, given those before it, at most 4.

        What the line has said before says half a bit: a figure that is repeated counts once. So do a
        figure that goes on with other notes of the same shape (broken triads, basses of an
        accompaniment: one bit where it moves), and what many pieces say (`motet.originality.habit`).
        """
        bits = np.minimum(_look_up(self.pitch, _steps(pitch)), _MOST_PITCH)
        bits = _discount(self.habits.cap(bits, pitch), np.diff(pitch, prepend=pitch[:1]))
        return _discount_figures(bits, pitch)

    def time_bits(self, time: Ints) -> Floats:
        """float64, shape (n,): bits that each note's onset says, given those before it, at most 3."""
        classes = change_classes(time)
        return _discount(np.minimum(_look_up(self.time, classes), _MOST_TIME), classes)


def learn_surprise(lines: Iterable[tuple[Ints, Ints]]) -> Surprise:
    """Return how surprising intervals and changes of duration are in some lines.

    Parameters
    ----------
    lines : iterable of (pitch, time)
        Arrays of equal length.

    Returns
    -------
    Surprise

    Examples
    --------
    >>> scale = np.arange(40, 80)
    >>> known = learn_surprise([(scale, scale * 24)])
    >>> bool(known.pitch_bits(scale)[9] < 0.5 < known.pitch_bits(np.array([60, 61, 62, 58]))[3])
    True
    """
    pitches, times = np.zeros(_N_PITCH**3, np.int64), np.zeros(_N_TIME**3, np.int64)
    for pitch, time in lines:
        for counts, symbols, n in (
            (pitches, _steps(pitch), _N_PITCH),
            (times, change_classes(time), _N_TIME),
        ):
            if len(symbols) > 2:
                code = (symbols[:-2] * n + symbols[1:-1]) * n + symbols[2:]
                counts += np.bincount(code, minlength=n**3)
    return Surprise(
        pitch=_to_bits(pitches.reshape((_N_PITCH,) * 3)),
        time=_to_bits(times.reshape((_N_TIME,) * 3)),
    )


def _discount(bits: Floats, symbols: Ints) -> Floats:
    """Return the bits of a line, fewer where its last five symbols have come before."""
    if len(symbols) < _FIGURE:
        return bits
    runs = np.lib.stride_tricks.sliding_window_view(symbols, _FIGURE)
    code = np.zeros(len(runs), np.int64)
    for column in range(_FIGURE):
        code = code * 257 + runs[:, column] + 128
    first = np.unique(code, return_index=True)[1]
    is_old = np.ones(len(runs), np.bool_)
    is_old[first] = False
    found = bits.copy()
    found[_FIGURE - 1 :][is_old] = np.minimum(found[_FIGURE - 1 :][is_old], _OLD)
    return found


def _discount_figures(bits: Floats, pitch: Ints) -> Floats:
    """Return the bits of a line, fewer where it goes on with a figure on other notes of a chord."""
    found = bits.copy()
    up = np.sign(np.diff(pitch))
    for period, widest in _PERIODS:
        if len(pitch) < 2 * period + 1:
            continue
        same = up[period:] == up[:-period]
        lasts = np.lib.stride_tricks.sliding_window_view(same, period).all(axis=1)
        moved = np.abs(pitch[2 * period :] - pitch[period:-period])
        low = np.where(moved == 0, _OLD, np.where(moved <= widest, _MOVED, np.inf))
        part = found[2 * period :]
        np.minimum(part, np.where(lasts, low, np.inf), out=part)
    return found


def _steps(pitch: Ints) -> Ints:
    """Return the interval into each note as 0 to 26, 13 is none or the first."""
    steps = np.diff(pitch, prepend=pitch[:1])
    return np.clip(steps, -_WIDEST, _WIDEST) + _WIDEST


def _look_up(table: npt.NDArray[np.uint8], symbols: Ints) -> Floats:
    """Return the bits of each symbol after the two before it; before the first is the middle one."""
    middle = len(table) // 2
    padded = np.concatenate((np.full(2, middle, np.int64), symbols))
    found: Floats = table[padded[:-2], padded[1:-1], symbols] / float(_STEPS)
    return found


def _to_bits(counts: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    """Return sixteenths of a bit, smoothed towards shorter contexts."""
    n = len(counts)
    alone = (counts.sum(axis=(0, 1)) + 1.0) / (counts.sum() + n)
    pairs = counts.sum(axis=0)
    after_one = (pairs + _BELIEF * alone) / (pairs.sum(axis=1, keepdims=True) + _BELIEF)
    after_two = (counts + _BELIEF * after_one) / (counts.sum(axis=2, keepdims=True) + _BELIEF)
    bits: npt.NDArray[np.uint8] = np.clip(np.round(-np.log2(after_two) * _STEPS), 0, 255).astype(
        np.uint8
    )
    return bits
