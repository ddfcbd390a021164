"""Bars and a tempo map that lie on the beats of a recording.

Conventions: second 0 of the map is second 0 of the recording. What lies before the first beat becomes
beats of rest at about the same tempo, or, where it is shorter than a fifth of a beat, part of the first
bar. The first bar is a pickup where it is not whole.

Offers `BeatGrid`, `lay_grid`.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.heard import HeardBeats
from motet.score import BarLength, Metre, Tempo, TimeMap
from motet.units import DEFAULT_RESOLUTION

__all__ = ["BeatGrid", "lay_grid"]

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]
_NEAR_S: Final = 0.003
_SPREAD: Final = 0.22
_RESTS: Final = (1.0, 0.75, 0.5, 0.25)
_PARTS: Final = (1.0, 0.75, 2 / 3, 0.5, 1 / 3, 0.25)
_INSIDE: Final = -0.15
_LONGEST_US: Final = 16_777_215


@dataclass(frozen=True, slots=True, eq=False)
class BeatGrid:
    """Where beats and bars lie in ticks.

    Parameters
    ----------
    beat_tick : int64, shape (n,), ticks
        Rising, the first is 0; the last one is where the last beat ends.
    place : int64, shape (n,)
        Place of each in its bar.
    metre : Metre
    bar_lengths : tuple of BarLength
        Of a pickup, and of bars that are not whole.
    tempos : tuple of Tempo
    resolution : int, ticks a quarter note
    """

    beat_tick: Int64
    place: Int64
    metre: Metre
    bar_lengths: tuple[BarLength, ...]
    tempos: tuple[Tempo, ...]
    resolution: int

    @property
    def time(self) -> TimeMap:
        """Conversions between ticks and seconds of the recording."""
        return TimeMap(self.resolution, self.tempos)


def lay_grid(beats: HeardBeats, *, end_s: float, resolution: int = DEFAULT_RESOLUTION) -> BeatGrid:
    """Return bars and tempos on the beats of a recording.

    Parameters
    ----------
    beats : HeardBeats
        At least two beats.
    end_s : float, seconds
        The bars cover at least so much.
    resolution : int, ticks a quarter note

    Returns
    -------
    BeatGrid
        Each beat sounds within 3 ms of where it was heard, without adding up.

    Examples
    --------
    >>> beats = HeardBeats(np.array([0.5, 1.0, 1.5, 2.0]), np.array([3, 0, 1, 2]), 4, 1.0, (4, 4),
    ...                    120.0, 0.5, 1.0)
    >>> grid = lay_grid(beats, end_s=2.2)
    >>> grid.beat_tick.tolist(), grid.bar_lengths[0].duration_tick
    ([0, 480, 960, 1440, 1920, 2400, 2880], 960)
    >>> [grid.time.tick_to_s(tick) for tick in (480, 960)]
    [0.5, 1.0]
    """
    beat = round(beats.beat_qn * resolution)
    time_s, place, first = _from_zero(beats, beat)
    n_beats = beats.beats_per_bar
    last = float(np.median(np.diff(time_s[-min(5, len(time_s)) :])))
    n_after = max(0, int(np.ceil((end_s - time_s[-1]) / last - 0.02)))
    n_after += (n_beats - 1 - (int(place[-1]) + n_after)) % n_beats + 1
    time_s = np.concatenate((time_s, time_s[-1] + last * np.arange(1, n_after + 1)))
    place = np.concatenate((place, (int(place[-1]) + np.arange(1, n_after + 1)) % n_beats))
    tick = np.concatenate(([0], first + beat * np.arange(len(time_s) - 1)))
    top, bottom = beats.metre
    return BeatGrid(
        beat_tick=tick,
        place=place,
        metre=Metre(tick=0, numerator=top, denominator=bottom),
        bar_lengths=_bar_lengths(tick, place, beat * n_beats),
        tempos=_tempos(time_s, tick, resolution),
        resolution=resolution,
    )


def _from_zero(beats: HeardBeats, beat: int) -> tuple[Float64, Int64, int]:
    """Return the beats from second 0 on, and the ticks of the first one."""
    time_s, place = beats.time_s.astype(np.float64), beats.place
    n_beats = beats.beats_per_bar
    kept = max(0, int(np.searchsorted(time_s, -0.5 * float(time_s[1] - time_s[0]))))
    kept = min(kept, len(time_s) - 2)
    time_s, place = time_s[kept:].copy(), place[kept:]
    period = float(np.median(np.diff(time_s[: min(5, len(time_s))])))
    lead = float(time_s[0]) / period
    n_before = round(lead)
    if lead < _INSIDE and len(time_s) > 2:  # the recording begins inside a beat
        first = round(beat * _nearest(float(time_s[1]) / period, _PARTS))
        return np.concatenate(([0.0], time_s[1:])), place, first
    if lead <= _SPREAD:
        time_s[0] = 0.0
        return _eased(time_s, n_beats - int(place[0])), place, beat
    if n_before <= 1:
        before = np.array([0.0])
        first = round(beat * _nearest(lead, _RESTS))
    else:
        before = time_s[0] / n_before * np.arange(n_before)
        first = beat
    place = np.concatenate(((int(place[0]) - np.arange(len(before), 0, -1)) % n_beats, place))
    return np.concatenate((before, time_s)), place, first


def _nearest(share: float, choices: tuple[float, ...]) -> float:
    """Return the choice by which the tempo changes least."""
    return min(choices, key=lambda one: abs(np.log(one / max(share, 1e-3))))


def _eased(time_s: Float64, n_beats: int) -> Float64:
    """Return beats whose first lies at 0, the ones up to the next bar line spread evenly after it."""
    until = min(n_beats, len(time_s) - 1)
    even = np.linspace(time_s[0], time_s[until], until + 1)
    inner = time_s[1:until]
    if len(inner) and np.abs(inner - even[1:until]).max() < 0.05:
        time_s[: until + 1] = even
    return time_s


def _bar_lengths(tick: Int64, place: Int64, full: int) -> tuple[BarLength, ...]:
    """Return the bars that are not whole; the last one is completed."""
    starts = [0, *(int(tick[k]) for k in range(1, len(tick)) if place[k] == 0)]
    return tuple(
        BarLength(tick=start, duration_tick=end - start)
        for start, end in itertools.pairwise(starts)
        if end - start != full
    )


def _tempos(time_s: Float64, tick: Int64, resolution: int) -> tuple[Tempo, ...]:
    """Return the fewest tempos that keep each beat within `_NEAR_S` of its time."""
    out: list[Tempo] = []
    now = 0.0
    k = 0
    while k < len(tick) - 1:
        low, high = 0.0, float(_LONGEST_US)
        speed, until = 0.0, k
        for m in range(k + 1, len(tick)):
            ticks = (int(tick[m]) - int(tick[k])) / resolution * 1e-6
            low = max(low, (time_s[m] - _NEAR_S - now) / ticks)
            high = min(high, (time_s[m] + _NEAR_S - now) / ticks)
            wish = (time_s[m] - now) / ticks
            if low > high and m > k + 1:
                break
            speed, until = float(np.clip(wish, low, high)) if low <= high else float(wish), m
        us = int(np.clip(round(speed), 1, _LONGEST_US))
        if not out or out[-1].quarter_us != us:
            out.append(Tempo(tick=int(tick[k]), quarter_us=us))
        now += (int(tick[until]) - int(tick[k])) / resolution * us * 1e-6
        k = until
    return tuple(out)
