"""Plain synthetic chords for the tests of harmony: sums of partials, no sound font."""

from __future__ import annotations

import numpy as np

RATE_HZ = 22050


def play(chords: list[tuple[int, ...]], *, each_s: float = 2.0, cents: float = 0.0) -> np.ndarray:
    """Return chords of MIDI numbers one after the other, float32, each decaying."""
    time_s = np.arange(round(each_s * RATE_HZ)) / RATE_HZ
    pieces = []
    for pitches in chords:
        sound = np.zeros(len(time_s))
        for pitch in pitches:
            hz = 440.0 * 2 ** ((pitch - 69 + cents / 100) / 12)
            for k in range(1, 6):
                sound += 0.6**k * np.sin(2 * np.pi * k * hz * time_s + k)
        fade = np.minimum(1.0, (each_s - time_s) / 0.02) * np.exp(-1.2 * time_s / each_s)
        pieces.append(0.1 * sound * fade)
    return np.concatenate(pieces).astype(np.float32)
