"""Envelopes and low-frequency oscillators of a voice, as curves.

Conventions: the volume curve has one value a frame; modulation curves one value a block of `BLOCK`
frames. All start when the key is struck and show it held.

Source: SoundFont Technical Specification 2.04, section 9.1.7; the range of 96 dB as in FluidSynth.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from motet.render.region import Envelope

__all__ = [
    "BLOCK",
    "RANGE_DB",
    "envelope_stages",
    "modulation_curve",
    "triangle_curve",
    "volume_curve",
]

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]
BLOCK = 64
"""Frames between two values of a modulation curve."""
RANGE_DB = 96.0
"""How far a volume envelope falls until it counts as silent."""
_SOFTEST_START_S = 0.0004


def envelope_stages(envelope: Envelope, *, key: int, rate_hz: int) -> tuple[int, int, int, int]:
    """Return the frames of delay, attack, hold and decay (to the floor) for a key.

    Parameters
    ----------
    envelope : Envelope
    key : int, 0 to 127
    rate_hz : int, Hz

    Returns
    -------
    (int, int, int, int), frames

    Examples
    --------
    >>> envelope_stages(Envelope(0.0, 0.5, 1.0, 2.0, 0.0, 1.0), key=60, rate_hz=1000)
    (0, 500, 1000, 2000)
    """
    below = 60 - key
    hold = envelope.hold_s * 2.0 ** (envelope.hold_per_key * below / 1200)
    decay = envelope.decay_s * 2.0 ** (envelope.decay_per_key * below / 1200)
    stages = (envelope.delay_s, envelope.attack_s, min(hold, 200.0), min(decay, 400.0))
    delay, attack, hold_n, decay_n = (round(seconds * rate_hz) for seconds in stages)
    return delay, attack, hold_n, decay_n


def volume_curve(envelope: Envelope, *, key: int, n: int, rate_hz: int) -> Float32:
    """Return the volume envelope of a held key, cut where it has died away.

    Parameters
    ----------
    envelope : Envelope
        Its sustain in dB of attenuation.
    key : int, 0 to 127
    n : int, frames
    rate_hz : int, Hz

    Returns
    -------
    float32, shape (at most n,), amplitude 0 to 1

    Source
    ------
    SoundFont Technical Specification 2.04, section 9.1.7.

    Examples
    --------
    >>> half = Envelope(0.0, 0.0, 0.0, 0.0, 6.0206, 1.0)
    >>> volume_curve(half, key=60, n=3, rate_hz=1000).round(3).tolist()
    [1.0, 0.5, 0.5]
    """
    delay, attack, hold, decay = envelope_stages(envelope, key=key, rate_hz=rate_hz)
    attack = max(attack, round(_SOFTEST_START_S * rate_hz), 1)
    sustain_db = min(envelope.sustain, RANGE_DB)
    falling = round(decay * sustain_db / RANGE_DB)
    if sustain_db >= RANGE_DB:
        n = min(n, delay + attack + hold + falling)
    out = np.empty(n, np.float32)
    at = min(n, delay)
    out[:at] = 0.0
    stop = min(n, at + attack)
    out[at:stop] = np.arange(1, stop - at + 1, dtype=np.float32) / np.float32(attack)
    at = stop
    stop = min(n, at + hold)
    out[at:stop] = 1.0
    at = stop
    stop = min(n, at + falling)
    if stop > at:
        slope = -RANGE_DB / 20.0 * math.log(10.0) / decay
        out[at:stop] = np.exp(np.arange(stop - at, dtype=np.float32) * np.float32(slope))
    out[stop:] = 10.0 ** (-sustain_db / 20.0)
    return out


def modulation_curve(envelope: Envelope, *, key: int, n: int, rate_hz: int) -> Float64:
    """Return the modulation envelope of a held key.

    Parameters
    ----------
    envelope : Envelope
        Its sustain as 0 to 1.
    key : int, 0 to 127
    n : int, blocks
    rate_hz : int, Hz

    Returns
    -------
    float64, shape (n,), 0 to 1, one value a block

    Source
    ------
    SoundFont Technical Specification 2.04, section 9.1.7: a convex attack, a linear decay.

    Examples
    --------
    >>> fall = Envelope(0.0, 0.0, 0.0, 0.128, 0.0, 1.0)
    >>> modulation_curve(fall, key=60, n=4, rate_hz=1000).tolist()
    [1.0, 0.5, 0.0, 0.0]
    """
    delay, attack, hold, decay = envelope_stages(envelope, key=key, rate_hz=rate_hz)
    t = np.arange(n) * float(BLOCK) - delay
    rise = np.clip(t / max(attack, 1), 0.0, 1.0)
    convex = np.clip(1.0 + 40.0 / 96.0 * np.log10(np.maximum(rise, 1e-9)), 0.0, 1.0)
    fall = np.clip((t - attack - hold) / max(decay, 1), 0.0, 1.0 - envelope.sustain)
    return np.where(t < 0, 0.0, np.where(t < attack, convex, 1.0 - fall))


def triangle_curve(n: int, *, delay_s: float, hz: float, rate_hz: int) -> Float64:
    """Return a triangle wave that starts upwards from 0 after a delay.

    Parameters
    ----------
    n : int, blocks
    delay_s : float, seconds
    hz : float, Hz
    rate_hz : int, Hz

    Returns
    -------
    float64, shape (n,), -1 to 1, one value a block

    Examples
    --------
    >>> triangle_curve(5, delay_s=0.0, hz=1.0, rate_hz=4 * 64).tolist()
    [0.0, 1.0, 0.0, -1.0, 0.0]
    """
    t = np.maximum(np.arange(n) * (BLOCK / rate_hz) - delay_s, 0.0) * hz + 0.25
    return np.asarray(1.0 - 4.0 * np.abs(t - np.floor(t) - 0.5))
