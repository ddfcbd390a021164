"""Notes that may be there: drawn from what the network hears, more than are meant to stay.

Conventions: frames and columns are those of `motet.audio.network.Posteriors`.

How: a note begins where the onset likelihood has a peak, or where its pitch swells at once (onsets that
the network misses); it lasts while its pitch sounds, over gaps of some frames, until it is struck again.
Then what still sounds and belongs to no note is gathered, the strongest first, unless a neighbouring
semitone explains it: soft entries and bowed notes have no onset.

Source: the two passes after Bittner et al. (see `motet.audio.network`) and Salamon and Gómez, "Melody
Extraction from Polyphonic Music Signals Using Pitch Contour Characteristics", IEEE TASLP 2012. The rules
and constants are our own.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.network import Posteriors

__all__ = ["Candidates", "find_candidates", "find_rise", "find_strikes"]

Float32 = NDArray[np.float32]
Candidates = NDArray[np.void]
"""Rows of ``start``, ``end`` (frames), ``column``, ``strike`` (0 to 1) and ``is_late`` (second pass)."""
_KIND: Final = np.dtype(
    [("start", "i8"), ("end", "i8"), ("column", "i8"), ("strike", "f4"), ("is_late", "?")]
)
_SWELL: Final = 0.9
"""How far the swelling of a pitch counts as an onset: measured on rendered training pieces."""
_LAG: Final = 3
_GAP: Final = 9
_LATE_PEAK: Final = 0.42
_LATE_STEP: Final = 6


def find_rise(frame: Float32) -> Float32:
    """Return how much each pitch has swollen around a frame.

    Parameters
    ----------
    frame : float32, shape (n, 88), 0 to 1

    Returns
    -------
    float32, shape (n, 88), 0 to 1

    Examples
    --------
    >>> frame = np.zeros((9, 88), np.float32)
    >>> frame[4:] = 0.5
    >>> int(find_rise(frame)[:, 0].argmax())
    4
    """
    n = len(frame)
    padded = np.pad(frame, ((_LAG, _LAG), (0, 0)), mode="edge")
    after = np.minimum(padded[_LAG + 1 : _LAG + 1 + n], padded[_LAG + 2 : _LAG + 2 + n])
    before = np.maximum(padded[:n], padded[1 : 1 + n])
    rise: Float32 = np.clip(after - before, 0.0, 1.0)
    # The swelling lasts some frames; its steepest step names the moment.
    step = np.clip(padded[_LAG : _LAG + n] - padded[_LAG - 1 : _LAG - 1 + n], 0.0, 1.0)
    found: Float32 = np.minimum(rise, 0.5 * rise + step)
    return found


def find_strikes(posteriors: Posteriors) -> Float32:
    """Return how strongly each pitch begins at each frame; other than at a peak it is 0.

    Parameters
    ----------
    posteriors : Posteriors

    Returns
    -------
    float32, shape (n, 88), 0 to 1

    Examples
    --------
    >>> empty = np.zeros((0, 88), np.float32)
    >>> find_strikes(Posteriors(empty, empty, np.zeros((0, 264), np.float32), 0.0116, empty)).shape
    (0, 88)
    """
    if not len(posteriors.onset):
        return posteriors.onset
    strength = np.maximum(posteriors.onset, _SWELL * find_rise(posteriors.frame))
    padded = np.pad(strength, ((2, 2), (0, 0)), constant_values=-1.0)
    n = len(strength)
    is_peak = (strength > padded[1 : 1 + n]) & (strength > padded[:n])
    is_peak &= (strength >= padded[3 : 3 + n]) & (strength >= padded[4 : 4 + n])
    return np.where(is_peak, strength, 0.0).astype(np.float32)


def find_candidates(
    posteriors: Posteriors,
    *,
    strike_least: float = 0.3,
    frame_threshold: float = 0.3,
    min_frames: int = 5,
    low: int = 0,
    high: int = 87,
) -> Candidates:
    """Return the notes that may be there, by start.

    Parameters
    ----------
    posteriors : Posteriors
    strike_least : float, 0 to 1
        Weakest beginning.
    frame_threshold : float, 0 to 1
        A note ends where its likelihood stays below this.
    min_frames : int
        Shortest note.
    low, high : int, 0 to 87
        Columns that are looked at.

    Returns
    -------
    Candidates

    Examples
    --------
    >>> onset, frame = np.zeros((2, 60, 88), np.float32)
    >>> onset[10, 39], frame[10:40, 39] = 0.9, 0.8
    >>> heard = Posteriors(onset, frame, np.zeros((60, 264), np.float32), 0.0116, frame)
    >>> find_candidates(heard)[["start", "end", "column"]].tolist()
    [(10, 40, 39)]
    """
    strikes, frame = find_strikes(posteriors), posteriors.frame
    rest = frame.copy()
    rest[:, :low] = 0.0
    rest[:, high + 1 :] = 0.0
    rows: list[tuple[int, int, int, float, bool]] = []
    for column in range(low, high + 1):
        starts = np.flatnonzero(strikes[:, column] >= strike_least)
        if not len(starts):
            continue
        ends = _ends(frame[:, column] >= frame_threshold, starts)
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            if end - start < min_frames:
                continue
            rows.append((start, end, column, float(strikes[start, column]), False))
            rest[start:end, max(0, column - 1) : column + 2] = 0.0
    rows += _late(rest, frame_threshold, max(min_frames, _LATE_STEP), low, high)
    found = np.array(rows, dtype=_KIND)
    return found[np.lexsort((found["column"], found["start"]))]


def _ends(sounds: NDArray[np.bool_], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where notes end: before a long gap, or where the next begins."""
    n = len(sounds)
    on = np.flatnonzero(sounds)
    limits = np.append(starts[1:], n)
    if not len(on):
        return starts
    breaks = np.flatnonzero(np.diff(on) > _GAP)
    run_ends = np.append(on[breaks], on[-1]) + 1
    run_starts = np.append(on[0], on[breaks + 1])
    # The run that a start lies in, or the next that begins within a gap of it.
    place = np.searchsorted(run_ends, starts, side="right")
    inside = np.minimum(place, len(run_ends) - 1)
    is_run = (place < len(run_ends)) & (run_starts[inside] <= starts + _GAP)
    ends = np.where(is_run, run_ends[inside], starts)
    # Cut at the next strike; the last frame that sounds before it.
    cut = np.minimum(ends, limits)
    last = np.searchsorted(on, cut) - 1
    return np.where(last >= 0, np.maximum(starts, np.minimum(cut, on[last] + 1)), starts)


