"""Swing: where the second of two eighths stands in its beat.

Conventions: 0.5 is straight, 2/3 a triplet. Only beats that are divided in two count.

Source: ratios up to about 3.5 in Friberg and Sundström, "Swing Ratios and Ensemble Timing in Jazz
Performance", Music Perception 19 (2002), 333-349; the estimate, a median, is our own.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["find_swing"]

Float64 = NDArray[np.float64]
_LOW, _HIGH = 0.42, 0.76
_EDGE: Final = 0.14
_SWUNG: Final = 0.575
_MIN_BEATS: Final = 8
_MIN_SHARE: Final = 0.2
_MOST_SPREAD: Final = 0.09


def find_swing(onset_s: Float64, beat_s: Float64) -> float:
    """Return where off-beats fall in their beat.

    Parameters
    ----------
    onset_s : float64, shape (n,), seconds
        Onsets of notes, in any order.
    beat_s : float64, shape (m,), seconds, rising

    Returns
    -------
    float, 0.5 to 0.75
        0.5 where the beats are divided evenly, in three, in four, or hardly at all.

    Examples
    --------
    >>> beats = np.arange(17) * 0.5
    >>> find_swing(np.concatenate((beats, beats + 0.33)), beats)
    0.66
    """
    if len(beat_s) < 2 or not len(onset_s):
        return 0.5
    place = np.interp(onset_s, beat_s, np.arange(len(beat_s)), left=-1.0, right=-1.0)
    place = np.sort(place[place >= 0])
    beat = np.floor(place + 1e-9).astype(np.int64)
    inside = place - beat
    off, straight = [], 0
    for k in np.unique(beat):
        within = inside[(beat == k) & (inside > _EDGE) & (inside < 1.0 - _EDGE)]
        if not len(within):
            continue
        if within.max() - within.min() < 0.12 and _LOW < (mean := float(within.mean())) < _HIGH:
            off.append(mean)
        elif within.min() < 0.4 and within.max() > 0.6:
            straight += 1  # in three or in four
    if len(off) < max(_MIN_BEATS, _MIN_SHARE * (len(beat_s) - 1)) or straight > len(off):
        return 0.5
    low, middle, high = np.quantile(off, (0.25, 0.5, 0.75))
    if middle < _SWUNG or high - low > _MOST_SPREAD:
        return 0.5
    return round(min(0.75, float(middle)), 3)
