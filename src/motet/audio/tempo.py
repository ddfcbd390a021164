"""How fast the pulse goes, moment by moment: the lag at which onsets come back.

Conventions: a pulse is whatever repeats most clearly between `SHORTEST_S` and `LONGEST_S`; whether it is
the beat, half of it or twice it is decided later (`motet.audio.downbeat`).

How: autocorrelation of the onset curve in windows of some seconds, at each lag, its double, and at bars
of three or four of it; the way through time by dynamic programming, a change of tempo costing its size.

Source: own; the comb of lags as in Scheirer, "Tempo and Beat Analysis of Acoustic Musical Signals",
JASA 103 (1998).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.onsets import FRAME_S

__all__ = ["LONGEST_S", "SHORTEST_S", "STEP_S", "find_periods", "measure_clarity"]

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]
SHORTEST_S: Final = 0.24
LONGEST_S: Final = 0.86
_PER_OCTAVE: Final = 40
_WINDOW_S: Final = 8.0
STEP_S: Final = 0.5
"""Seconds from one value of `find_periods` to the next."""
_COMB: Final = (1, 2, 3, 4, 6, 8)
_BARS: Final = 0.5
_USUAL_S: Final = 0.48
_SPREAD_OCT: Final = 1.0
_PRIOR: Final = 0.12
_CHANGE: Final = 4.0
_CHUNK: Final = 256


def find_periods(curve: Float32, *, near_s: float | None = None) -> Float64:
    """Return the period of the pulse, one value each `STEP_S` seconds.

    Parameters
    ----------
    curve : float32, shape (n,)
        Of onsets, mean 0.
    near_s : float or None, seconds
        A period that is known; the pulse stays within 12 % of it, or of its half or double where it
        is out of range.

    Returns
    -------
    float64, shape (m,), seconds
        At least one value.

    Examples
    --------
    >>> beat = round(0.5 / FRAME_S)
    >>> curve = np.where(np.arange(3000) % beat == 0, 1.0, 0.0).astype(np.float32)
    >>> found = find_periods(curve - curve.mean())
    >>> bool(abs(found / (beat * FRAME_S) - 1).max() < 0.03)
    True
    """
    periods = _all_periods()
    if near_s is not None:
        near = near_s
        while near > LONGEST_S:
            near /= 2
        while near < SHORTEST_S:
            near *= 2
        periods = near * 2.0 ** np.linspace(-0.16, 0.16, 15)
    strength = _strengths(curve, periods)
    prior = _PRIOR * (np.log2(periods / _USUAL_S) / _SPREAD_OCT) ** 2
    return periods[_best_way(strength - (0.0 if near_s else prior), np.log2(periods))]


def _all_periods() -> Float64:
    n_octaves = np.log2(LONGEST_S / SHORTEST_S)
    found: Float64 = SHORTEST_S * 2.0 ** (
        np.arange(round(n_octaves * _PER_OCTAVE) + 1) / _PER_OCTAVE
    )
    return found


def measure_clarity(curve: Float32) -> float:
    """Return how clearly a curve of onsets has a pulse: the mean strength of its best period.

    Parameters
    ----------
    curve : float32, shape (n,)
        Mean 0.

    Returns
    -------
    float, about 0 (noise) to 1 (a metronome)

    Examples
    --------
    >>> beat = np.where(np.arange(3000) % 43 == 0, 1.0, 0.0).astype(np.float32)
    >>> noise = np.random.default_rng(0).random(3000, np.float32)
    >>> measure_clarity(beat - beat.mean()) > 0.6 > 0.3 > measure_clarity(noise - noise.mean())
    True
    """
    if not curve.any():
        return 0.0
    strength = _strengths(curve, _all_periods())
    return float(np.clip(np.mean(strength.max(axis=1)), 0.0, 1.0))


def _strengths(curve: Float32, periods: Float64) -> Float64:
    """Return how strongly each period is heard around each moment, shape (m, periods)."""
    width = round(_WINDOW_S / FRAME_S)
    step = STEP_S / FRAME_S
    n_steps = max(1, int(np.ceil(len(curve) / step)))
    padded = np.zeros(len(curve) + 2 * width, np.float32)
    padded[width : width + len(curve)] = curve
    window = np.hanning(width).astype(np.float32)
    size = 1 << (2 * width - 1).bit_length()
    overlap = np.fft.irfft(np.abs(np.fft.rfft(window, size)) ** 2, size)[:width]
    n_lags = width * 3 // 4
    lags = np.stack([periods / FRAME_S * k for k in _COMB])
    inside = lags < n_lags - 2
    out = np.zeros((n_steps, len(periods)))
    starts = (np.round(np.arange(n_steps) * step) + width - width // 2).astype(np.int64)
    frames = np.lib.stride_tricks.sliding_window_view(padded, width)
    for at in range(0, n_steps, _CHUNK):
        block = frames[starts[at : at + _CHUNK]]
        block = (block - block.mean(axis=1, keepdims=True)) * window
        power = np.abs(np.fft.rfft(block, size, axis=1)) ** 2
        lagged = np.fft.irfft(power, size, axis=1)[:, :n_lags] / overlap[:n_lags]
        lagged /= np.maximum(lagged[:, :1], 1e-6)
        low = np.clip(np.floor(lags).astype(np.int64), 0, n_lags - 2)
        share = lags - low
        around = np.maximum(lagged[:, :-2], np.maximum(lagged[:, 1:-1], lagged[:, 2:]))
        soft = np.concatenate((lagged[:, :1], 0.5 * (around + lagged[:, 1:-1]), lagged[:, -1:]), 1)
        values = soft[:, low] * (1.0 - share) + soft[:, np.minimum(low + 1, n_lags - 1)] * share
        out[at : at + _CHUNK] = _sum_up(values, inside)
    return out


def _sum_up(values: Float64, inside: NDArray[np.bool_]) -> Float64:
    """Return the strength of periods from their multiples: 1 and 2, and bars of four or of three."""
    one, two, three, four, six, eight = np.moveaxis(values, 1, 0)
    duple = np.where(inside[5], 0.5 * (four + eight), four)
    triple = np.where(inside[4], 0.5 * (three + six), three)
    bars = np.maximum(duple, triple)
    return np.asarray((1.0 - _BARS) * (one + 0.9 * two) / 1.9 + _BARS * bars)


def _best_way(strength: Float64, octave: Float64) -> NDArray[np.int64]:
    """Return the way through time of the most strength and the least change."""
    cost = _CHANGE * np.abs(octave[:, None] - octave[None, :])
    total = strength[0]
    back = np.zeros(strength.shape, np.int64)
    for k in range(1, len(strength)):
        reach = total[None, :] - cost
        back[k] = np.argmax(reach, axis=1)
        total = reach[np.arange(len(octave)), back[k]] + strength[k]
    way = np.zeros(len(strength), np.int64)
    way[-1] = int(np.argmax(total))
    for k in range(len(strength) - 1, 0, -1):
        way[k - 1] = back[k, way[k]]
    return way
