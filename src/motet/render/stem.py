"""Stems: a part's performance turned into stereo sound by a SoundFont, dry and unbalanced.

Conventions: a stem is float32, shape (2, frames), left then right; level as the SoundFont has it.
Channel volume, pan and sends are the mixer's (`motet.render.mix`). Every (region, key) is rendered
once, for the longest note that needs it, and then reused: drum hits and repeated notes cost a few
multiplications a frame.

Source: SoundFont Technical Specification 2.04, section 9 (pan law, exclusive classes).
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motet.render.envelope import BLOCK
from motet.render.performance import Performance, Strike, value_at
from motet.render.region import Region
from motet.render.seat import seat_pan
from motet.render.soundfont import SoundFont
from motet.render.voice import Tone, Wheels, modulator_value, render_tone

__all__ = ["render_stem", "stem_end_s"]

Float32 = NDArray[np.float32]
_CHOKE_S = 0.25
_LONGEST_RELEASE_S = 8.0
_VELOCITY_STEP = 4


@dataclass(frozen=True, slots=True)
class _Voice:
    """One region of one strike: frames after the stem's start; ``cut`` ends it early."""

    region: Region
    strike: Strike
    onset: int
    off: int
    cut: int | None


def _moves_with_velocity(region: Region) -> bool:
    return any(one.destination in (6, 8, 9) and one.source & 0xFF == 2 for one in region.modulators)


def _voices(font: SoundFont, performance: Performance, rate_hz: int) -> list[_Voice]:
    """Return all voices, exclusive classes resolved."""
    out: list[_Voice] = []
    upcoming: dict[tuple[int, int, int], int] = {}
    for strike in reversed(performance.strikes):
        onset = round(strike.onset_s * rate_hz)
        off = max(onset + 1, round(strike.off_s * rate_hz))
        found = font.regions(strike.bank, strike.program, key=strike.key, velocity=strike.velocity)
        for region in found:
            group = (strike.bank, strike.program, region.exclusive_class)
            cut = upcoming.get(group) if region.exclusive_class else None
            out.append(_Voice(region, strike, onset, off, cut))
        for region in found:
            if region.exclusive_class:
                upcoming[strike.bank, strike.program, region.exclusive_class] = onset
    return out[::-1]


def stem_end_s(font: SoundFont, performance: Performance) -> float:
    """Return when a part has died away: the last release's end, at most 8 s after its key is up.

    Parameters
    ----------
    font : SoundFont
    performance : Performance

    Returns
    -------
    float, seconds

    Examples
    --------
    >>> from motet.render.soundfont import load_soundfont
    >>> stem_end_s(load_soundfont(), Performance())
    0.0
    """
    end = 0.0
    last = performance.end_s
    for strike in performance.strikes:
        if strike.off_s + _LONGEST_RELEASE_S < last:
            continue
        for region in font.regions(
            strike.bank, strike.program, key=strike.key, velocity=strike.velocity
        ):
            release = min(region.volume.release_s, _LONGEST_RELEASE_S)
            if region.loop == 0:
                release = min(release, (region.end - region.start) / 20000.0)
            end = max(end, strike.off_s + release)
    return end


