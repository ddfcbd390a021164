"""Effects: rooms, chorus, filters, and the limiter that keeps a mix under full scale.

Conventions: sound is float32, shape (2, frames), full scale 1. Every effect is deterministic: rooms
are made from a fixed noise sequence. All but the limiter are linear, so that what is done to a mix
is the sum of what is done to its stems.

Source: own designs. Rooms are exponentially decaying noise in bands, the model of J.-M. Jot et al.,
"Analysis and synthesis of room reverberation based on a statistical time-frequency model" (AES 103,
1997), after a few early reflections.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from motet.errors import ParameterError
from motet.render.loudness import CELL, cell_peaks

__all__ = ["ROOMS", "Room", "chorus", "high_pass", "limit", "reverberate"]

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]
_CHUNK = 1 << 19
_BANDS_HZ = (250.0, 1000.0, 3500.0, 8000.0)


@dataclass(frozen=True, slots=True)
class Room:
    """A room: seconds to fall by 60 dB in each band (below 250 Hz, 1, 3.5, 8 kHz, above).

    ``pre_delay_s`` is the time to the first reflection, ``early`` the share of energy in early
    reflections, ``size`` stretches them, ``send_db`` is added to every part's send.
    """

    decay_s: tuple[float, float, float, float, float]
    pre_delay_s: float
    early: float
    size: float
    send_db: float

    @property
    def length_s(self) -> float:
        """How long the room is heard."""
        return self.pre_delay_s + max(self.decay_s)


ROOMS = {
    "room": Room((0.55, 0.75, 0.70, 0.48, 0.30), 0.010, 0.35, 1.0, 0.0),
    "studio": Room((0.25, 0.35, 0.32, 0.24, 0.18), 0.006, 0.5, 0.7, -1.0),
    "chamber": Room((1.0, 1.3, 1.15, 0.8, 0.45), 0.016, 0.25, 1.5, 0.5),
    "hall": Room((1.9, 2.2, 1.9, 1.25, 0.65), 0.024, 0.18, 2.2, 1.0),
}
"""The rooms that `reverberate` knows, from dry to large."""


def _noise(n: int, key: int) -> Float64:
    """Return white noise of unit variance, the same for ever: raw bits of a fixed generator."""
    raw = np.random.PCG64(key).random_raw(n)
    return np.asarray(((raw >> np.uint64(11)).astype(np.float64) / 2.0**52 - 1.0) * math.sqrt(3.0))


@lru_cache(maxsize=8)
def _impulse(name: str, rate_hz: int) -> Float32:
    """Return a room's impulse response, shape (2, frames), 0 dB from 300 to 3000 Hz."""
    from scipy.signal import butter, sosfiltfilt

    room = ROOMS[name]
    n = round((max(room.decay_s) + 0.02) * rate_hz)
    t = np.arange(n) / rate_hz
    rise = 1.0 - np.exp(-t / (0.012 * room.size))
    rows = []
    edges = [0.0, *_BANDS_HZ, math.inf]
    nyquist = rate_hz / 2
    for side in range(2):
        late = np.zeros(n)
        for k, decay in enumerate(room.decay_s):
            low, high = edges[k], edges[k + 1]
            if low >= 0.9 * nyquist:
                continue
            band = _noise(n, 1000 * side + k + 1)
            if low > 0.0:
                band = sosfiltfilt(butter(2, low, "high", fs=rate_hz, output="sos"), band)
            if high < 0.9 * nyquist:
                band = sosfiltfilt(butter(2, high, "low", fs=rate_hz, output="sos"), band)
            late += band * 10.0 ** (-3.0 * t / decay)
        late *= rise
        late *= math.sqrt((1.0 - room.early) / float(late @ late))
        first = np.zeros(n)
        jitter = _noise(12, 77 + side)
        for k in range(12):
            delay = (0.002 + 0.0043 * k + 0.0011 * jitter[k]) * room.size
            index = max(0, round(delay * rate_hz))
            sign = -1.0 if (k * 7 + side * 3) % 5 < 2 else 1.0
            first[index] += sign * math.exp(-0.22 * k)
        soft = butter(1, min(6500.0, 0.4 * rate_hz), "low", fs=rate_hz, output="sos")
        first = sosfiltfilt(soft, first)
        first *= math.sqrt(room.early / float(first @ first))
        whole = first + late
        cut = butter(2, [160.0, min(9000.0, 0.42 * rate_hz)], "band", fs=rate_hz, output="sos")
        whole = sosfiltfilt(cut, whole)
        fade = max(1, round(0.05 * rate_hz))
        whole[-fade:] *= np.linspace(1.0, 0.0, fade)
        size = 1 << (n - 1).bit_length()
        power = np.abs(np.fft.rfft(whole, size)) ** 2
        hz = np.fft.rfftfreq(size, 1.0 / rate_hz)
        rows.append(whole / math.sqrt(float(power[(hz > 300.0) & (hz < 3000.0)].mean())))
    silent = np.zeros((2, round(room.pre_delay_s * rate_hz)))
    return np.concatenate([silent, np.array(rows)], axis=1).astype(np.float32)


