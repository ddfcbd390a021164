"""A band by chance: each slot of each track by itself, as often as the training music has it.

Conventions: phrases are those of `motet.phrases.band`. What is counted: attacks by metre and slot of the
bar, whether the track sounds there, pitches above the root of the chord with their octave.

Offers `Chance`, `learn_chance`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.phrases.band import (
    N_BARS,
    N_PITCHES,
    N_SLOTS,
    TRACKS,
    metre_steps,
    pack_roll,
    unpack_roll,
)

__all__ = ["Chance", "learn_chance"]

Floats = npt.NDArray[np.float64]

_BAR: Final = N_SLOTS // N_BARS
_DRUMS: Final = TRACKS.index("drums")
_LINES: Final = (TRACKS.index("melody"), TRACKS.index("bass"))


@dataclass(frozen=True, kw_only=True)
class Chance:
    """Rates counted over phrases.

    Parameters
    ----------
    attack, sound : float64, shape (5, 4, 16)
        Share of bars of a metre in which a track attacks, or sounds, at a slot.
    pitch : float64, shape (5, 13, 48)
        How often a track that attacks has a pitch, by the root that sounds (12: none).
    """

    attack: Floats
    sound: Floats
    pitch: Floats

    def draw(
        self, phrase: Mapping[str, npt.NDArray[Any]], rng: np.random.Generator
    ) -> dict[str, Any]:
        """Return a phrase of the same conditions as a given one, every slot by itself."""
        metre = int(phrase["metre"])
        inside = np.tile(np.arange(_BAR) < metre_steps(metre), N_BARS)
        open_slot = np.asarray(phrase["present"], np.bool_)[:, None] & inside
        shape = (len(TRACKS), N_SLOTS)
        attack = (rng.random(shape) < np.tile(self.attack[:, metre], N_BARS)) & open_slot
        sound = (rng.random(shape) < np.tile(self.sound[:, metre], N_BARS)) & open_slot
        roll = np.zeros((*shape, N_PITCHES), np.bool_)
        for track in range(len(TRACKS)):
            held = np.zeros(N_PITCHES, np.bool_)
            for slot in range(N_SLOTS):
                if attack[track, slot]:
                    held = self._pitches(track, int(phrase["chord"][slot // 4]), rng)
                    roll[track, slot] = held
                elif track != _DRUMS and sound[track, slot]:
                    roll[track, slot] = held
                else:
                    held = np.zeros(N_PITCHES, np.bool_)
        attack &= np.asarray(roll.any(axis=2))
        return {
            **phrase, "roll": pack_roll(roll), "attack": attack,
            "present": np.asarray(attack.any(axis=1)),
        }  # fmt: skip

    def _pitches(self, track: int, chord: int, rng: np.random.Generator) -> npt.NDArray[np.bool_]:
        """Return pitches of an attack, each by itself; of a line one."""
        rate = self.pitch[track, chord // 20 if chord >= 0 else 12]
        chosen = np.zeros(N_PITCHES, np.bool_)
        if track in _LINES:
            if rate.sum() > 0:
                chosen[rng.choice(N_PITCHES, p=rate / rate.sum())] = True
            return chosen
        drawn: npt.NDArray[np.bool_] = rng.random(N_PITCHES) < rate
        return drawn


def learn_chance(phrases: Sequence[Mapping[str, npt.NDArray[Any]]]) -> Chance:
    """Return the rates of phrases.

    Parameters
    ----------
    phrases : sequence of mapping
        Of `motet.phrases.band.extract_band`.

    Returns
    -------
    Chance

    Examples
    --------
    >>> learn_chance([]).pitch.shape
    (5, 13, 48)
    """
    k = len(TRACKS)
    attack, sound, bars = np.zeros((k, 4, _BAR)), np.zeros((k, 4, _BAR)), np.zeros((k, 4, 1))
    pitch, begun = np.zeros((k, 13, N_PITCHES)), np.zeros((k, 13, 1))
    for one in phrases:
        metre = int(one["metre"])
        roll = unpack_roll(np.asarray(one["roll"], np.uint8))
        begins = np.asarray(one["attack"], np.float64)
        attack[:, metre] += begins.reshape(k, N_BARS, _BAR).sum(axis=1)
        sound[:, metre] += np.asarray(roll.any(axis=2)).reshape(k, N_BARS, _BAR).sum(axis=1)
        bars[:, metre] += N_BARS * np.asarray(one["present"], np.float64)[:, None]
        chord = np.repeat(np.asarray(one["chord"], np.int64), 4)
        root = np.where(chord >= 0, chord // 20, 12)
        for track in range(k):
            np.add.at(pitch[track], root, roll[track] * begins[track][:, None])
            np.add.at(begun[track], root, begins[track][:, None])
    return Chance(
        attack=attack / np.maximum(bars, 1),
        sound=sound / np.maximum(bars, 1),
        pitch=pitch / np.maximum(begun, 1),
    )
