"""Textbook accompaniments in every metre, with known beats: what a corpus has too little of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Played", "play_patterns", "tempo_curve"]

Float64 = NDArray[np.float64]
_FORMS = (
    ((4, 4), 4, 1), ((3, 4), 3, 1), ((2, 4), 2, 1), ((6, 8), 2, 3), ((12, 8), 4, 3), ((9, 8), 3, 3),
    ((5, 4), 5, 1), ((7, 8), 7, 1),
)  # fmt: skip
_SHARES = (0.22, 0.24, 0.14, 0.18, 0.05, 0.05, 0.07, 0.05)
_ROOTS = (0, 5, 7, 9, 2, 4)


@dataclass(frozen=True)
class Played:
    """A performance: notes (onset, end, pitch, velocity, is_drum), beats and downbeats in seconds."""

    notes: tuple[tuple[float, float, int, int, bool], ...]
    beat_s: Float64
    down_s: Float64
    end_s: float
    metre: tuple[int, int]


def tempo_curve(rng: np.random.Generator, kind: str, n_beats: int) -> Float64:
    """Return how fast each beat goes, 1 being the tempo: steady, human, or rubato with a slow end."""
    k = np.arange(n_beats + 1)
    if kind == "steady":
        return np.ones(n_beats + 1)
    if kind == "human":
        wander = 0.005 * np.cumsum(rng.normal(size=n_beats + 1))
        return np.exp(np.clip(wander - wander.mean(), -0.08, 0.08))
    slow = 0.09 * np.sin(2 * np.pi * k / rng.uniform(12, 32) + rng.uniform(0, 6))
    fast = 0.05 * np.sin(2 * np.pi * k / rng.uniform(5, 11) + rng.uniform(0, 6))
    return np.exp(slow + fast - 0.35 * np.clip((k - (n_beats - 8)) / 8, 0, 1))


def play_patterns(n: int, *, seed: int) -> list[Played]:
    """Return performances of oom-pah, block chords, arpeggios and walking basses, half with a tune."""
    rng = np.random.default_rng(seed)
    return [_play(rng) for _ in range(n)]


def _play(rng: np.random.Generator) -> Played:
    metre, n_beats, division = _FORMS[rng.choice(len(_FORMS), p=_SHARES)]
    length = float(np.exp(rng.normal(np.log(0.5 if division == 1 else 0.62), 0.25)))
    if metre == (7, 8):
        length = rng.uniform(0.17, 0.28)
    total = int(28 / length / n_beats) * n_beats
    pickup = int(rng.integers(0, n_beats)) if rng.random() < 0.4 else 0
    kind = str(rng.choice(["steady", "human", "rubato"], p=[0.5, 0.35, 0.15]))
    speed = tempo_curve(rng, kind, total + pickup)
    times = rng.uniform(0, 0.4) + np.concatenate(([0.0], np.cumsum(length / speed)))
    last = total + pickup
    notes: list[tuple[float, float, int, int, bool]] = []

    def add(beat: float, beats: float, pitch: int, velocity: float) -> None:
        onset = float(np.interp(beat, np.arange(len(times)), times)) + rng.normal() * 0.006
        end = float(np.interp(min(beat + beats, last), np.arange(len(times)), times)) - 0.02
        loud = int(np.clip(velocity + rng.normal() * 6, 20, 127))
        notes.append((max(0.0, onset), max(onset + 0.05, end), int(pitch), loud, False))

    style = str(rng.choice(["oompah", "block", "arpeggio", "bass"]))
    roots, hold = rng.choice(_ROOTS, size=8), int(rng.choice([1, 1, 2]))
    has_tune = rng.random() < 0.6
    cells = [rng.random(4) for _ in range(3)]
    for k in range(total):
        bar, place, beat = k // n_beats, k % n_beats, k + pickup
        root = 48 + int(roots[bar // hold % 8])
        chord = [root + 12, root + 16, root + 19]
        is_half = (n_beats == 4 and place == 2) or (metre == (7, 8) and place in (2, 4))
        if style == "oompah" and (place == 0 or is_half):
            add(beat, 0.9, root - 12 if place == 0 else root - 5, 88)
        elif style == "oompah":
            for pitch in chord[: 2 + int(rng.random() < 0.5)]:
                add(beat, 0.7, pitch, 64)
        elif style == "block" and (place == 0 or is_half or rng.random() < 0.4):
            for pitch in ([root - 12] if place == 0 else []) + chord:
                add(beat, n_beats if place == 0 else 1, pitch, 75 if place == 0 else 62)
        elif style == "arpeggio":
            n = 2 if division == 1 else 3
            for m in range(n):
                is_first = place == 0 and m == 0
                pitch = root - 12 if is_first else [root - 12, *chord][(place * n + m) % 4]
                add(beat + m / n, 1 / n, pitch, 80 if is_first else 62)
        elif style == "bass":
            step = 0 if place == 0 else int(rng.choice([4, 7, 12]))
            add(beat, 1, root - 12 + step, 84 if place == 0 else 70)
        if style == "oompah" and division == 3 and rng.random() < 0.8:
            for pitch in chord[:2]:
                add(beat + 2 / 3, 0.3, pitch, 58)
        if has_tune:
            cell = cells[bar % 3]
            if place == 0 or cell[place % 4] > 0.35:
                add(beat, 1 if place else min(2, n_beats), root + 24 + rng.choice([0, 2, 4, 7]),
                    92 if place == 0 else 80)  # fmt: skip
            if division == 3 and cell[(place + 1) % 4] > 0.3:
                add(beat + 2 / 3, 1 / 3, root + 26, 74)
            if division == 1 and cell[(place + 2) % 4] > 0.6:
                add(beat + 0.5, 0.5, root + 26, 72)
    for k in range(pickup):
        if rng.random() < 0.8:
            add(k, 1, 67 + int(rng.choice([0, 2, 4])), 78)
    beat_s = times[:last]
    return Played(tuple(notes), beat_s, beat_s[pickup::n_beats], float(times[-1]), metre)