def _late(
    rest: Float32, frame_threshold: float, min_frames: int, low: int, high: int
) -> list[tuple[int, int, int, float, bool]]:
    """Return what sounds without having begun, the strongest first; `rest` is used up."""
    waiting: list[tuple[float, int, int, int]] = []
    for column in range(low, high + 1):
        on = np.flatnonzero(rest[:, column] >= frame_threshold)
        if len(on) < min_frames:
            continue
        breaks = np.flatnonzero(np.diff(on) > _GAP)
        for start, end in zip(
            np.append(on[0], on[breaks + 1]).tolist(),
            (np.append(on[breaks], on[-1]) + 1).tolist(),
            strict=True,
        ):
            if end - start >= min_frames:
                peak = float(rest[start:end, column].max())
                if peak >= max(_LATE_PEAK, frame_threshold):
                    waiting.append((peak, start, end, column))
    rows: list[tuple[int, int, int, float, bool]] = []
    for peak, start, end, column in sorted(waiting, reverse=True):
        left = np.flatnonzero(rest[start:end, column] >= frame_threshold)
        if len(left) < min_frames or len(left) < 0.6 * (end - start):
            continue
        begin, stop = start + int(left[0]), start + int(left[-1]) + 1
        rows.append((begin, stop, column, 0.5 * peak, True))
        rest[begin:stop, max(0, column - 1) : column + 2] = 0.0
    return rows
