"""Music whose file knows time but no beats: its pulse is found, and its notes put on it.

Conventions: the pulse is the longest unit of time that onsets are multiples of, each counted from the one
before, so that slow drift does not matter. What multiple of a beat the pulse is, the tempo decides: the
one nearest to 110 quarter notes a minute. The metre is written as 4/4, for nothing tells it.

Offers `find_pulse`, `put_on_pulse`.

Source: own definition, for the MUS files of games, which count 140ths of a second.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.score import Score, Tempo
from motet.tokens.vocab import POSITIONS_PER_QN

__all__ = ["find_pulse", "put_on_pulse"]

_USUAL_QPM: Final = 110.0
_SHORTEST_S: Final = 0.06
_LONGEST_S: Final = 1.2
_TOLERANCE: Final = 0.11
"""Largest typical distance from a multiple, in pulses."""
_PARTS_OF_A_BEAT: Final = (1, 2, 3, 4, 6, 8)


def find_pulse(onset_s: npt.NDArray[Any]) -> float | None:
    """Return the unit that successive onsets are multiples of, or None.

    Parameters
    ----------
    onset_s : float, shape (n,), seconds

    Returns
    -------
    float or None, seconds

    Examples
    --------
    >>> round(find_pulse(np.array([0, 0.25, 0.5, 1.0, 1.26, 1.5])), 2)
    0.25
    """
    steps = np.diff(np.unique(np.asarray(onset_s, dtype=np.float64)))
    steps = steps[(steps > _SHORTEST_S / 2) & (steps < 4 * _LONGEST_S)]
    if len(steps) < 4:
        return None
    units = np.geomspace(_LONGEST_S, _SHORTEST_S, 600)
    ratio = steps[:, None] / units
    distance = np.abs(ratio - np.round(ratio)) + (ratio < 0.5)
    typical = np.sqrt((distance**2).mean(axis=0))
    good = np.flatnonzero(typical <= _TOLERANCE)
    if not len(good):
        return None
    first = int(good[0])
    stop = first
    while stop + 1 < len(units) and typical[stop + 1] <= _TOLERANCE:
        stop += 1
    best = first + int(typical[first : stop + 1].argmin())
    counts = np.round(steps / units[best])
    return float(steps.sum() / counts.sum())


def put_on_pulse(score: Score) -> Score | None:
    """Return the score on the pulse of its notes, None when there is no steady one.

    Parameters
    ----------
    score : Score

    Returns
    -------
    Score or None
        24 ticks a quarter note, one tempo, 4/4.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = replace(make_score("C4:0.7 D4:0.71 E4:0.69 F4:1.4 G4:0.7 A4:0.7"), metres=())
    >>> found = put_on_pulse(score)
    >>> [note.onset_tick for note in found.parts[0].notes]
    [0, 12, 24, 36, 60, 72]
    """
    notes = [note for part in score.parts for note in part.notes]
    if not notes:
        return None
    ticks = np.unique(np.array([note.onset_tick for note in notes], np.int64))
    seconds = np.array([score.time.tick_to_s(int(tick)) for tick in ticks])
    pulse_s = find_pulse(seconds)
    if pulse_s is None:
        return None
    parts_of_beat = min(
        _PARTS_OF_A_BEAT, key=lambda n: abs(math.log2(60 / (pulse_s * n) / _USUAL_QPM))
    )
    unit = POSITIONS_PER_QN // parts_of_beat
    steps = np.round(np.diff(seconds) / pulse_s).astype(np.int64)
    places = dict(zip(ticks.tolist(), np.append(0, np.cumsum(steps * unit)).tolist(), strict=True))
    parts = []
    for part in score.parts:
        own = []
        for note in part.notes:
            length_s = score.time.tick_to_s(note.end_tick) - score.time.tick_to_s(note.onset_tick)
            length = max(1, round(length_s / pulse_s * unit))
            own.append(
                replace(
                    note, onset_tick=places[note.onset_tick], duration_tick=length, ties_tick=()
                )
            )
        parts.append(replace(part, notes=tuple(own), controls=()))
    tempo = Tempo(tick=0, quarter_us=round(1e6 * pulse_s * parts_of_beat))
    return Score(
        parts=tuple(parts), resolution=POSITIONS_PER_QN, tempos=(tempo,), title=score.title
    )
