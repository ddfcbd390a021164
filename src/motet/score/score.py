"""The score: parts, the map of tempo, metre and key, harmony, form, and its bars.

Conventions: immutable; times in ticks at the score's own `resolution`, so nothing of the source is
rounded. An empty tempo map means 120 quarter notes a minute, an empty metre map 4/4.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property

from motet.errors import ParameterError
from motet.score.event import (
    BarLength,
    ChordSymbol,
    Ending,
    KeySignature,
    Metre,
    RawEvent,
    Repeat,
    Section,
    Tempo,
    Text,
)
from motet.score.part import Part
from motet.score.time import Bar, TimeMap, check_time_events, lay_bars
from motet.units import DEFAULT_RESOLUTION

__all__ = ["Score"]


@dataclass(frozen=True, kw_only=True)
class Score:
    """A whole score.

    Parameters
    ----------
    parts : tuple of Part
    resolution : int, ticks a quarter note, 1 to 32767
    tempos, metres, keys : tuples of events
        Sorted by tick here. Before the first, 120 quarter notes a minute, 4/4 and no key hold.
    bar_lengths : tuple of BarLength
        Bars whose length is not that of their metre: pickups and irregular bars.
    chords, sections, repeats, endings, texts, raw : tuples of events
    title, composer, lyricist, copyright : str
    length_tick : int, ticks, >= 0
        The score lasts at least so long, even if the last note ends before.

    Raises
    ------
    ParameterError
        The resolution, a tempo, a metre, a key signature or a bar length is out of range.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:1 E4:1 G4:2 | C5:4")
    >>> score.n_bars, score.end_tick, score.time.tick_to_s(score.end_tick)
    (2, 3840, 4.0)
    """

    parts: tuple[Part, ...] = ()
    resolution: int = DEFAULT_RESOLUTION
    tempos: tuple[Tempo, ...] = ()
    metres: tuple[Metre, ...] = ()
    keys: tuple[KeySignature, ...] = ()
    bar_lengths: tuple[BarLength, ...] = ()
    chords: tuple[ChordSymbol, ...] = ()
    sections: tuple[Section, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    endings: tuple[Ending, ...] = ()
    texts: tuple[Text, ...] = ()
    raw: tuple[RawEvent, ...] = ()
    title: str = ""
    subtitle: str = ""
    composer: str = ""
    lyricist: str = ""
    copyright: str = ""
    length_tick: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.resolution <= 32767:
            raise ParameterError(
                f"resolution must be 1 to 32767 ticks a quarter note, got {self.resolution}; "
                "480 is usual",
                zh=f"resolution 必须是每四分音符 1 到 32767 个 tick,收到 {self.resolution};"
                "常用 480",
            )
        for name in ("tempos", "metres", "keys", "bar_lengths", "chords", "sections"):
            events = tuple(sorted(getattr(self, name), key=lambda event: event.tick))
            object.__setattr__(self, name, events)
        object.__setattr__(self, "parts", tuple(self.parts))
        if self.length_tick < 0:
            raise ParameterError(
                f"length_tick must be >= 0, got {self.length_tick}",
                zh=f"length_tick 必须不小于 0,收到 {self.length_tick}",
            )
        check_time_events(self.tempos, self.metres, self.keys, self.bar_lengths)

    @cached_property
    def end_tick(self) -> int:
        """Tick at which everything has ended: the last note, or `length_tick` if later."""
        return max([self.length_tick, *(part.end_tick for part in self.parts)])

    @cached_property
    def time(self) -> TimeMap:
        """Conversions between ticks, quarter notes and seconds."""
        return TimeMap(self.resolution, self.tempos)

    @cached_property
    def bars(self) -> tuple[Bar, ...]:
        """The bars from tick 0 to the end, the last one whole; at least one."""
        return lay_bars(self.resolution, self.metres, self.bar_lengths, self.end_tick)

    @property
    def n_bars(self) -> int:
        """How many bars there are."""
        return len(self.bars)

    @property
    def n_notes(self) -> int:
        """How many notes all parts have together."""
        return sum(len(part.notes) for part in self.parts)

    def bar_at(self, tick: int) -> int:
        """Return the index of the bar that holds a tick; the last bar for ticks after the end."""
        return max(0, bisect_right(self._bar_starts, tick) - 1)

    @cached_property
    def _bar_starts(self) -> tuple[int, ...]:
        return tuple(bar.start_tick for bar in self.bars)

    def key_at(self, tick: int) -> KeySignature | None:
        """Return the key signature that holds at a tick, or None before the first."""
        return next((key for key in reversed(self.keys) if key.tick <= tick), None)

    def metre_at(self, tick: int) -> Metre:
        """Return the metre that holds at a tick; 4/4 before the first."""
        found = next((metre for metre in reversed(self.metres) if metre.tick <= tick), None)
        return found or Metre(tick=0, numerator=4, denominator=4)

    def chord_at(self, tick: int) -> ChordSymbol | None:
        """Return the chord symbol that holds at a tick, or None before the first."""
        return next((chord for chord in reversed(self.chords) if chord.tick <= tick), None)

    def part(self, name: str) -> Part:
        """Return the first part with a name.

        Raises
        ------
        ParameterError
            No part has that name.
        """
        for part in self.parts:
            if part.name == name:
                return part
        names = ", ".join(repr(part.name) for part in self.parts)
        raise ParameterError(
            f"no part is named {name!r}; the parts are {names}",
            zh=f"没有名为 {name!r} 的声部;现有声部:{names}",
        )

    def with_parts(self, *parts: Part) -> Score:
        """Return the score with other parts and everything else as it is."""
        return replace(self, parts=tuple(parts))