def reverberate(send: Float32, room: str, *, rate_hz: int) -> Float32:
    """Return what a room answers to a sound: the wet part only.

    Parameters
    ----------
    send : float32, shape (2, n)
        What is sent into the room. The result is as long; leave silence at the end for the tail.
    room : str
        A name of `ROOMS`.
    rate_hz : int, Hz

    Returns
    -------
    float32, shape (2, n)
        Sound between 300 and 3000 Hz comes back about as loud as it was sent.

    Raises
    ------
    ParameterError
        There is no such room.

    Source
    ------
    Jot et al. (AES 103, 1997); convolution by overlapping blocks.

    Examples
    --------
    >>> click = np.zeros((2, 44100), dtype=np.float32)
    >>> click[:, 0] = 1.0
    >>> wet = reverberate(click, "room", rate_hz=44100)
    >>> bool(abs(wet[:, :400]).max() < 1e-6), bool(abs(wet[:, 10000:]).max() > 1e-4)
    (True, True)
    """
    from scipy.signal import fftconvolve

    if room not in ROOMS:
        names = ", ".join(ROOMS)
        raise ParameterError(
            f"reverb must be one of none, {names}; got {room!r}",
            zh=f"reverb 必须是 none、{names} 之一,收到 {room!r}",
        )
    impulse = _impulse(room, rate_hz)
    n, m = send.shape[1], impulse.shape[1]
    step = max(1 << 17, 1 << math.ceil(math.log2(3 * m)))
    out = np.zeros_like(send)
    middle = np.float32(0.25)
    for at in range(0, n, step):
        piece = send[:, at : at + step]
        if not piece.any():
            continue
        crossed = piece + middle * piece[::-1]
        wet = fftconvolve(crossed, impulse, axes=1)
        stop = min(n, at + wet.shape[1])
        out[:, at:stop] += wet[:, : stop - at]
    out /= np.float32(math.hypot(1.0, 0.25) if n else 1.0)
    return out


def _chunks(n: int) -> Iterator[slice]:
    return (slice(at, min(n, at + _CHUNK)) for at in range(0, n, _CHUNK))


def high_pass(sound: Float32, cut_hz: float, *, rate_hz: int) -> None:
    """Take what lies below a frequency out of a sound, in place: 12 dB an octave.

    Parameters
    ----------
    sound : float32, shape (2, n)
        Changed in place.
    cut_hz : float, Hz, > 0
        Where the level has fallen by 3 dB.
    rate_hz : int, Hz

    Examples
    --------
    >>> sound = np.ones((2, 44100), dtype=np.float32)
    >>> high_pass(sound, 100.0, rate_hz=44100)
    >>> bool(abs(sound[:, -1]).max() < 1e-6)
    True
    """
    from scipy.signal import butter, sosfilt

    sections = butter(2, cut_hz, "high", fs=rate_hz, output="sos")
    state = np.zeros((len(sections), 2, 2))
    for part in _chunks(sound.shape[1]):
        out, state = sosfilt(sections, sound[:, part].astype(np.float64), axis=1, zi=state)
        sound[:, part] = out


