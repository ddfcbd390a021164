"""Voices: one region of a SoundFont sounding at one key, before and after the key goes up.

Conventions: signals are mono float32; times are frames at the output rate; level 1.0 is the
sample's own. What does not depend on a note's length is rendered once for all notes of a key
(`Tone`), then each note is added as it is: that is where the speed comes from.

Source: SoundFont Technical Specification 2.04, section 9; the concave velocity curve
40 log10(127 / velocity) dB as FluidSynth has it; the low-pass is the second-order section of
R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients".
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from motet.render.envelope import (
    BLOCK,
    RANGE_DB,
    modulation_curve,
    triangle_curve,
    volume_curve,
)
from motet.render.region import Modulator, Region
from motet.render.resample import read_sample

if TYPE_CHECKING:
    from motet.render.soundfont import SoundFont

__all__ = ["Tone", "Wheels", "modulator_value", "render_tone"]

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]
_FILTER_OPEN_CENTS = 13400.0
_FASTEST_RELEASE_S = 0.012


@dataclass(frozen=True, slots=True)
class Wheels:
    """What a channel's wheels do while a note sounds: pitch bend in cents, vibrato wheel 0 to 127.

    ``bend_cents`` is float64, one value a `BLOCK` frames, or None when the wheel rests.
    """

    bend_cents: Float64 | None = None
    modulation: int = 0
    pressure: int = 0


def _shape(kind: int, x: float) -> float:
    """Return a source's curve: linear, concave, convex or switch."""
    if kind == 1:
        return 1.0 if x >= 1.0 else min(1.0, -40.0 / 96.0 * math.log10(1.0 - x))
    if kind == 2:
        return 0.0 if x <= 0.0 else max(0.0, 1.0 + 40.0 / 96.0 * math.log10(x))
    if kind == 3:
        return float(x >= 0.5)
    return x


def _source_value(operator: int, *, key: int, velocity: int, wheels: Wheels) -> float:
    index, is_controller = operator & 0x7F, bool(operator & 0x80)
    if is_controller:
        raw = {1: wheels.modulation, 7: 100, 10: 64, 11: 127}.get(index, 0)
    else:
        raw = {0: 128, 2: velocity, 3: key, 13: wheels.pressure}.get(index, 0)
        if index == 0:
            return 1.0
    value = raw / 127.0
    if operator & 0x100:
        value = 1.0 - value
    value = _shape(operator >> 10, min(1.0, max(0.0, value)))
    return 2.0 * value - 1.0 if operator & 0x200 else value


def modulator_value(modulator: Modulator, *, key: int, velocity: int, wheels: Wheels) -> float:
    """Return what a modulator adds to its destination, in the destination's own unit.

    Parameters
    ----------
    modulator : Modulator
    key, velocity : int, 0 to 127
    wheels : Wheels

    Returns
    -------
    float

    Source
    ------
    SoundFont Technical Specification 2.04, section 9.5.

    Examples
    --------
    >>> attenuation = Modulator(0x0502, 48, 960, 0)
    >>> round(modulator_value(attenuation, key=60, velocity=64, wheels=Wheels()) / 10, 2)
    11.9
    """
    return (
        modulator.amount
        * _source_value(modulator.source, key=key, velocity=velocity, wheels=wheels)
        * _source_value(modulator.amount_source, key=key, velocity=velocity, wheels=wheels)
    )


def _low_pass(cents: Float64, resonance_db: float, rate_hz: int) -> Float64:
    """Return biquad coefficients (blocks, 5): b0 b1 b2 a1 a2."""
    hz = np.minimum(8.176 * 2.0 ** (np.clip(cents, 1500.0, 13500.0) / 1200), 0.45 * rate_hz)
    q = 10.0 ** ((resonance_db - 3.01) / 20.0)
    gain = 10.0 ** (-resonance_db / 40.0)
    w = 2.0 * math.pi * hz / rate_hz
    alpha, cosine = np.sin(w) / (2.0 * q), np.cos(w)
    norm = 1.0 / (1.0 + alpha)
    b1 = (1.0 - cosine) * norm * gain
    return np.stack([b1 / 2, b1, b1 / 2, -2.0 * cosine * norm, (1.0 - alpha) * norm], axis=1)


def _filter(
    signal: Float32, cents: Float64, resonance_db: float, rate_hz: int, state: Float64
) -> Float32:
    """Return the signal through a low-pass that may move from block to block."""
    from scipy.signal import lfilter

    steps = np.round(cents / 10.0)
    table = _low_pass(steps * 10.0, resonance_db, rate_hz)
    edges = [0, *(np.flatnonzero(np.diff(steps)) + 1).tolist(), len(steps)]
    out = np.empty_like(signal)
    for low, high in itertools.pairwise(edges):
        b, a = table[low, :3], np.array([1.0, table[low, 3], table[low, 4]])
        piece, state = lfilter(b, a, signal[low * BLOCK : high * BLOCK], zi=state)
        out[low * BLOCK : high * BLOCK] = piece
    return out


