"""Singing, humming and whistling made by calculation, with the notes that are sung: for tests and measurements.

Conventions: a tune is a list of (onset_s, duration_s, MIDI number); sound is mono float32 at 32,000 Hz. What a
singer does besides the notes comes from a `Singer` and a seed: tuning and drift, unsure intonation, scoops and
glides, vibrato, jitter, breath, room noise. No recording of a person is in it: a real voice is harder.

Source: additive synthesis; formants after Peterson and Barney, "Control methods used in a study of the
vowels", JASA 24 (1952), rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

__all__ = ["RATE_HZ", "SINGERS", "Note", "Singer", "sing"]

RATE_HZ = 32000
_CONTROL = 64  # samples a step of pitch and loudness
_VOWELS = {
    "a": ((730, 90), (1090, 110), (2440, 170)),
    "e": ((530, 80), (1840, 120), (2480, 170)),
    "i": ((270, 60), (2290, 130), (3010, 200)),
    "o": ((570, 80), (840, 100), (2410, 170)),
    "u": ((300, 70), (870, 100), (2240, 170)),
    "m": ((250, 90), (1000, 300), (2200, 300)),
}
Note = tuple[float, float, int]
Float64 = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Singer:
    """How someone sings; semitones, seconds, dB."""

    kind: str = "sing"  # sing, hum, whistle
    shift_semi: int = 0
    offset_semi: float = 0.0
    drift_semi_per_s: float = 0.0
    unsure_semi: float = 0.06
    vibrato_semi: float = 0.0
    vibrato_hz: float = 5.6
    scoop_semi: float = 0.0
    glide_s: float = 0.06
    dip_db: float = 14.0
    slur: float = 0.3  # share of moves to another pitch without a dip
    consonants: bool = False
    breath_db: float = -45.0
    noise_db: float = -55.0
    room: float = 0.0
    late_s: float = 0.0  # spread of onsets


SINGERS = {
    "hum": Singer(kind="hum", unsure_semi=0.12, scoop_semi=0.6, dip_db=10, offset_semi=-0.3),
    "la": Singer(kind="sing", shift_semi=0, unsure_semi=0.1, vibrato_semi=0.3, scoop_semi=0.8, offset_semi=0.2,
                 dip_db=12),
    "trained": Singer(kind="sing", unsure_semi=0.04, vibrato_semi=0.7, scoop_semi=0.5, glide_s=0.1, slur=0.7,
                      dip_db=9, room=0.25),
    "words": Singer(kind="sing", shift_semi=-12, unsure_semi=0.12, vibrato_semi=0.15, scoop_semi=1.5,
                    consonants=True, offset_semi=0.35, breath_db=-38, noise_db=-45),
    "unsure": Singer(kind="sing", shift_semi=-12, unsure_semi=0.25, scoop_semi=1.5, drift_semi_per_s=-0.03,
                     dip_db=8, late_s=0.03, noise_db=-40, room=0.2),
    "whistle": Singer(kind="whistle", shift_semi=19, unsure_semi=0.1, vibrato_semi=0.2, glide_s=0.08,
                      dip_db=16, scoop_semi=0.7, breath_db=-30),
    "high whistle": Singer(kind="whistle", shift_semi=26, unsure_semi=0.1, glide_s=0.06, dip_db=18,
                           breath_db=-30, noise_db=-45),
}  # fmt: skip
"""Singers to measure with, from easy to hard."""


def sing(
    notes: Sequence[Note], singer: Singer, *, seed: int = 0, tail_s: float = 0.5
) -> tuple[NDArray[np.float32], list[Note]]:
    """Return the sound of a tune and the notes as they were really begun and ended."""
    rng = np.random.default_rng(seed)
    end_s = max(on + length for on, length, _ in notes) + tail_s
    n = int(end_s * RATE_HZ / _CONTROL) + 1
    step_s = _CONTROL / RATE_HZ
    time_s = np.arange(n) * step_s
    true: list[Note] = []
    previous = -1.0
    for on, length, pitch in notes:
        late = float(np.clip(rng.normal() * singer.late_s, -0.08, 0.08))
        begin = max(on + late, previous)
        previous = max(begin + 0.06, on + length)
        true.append((begin, previous - begin, pitch + singer.shift_semi))
    semi, gain_db, vowel = _lines(true, singer, rng, time_s)
    fine = np.arange(n * _CONTROL) / _CONTROL
    coarse = np.arange(n)
    hz = 440.0 * 2 ** ((np.interp(fine, coarse, semi) - 69) / 12)
    gain = np.interp(fine, coarse, np.where(gain_db <= -90, 0.0, 10 ** (gain_db / 20)))
    phase = 2 * np.pi * np.cumsum(hz) / RATE_HZ
    sound = _source(phase, hz, vowel, fine, coarse, singer) * gain
    sound += _breath(true, singer, rng, gain, hz)
    if singer.consonants:
        sound += _consonants(true, rng, len(sound))
    if singer.room:
        sound = _in_room(sound, singer.room, rng)
    sound += rng.normal(size=len(sound)) * 10 ** (singer.noise_db / 20) * 0.3
    peak = float(np.abs(sound).max())
    return (0.7 * sound / peak).astype(np.float32), true


def _lines(
    notes: Sequence[Note], singer: Singer, rng: np.random.Generator, time_s: Float64
) -> tuple[Float64, Float64, NDArray[np.int64]]:
    """Return pitch, loudness and vowel over time."""
    n = len(time_s)
    semi = np.full(n, float(notes[0][2]))
    gain = np.full(n, -100.0)
    vowel = np.zeros(n, np.int64)
    wander = np.cumsum(rng.normal(size=n)) * 0.002
    wander -= np.convolve(wander, np.ones(501) / 501, "same")
    for k, (on, length, pitch) in enumerate(notes):
        own = pitch + singer.offset_semi + singer.drift_semi_per_s * on
        own += float(rng.normal()) * singer.unsure_semi
        here = (time_s >= on) & (time_s < on + length)
        t = time_s[here] - on
        line = np.full(len(t), own)
        joined = k > 0 and on - (notes[k - 1][0] + notes[k - 1][1]) < 0.03
        if joined and notes[k - 1][2] != pitch:
            before = semi[np.flatnonzero(here)[0] - 1] if len(t) else own
            line += (before - own) * np.exp(-3.0 * t / max(0.01, singer.glide_s))
        elif singer.scoop_semi:
            depth = singer.scoop_semi * float(rng.uniform(0.2, 1.6))
            line -= depth * np.exp(-t / min(0.06, length / 5))
        if singer.vibrato_semi and length > 0.35:
            deep = singer.vibrato_semi * np.clip((t - 0.2) / 0.25, 0, 1)
            turn = 2 * np.pi * singer.vibrato_hz * t * float(rng.uniform(0.92, 1.08))
            line += deep * np.sin(turn)
            gain[here] = 1.5 * (deep > 0) * np.sin(turn + 1.0)
        else:
            gain[here] = 0.0
        semi[here] = line
        gain[here] += float(rng.normal()) * 1.5 - 3.0 * (t / max(length, 0.3))
        slurred = joined and notes[k - 1][2] != pitch and rng.random() < singer.slur
        if joined and not slurred:
            gain[here] -= singer.dip_db * np.exp(-(((t - 0.01) / 0.025) ** 2))
            tail = (time_s >= on - 0.05) & (time_s < on)
            gain[tail] -= singer.dip_db * np.exp(-(((time_s[tail] - on) / 0.025) ** 2))
        elif not joined:
            gain[here] += 40 * np.minimum(0, t / 0.04 - 1)
        following = notes[k + 1][0] if k + 1 < len(notes) else np.inf
        if following - (on + length) >= 0.03:
            gain[here] += 40 * np.minimum(0, (length - t) / 0.05 - 1)
        vowel[here] = int(rng.integers(0, 5))
    silent = gain <= -90
    if not silent.all():
        semi[silent] = np.interp(time_s[silent], time_s[~silent], semi[~silent])
    return semi + np.clip(wander, -0.1, 0.1), gain, vowel


def _source(
    phase: Float64,
    hz: Float64,
    vowel: NDArray[np.int64],
    fine: Float64,
    coarse: NDArray[np.int64],
    singer: Singer,
) -> Float64:
    """Return the voice at full loudness."""
    if singer.kind == "whistle":
        return np.sin(phase) + 0.02 * np.sin(2 * phase)
    names = "m" * 5 if singer.kind == "hum" else "aeiou"
    table = np.zeros((5, 6000 // 10 + 1))
    grid = np.arange(601) * 10.0
    for k, name in enumerate(names):
        for number, (centre, width) in enumerate(_VOWELS[name]):
            table[k] += 10 ** (-number * 6 / 20) / (1 + ((grid - centre) / (width * 1.2)) ** 2)
        table[k] = (table[k] + 0.03) / (1 + (grid / (400 if name == "m" else 1500)) ** 2)
    slow = np.interp(coarse, coarse, coarse).astype(np.int64)
    sound = np.zeros(len(phase))
    base = hz[:: len(phase) // len(coarse)][: len(coarse)]
    for harmonic in range(1, 31):
        at = np.minimum(base * harmonic / 10.0, 600).astype(np.int64)
        weight = table[vowel[slow], at] * (base * harmonic < 6000) / harmonic**0.5
        if not weight.any():
            break
        smooth = np.convolve(weight, np.ones(9) / 9, "same")
        sound += np.interp(fine, coarse, smooth) * np.sin(harmonic * phase)
    return sound / max(1e-9, float(np.abs(sound).max()))


def _breath(
    notes: Sequence[Note], singer: Singer, rng: np.random.Generator, gain: Float64, hz: Float64
) -> Float64:
    """Return the noise of air: through the tone, and where there is time to take a breath."""
    noise = np.convolve(rng.normal(size=len(gain)), (0.5, 0.3, -0.2, -0.3), "same")
    if singer.kind == "whistle":
        carrier = np.cos(2 * np.pi * np.cumsum(hz) / RATE_HZ)
        slow = np.convolve(rng.normal(size=len(gain)), np.ones(60) / 60, "same") * 8
        noise = noise * 0.5 + slow * carrier
    level = 10 ** (singer.breath_db / 20)
    out = noise * gain * level
    for (on, length, _), (following, _, _) in pairwise(notes):
        gap = following - (on + length)
        if gap > 0.3:
            first = int((on + length + 0.05) * RATE_HZ)
            last = int((following - 0.05) * RATE_HZ)
            size = last - first
            out[first:last] += noise[first:last] * np.hanning(size) * level * 2
    return out


def _consonants(notes: Sequence[Note], rng: np.random.Generator, n: int) -> Float64:
    """Return bursts of hiss before some notes."""
    out = np.zeros(n)
    for on, _, _ in notes:
        if rng.random() < 0.5:
            first = max(0, int((on - 0.05) * RATE_HZ))
            last = min(n, int((on + 0.01) * RATE_HZ))
            out[first:last] += np.diff(rng.normal(size=last - first + 1)) * 0.05
    return out


def _in_room(sound: Float64, share: float, rng: np.random.Generator) -> Float64:
    """Return the sound with a room of half a second around it."""
    t = np.arange(int(0.5 * RATE_HZ)) / RATE_HZ
    tail = rng.normal(size=len(t)) * np.exp(-t * 13.8)
    tail[: int(0.01 * RATE_HZ)] = 0.0
    tail *= share / np.sqrt((tail**2).sum())
    size = 1 << (len(sound) + len(tail)).bit_length()
    wet = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(tail, size), size)
    return sound + wet[: len(sound)]
