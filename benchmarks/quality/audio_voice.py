"""A synthetic singer, hummer and whistler, with all that makes real ones hard, and the truth of it.

Conventions: it is not a person. Sound is additive: harmonics of a moving pitch under the resonances of
a vowel (or the one of a closed mouth), breath noise; a whistle is nearly a sine. The singer is out of tune
as a whole by up to 25 cents, drifts by up to 30, and is off by 20 cents (standard deviation) from note to
note; slides into notes, between tied ones and off the end; trembles; has vibrato on long notes, consonants
and breath. Tempo wanders as a person's. The tunes are the first bars of hymns and songs of the split
``test``.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from audio_catalogue import Origin
from audio_pieces import Take, cut_take, make_file
from numpy.typing import NDArray

from motet.io import read
from motet.score import Note, Part, Score, make_score

__all__ = ["KINDS", "TUNES", "Sung", "line_of", "make_quick_tune", "sing", "take_tune"]

RATE_HZ = 22050
KINDS = ("sung", "hummed", "whistled")
_HYMNS = "openhymnal/Complete/"
_SONGS = "openewld/dataset/"
TUNES = (
    ("boylston", "clean/openhymnal", _HYMNS + "Blest_Be_The_Tie_That_Binds/"
     "Blest_Be_The_Tie_That_Binds-Boylston.abc", "C major", 84.0),
    ("evening-prayer", "clean/openhymnal", _HYMNS + "Jesus_Tender_Shepard_Hear_Me/"
     "Jesus_Tender_Shepard_Hear_Me-Evening_Prayer.abc", "F major", 96.0),
    ("olivet", "clean/openhymnal", _HYMNS + "My_Faith_Looks_Up_To_Thee/"
     "My_Faith_Looks_Up_To_Thee-Olivet.abc", "D major", 92.0),
    ("tallis", "clean/openhymnal", _HYMNS + "All_Praise_To_Thee_My_God_This_Night/"
     "All_Praise_To_Thee_My_God_This_Night-Tallis_Canon.abc", "G major", 88.0),
    ("silver-threads", "clean/openewld", _SONGS + "Eben_E._Rexford-H.P._Danks/"
     "Silver_Threads_Among_the_Gold/Silver_Threads_Among_the_Gold.mxl", "", 88.0),
    ("school-days", "clean/openewld", _SONGS + "Gus_Edwards-Will_Cobb/School_Days/School_Days.mxl",
     "", 132.0),
    ("virginny", "clean/openewld", _SONGS + "James_A._Bland/Carry_Me_Back_to_Old_Virginny/"
     "Carry_Me_Back_to_Old_Virginny.mxl", "", 100.0),
    ("the-one-i-love", "clean/openewld", _SONGS + "Gus_Kahn-Isham_Jones/"
     "The_One_I_Love_Belongs_to_Somebody_Else/The_One_I_Love_Belongs_to_Somebody_Else.mxl", "", 132.0),
)  # fmt: skip
_VOWELS = {
    "a": ((730, 90, 1.0), (1090, 110, 0.5), (2440, 160, 0.2)),
    "o": ((450, 80, 1.0), (800, 90, 0.5), (2600, 170, 0.1)),
    "i": ((300, 70, 1.0), (2250, 120, 0.3), (3000, 170, 0.2)),
    "m": ((250, 90, 1.0), (1050, 200, 0.03), (2200, 250, 0.02)),
}
"""Resonances: Hz, width in Hz, strength; about those of Peterson and Barney's men, and of a hum."""


@dataclass(frozen=True)
class Sung:
    """A sung line: its sound, its notes, and its pitch every 10 ms."""

    sound: NDArray[np.float32]
    notes: tuple[tuple[float, float, int], ...]
    track: dict[str, Any]


def take_tune(name: str, work: Path, *, seconds: float = 14.0) -> Take:
    """Return the first bars of a tune, its top line alone."""
    _, archive, member, key, qpm = next(one for one in TUNES if one[0] == name)
    origin = Origin(name=name, style="voice", archive=archive, member=member, key=key, qpm=qpm,
                    drift=0.03)  # fmt: skip
    score = line_of(read(make_file(origin, work)).score)
    signature = score.key_at(0)
    if not key and signature is not None and signature.mode == "major":
        from motet.theory import key_from_signature

        key = f"{key_from_signature(signature.fifths, 'major').tonic} major"
    return cut_take(origin, score, key=key, seconds=seconds)