@dataclass(slots=True)
class Tone:
    """A key's sound while it is held, for as long as any note needs it, and how it ends.

    ``dry`` is the pitched, filtered sample, ``held`` the same under the volume envelope; ``raw``,
    ``filtered`` and ``cents`` are kept only where the filter moves on release.
    """

    region: Region
    key: int
    rate_hz: int
    dry: Float32
    envelope: Float32
    held: Float32
    raw: Float32 | None = None
    filtered: Float32 | None = None
    cents: Float64 | None = None
    tremolo: Float32 | None = None
    resonance_db: float = 0.0

    def release(self, off: int) -> Float32:
        """Return what sounds from `off` (frames after the onset) on, once the key is up."""
        if off >= len(self.held):
            return self.held[:0]
        level = float(self.envelope[off])
        if level <= 0.0:
            return self.held[:0]
        seconds = max(self.region.volume.release_s, _FASTEST_RELEASE_S)
        whole = max(1, round(seconds * self.rate_hz))
        left = RANGE_DB + 20.0 * math.log10(level)
        n = min(len(self.dry) - off, max(1, round(whole * left / RANGE_DB)))
        slope = -RANGE_DB / 20.0 * math.log(10.0) / whole
        ramp = np.exp(np.arange(n, dtype=np.float32) * np.float32(slope))
        ramp *= np.float32(level)
        body = self.dry[off : off + n]
        if self.raw is not None and self.filtered is not None and self.cents is not None:
            body = self._close(self.raw, self.filtered, self.cents, off, n)
        return np.asarray(ramp * body)

    def _close(self, raw: Float32, filtered: Float32, cents: Float64, off: int, n: int) -> Float32:
        """Return the dry sound after `off`, its filter following the released envelope."""
        block = min(off // BLOCK, len(cents) - 1)
        base = block * BLOCK
        n_blocks = -(-(off + n - base) // BLOCK)
        depth = self.region.modulation_to_filter_cents
        span = max(1.0, self.region.modulation.release_s * self.rate_hz)
        value = modulation_curve(
            self.region.modulation, key=self.key, n=block + 1, rate_hz=self.rate_hz
        )[-1]
        now = np.clip(value - np.arange(n_blocks) * BLOCK / span, 0.0, None)
        moved = cents[block] + depth * (now - value)
        state = np.zeros(2)
        if base >= 2:
            before = np.round(cents[block - 1 : block] / 10.0) * 10.0
            _, b1, b2, a1, a2 = _low_pass(before, self.resonance_db, self.rate_hz)[0]
            x, y = raw[base - 2 : base], filtered[base - 2 : base]
            state[1] = b2 * x[1] - a2 * y[1]
            state[0] = b1 * x[1] - a1 * y[1] + b2 * x[0] - a2 * y[0]
        out = _filter(raw[base : off + n], moved, self.resonance_db, self.rate_hz, state)
        out = out[off - base :]
        return out if self.tremolo is None else out * self.tremolo[off : off + n]


def _pitch_ratio(
    region: Region,
    key: int,
    n: int,
    *,
    rate_hz: int,
    sample_rate_hz: int,
    wheels: Wheels,
    depth: float,
) -> float | Float64:
    """Return the reading speed: a float when it is steady."""
    sounding = region.fixed_key if 0 <= region.fixed_key <= 127 else key
    cents = (sounding - region.root_key) * region.cents_per_key + region.tune_cents
    steady = sample_rate_hz / rate_hz * 2.0 ** (cents / 1200)
    n_blocks = n // BLOCK + 2
    moving = np.zeros(n_blocks)
    if depth:
        moving += depth * triangle_curve(
            n_blocks, delay_s=region.vibrato_delay_s, hz=region.vibrato_hz, rate_hz=rate_hz
        )
    if region.lfo_to_pitch_cents:
        moving += region.lfo_to_pitch_cents * triangle_curve(
            n_blocks, delay_s=region.lfo_delay_s, hz=region.lfo_hz, rate_hz=rate_hz
        )
    if region.modulation_to_pitch_cents:
        moving += region.modulation_to_pitch_cents * modulation_curve(
            region.modulation, key=key, n=n_blocks, rate_hz=rate_hz
        )
    if wheels.bend_cents is not None:
        bend = wheels.bend_cents[:n_blocks]
        moving[: len(bend)] += bend
        moving[len(bend) :] += bend[-1] if len(bend) else 0.0
    if not moving.any():
        return float(steady)
    fine = np.interp(np.arange(n), np.arange(n_blocks) * BLOCK, moving)
    return np.asarray(steady * np.exp2(fine / 1200.0))


def render_tone(
    font: SoundFont,
    region: Region,
    *,
    key: int,
    velocity: int,
    n: int,
    rate_hz: int,
    wheels: Wheels | None = None,
    release_at: int | None = None,
) -> Tone:
    """Return a region sounding at a key for `n` frames, level as if struck at full force.

    Parameters
    ----------
    font : SoundFont
    region : Region
        One of the font's own.
    key, velocity : int, 0 to 127
        Velocity matters only where the font lets it move the filter or the pitch.
    n : int, frames
        Longest that any note needs, release included.
    rate_hz : int, Hz
    wheels : Wheels, optional
    release_at : int or None, frames
        Where a loop that ends with the key (mode 3) is left; None keeps it.

    Returns
    -------
    Tone

    Source
    ------
    SoundFont Technical Specification 2.04, section 9.

    Examples
    --------
    >>> from motet.render.soundfont import load_soundfont
    >>> font = load_soundfont()
    >>> region = font.regions(0, 0, key=69, velocity=90)[0]
    >>> tone = render_tone(font, region, key=69, velocity=90, n=4410, rate_hz=44100)
    >>> tone.held.shape, tone.held.dtype.name
    ((4410,), 'float32')
    """
    wheels = wheels or Wheels()
    envelope = volume_curve(region.volume, key=key, n=n, rate_hz=rate_hz)
    n = len(envelope)
    moved: dict[int, float] = {}
    for one in region.modulators:
        amount = modulator_value(one, key=key, velocity=velocity, wheels=wheels)
        moved[one.destination] = moved.get(one.destination, 0.0) + amount
    ratio = _pitch_ratio(
        region,
        key,
        n,
        rate_hz=rate_hz,
        sample_rate_hz=font.samples[region.sample].rate_hz,
        wheels=wheels,
        depth=region.vibrato_to_pitch_cents + moved.get(6, 0.0),
    )
    pcm = font.sample(region.sample)[region.start : region.end]
    loop = None
    low, high = region.loop_start - region.start, min(region.loop_end - region.start, len(pcm))
    if region.loop in (1, 3) and high - low >= 8:
        loop = (low, high)
    raw = _read(pcm, n, ratio=ratio, loop=loop, leave=release_at if region.loop == 3 else None)
    n = len(raw)
    envelope = envelope[:n]
    n_blocks = max(1, -(-n // BLOCK))
    filter_cents = region.filter_cents + moved.get(8, 0.0)
    resonance_db = max(0.0, region.resonance_db + moved.get(9, 0.0) / 10.0)
    cents = np.full(n_blocks, filter_cents)
    if region.lfo_to_filter_cents:
        cents += region.lfo_to_filter_cents * triangle_curve(
            n_blocks, delay_s=region.lfo_delay_s, hz=region.lfo_hz, rate_hz=rate_hz
        )
    if region.modulation_to_filter_cents:
        cents += region.modulation_to_filter_cents * modulation_curve(
            region.modulation, key=key, n=n_blocks, rate_hz=rate_hz
        )
    tone = Tone(region, key, rate_hz, raw, envelope, raw)
    if n and (cents.min() < _FILTER_OPEN_CENTS or resonance_db > 0.0):
        tone.dry = _filter(raw, cents, resonance_db, rate_hz, np.zeros(2))
        if region.modulation_to_filter_cents and region.modulation.release_s < 20.0:
            tone.raw, tone.filtered, tone.cents = raw, tone.dry, cents
            tone.resonance_db = resonance_db
    if region.lfo_to_volume_db:
        wave = triangle_curve(
            n_blocks + 1, delay_s=region.lfo_delay_s, hz=region.lfo_hz, rate_hz=rate_hz
        )
        gain = 10.0 ** (region.lfo_to_volume_db / 20.0 * wave)
        fine = np.interp(np.arange(n), np.arange(n_blocks + 1) * BLOCK, gain)
        tone.tremolo = fine.astype(np.float32)
        tone.dry = tone.dry * tone.tremolo
    tone.held = tone.dry * envelope
    return tone


def _read(
    pcm: Float32,
    n: int,
    *,
    ratio: float | Float64,
    loop: tuple[int, int] | None,
    leave: int | None,
) -> Float32:
    """Return the sample read for `n` frames; after `leave` the loop no longer repeats."""
    if loop is None or leave is None or leave >= n:
        return read_sample(pcm, n, ratio=ratio, loop=loop)
    steps = np.full(leave, ratio) if isinstance(ratio, float) else ratio[:leave]
    position = float(steps.sum())
    low, high = loop
    if position >= high:
        position -= (high - low) * math.floor((position - low) / (high - low))
    after = ratio if isinstance(ratio, float) else ratio[leave:]
    before = read_sample(pcm, leave, ratio=ratio if isinstance(ratio, float) else steps, loop=loop)
    return np.concatenate([before, read_sample(pcm, n - leave, ratio=after, start=position)])
