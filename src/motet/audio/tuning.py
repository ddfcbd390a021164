"""Tuning: how far a singer's notes lie from A4 = 440 Hz, all in all and as the singer drifts.

Conventions: pitches are MIDI numbers with a fraction; an offset is in semitones, positive where the
singer is sharp. A tune sung half a semitone off can be heard either way; the nearer to 440 Hz wins.

Source: circular mean, as in Mardia and Jupp, Directional Statistics (2000). The constants are our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Tuning", "find_tuning"]

Float64 = NDArray[np.float64]

_PRIOR_S: Final = 0.4
_LOCAL_S: Final = 6.0
_HOLD_S: Final = 3.0
_REACH: Final = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Tuning:
    """How a singer is tuned.

    Parameters
    ----------
    offset_semi : float, semitones, -0.5 to 0.5
        Of the whole tune.
    strength : float, 0 to 1
        1: all notes lie equally far from the keys of a piano; 0: anywhere.
    local_semi : float64, shape (n,), semitones
        The offset around each note. A singer who sinks by more than a semitone has more than 1.
    """

    offset_semi: float
    strength: float
    local_semi: Float64


def find_tuning(pitch_semi: Float64, time_s: Float64, weight_s: Float64) -> Tuning:
    """Return how far sung notes lie from the nearest keys of a piano.

    Parameters
    ----------
    pitch_semi : float64, shape (n,), MIDI numbers
        With their fractions.
    time_s : float64, shape (n,), seconds, rising
    weight_s : float64, shape (n,), seconds, > 0
        How long each sounds.

    Returns
    -------
    Tuning
        Short tunes are drawn to 0; no notes give 0.

    Examples
    --------
    >>> low = find_tuning(np.array([59.7, 63.7, 66.7]), np.arange(3.0), np.ones(3))
    >>> round(low.offset_semi, 2), round(low.strength, 2)
    (-0.28, 1.0)
    """
    if not len(pitch_semi):
        return Tuning(0.0, 0.0, np.zeros(0))
    turns = weight_s * np.exp(2j * np.pi * pitch_semi)
    whole = turns.sum()
    strength = float(abs(whole) / weight_s.sum())
    centre = (whole + _PRIOR_S) / abs(whole + _PRIOR_S)
    around = _around(turns, time_s) + _HOLD_S * strength * centre
    angle = np.unwrap(np.angle(around / centre))
    angle -= 2 * np.pi * np.round(np.average(angle, weights=weight_s) / (2 * np.pi))
    offset = float(np.angle(centre) / (2 * np.pi))
    return Tuning(offset, strength, offset + angle / (2 * np.pi))


def _around(turns: NDArray[np.complex128], time_s: Float64) -> NDArray[np.complex128]:
    """Return the sum of what lies around each note, the less the further away."""
    first = np.searchsorted(time_s, time_s - _REACH * _LOCAL_S)
    last = np.searchsorted(time_s, time_s + _REACH * _LOCAL_S, side="right")
    found = np.empty(len(turns), np.complex128)
    for k, (low, high) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        away = (time_s[low:high] - time_s[k]) / _LOCAL_S
        found[k] = np.exp(-0.5 * away**2) @ turns[low:high]
    return found