def make_quick_tune() -> Take:
    """Return a tune that everybody knows, without an archive."""
    tune = make_score("C4:1 D4:1 E4:1 C4:1 | C4:1 D4:1 E4:1 C4:1 | E4:1 F4:1 G4:2 | E4:1 F4:1 G4:2")
    origin = Origin(name="quick", style="voice", archive="", member="", qpm=96, drift=0.02)
    return cut_take(origin, tune, key="C major", seconds=12.0)


def line_of(score: Score) -> Score:
    """Return the first part's highest notes, one at a time."""
    top: dict[int, Note] = {}
    for note in score.parts[0].notes:
        if not note.grace and (
            note.onset_tick not in top or note.pitch > top[note.onset_tick].pitch
        ):
            top[note.onset_tick] = note
    notes: list[Note] = []
    for note in sorted(top.values(), key=lambda one: one.onset_tick):
        if notes and notes[-1].end_tick > note.onset_tick:
            if notes[-1].pitch > note.pitch and notes[-1].duration_tick > 2 * note.duration_tick:
                continue
            before = notes.pop()
            notes.append(Note(onset_tick=before.onset_tick, pitch=before.pitch,
                              duration_tick=note.onset_tick - before.onset_tick))  # fmt: skip
        notes.append(
            Note(onset_tick=note.onset_tick, duration_tick=note.duration_tick, pitch=note.pitch)
        )
    return score.with_parts(Part(name="Melody", notes=tuple(notes)))


def sing(take: Take, kind: str) -> Sung:
    """Return a line as somebody would sing, hum or whistle it; the same every time."""
    rng = np.random.default_rng(zlib.crc32(f"{take.name}-{kind}".encode()))
    shift = {"sung": -12 if rng.random() < 0.5 else 0, "hummed": -12, "whistled": 12}[kind]
    rows = [(on + 0.3, off + 0.3, pitch + shift) for on, off, pitch in take.notes]
    n = round((rows[-1][1] + 0.6) * RATE_HZ)
    pitch, loud, parted, edges = np.zeros(n), np.zeros(n), [], []
    tuning, wander = rng.uniform(-0.25, 0.25), rng.uniform(-0.3, 0.3)
    for k, (on, off, semi) in enumerate(rows):
        gap = rows[k + 1][0] - off if k + 1 < len(rows) else 1.0
        same = k + 1 < len(rows) and rows[k + 1][2] == semi
        is_tied = gap < 0.06 and not same and rng.random() < 0.45
        end = rows[k + 1][0] if is_tied else min(off, off + gap - rng.uniform(0.04, 0.08))
        end = max(end, on + 0.08)
        parted.append(not is_tied)
        edges.append((on, end))
        a, b = round(on * RATE_HZ), round(end * RATE_HZ)
        pitch[a:b] = semi + tuning + wander * (on / rows[-1][1] - 0.5) + rng.normal() * 0.2
        fade = np.linspace(1, rng.uniform(0.35, 1.0), b - a)
        loud[a:b] = rng.uniform(0.5, 1.0) * fade
        loud[a:b] *= _shape(b - a, starts=k == 0 or parted[k - 1], ends=not is_tied)
    pitch = _glide(pitch, edges, parted, kind, rng)
    hz = 440 * 2 ** ((pitch - 69) / 12)
    starts = [on for k, (on, _) in enumerate(edges) if k == 0 or parted[k - 1]]
    sound = _voice(hz, loud, rows, starts, kind, rng)
    step = RATE_HZ // 100
    track = {
        "time_s": np.arange(0, n, step) / RATE_HZ,
        "hz": hz[::step],
        "is_voiced": loud[::step] > 0.05,
    }
    notes = tuple((on, end, semi) for (on, end), (_, _, semi) in zip(edges, rows, strict=True))
    return Sung(sound, notes, track)


