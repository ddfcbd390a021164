"""Octaves: which of three octaves a frame's pitch is, by its harmonics and by what goes before and after.

Conventions: a spectrum is magnitudes, float32, shape (n, bins); pitches are hertz. Evidence has no
unit: 1 where a pitch's harmonics are all as loud as the loudest sound of the frame and nothing lies
between them, below 0 where more lies between them than on them.

Source: the sum of harmonics less what lies between them is Camacho and Harris, "A sawtooth waveform
inspired pitch estimator for speech and music", JASA 124 (2008), simplified; the path through the
octaves is the Viterbi algorithm. The constants are our own.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["OCTAVES", "harmonic_evidence", "mend_octaves"]

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]

OCTAVES: Final = (1.0, 0.5, 2.0)
"""What a tracked pitch may have to be multiplied with; the first leaves it."""
_N_HARMONICS: Final = 6
_FADE: Final = 0.8
_HIGHEST_HZ: Final = 9000.0
_WEIGHT: Final = 5.0
_CHANGE: Final = 1.2
_JUMP_SEMI: Final = 4.0
_JUMP: Final = 0.35
_FORGET: Final = 0.85


def harmonic_evidence(spectrum: Float32, hz: Float32, *, bin_hz: float) -> Float32:
    """Return how well each frame's sound is explained by the harmonics of a pitch.

    Parameters
    ----------
    spectrum : float32, shape (n, bins), >= 0
        Magnitudes; bin k stands for ``k * bin_hz``.
    hz : float32, shape (n,), Hz
        The pitch, one a frame; 0 or less gives 0.
    bin_hz : float, Hz

    Returns
    -------
    float32, shape (n,), about -1 to 1

    Examples
    --------
    >>> comb = np.zeros((1, 512), np.float32)
    >>> comb[0, 20:200:20] = 1.0
    >>> [round(float(harmonic_evidence(comb, np.float32([hz]), bin_hz=10.0)[0]), 1) for hz in (200, 100, 400)]
    [1.0, 0.4, -0.1]
    """
    n, n_bins = spectrum.shape
    root = np.sqrt(spectrum)
    peaks = np.maximum(root[:, 1:-1], np.maximum(root[:, :-2], root[:, 2:]))
    rows = np.arange(n)
    on = np.zeros(n, np.float64)
    between = np.zeros(n, np.float64)
    for k in range(1, _N_HARMONICS + 1):
        weight = _FADE ** (k - 1)
        on += weight * _at(peaks, rows, hz * k / bin_hz, n_bins)
        between += weight * _at(peaks, rows, hz * (k - 0.5) / bin_hz, n_bins)
    whole = peaks.max(axis=1, initial=0.0) * sum(_FADE**k for k in range(_N_HARMONICS))
    return np.where(whole > 1e-9, (on - between) / np.maximum(whole, 1e-9), 0.0).astype(np.float32)


def _at(peaks: Float32, rows: NDArray[np.int64], place: Float32, n_bins: int) -> Float64:
    """Return the strength around a fractional bin; 0 outside of the spectrum."""
    bins = np.rint(place).astype(np.int64) - 1
    good = (bins >= 0) & (bins < n_bins - 2) & (place > 0)
    return np.where(good, peaks[rows, np.clip(bins, 0, n_bins - 3)], 0.0).astype(np.float64)


def mend_octaves(hz: Float32, voiced: Float32, evidence: Float32) -> Float32:
    """Return the pitch with frames that lie an octave off moved to where they belong.

    Parameters
    ----------
    hz : float32, shape (n,), Hz
    voiced : float32, shape (n,), 0 to 1
        Only frames of 0.5 and more are looked at.
    evidence : float32, shape (n, 3)
        Of `harmonic_evidence` for the pitch times each of `OCTAVES`.

    Returns
    -------
    float32, shape (n,), Hz
        A long note keeps its octave unless its harmonics speak against it; a few frames between
        others go to the octave of those.

    Examples
    --------
    >>> hz = np.float32([220] * 9 + [440] * 2 + [220] * 9)
    >>> set(mend_octaves(hz, np.ones(20, np.float32), np.zeros((20, 3), np.float32)).tolist())
    {220.0}
    """
    frames = np.flatnonzero((voiced >= 0.5) & (hz > 0))
    if not len(frames):
        return hz
    semi = 12.0 * np.log2(hz[frames].astype(np.float64))
    choices = semi[:, None] + 12.0 * np.log2(np.array(OCTAVES))  # (v, 3)
    gain = _WEIGHT * (evidence[frames] - evidence[frames, :1]).astype(np.float64)
    cost = np.maximum(-gain, -_WEIGHT) + np.array([0.0, 1.0, 1.0])
    tied = _FORGET ** (np.diff(frames, prepend=frames[0]) - 1.0)
    total = cost[0]
    back = np.zeros(choices.shape, np.int64)
    for t in range(1, len(frames)):
        leap = np.abs(choices[t][None, :] - choices[t - 1][:, None])  # (from, to)
        step = tied[t] * (_CHANGE * (1.0 - np.eye(3)) + _JUMP * np.maximum(leap - _JUMP_SEMI, 0.0))
        ways = total[:, None] + step
        back[t] = ways.argmin(axis=0)
        total = ways[back[t], np.arange(3)] + cost[t]
    path = np.zeros(len(frames), np.int64)
    path[-1] = int(total.argmin())
    for t in range(len(frames) - 1, 0, -1):
        path[t - 1] = back[t, path[t]]
    mended = hz.copy()
    mended[frames] = hz[frames] * np.array(OCTAVES, np.float32)[path]
    return mended
