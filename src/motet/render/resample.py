"""Samples read at another speed: windowed-sinc interpolation with loops unrolled.

Conventions: a position is in frames of the sample, 0 is its first frame; a ratio is sample frames a
frame of output (2 is an octave up). Output is float32.

Source: J. O. Smith, "Digital Audio Resampling Home Page" (CCRMA, Stanford): a Kaiser-windowed sinc
in a table of phases; the cut-off falls with the ratio so that notes played upwards do not alias.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["read_sample"]

Float32 = NDArray[np.float32]
_PHASES = 4096
_CHUNK = 32768


@lru_cache(maxsize=16)
def _kernel(step: int) -> Float32:
    """Return the table, shape (phases, taps), for a cut-off of 10 / step of Nyquist."""
    cut = 10.0 / step
    taps = 8 if step == 10 else 16
    phase = np.arange(_PHASES)[:, None] / _PHASES
    offset = np.arange(taps)[None, :] - (taps // 2 - 1) - phase
    inside = np.sqrt(np.clip(1.0 - (offset / (taps / 2)) ** 2, 0.0, None))
    table = np.sinc(offset * cut * 0.97) * np.i0(6.0 * inside)
    table /= table.sum(axis=1, keepdims=True)
    return np.ascontiguousarray(table, dtype=np.float32)


def read_sample(
    pcm: Float32,
    n: int,
    *,
    ratio: float | NDArray[np.float64],
    loop: tuple[int, int] | None = None,
    start: float = 0.0,
) -> Float32:
    """Return frames of a sample read at a steady or a moving speed.

    Parameters
    ----------
    pcm : float32, shape (frames,), -1 to 1
    n : int, frames
        How many to give at most; fewer come back when a sample without a loop ends.
    ratio : float, or float64 of shape (n,), sample frames an output frame, > 0
    loop : (int, int) or None, frames
        Half-open span that repeats once it has been reached.
    start : float, frames
        First position.

    Returns
    -------
    float32, shape (at most n,)

    Source
    ------
    Smith, "Digital Audio Resampling Home Page". Slow twin: tests/parity/test_resample.py.
    Cost: about 30 ns a frame.

    Examples
    --------
    >>> flat = np.full(100, 0.25, dtype=np.float32)
    >>> [round(float(x), 3) for x in read_sample(flat, 3, ratio=0.5, start=50.0)]
    [0.25, 0.25, 0.25]
    """
    highest = float(np.max(ratio)) if n else 1.0
    step = 10 if highest <= 1.02 else int(min(20, np.ceil(highest * 10)))
    table = _kernel(step)
    taps = table.shape[1]
    lead, trail = taps // 2 - 1, taps // 2 + 1
    if loop is None:
        body, turn, length = pcm, len(pcm), 0
    else:
        low, high = loop
        length = high - low
        turn = high
        repeats = -(-(length + trail) // length)
        body = np.concatenate([pcm[:high], *([pcm[low:high]] * repeats)])
        body = body[: high + length + trail]
    padded = np.concatenate([np.zeros(lead, np.float32), body, np.zeros(trail, np.float32)])
    windows = np.ascontiguousarray(np.lib.stride_tricks.sliding_window_view(padded, taps))
    steady = isinstance(ratio, float)
    if isinstance(ratio, float):
        if loop is None:
            n = min(n, max(0, int(np.ceil((turn - start) / ratio))))
        path = np.empty(0)
    else:
        path = np.empty(len(ratio))
        path[0:1] = start
        np.cumsum(ratio[:-1], out=path[1:])
        path[1:] += start
        if loop is None:
            n = min(n, int(np.searchsorted(path, turn)))
    out = np.empty(n, np.float32)
    for at in range(0, n, _CHUNK):
        stop = min(n, at + _CHUNK)
        position = start + np.arange(at, stop) * ratio if steady else path[at:stop].copy()
        if length and position[-1] >= turn:
            np.subtract(
                position,
                length * np.floor((position - turn) / length),
                out=position,
                where=position >= turn,
            )
        index = position.astype(np.int64)
        phase = ((position - index) * _PHASES).astype(np.int64)
        np.einsum(
            "ij,ij->i", windows.take(index, axis=0), table.take(phase, axis=0), out=out[at:stop]
        )
    return out
