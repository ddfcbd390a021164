"""How long written notes are: what was played, made simple.

Conventions: places are beats from the grid's beginning. A note that nearly reaches the next onset of
its part is written up to it; what sounds on beneath later notes is held to a line that ends something.

Source: own rules.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["gather_chords", "write_ends"]

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]
_FILLS: Final = 0.55
_SHORT_GAP: Final = 0.5
_OVER: Final = 0.4
_EPS: Final = 1e-6
_MAX_SPREAD_S: Final = 0.045


def gather_chords(onset_s: Float64, *, spread_s: float = _MAX_SPREAD_S) -> tuple[Int64, Float64]:
    """Return which onsets belong together, and when each group begins.

    Parameters
    ----------
    onset_s : float64, shape (n,), seconds, rising
    spread_s : float, seconds
        The notes of one group begin within so much.

    Returns
    -------
    group : int64, shape (n,)
        From 0.
    start_s : float64, shape (groups,), seconds
        Mean of each group.

    Examples
    --------
    >>> group, start = gather_chords(np.array([0.0, 0.02, 0.5]))
    >>> group.tolist(), start.tolist()
    ([0, 0, 1], [0.01, 0.5])
    """
    group = np.zeros(len(onset_s), np.int64)
    first, number = -np.inf, -1
    for k, time in enumerate(onset_s.tolist()):
        if time - first > spread_s:
            first, number = time, number + 1
        group[k] = number
    if not len(onset_s):
        return group, np.zeros(0)
    return group, np.bincount(group, weights=onset_s) / np.bincount(group)


def write_ends(
    onset: Float64,
    end: Float64,
    pitch: Int64,
    *,
    line: Float64,
    step: Float64,
    is_line: bool,
    unit: float = 0.5,
) -> Float64:
    """Return where each note ends in the score.

    Parameters
    ----------
    onset : float64, shape (n,), beats, rising
        On the grid.
    end : float64, shape (n,), beats
        As heard.
    pitch : int64, shape (n,)
    line : float64, shape (n,), beats
        `end` on the grid of its beat.
    step : float64, shape (n,), beats
        Shortest length of each note: a step of the grid at its onset.
    is_line : bool
        Whether the part plays one note at a time (a melody, a bass).
    unit : float, beats
        What short notes end on before a rest: a half beat, a third of a beat of three.

    Returns
    -------
    float64, shape (n,), beats
        After the onset; no two notes of one pitch overlap.

    Examples
    --------
    >>> onset, end = np.array([0.0, 1.0, 2.0]), np.array([0.8, 2.1, 2.5])
    >>> write_ends(onset, end, np.array([60, 62, 64]), line=end.round(), step=np.full(3, 0.5),
    ...            is_line=True).tolist()
    [1.0, 2.0, 2.5]
    """
    starts = np.unique(onset)
    out, limit = np.zeros(len(onset)), np.full(len(onset), np.inf)
    again: dict[int, float] = {}
    for k in range(len(onset) - 1, -1, -1):
        start, heard = float(onset[k]), float(end[k])
        at = bisect_right(starts, start + _EPS)
        following = float(starts[at]) if at < len(starts) else np.inf
        room = following - start
        length = max(heard - start, 0.0)
        if heard <= following + (np.inf if is_line else min(_OVER, 0.5 * length)):
            gap = following - min(heard, following)
            fills = length >= _FILLS * room or (gap < _SHORT_GAP and length >= 0.3 * room)
            found = (
                following if fills and room <= 8.0 else _plain_end(start, heard, following, unit)
            )
        else:
            found = _held_end(start, heard, float(line[k]), starts)
        found = max(found, start + float(step[k]))
        if is_line:
            found = min(found, following)
        limit[k] = again.get(int(pitch[k]), np.inf)
        found = min(found, float(limit[k]))
        again[int(pitch[k])] = start
        out[k] = found
    return _even_chords(onset, out, limit)


def _plain_end(start: float, heard: float, following: float, unit: float) -> float:
    """Return an end on a unit, or on a beat for what lasts longer, not after the next onset."""
    step = unit if heard - start < 1.75 else 1.0
    found = np.ceil((heard - 0.3 * step) / step) * step
    if found <= start + _EPS:
        found = np.floor(start / step + 1 + _EPS) * step
    return float(min(found, following))


def _held_end(start: float, heard: float, line: float, starts: Float64) -> float:
    """Return the onset of another note or the beat at which a held note ends most likely."""
    around = starts[(starts > start + _EPS) & (np.abs(starts - heard) < 0.6)]
    beats = np.array([np.floor(heard), np.ceil(heard)])
    choices = np.concatenate((around, beats[beats > start + _EPS]))
    if not len(choices):
        return line
    return float(choices[np.abs(choices - heard).argmin()])


def _even_chords(onset: Float64, end: Float64, limit: Float64) -> Float64:
    """Return ends of which those of one chord that lie near each other are one."""
    out = end.copy()
    for start in np.unique(onset):
        mine = np.flatnonzero(onset == start)
        if len(mine) > 1:
            middle = float(np.quantile(end[mine], 0.5, method="higher"))
            near = mine[np.abs(end[mine] - middle) <= 0.5 + _EPS]
            out[near] = np.minimum(middle, limit[near])
    return out
