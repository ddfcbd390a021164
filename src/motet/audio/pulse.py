"""Where the pulses of a recording are: dynamic programming on the onset curve, then smoothing.

Conventions: pulse times are seconds, rising; they cover everything that sounds.

Source: Ellis, "Beat Tracking by Dynamic Programming", Journal of New Music Research 36 (2007), with a
period that may change; the smoothing is our own.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.onsets import FRAME_S
from motet.audio.tempo import STEP_S

__all__ = ["cover", "find_pulses", "smooth_times"]

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]
_TIGHT: Final = 150.0
_STEADY_S: Final = 0.022
_STIFF: Final = 1.0


def find_pulses(curve: Float32, periods: Float64) -> Float64:
    """Return the times of the pulses.

    Parameters
    ----------
    curve : float32, shape (n,)
        Of onsets, mean 0 and spread 1.
    periods : float64, shape (m,), seconds
        Of the pulse, one value each `STEP_S`.

    Returns
    -------
    float64, shape (p,), seconds
        Empty for an empty curve.

    Examples
    --------
    >>> curve = np.where(np.arange(2000) % 43 == 10, 6.0, -0.15).astype(np.float32)
    >>> pulses = find_pulses(curve, np.array([0.5]))
    >>> bool(np.allclose(np.diff(pulses) / FRAME_S, 43, atol=0.5))
    True
    """
    n = len(curve)
    if n == 0:
        return np.zeros(0)
    frames = np.arange(n)
    period = np.interp(frames * FRAME_S, np.arange(len(periods)) * STEP_S, periods) / FRAME_S
    strength = curve.astype(np.float64)
    total = strength.copy()
    back = np.full(n, -1, np.int64)
    tables: dict[int, tuple[NDArray[np.int64], Float64]] = {}
    for k in range(n):
        mean = round(4 * period[k])
        if mean not in tables:
            width = mean / 4
            steps = np.arange(max(1, int(width / 1.7)), int(width * 1.7) + 1)
            tables[mean] = steps, -_TIGHT * np.log(steps / width) ** 2
        steps, cost = tables[mean]
        if k < steps[-1]:
            ok = steps <= k
            if not ok.any():
                continue
            steps, cost = steps[ok], cost[ok]
        reach = total[k - steps] + cost
        best = int(np.argmax(reach))
        if reach[best] > 0.0:
            total[k] += reach[best]
            back[k] = k - steps[best]
    last = max(0, n - 1 - int(period[-1]))
    place = last + int(np.argmax(total[last:]))
    found = []
    while place >= 0:
        found.append(place)
        place = int(back[place])
    return _between(strength, np.array(found[::-1], np.int64)) * FRAME_S


def _between(strength: Float64, places: NDArray[np.int64]) -> Float64:
    """Return the tops of a curve near some frames, between frames: by a parabola."""
    inner = np.clip(places, 1, max(1, len(strength) - 2))
    if len(strength) < 3:
        return places.astype(np.float64)
    low, mid, high = strength[inner - 1], strength[inner], strength[inner + 1]
    bend = low - 2 * mid + high
    shift = np.where(bend < -1e-6, 0.5 * (low - high) / np.minimum(bend, -1e-6), 0.0)
    near: Float64 = np.where(places == inner, np.clip(shift, -0.5, 0.5), 0.0)
    return places.astype(np.float64) + near


def cover(times: Float64, *, start_s: float, end_s: float) -> Float64:
    """Return pulses without those far from all sound, and with as many as are needed to cover it.

    Parameters
    ----------
    times : float64, shape (n,), seconds, n >= 2
    start_s, end_s : float, seconds
        What is to be covered: the first pulse is at most a third of a period after `start_s`, the last
        one not before `end_s`.

    Returns
    -------
    float64, shape (m,), seconds
        May begin a little before 0.

    Examples
    --------
    >>> cover(np.array([1.0, 1.5, 2.0, 2.5]), start_s=0.5, end_s=2.9).tolist()
    [0.5, 1.0, 1.5, 2.0, 2.5, 3.0]
    """
    first = float(np.median(np.diff(times[:6])))
    last = float(np.median(np.diff(times[-6:])))
    kept = times[(times > start_s - first * 0.67) & (times < end_s + last)]
    if len(kept) < 2:
        kept = times[:2]
    before = max(0, int(np.ceil((kept[0] - start_s) / first - 0.34)))
    after = max(0, int(np.ceil((end_s - kept[-1]) / last - 1e-6)))
    return np.concatenate(
        (
            kept[0] - first * np.arange(before, 0, -1),
            kept,
            kept[-1] + last * np.arange(1, after + 1),
        )
    )


def smooth_times(times: Float64, weight: Float64) -> Float64:
    """Return beat times without the jitter of single onsets: a straight line where it is near enough.

    Parameters
    ----------
    times : float64, shape (n,), seconds, rising
    weight : float64, shape (n,), >= 0
        How far each one is to be trusted.

    Returns
    -------
    float64, shape (n,), seconds, rising

    Source
    ------
    Least squares with a cost on the second difference (Whittaker, 1923), once more with outliers
    weighing less.

    Examples
    --------
    >>> smooth_times(np.array([0.0, 0.51, 1.0, 1.49, 2.0]), np.ones(5)).round(2).tolist()
    [0.0, 0.5, 1.0, 1.5, 2.0]
    """
    n = len(times)
    if n < 4:
        return times
    from scipy.linalg import solveh_banded

    period = float(np.median(np.diff(times)))
    trust = 0.02 + weight / max(1e-9, float(weight.mean()))
    smooth = times
    for _ in range(3):
        away = np.abs(times - smooth) / (0.03 + 0.08 * period)
        now = trust / (1.0 + away**2)
        line = np.polynomial.Polynomial.fit(np.arange(n), times, 1, w=np.sqrt(now))
        bands = np.zeros((3, n))
        bands[2] = now
        for k, one in enumerate((1.0, -2.0, 1.0)):
            for m, other in enumerate((1.0, -2.0, 1.0)):
                if m >= k:
                    bands[2 - (m - k), m : n - 2 + m] += _STIFF * one * other
        smooth = solveh_banded(bands, now * times)
    straight = line(np.arange(n))
    if np.quantile(np.abs(smooth - straight), 0.95) < _STEADY_S:
        return np.asarray(straight, np.float64)
    return np.maximum.accumulate(smooth + np.arange(n) * 1e-6)