def _shape(n: int, *, starts: bool, ends: bool) -> NDArray[np.float64]:
    """Return the loudness of a note: 40 ms to rise, 60 ms to fall, unless tied."""
    shape = np.ones(n)
    rise, fall = min(n // 3, round(0.04 * RATE_HZ)), min(n // 3, round(0.06 * RATE_HZ))
    if starts and rise:
        shape[:rise] = np.sin(np.linspace(0, math.pi / 2, rise)) ** 2
    if ends and fall:
        shape[-fall:] = np.sin(np.linspace(math.pi / 2, 0, fall)) ** 2
    return shape


def _glide(
    pitch: NDArray[np.float64],
    edges: list[tuple[float, float]],
    parted: list[bool],
    kind: str,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Return a pitch with slides, vibrato and a slow wander; silences hold the last pitch."""
    held = np.where(pitch > 0, np.arange(len(pitch)), 0)
    pitch = pitch[np.maximum.accumulate(held)]
    pitch[pitch == 0] = pitch[pitch > 0][0]
    out = pitch.copy()
    for k, (on, end) in enumerate(edges):
        a, b = round(on * RATE_HZ), round(end * RATE_HZ)
        half = min((b - a) // 3, round(rng.uniform(0.02, 0.06) * RATE_HZ))
        if k and not parted[k - 1]:
            ramp = 0.5 - 0.5 * np.cos(np.linspace(0, math.pi, 2 * half))
            out[a - half : a + half] = pitch[a - half - 1] + ramp * (
                pitch[a + half] - pitch[a - half - 1]
            )
        elif rng.random() < 0.5:
            length = min(b - a, round(rng.uniform(0.05, 0.14) * RATE_HZ))
            depth = rng.uniform(-0.3, 1.5) * (0.4 if kind == "whistled" else 1.0)
            out[a : a + length] -= depth * (1 - np.linspace(0, 1, length)) ** 2
        if end - on > 0.4:
            length = b - a - round(0.2 * RATE_HZ)
            depth = rng.uniform(0.1, 0.7) * (1.0 if kind == "sung" else 0.4)
            wave = np.sin(math.tau * rng.uniform(4.8, 6.4) * np.arange(length) / RATE_HZ)
            out[b - length : b] += depth * wave * np.linspace(0.2, 1, length)
        if parted[k] and rng.random() < 0.4:
            length = min((b - a) // 3, round(0.09 * RATE_HZ))
            out[b - length : b] -= rng.uniform(0.2, 1.0) * np.linspace(0, 1, length) ** 2
    steps = np.cumsum(rng.normal(size=len(out) // 512 + 2)) * 0.01
    tremor = np.repeat(rng.normal(size=len(out) // 1536 + 2), 3)[: len(steps)] * 0.06
    return out + np.interp(
        np.arange(len(out)), 512 * np.arange(len(steps)), steps - steps.mean() + tremor
    )


def _voice(
    hz: NDArray[np.float64],
    loud: NDArray[np.float64],
    rows: list[tuple[float, float, int]],
    parted: list[float],
    kind: str,
    rng: np.random.Generator,
) -> NDArray[np.float32]:
    """Return the sound of a moving pitch: harmonics under each note's vowel, and consonants before."""
    phase = math.tau * np.cumsum(hz) / RATE_HZ
    breath = rng.normal(size=len(hz))
    if kind == "whistled":
        body = np.sin(phase) + 0.03 * np.sin(2 * phase)
        sound = loud * (body + 0.05 * breath) + 0.004 * breath
    else:
        vowels = {}
        for on, _, _ in rows:
            vowels[on] = "m" if kind == "hummed" else "aoi"[int(rng.integers(3))]
        starts = np.array(sorted(vowels))
        index = np.maximum(
            0, np.searchsorted(starts, np.arange(len(hz)) / RATE_HZ, side="right") - 1
        )
        body = np.zeros(len(hz))
        for vowel in sorted(set(vowels.values())):
            mask = np.array([vowels[one] == vowel for one in starts])[index]
            body[mask] = _harmonics(hz[mask], phase[mask], vowel)
        body /= max(1e-9, float(np.abs(body).max()))
        sound = loud * (body + 0.03 * breath) + 0.004 * breath
        for on in parted if kind == "sung" else ():
            length = round(rng.uniform(0.02, 0.09) * RATE_HZ)
            end = round(on * RATE_HZ) + round(0.01 * RATE_HZ)
            burst = np.diff(breath[end - length - 1 : end]) * np.hanning(length)
            sound[end - length : end] += burst * rng.choice((0.0, 0.05, 0.15, 0.3))
    return (0.6 * sound / np.abs(sound).max()).astype(np.float32)


def _harmonics(
    hz: NDArray[np.float64], phase: NDArray[np.float64], vowel: str
) -> NDArray[np.float64]:
    out = np.zeros(len(hz))
    for k in range(1, int(5000 / max(60.0, float(hz.min()))) + 1):
        at = k * hz
        gain = sum(g / (1 + ((at - f) / w) ** 2) for f, w, g in _VOWELS[vowel]) + 0.01
        out += np.where(at < 5000, gain / k, 0.0) * np.sin(k * phase)
    return out
