"""The look-back: what stood one, two and four bars ago, so that a model can repeat it.

Conventions: as `motet.phrases.event_codec`. For each lag there are six numbers: shift, part and run are
known before an event, and say which event followed this point so many bars ago, after which shift, and
how many events in a row have now been as they were then; pitch, sequence and duration are known once onset
and part are, and say what that part played then, what it would be moved to where this part now
stands, and how long it was. `NO_SHIFT`, `NO_PART`, `NO_PITCH`, `NO_DUR` stand for none.

Offers `LAGS`, `look_back`, `sounding_classes`, `last_pitches` for whole streams; a player's ring in
`motet.engine.live` gives the same numbers note by note.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.phrases.event_codec import (
    DRUMS,
    DURATIONS_TICK,
    PARTS,
    REST,
    SHIFTS_TICK,
    START,
    Ground,
    duration_class,
)
from motet.tokens.layout import GridArray

__all__ = [
    "LAGS",
    "MOST_RUN",
    "NO_DUR",
    "NO_PART",
    "NO_PITCH",
    "NO_SHIFT",
    "event_key",
    "last_pitches",
    "look_back",
    "sounding_classes",
]

Ints = npt.NDArray[Any]

LAGS: Final = (1, 2, 4)
"""Bars."""
NO_SHIFT: Final = len(SHIFTS_TICK)
NO_PART: Final = len(PARTS)
NO_PITCH: Final = REST
NO_DUR: Final = len(DURATIONS_TICK)
MOST_RUN: Final = 15


def event_key(onset: Any, part: Any, pitch: Any) -> Any:
    """Return one number a note, in the order of a stream.

    Examples
    --------
    >>> event_key(0, 1, 0) > event_key(0, 0, 127)
    True
    """
    return (onset * 8 + part) * 256 + pitch


def look_back(stream: GridArray, ground: Ground, *, start: int = 0) -> Ints:
    """Return what stood at each lag, for each event of a stream.

    Parameters
    ----------
    stream : array of `EVENT`, shape (n,)
        From the first one on that may be looked back to.
    ground : Ground
    start : int
        Onset before which nothing is known.

    Returns
    -------
    uint8, shape (n, lags, 6)
        Shift, part, pitch, sequence, duration, run.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> from motet.phrases.event_codec import read_stream
    >>> grid = score_to_grid(make_score("C5:2 E5:2 | D5:2 F5:2", fifths=0)).grid
    >>> look_back(read_stream(grid, "melody"), Ground(grid))[3, 0].tolist()
    [48, 0, 76, 78, 35, 0]
    """
    n = len(stream)
    onset = stream["onset"].astype(np.int64)
    part, pitch = stream["part"].astype(np.int64), stream["pitch"].astype(np.int64)
    keys = event_key(onset, part, pitch)
    last = last_pitches(stream).astype(np.int64)
    step = np.where((last < REST) & (part != DRUMS), pitch - last, 999)
    lengths = np.where(part == DRUMS, 0, duration_class(stream["dur"]))
    out = np.zeros((n, len(LAGS), 6), np.uint8)
    for k, lag in enumerate(LAGS):
        then = ground.earlier(onset, lag)
        then = np.where(then >= start, then, -1)
        # before the event: who came after the one before it, so many bars ago
        key = np.where(then >= 0, event_key(then, part, pitch), -1)[:-1]
        after = np.searchsorted(keys, key, side="right")
        there = np.minimum(after, n - 1)
        shift = onset[there] - then[:-1]
        fits = (key >= 0) & (after < np.arange(n - 1) + 1) & (shift <= SHIFTS_TICK[-1])
        at = np.searchsorted(SHIFTS_TICK, np.maximum(shift, 0), side="right") - 1
        out[0, k, :2] = NO_SHIFT, NO_PART
        out[1:, k, 0] = np.where(fits, at, NO_SHIFT)
        out[1:, k, 1] = np.where(fits, part[there], NO_PART)
        same = np.minimum(np.searchsorted(keys, key), n - 1)
        out[1:, k, 5] = _runs((keys[same] == key) & (key >= 0))
        # at the onset, for the part: the first pitch then that is above what it has begun now
        begun = np.zeros(n, np.bool_)
        begun[1:] = (onset[1:] == onset[:-1]) & (part[1:] == part[:-1])
        above = np.zeros(n, np.int64)
        above[1:] = np.where(begun[1:], pitch[:-1] + 1, 0)
        first = np.searchsorted(keys, event_key(then, part, above))
        there = np.minimum(first, n - 1)
        fits = (then >= 0) & (first < n) & (onset[there] == then) & (part[there] == part)
        fits &= pitch[there] < REST
        moved = last + step[there]
        out[:, k, 2] = np.where(fits, pitch[there], NO_PITCH)
        out[:, k, 3] = np.where(
            fits & (last < REST) & (moved >= 0) & (moved < REST), moved, NO_PITCH
        )
        out[:, k, 4] = np.where(fits, lengths[there], NO_DUR)
    return out


def _runs(is_same: Ints) -> Ints:
    """Return how many in a row up to each are true."""
    at = np.arange(1, len(is_same) + 1)
    broken = np.maximum.accumulate(np.where(is_same, 0, at)) if len(at) else at
    return np.minimum(at - broken, MOST_RUN)


def last_pitches(stream: GridArray) -> Ints:
    """Return the pitch that each event's part played before it, `START` for none.

    Examples
    --------
    >>> from motet.phrases.event_codec import EVENT
    >>> rows = [(0, 0, 60, 24, 9), (0, 2, 40, 24, 9), (24, 0, 62, 24, 9)]
    >>> last_pitches(np.array(rows, EVENT)).tolist()
    [129, 129, 60]
    """
    out = np.full(len(stream), START, np.uint8)
    for part in np.unique(stream["part"]):
        mine = np.flatnonzero((stream["part"] == part) & (stream["pitch"] < REST))
        out[mine[1:]] = stream["pitch"][mine[:-1]]
    return out


def sounding_classes(stream: GridArray) -> Ints:
    """Return which pitch classes sound already where each event begins.

    Returns
    -------
    int16, shape (n,)
        Bit k is pitch class k; drums do not count.

    Examples
    --------
    >>> from motet.phrases.event_codec import EVENT
    >>> rows = [(0, 0, 60, 24, 9), (0, 2, 40, 48, 9), (24, 0, 62, 24, 9)]
    >>> sounding_classes(np.array(rows, EVENT)).tolist()
    [0, 1, 16]
    """
    out = np.zeros(len(stream), np.int16)
    active: list[tuple[int, int]] = []
    for i, (onset, part, pitch, dur, _) in enumerate(stream.tolist()):
        active = [one for one in active if one[0] > onset]
        bits = 0
        for _, bit in active:
            bits |= bit
        out[i] = bits
        if part != DRUMS and pitch < REST:
            active.append((onset + dur, 1 << pitch % 12))
    return out
