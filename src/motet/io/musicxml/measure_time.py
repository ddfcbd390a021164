"""Time in MusicXML: divisions to ticks, measures to bars.

Conventions: the score's resolution is the least common multiple of all divisions, with 480 where
that fits, so that every duration is a whole number of ticks. A place is ``measure << PLACE_BITS``
plus ticks since the measure began.

Source: MusicXML 4.0, elements divisions, duration, forward and backup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from motet.io.musicxml.journal import Journal
from motet.score import BarLength, Metre
from motet.units import DEFAULT_RESOLUTION

__all__ = ["PLACE_BITS", "BarLine", "MeasureLengths", "choose_resolution", "lay_measures"]

PLACE_BITS = 40
"""A place is the index of a measure shifted by so many bits, plus ticks."""
_DIVISIONS = re.compile(rb"<divisions[^>]*>([^<]{1,40})<")
_NICE_LIMIT = 10_080
_LIMIT = 32_767


def choose_resolution(data: bytes) -> int:
    """Return the ticks a quarter note at which every duration of a file is exact, if there is one.

    Parameters
    ----------
    data : bytes
        The whole XML.

    Returns
    -------
    int
        A multiple of 480 or of 24 where that fits; 10,080 when no number up to 32,767 will do.

    Examples
    --------
    >>> choose_resolution(b"<divisions>4</divisions><divisions>7</divisions>")
    3360
    >>> choose_resolution(b"<divisions>10007</divisions><divisions>10009</divisions>")
    10080
    """
    common = 1
    for text in {match[1] for match in _DIVISIONS.finditer(data)}:
        try:
            size = Fraction(text.decode("ascii").strip()).numerator
        except (ValueError, ZeroDivisionError, UnicodeDecodeError):
            continue  # refused with its place when it is read
        if size > 0:
            common = lcm(common, size)
        if common > _LIMIT:
            return _NICE_LIMIT
    for nice, limit in ((DEFAULT_RESOLUTION, _NICE_LIMIT), (24, _LIMIT)):
        if lcm(common, nice) <= limit:
            return lcm(common, nice)
    return common


@dataclass(slots=True)
class BarLine:
    """A metre or key from a place on: the value, and where."""

    place: int
    numerator: int
    denominator: int
    groups: tuple[int, ...] = ()
    symbol: str = ""

    def full_tick(self, resolution: int) -> int:
        """Length of a full bar in ticks."""
        return max(1, round(Fraction(self.numerator * 4 * resolution, self.denominator)))

    def to_metre(self, tick: int) -> Metre:
        """Return the metre of the score."""
        return Metre(
            tick=tick,
            numerator=self.numerator,
            denominator=self.denominator,
            groups=self.groups,
            symbol=self.symbol,
        )


@dataclass(slots=True)
class MeasureLengths:
    """How far each measure of one part reaches, by notes and by whole-bar rests, in ticks."""

    notes: list[int] = field(default_factory=list)
    rests: list[int] = field(default_factory=list)
    implicit: list[bool] = field(default_factory=list)


def lay_measures(
    lengths: list[MeasureLengths],
    metres: list[BarLine],
    *,
    resolution: int,
    journal: Journal,
) -> tuple[list[int], list[BarLength]]:
    """Return where each bar begins, the end last, and the bars that are not as long as their metre.

    Parameters
    ----------
    lengths : list of MeasureLengths
        Of each part.
    metres : list of BarLine
        Sorted by place; 4/4 before the first.
    resolution : int, ticks a quarter note
    journal : Journal

    Returns
    -------
    tuple of list of int, and list of BarLength

    Examples
    --------
    >>> part = MeasureLengths([480, 1920], [0, 0], [True, False])
    >>> lay_measures([part], [], resolution=480, journal=Journal())
    ([0, 480, 2400], [BarLength(tick=0, duration_tick=480)])
    """
    count = max((len(part.notes) for part in lengths), default=0)
    if any(len(part.notes) != count for part in lengths):
        journal.mend(
            "{n} parts have fewer measures than the longest; they end in silence",
            "{n} 个声部的小节数少于最长的声部;末尾视为休止",
            n=sum(len(part.notes) != count for part in lengths),
        )
    tolerance = resolution // 16
    starts, irregular, now = [0], [], 0
    metre = BarLine(0, 4, 4)
    changes = iter([*metres, BarLine(1 << 62, 4, 4)])
    following = next(changes)
    for index in range(count):
        while following.place >> PLACE_BITS <= index:
            metre, following = following, next(changes)
        full = metre.full_tick(resolution)
        notes = rests = 0
        is_implicit = False
        for part in lengths:
            if index < len(part.notes):
                notes = max(notes, part.notes[index])
                rests = max(rests, part.rests[index])
                is_implicit = is_implicit or part.implicit[index]
        length = notes
        if not notes:
            length = min(rests, full) or full
        elif notes < full and not is_implicit:
            length = max(notes, min(rests, full))
        if length != full and abs(length - full) <= tolerance and not is_implicit:
            journal.measure = str(index + 1)
            journal.mend(
                "{n} bars whose notes miss the metre by a rounding were given its length",
                "{n} 个小节的音符因取整与拍号略有出入,已按拍号取长度",
            )
            length = full
        if length != full:
            irregular.append(BarLength(tick=now, duration_tick=length))
        now += length
        starts.append(now)
    return starts, irregular
