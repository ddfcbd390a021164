"""Cells of time between the beats of a recording, and what a chord model is told of each.

Conventions: cells follow each other without a gap from 0 to the end of the chroma. Level 3 is a
downbeat, 2 the middle of a bar of an even number of beats, 1 another beat, 0 a cell of half a second
where no beats are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.chroma import Chroma
from motet.audio.heard import HeardBeats

__all__ = ["N_FEATURES", "Cells", "describe_cells", "lay_cells"]

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]

N_FEATURES: Final = 97
"""Numbers that describe a cell from the view of one root."""
_BLIND_S: Final = 0.5
_LONGEST_S: Final = 1.5
_LATE_S: Final = 0.03
_QUIET: Final = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Stretches of a recording, each of which has one chord.

    Parameters
    ----------
    edge_s : float64, shape (t + 1,), seconds
    level : int64, shape (t,)
        Metric weight of each cell's start, 0 to 3.
    treble, bass : float64, shape (t, 12), >= 0
        Mean chroma of each cell.
    """

    edge_s: Float64
    level: Int64
    treble: Float64
    bass: Float64

    @property
    def is_silent(self) -> NDArray[np.bool_]:
        """Which cells hold nothing to speak of, bool, shape (t,)."""
        loud = self.treble.max(axis=1, initial=0.0)
        usual = float(np.median(loud[loud > 0])) if bool((loud > 0).any()) else 0.0
        return np.asarray(loud <= _QUIET * usual)


def lay_cells(chroma: Chroma, beats: HeardBeats | None) -> Cells:
    """Return the cells of a recording: one a beat, or half a second each where beats are not known.

    Parameters
    ----------
    chroma : Chroma
    beats : HeardBeats or None

    Returns
    -------
    Cells

    Examples
    --------
    >>> ones = np.ones((43, 12), np.float32)
    >>> lay_cells(Chroma(ones, 0.05, 0.0, ones), None).edge_s.tolist()
    [0.0, 0.5, 1.0, 1.5, 2.0, 2.15]
    """
    end_s = chroma.duration_s
    if beats is None or len(beats.time_s) < 2:
        edge = np.arange(0.0, end_s, _BLIND_S)
        level = np.zeros(len(edge), np.int64)
    else:
        edge, level = _beat_edges(beats, end_s)
    edge = np.append(edge, end_s)
    treble, bass = (_means(one, edge, chroma.frame_s) for one in (chroma.values, chroma.bass))
    return Cells(edge, level, treble, bass)


def _beat_edges(beats: HeardBeats, end_s: float) -> tuple[Float64, Int64]:
    """Return where cells begin and how strong that is; before the first beat the beats go on."""
    time = np.asarray(beats.time_s, np.float64)
    place = np.asarray(beats.place, np.int64)
    per_bar = max(1, beats.beats_per_bar)
    step = float(np.median(np.diff(time)))
    before = np.arange(time[0] - step, 0.0, -step)[::-1] if time[0] > step else np.zeros(0)
    after = np.arange(time[-1] + step, end_s, step)
    places = np.concatenate(
        [
            (place[0] - np.arange(len(before), 0, -1)) % per_bar,
            place,
            (place[-1] + np.arange(1, len(after) + 1)) % per_bar,
        ]
    )
    time = np.concatenate([before, time, after])
    level = np.where(places == 0, 3, 1)
    if per_bar % 2 == 0 and per_bar > 2:
        level[places == per_bar // 2] = 2
    keep = (time > 0.05) & (time < end_s - 0.05)
    time, level = time[keep], level[keep]
    time, level = np.insert(time, 0, 0.0), np.insert(level, 0, 1)
    # A beat longer than this may hold two chords.
    wide = np.diff(np.append(time, end_s)) > _LONGEST_S
    half = (time + np.append(time[1:], end_s)) / 2
    times, levels = np.concatenate([time, half[wide]]), np.append(level, np.ones(wide.sum(), int))
    order = np.argsort(times, kind="stable")
    return times[order], levels[order].astype(np.int64)


def _means(values: NDArray[np.float32], edge_s: Float64, frame_s: float) -> Float64:
    """Return the mean of the frames of each cell, what rings over from before left out."""
    sums = np.concatenate([np.zeros((1, 12)), np.cumsum(values, axis=0, dtype=np.float64)])
    first = np.clip(np.ceil((edge_s[:-1] + _LATE_S) / frame_s), 0, len(values) - 1).astype(int)
    last = np.maximum(np.clip(np.ceil(edge_s[1:] / frame_s), 0, len(values)).astype(int), first + 1)
    return np.asarray((sums[last] - sums[first]) / (last - first)[:, None], dtype=np.float64)


def describe_cells(cells: Cells, *, start: int = 0, end: int | None = None) -> Float64:
    """Return what the chord model is told: each cell seen from each of the twelve roots.

    Parameters
    ----------
    cells : Cells
    start, end : int
        Which cells; of a long recording not all at a time.

    Returns
    -------
    float64, shape (end - start, 12, 97)
        From the root up: treble and bass of the cell, of the one before and of the one after, each
        relative to its strongest; treble and bass of the whole recording; how loud the cell is.

    Examples
    --------
    >>> ones = np.ones((43, 12), np.float32)
    >>> describe_cells(lay_cells(Chroma(ones, 0.05, 0.0, ones), None)).shape
    (5, 12, 97)
    """
    both = np.stack([_relative(cells.treble), _relative(cells.bass)], axis=1)  # (t, 2, 12)
    loud = cells.treble.max(axis=1)
    level = np.minimum(loud / max(float(np.median(loud)), 1e-9), 2.0)
    whole = (both * level[:, None, None]).mean(axis=0) / max(float(level.mean()), 1e-9)
    padded = np.concatenate([both[:1], both, both[-1:]])
    chosen = slice(start, len(both) if end is None else min(end, len(both)))
    mean = np.broadcast_to(whole, both[chosen].shape)
    near = [both[chosen], padded[:-2][chosen], padded[2:][chosen], mean]
    rows = np.concatenate(near, axis=1)  # (t, 8, 12)
    turned = np.stack([np.roll(rows, -root, axis=2) for root in range(12)], axis=1)
    flat = turned.reshape(len(rows), 12, 96)
    loudness = np.broadcast_to(level[chosen][:, None, None], (len(rows), 12, 1))
    return np.concatenate([flat, loudness], axis=2)


def _relative(values: Float64) -> Float64:
    """Return each row relative to its largest value."""
    return np.asarray(values / np.maximum(values.max(axis=1, keepdims=True), 1e-9))