def chorus(send: Float32, *, rate_hz: int) -> Float32:
    """Return two slowly moving copies of a sound, one a side: the wet part only.

    Parameters
    ----------
    send : float32, shape (2, n)
    rate_hz : int, Hz

    Returns
    -------
    float32, shape (2, n)

    Source
    ------
    Own values: 14 and 17 ms, moved by 2.2 ms at 0.53 and 0.71 Hz, a quarter turn apart.

    Examples
    --------
    >>> chorus(np.ones((2, 4410), dtype=np.float32), rate_hz=44100).shape
    (2, 4410)
    """
    out = np.zeros_like(send)
    n = send.shape[1]
    settings = ((0.014, 0.53, 0.0), (0.017, 0.71, math.pi / 2))
    for part in _chunks(n):
        frames = np.arange(part.start, part.stop)
        for side, (base, hz, turn) in enumerate(settings):
            delay = base + 0.0022 * np.sin(2 * math.pi * hz / rate_hz * frames + turn)
            position = frames - delay * rate_hz
            index = np.floor(position).astype(np.int64)
            share = (position - index).astype(np.float32)
            early, late = np.clip(index, 0, n - 1), np.clip(index + 1, 0, n - 1)
            row = send[side]
            moved = row[early] * (1 - share) + row[late] * share
            out[side, part] = np.where(index >= 0, moved, np.float32(0.0))
    return out


def limit(
    sound: Float32, *, ceiling_db: float = -1.0, rate_hz: int, is_loop: bool = False
) -> float:
    """Hold a sound under a true peak, in place, and return how much was taken off at most.

    Parameters
    ----------
    sound : float32, shape (2, n)
        Changed in place. May exceed full scale before.
    ceiling_db : float, dBTP
    rate_hz : int, Hz
    is_loop : bool
        Whether the end meets the start, so that the gain must meet, too.

    Returns
    -------
    float, dB, >= 0
        Greatest gain reduction.

    Source
    ------
    Own design: peaks four times oversampled (ITU-R BS.1770-4, annex 2), 5 ms look-ahead, a
    release of 40 dB a second, gain moved in cells of 16 frames.

    Examples
    --------
    >>> loud = np.sin(np.arange(44100) * 0.1).astype(np.float32)[None].repeat(2, axis=0) * 2
    >>> round(limit(loud, rate_hz=44100), 1), bool(abs(loud).max() <= 0.8913)
    (7.1, True)
    """
    from scipy.ndimage import maximum_filter1d

    n, cell = sound.shape[1], CELL
    if n == 0:
        return 0.0
    need = _excess_db(sound, ceiling_db)
    if not need.any():
        return 0.0
    reach = max(2, round(0.005 * rate_hz / cell))
    lap = round(1.0 * rate_hz / cell) if is_loop else 0
    lap = min(lap, len(need))
    padded = np.concatenate([need[len(need) - lap :], need, need[:lap]])
    held = maximum_filter1d(padded, 2 * reach + 1, mode="nearest")
    slope = 40.0 * cell / rate_hz
    ramp = np.arange(len(held)) * slope
    held = np.maximum.accumulate(held + ramp) - ramp
    window = np.hanning(2 * reach + 1)
    window /= window.sum()
    edge = np.pad(held, reach, mode="edge")
    smooth = np.convolve(edge, window, mode="valid")[lap : lap + len(need)]
    gain = 10.0 ** (-smooth / 20.0)
    centres = np.arange(len(gain)) * cell + (cell - 1) / 2
    for part in _chunks(n):
        sound[:, part] *= np.interp(np.arange(part.start, part.stop), centres, gain).astype(
            np.float32
        )
    return float(smooth.max())


def _excess_db(sound: Float32, ceiling_db: float) -> Float64:
    """Return by how much each cell's true peak exceeds the ceiling, in dB, at least 0."""
    ceiling = 10.0 ** ((ceiling_db - 0.1) / 20.0)
    peak = cell_peaks(sound, floor=0.6 * ceiling).astype(np.float64)
    return np.asarray(20.0 * np.log10(np.maximum(peak / ceiling, 1.0)))
