"""Two passages laid beside each other, with notes changed, added and left out.

Conventions: local alignment (Smith-Waterman) in a band around a diagonal, many pairs at once. A note of
one's own that has the pitch of theirs, up to one shift for the whole passage, gains the bits that it says;
the bits of its rhythm too where that agrees; one that differs, is missing or is new costs a fixed price.

Offers `Pair`, `Alignment`, `align_pairs`.

Source: T. F. Smith, M. S. Waterman, "Identification of Common Molecular Subsequences", Journal of
Molecular Biology 147, 1981. Slow twin: tests/originality/test_align.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.originality.line import Ints

__all__ = ["BAND", "CHANGED", "MISSING", "Alignment", "Pair", "align_pairs"]

BAND: Final = 12
"""How many notes more of one passage than of the other may have been added before a place."""
CHANGED: Final = 4.5
MISSING: Final = 5.0
"""Prices in bits of a note that differs, and of one that is in one passage only."""
_NOWHERE: Final = -999

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Pair:
    """Two passages: one's own, and theirs from where the band begins.

    Parameters
    ----------
    own_pitch, own_change : int64, shape (n,)
        Pitches and classes of change (`motet.originality.gram.change_classes`).
    pitch_bits, time_bits : float64, shape (n,)
        What the notes say.
    their_pitch, their_change : int64, shape (m,)
        The whole of their line.
    diagonal : int
        Their index minus one's own, in the middle of the band.
    shift_semi : int
        One's own pitch minus theirs.
    """

    own_pitch: Ints
    own_change: Ints
    pitch_bits: Floats
    time_bits: Floats
    their_pitch: Ints
    their_change: Ints
    diagonal: int
    shift_semi: int


@dataclass(frozen=True, eq=False, kw_only=True)
class Alignment:
    """The best part of a pair.

    Parameters
    ----------
    bits : float
    own, theirs : int64, shape (k,)
        Indices of the notes that agree.
    n_verbatim : int
        The longest run of successive notes that agree.
    """

    bits: float
    own: Ints
    theirs: Ints

    @property
    def n_verbatim(self) -> int:
        """The longest run of notes that agree without one between them."""
        if not len(self.own):
            return 0
        breaks = (np.diff(self.own) != 1) | (np.diff(self.theirs) != 1)
        edges = np.flatnonzero(np.concatenate(([True], breaks, [True])))
        return int(np.diff(edges).max())


def align_pairs(pairs: Sequence[Pair]) -> list[Alignment]:
    """Return the best local alignment of each pair.

    Parameters
    ----------
    pairs : sequence of Pair

    Returns
    -------
    list of Alignment

    Examples
    --------
    >>> own, theirs = np.array([60, 64, 62, 67, 66]), np.array([50, 52, 56, 54, 59])
    >>> plain, two = np.full(5, 6), np.full(5, 2.0)
    >>> pair = Pair(own_pitch=own, own_change=plain, pitch_bits=two, time_bits=two * 0,
    ...             their_pitch=theirs, their_change=plain, diagonal=0, shift_semi=8)
    >>> found = align_pairs([pair])[0]
    >>> found.bits, found.own.tolist(), found.theirs.tolist(), found.n_verbatim
    (8.0, [0, 1, 2, 3], [1, 2, 3, 4], 4)
    """
    if not pairs:
        return []
    gains = _gains(pairs)
    heights = _fill(gains)
    found = []
    for k in range(len(pairs)):
        own = heights[:, k]
        at = int(own.argmax())
        path = _trace(own, gains[:, k], *divmod(at, own.shape[1]))
        agreed = np.array([step for step in path[::-1] if gains[step[0], k, step[1]] > 0], np.int64)
        agreed = agreed.reshape(-1, 2)
        rows = agreed[:, 0]
        theirs = rows + agreed[:, 1] - BAND + pairs[k].diagonal
        found.append(Alignment(bits=float(own.flat[at]), own=rows, theirs=theirs))
    return found


def _gains(pairs: Sequence[Pair]) -> npt.NDArray[np.float32]:
    """Return gain or price of each place: float32, shape (own notes, pairs, band)."""
    width = 2 * BAND + 1
    longest = max(len(pair.own_pitch) for pair in pairs)
    gains = np.full((longest, len(pairs), width), -CHANGED, np.float32)
    for k, pair in enumerate(pairs):
        n = len(pair.own_pitch)
        pitch, change = (
            np.lib.stride_tricks.sliding_window_view(
                _cut(values, pair.diagonal - BAND, n + width - 1), width
            )
            for values in (pair.their_pitch, pair.their_change)
        )
        agrees = pitch == (pair.own_pitch - pair.shift_semi)[:, None]
        in_time = change == pair.own_change[:, None]
        gain = pair.pitch_bits[:, None] + np.where(in_time, pair.time_bits[:, None], 0.0)
        gains[:n, k] = np.where(agrees, np.maximum(gain, 0.01), -CHANGED)
    return gains


def _cut(values: Ints, start: int, length: int) -> Ints:
    """Return some values from a place on, with nothing before the first and after the last."""
    found = np.full(length, _NOWHERE, np.int64)
    first, last = max(0, start), min(len(values), start + length)
    if first < last:
        found[first - start : last - start] = values[first:last]
    return found


def _fill(gains: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the best sum that ends at each place, at least 0."""
    heights = np.zeros_like(gains)
    ramp = (MISSING * np.arange(gains.shape[2])).astype(np.float32)
    last = np.zeros_like(gains[0])
    for row, gain in enumerate(gains):
        best = np.maximum(last + gain, 0)
        np.maximum(best[:, :-1], last[:, 1:] - np.float32(MISSING), out=best[:, :-1])
        last = np.maximum.accumulate(best + ramp, axis=1) - ramp
        heights[row] = last
    return heights


def _trace(heights: npt.NDArray[Any], gains: npt.NDArray[Any], row: int, at: int) -> list[Any]:
    """Return the places of the path that ends at the highest one, backwards."""
    path: list[tuple[int, int]] = []
    near = 1e-2
    while row >= 0 and heights[row, at] > near:
        here = float(heights[row, at])
        before = float(heights[row - 1, at]) if row else 0.0
        if abs(before + float(gains[row, at]) - here) < near:
            path.append((row, at))
            row -= 1
        elif (
            at + 1 < heights.shape[1]
            and row
            and abs(float(heights[row - 1, at + 1]) - MISSING - here) < near
        ):
            row, at = row - 1, at + 1
        elif at:
            at -= 1
        else:
            break
    return path
