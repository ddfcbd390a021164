"""Time: ticks to quarter notes and seconds by the tempo map, and the bar lines.

Conventions: bars are half-open ``start_tick`` to ``end_tick`` and follow each other without a gap.
A metre change inside a bar starts a new bar there, as scores do. Numbers shown to people count from
1, and a pickup bar is number 0.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from motet.score.event import BarLength, Metre, Tempo

__all__ = ["Bar", "TimeMap", "lay_bars"]

_DEFAULT_QUARTER_US = 500_000


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. ``number`` is what a person calls it; ``is_irregular``: not its metre's length."""

    index: int
    number: int
    start_tick: int
    end_tick: int
    metre: Metre
    is_irregular: bool = False

    @property
    def duration_tick(self) -> int:
        """Length in ticks."""
        return self.end_tick - self.start_tick


class TimeMap:
    """Conversions between ticks, quarter notes and seconds under a tempo map.

    Parameters
    ----------
    resolution : int, ticks a quarter note
    tempos : tuple of Tempo, sorted by tick
        120 quarter notes a minute before the first.

    Examples
    --------
    >>> time = TimeMap(480, (Tempo(tick=480, quarter_us=1_000_000),))
    >>> time.tick_to_s(960), time.s_to_tick(1.5), time.tick_to_qn(720)
    (1.5, 960.0, 1.5)
    """

    def __init__(self, resolution: int, tempos: tuple[Tempo, ...]) -> None:
        self.resolution = resolution
        ticks, speeds = [0], [_DEFAULT_QUARTER_US]
        for tempo in tempos:
            if tempo.tick == ticks[-1]:
                speeds[-1] = tempo.quarter_us
            else:
                ticks.append(tempo.tick)
                speeds.append(tempo.quarter_us)
        seconds = [0.0]
        for k in range(1, len(ticks)):
            step = (ticks[k] - ticks[k - 1]) * speeds[k - 1] / (resolution * 1e6)
            seconds.append(seconds[-1] + step)
        self._ticks, self._speeds, self._seconds = ticks, speeds, seconds

    def tick_to_qn(self, tick: float) -> float:
        """Return quarter notes since the start."""
        return tick / self.resolution

    def tick_to_s(self, tick: float) -> float:
        """Return seconds since the start."""
        k = bisect_right(self._ticks, tick) - 1
        k = max(k, 0)
        step = (tick - self._ticks[k]) * self._speeds[k] / (self.resolution * 1e6)
        return self._seconds[k] + step

    def s_to_tick(self, seconds: float) -> float:
        """Return the tick, not rounded, that sounds so many seconds after the start."""
        k = max(bisect_right(self._seconds, seconds) - 1, 0)
        step = (seconds - self._seconds[k]) * self.resolution * 1e6 / self._speeds[k]
        return self._ticks[k] + step


def lay_bars(
    resolution: int,
    metres: tuple[Metre, ...],
    bar_lengths: tuple[BarLength, ...],
    end_tick: int,
) -> tuple[Bar, ...]:
    """Return the bars that cover a score, the last one whole, at least one.

    Parameters
    ----------
    resolution : int, ticks a quarter note
    metres : tuple of Metre, sorted by tick
        4/4 before the first.
    bar_lengths : tuple of BarLength, sorted by tick
        Lengths of the bars that start at those ticks, in place of the metre's.
    end_tick : int, ticks
        Bars are laid until this tick is covered.

    Returns
    -------
    tuple of Bar

    Examples
    --------
    >>> pickup = (BarLength(tick=0, duration_tick=480),)
    >>> [(bar.number, bar.start_tick) for bar in lay_bars(480, (), pickup, 2500)]
    [(0, 0), (1, 480), (2, 2400)]
    """
    irregular = {length.tick: length.duration_tick for length in bar_lengths}
    changes = {metre.tick: metre for metre in metres}
    change_ticks = sorted(changes)
    metre = Metre(tick=0, numerator=4, denominator=4)
    bars: list[Bar] = []
    start = 0
    next_change = 0
    while True:
        while next_change < len(change_ticks) and change_ticks[next_change] <= start:
            metre = changes[change_ticks[next_change]]
            next_change += 1
        full = max(1, round(metre.bar_qn * resolution))
        length = max(1, irregular.get(start, full))
        if next_change < len(change_ticks):
            length = min(length, change_ticks[next_change] - start)
        if not bars:
            number = 0 if length < full else 1
        else:
            number = bars[-1].number + 1
        bars.append(Bar(len(bars), number, start, start + length, metre, length != full))
        start += length
        if start >= end_tick:
            return tuple(bars)