def _bend(performance: Performance, voice: _Voice, n: int, rate_hz: int) -> NDArray[np.float64]:
    """Return the bend over a voice's life, one value a block, smoothed over 3 blocks."""
    times = np.array([time for time, _ in performance.bend_cents])
    values = np.array([0.0, *(value for _, value in performance.bend_cents)])
    at = (voice.onset + np.arange(n // BLOCK + 4) * BLOCK) / rate_hz
    steps = values[np.searchsorted(times, at, side="right")]
    padded = np.concatenate([steps[:1], steps, steps[-1:]])
    return np.asarray((padded[:-2] + padded[1:-1] + padded[2:]) / 3.0)


def _gains(voice: _Voice) -> tuple[float, float]:
    region, strike = voice.region, voice.strike
    velocity = region.fixed_velocity if 1 <= region.fixed_velocity <= 127 else strike.velocity
    centibels = 10.0 * region.attenuation_db
    pan = region.pan or seat_pan(strike.bank, strike.program, strike.key)
    wheels = Wheels()
    for one in region.modulators:
        if one.destination in (48, 17):
            amount = modulator_value(one, key=strike.key, velocity=velocity, wheels=wheels)
            if one.destination == 48:
                centibels += amount
            else:
                pan += amount / 500.0
    level = 10.0 ** (-max(-200.0, centibels) / 200.0)
    angle = (max(-1.0, min(1.0, pan)) + 1.0) * math.pi / 4.0
    return level * math.cos(angle) * math.sqrt(2.0), level * math.sin(angle) * math.sqrt(2.0)


def _add(out: Float32, tone: Tone, voice: _Voice, rate_hz: int) -> None:
    """Mix one voice into the stem."""
    off = min(voice.off - voice.onset, len(tone.held))
    pieces = [(voice.onset, tone.held[:off]), (voice.onset + off, tone.release(off))]
    left, right = _gains(voice)
    fade_from = voice.cut
    fade = max(1, round(_CHOKE_S * rate_hz))
    for start, piece in pieces:
        if fade_from is not None and start + len(piece) > fade_from:
            piece = piece[: max(0, fade_from + fade - start)].copy()
            at = max(0, fade_from - start)
            steps = np.arange(start + at - fade_from, start + len(piece) - fade_from)
            piece[at:] *= np.exp(-11.05 / fade * steps).astype(np.float32)
        if start < 0:
            piece, start = piece[-start:], 0
        piece = piece[: max(0, out.shape[1] - start)]
        if len(piece):
            out[0, start : start + len(piece)] += piece * np.float32(left)
            out[1, start : start + len(piece)] += piece * np.float32(right)


def render_stem(font: SoundFont, performance: Performance, *, n: int, rate_hz: int) -> Float32:
    """Return a part's sound, dry, at the SoundFont's own level.

    Parameters
    ----------
    font : SoundFont
    performance : Performance
    n : int, frames
        Length of the result; what sounds longer is cut.
    rate_hz : int, Hz

    Returns
    -------
    float32, shape (2, n)
        Left and right; full scale is 1, sums of voices may exceed it.

    Source
    ------
    SoundFont Technical Specification 2.04. Cost: about 30 ns a frame for each different key, 3 ns a
    frame for each note that repeats it.

    Examples
    --------
    >>> from motet.render.performance import perform_part
    >>> from motet.render.soundfont import load_soundfont
    >>> from motet.score import make_score
    >>> score = make_score("A4:1")
    >>> stem = render_stem(
    ...     load_soundfont(), perform_part(score, score.parts[0]), n=22050, rate_hz=44100)
    >>> stem.shape, bool(abs(stem).max() > 0.01)
    ((2, 22050), True)
    """
    out = np.zeros((2, n), np.float32)
    groups: dict[tuple[int, int, int, int, int, int, int], list[_Voice]] = defaultdict(list)
    wheel = performance.controls.get(1, ())
    for index, voice in enumerate(_voices(font, performance, rate_hz)):
        if voice.onset >= n:
            continue
        region, strike = voice.region, voice.strike
        struck = strike.velocity // _VELOCITY_STEP if _moves_with_velocity(region) else -1
        turned = int(value_at(wheel, strike.onset_s + 0.15, 0.0))
        pressed = int(value_at(performance.pressure, strike.onset_s + 0.15, 0.0))
        alone = -1
        if performance.bend_cents and _bend_touches(performance, voice, rate_hz):
            alone = index
        length = voice.off - voice.onset if region.loop == 3 else -1
        groups[id(region), strike.key, struck, turned, pressed, alone, length].append(voice)
    for (_, key, _, turned, pressed, alone, length), voices in groups.items():
        region = voices[0].region
        release = round(min(region.volume.release_s, _LONGEST_RELEASE_S) * rate_hz) + BLOCK
        longest = max(_frames(voice, release, n, rate_hz) for voice in voices)
        bend = _bend(performance, voices[0], longest, rate_hz) if alone != -1 else None
        tone = render_tone(
            font,
            region,
            key=key,
            velocity=max(voice.strike.velocity for voice in voices),
            n=longest,
            rate_hz=rate_hz,
            wheels=Wheels(bend, turned, int(str(pressed))),
            release_at=length if length != -1 else None,
        )
        for voice in voices:
            _add(out, tone, voice, rate_hz)
    return out


def _frames(voice: _Voice, release: int, n: int, rate_hz: int) -> int:
    """Return how many frames a voice needs at most."""
    frames = voice.off - voice.onset + release
    if voice.cut is not None:
        frames = min(frames, voice.cut - voice.onset + round(_CHOKE_S * rate_hz) + 1)
    return max(1, min(frames, n - voice.onset))


def _bend_touches(performance: Performance, voice: _Voice, rate_hz: int) -> bool:
    """Return whether the pitch wheel is off centre while a voice sounds."""
    start, end = voice.onset / rate_hz, voice.off / rate_hz + 1.0
    if value_at(performance.bend_cents, start, 0.0):
        return True
    return any(value and start <= time <= end for time, value in performance.bend_cents)
