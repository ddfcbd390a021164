"""Time: ticks to quarter notes and seconds by the tempo map, and the bar lines.

Conventions: bars are half-open ``start_tick`` to ``end_tick`` and follow each other without a gap.
A metre change inside a bar starts a new bar there, as scores do. Numbers shown to people count from
1, and a pickup bar is number 0.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from motet.errors import ParameterError
from motet.score.event import BarLength, KeySignature, Metre, Tempo

__all__ = ["MAX_BARS", "Bar", "TimeMap", "check_time_events", "lay_bars"]

_DEFAULT_QUARTER_US = 500_000
MAX_BARS = 200_000
"""More bars than any music has: beyond this a file is damaged, and laying them would take long."""


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

    Raises
    ------
    ParameterError
        There would be more than `MAX_BARS`.

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
        first = 0 if length < full else 1
        number = bars[-1].number + 1 if bars else first
        bars.append(Bar(len(bars), number, start, start + length, metre, length != full))
        start += length
        if start >= end_tick:
            return tuple(bars)
        is_hopeless = not irregular and end_tick - start > MAX_BARS * full
        if len(bars) >= MAX_BARS or (is_hopeless and next_change == len(change_ticks)):
            raise ParameterError(
                f"a score has at most {MAX_BARS:,} bars; its bars are {full} ticks long but it "
                f"lasts {end_tick:,} ticks; check the metre, the resolution and the last event",
                zh=f"乐谱最多 {MAX_BARS:,} 小节;小节长 {full} tick,而全曲长 {end_tick:,} tick;"
                "请检查拍号、分辨率和最后的事件",
            )


def check_time_events(
    tempos: tuple[Tempo, ...],
    metres: tuple[Metre, ...],
    keys: tuple[KeySignature, ...],
    bar_lengths: tuple[BarLength, ...],
) -> None:
    """Raise on a tempo, metre, key signature or bar length that no music can have.

    Parameters
    ----------
    tempos, metres, keys, bar_lengths : tuples of events

    Raises
    ------
    ParameterError
        A value is out of range; the message says which and where.

    Examples
    --------
    >>> check_time_events((), (Metre(tick=0, numerator=7, denominator=8),), (), ())
    """
    for tempo in tempos:
        if not (tempo.tick >= 0 and 1 <= tempo.quarter_us <= 16_777_215):
            _refuse(
                "a tempo needs tick >= 0 and quarter_us 1 to 16,777,215",
                "速度需要 tick ≥ 0 且 quarter_us 在 1 到 16,777,215 之间",
                tempo,
            )
    for metre in metres:
        is_power = metre.denominator in (1, 2, 4, 8, 16, 32, 64)
        if not (metre.tick >= 0 and 1 <= metre.numerator <= 255 and is_power):
            _refuse(
                "a metre needs tick >= 0, numerator 1 to 255 and denominator 1, 2, 4 ... 64",
                "拍号需要 tick ≥ 0、分子 1 到 255、分母为 1、2、4……64",
                metre,
            )
    for key in keys:
        if not (key.tick >= 0 and -7 <= key.fifths <= 7):
            _refuse(
                "a key signature needs tick >= 0 and fifths -7 to 7",
                "调号需要 tick ≥ 0 且 fifths 在 -7 到 7 之间",
                key,
            )
    for length in bar_lengths:
        if not (length.tick >= 0 and length.duration_tick > 0):
            _refuse(
                "a bar length needs tick >= 0 and duration_tick > 0",
                "小节长度需要 tick ≥ 0 且 duration_tick > 0",
                length,
            )


def _refuse(en: str, zh: str, event: object) -> None:
    raise ParameterError(f"{en}, got {event}", zh=f"{zh},收到 {event}")
