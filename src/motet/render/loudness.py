"""Loudness as people hear it: integrated loudness and true peak.

Conventions: sound is float32, shape (2, frames) or (1, frames), full scale 1; loudness in LUFS,
true peak in dBTP (dB over full scale). Silence, or sound shorter than 0.4 s, has a loudness of
``-inf``.

Source: ITU-R BS.1770-4 (2015), annex 1 (K-weighting, gating) and annex 2 (true peak by four times
oversampling). The filters for other rates than 48 kHz come from the same analogue prototypes, as in
B. De Man, "Evaluation of implementations of the EBU R128 loudness measurement" (AES 145, 2018).
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["CELL", "cell_peaks", "k_weighting", "measure_loudness_lufs", "measure_true_peak_db"]

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]
_CHUNK_S = 10
_GATE_LUFS = -70.0
CELL = 16
"""Frames of a cell of `cell_peaks`."""


def k_weighting(rate_hz: int) -> Float64:
    """Return the two K-weighting filter sections for a sample rate.

    Parameters
    ----------
    rate_hz : int, Hz

    Returns
    -------
    float64, shape (2, 6)
        Second-order sections as SciPy has them: a high shelf, then a high-pass.

    Source
    ------
    ITU-R BS.1770-4, annex 1, tables 1 and 2 (48 kHz).

    Examples
    --------
    >>> k_weighting(48000)[0].round(5)
    array([ 1.53512, -2.6917 ,  1.19839,  1.     , -1.69066,  0.73248])
    """
    k = math.tan(math.pi * 1681.974450955533 / rate_hz)
    q, high = 0.7071752369554196, 10.0 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    norm = 1.0 + k / q + k * k
    shelf = [
        (high + band * k / q + k * k) / norm,
        2.0 * (k * k - high) / norm,
        (high - band * k / q + k * k) / norm,
        1.0,
        2.0 * (k * k - 1.0) / norm,
        (1.0 - k / q + k * k) / norm,
    ]
    k = math.tan(math.pi * 38.13547087602444 / rate_hz)
    q = 0.5003270373238773
    norm = 1.0 + k / q + k * k
    low_cut = [1.0, -2.0, 1.0, 1.0, 2.0 * (k * k - 1.0) / norm, (1.0 - k / q + k * k) / norm]
    return np.array([shelf, low_cut])


def measure_loudness_lufs(sound: Float32, *, rate_hz: int) -> float:
    """Return the integrated loudness of a sound.

    Parameters
    ----------
    sound : float32, shape (channels, frames), full scale 1
    rate_hz : int, Hz

    Returns
    -------
    float, LUFS
        ``-inf`` for silence.

    Source
    ------
    ITU-R BS.1770-4, annex 1: 400 ms blocks overlapping by 75 %, gates at -70 LUFS and 10 LU below.

    Examples
    --------
    >>> tone = np.sin(2 * np.pi * 997 * np.arange(96000) / 48000).astype(np.float32)
    >>> round(measure_loudness_lufs(tone[None], rate_hz=48000), 1)
    -3.0
    """
    from scipy.signal import sosfilt

    cell = rate_hz // 10
    n_cells = sound.shape[1] // cell
    if n_cells < 4:
        return -math.inf
    sections = k_weighting(rate_hz)
    state = np.zeros((2, sound.shape[0], 2))
    power = np.empty(n_cells)
    step = _CHUNK_S * 10
    for at in range(0, n_cells, step):
        stop = min(n_cells, at + step)
        weighted, state = sosfilt(
            sections, sound[:, at * cell : stop * cell].astype(np.float64), axis=1, zi=state
        )
        squares = weighted.reshape(sound.shape[0], stop - at, cell)
        power[at:stop] = np.einsum("cij,cij->i", squares, squares) / cell
    blocks = np.convolve(power, np.full(4, 0.25), mode="valid")
    return _gated(blocks)


def _gated(blocks: Float64) -> float:
    """Return the loudness of blocks of mean square power, twice gated."""
    with np.errstate(divide="ignore"):
        loud = -0.691 + 10.0 * np.log10(blocks)
    kept = blocks[loud > _GATE_LUFS]
    if not len(kept):
        return -math.inf
    relative = -0.691 + 10.0 * math.log10(float(kept.mean())) - 10.0
    kept = blocks[(loud > _GATE_LUFS) & (loud > relative)]
    return -0.691 + 10.0 * math.log10(float(kept.mean()))


def measure_true_peak_db(sound: Float32) -> float:
    """Return the highest level that the sound reaches between its samples, too.

    Parameters
    ----------
    sound : float32, shape (channels, frames), full scale 1

    Returns
    -------
    float, dBTP
        ``-inf`` for silence.

    Source
    ------
    ITU-R BS.1770-4, annex 2: four times oversampling. Only stretches that reach 0.7 of the sample
    peak are looked at; no other can hold the true peak in practice.

    Examples
    --------
    >>> quarter = np.array([[0.7, 0.7, -0.7, -0.7] * 50], dtype=np.float32)
    >>> 20 * np.log10(0.7) < measure_true_peak_db(quarter) < 0.3
    True
    """
    top = float(np.max(np.abs(sound), initial=0.0))
    if top == 0.0:
        return -math.inf
    best = float(cell_peaks(sound, floor=0.7 * top).max())
    return 20.0 * math.log10(max(best, top))


@lru_cache(maxsize=1)
def _between() -> Float32:
    """Return the low-pass that fills three samples between two: Kaiser-windowed sinc, 65 taps."""
    t = np.arange(-32, 33) / 4.0
    return (np.sinc(t) * np.kaiser(65, 5.0)).astype(np.float32)


def cell_peaks(sound: Float32, *, floor: float) -> Float32:
    """Return the true peak of each cell of 16 frames, over all channels.

    Parameters
    ----------
    sound : float32, shape (channels, frames)
    floor : float, full scale 1
        Stretches that stay below it are not looked at and count 0.

    Returns
    -------
    float32, shape (ceil(frames / 16),)

    Source
    ------
    ITU-R BS.1770-4, annex 2.

    Examples
    --------
    >>> cell_peaks(np.full((1, 32), 0.25, dtype=np.float32), floor=0.5)
    array([0., 0.], dtype=float32)
    """
    from scipy.signal import upfirdn

    n = sound.shape[1]
    peaks = np.zeros(-(-n // CELL), np.float32)
    block, edge = 16 * CELL, 8
    step = 256 * block
    for at in range(0, n, step):
        piece = sound[:, max(0, at - edge) : at + step + edge]
        if max(float(piece.max()), -float(piece.min())) < floor:
            continue
        frames = min(step, n - at)
        after = -frames % block
        padded = np.zeros((len(sound), frames + after + 2 * edge), np.float32)
        low = edge - (at - max(0, at - edge))
        padded[:, low : low + piece.shape[1]] = piece[:, : padded.shape[1] - low]
        view = np.lib.stride_tricks.sliding_window_view(padded, block + 2 * edge, axis=1)
        blocks = view[:, ::block]
        loud = np.flatnonzero(np.abs(blocks).max(axis=(0, 2)) >= floor)
        wide = upfirdn(_between(), blocks[:, loud].reshape(-1, block + 2 * edge), up=4, axis=1)
        inside = np.abs(wide[:, 32 + 4 * edge : 32 + 4 * (edge + block)])
        found = inside.reshape(len(sound), len(loud), 16, 4 * CELL).max(axis=(0, 3))
        rows = np.zeros((blocks.shape[1], 16), np.float32)
        rows[loud] = found
        cells = -(-frames // CELL)
        peaks[at // CELL : at // CELL + cells] = rows.reshape(-1)[:cells]
    return peaks
