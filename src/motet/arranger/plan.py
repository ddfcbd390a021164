"""The plan of an arrangement: every bar with its section, chords, groove and intensity.

Conventions: plan first, notes second. Times are ticks at `motet.units.DEFAULT_RESOLUTION`. Chord
spans follow each other without a gap. Randomness is by name (`rng_for`), so that changing one part
or bar never reshuffles another.

Offers `Plan`, `BarPlan`, `HarmonySpan`, `Stroke`, `rng_for`.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import numpy as np

from motet.arranger.style import Groove, PartSpec, Style
from motet.score import Metre
from motet.theory.chord import Chord
from motet.theory.scale import Key
from motet.units import DEFAULT_RESOLUTION

__all__ = ["BarPlan", "HarmonySpan", "Plan", "Stroke", "rng_for"]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A note on its way to the score: start, length, pitch, velocity; not yet swung or humanised.

    ``offset_tick`` is how far a hand strikes from the start: later in a strum, earlier in a flam.
    """

    tick: int
    duration_tick: int
    pitch: int
    velocity: int
    offset_tick: int = 0


@dataclass(frozen=True, slots=True)
class HarmonySpan:
    """A chord that sounds from ``start_tick`` to ``end_tick``."""

    start_tick: int
    end_tick: int
    chord: Chord


@dataclass(frozen=True, slots=True, kw_only=True)
class BarPlan:
    """One bar: where it is, what it belongs to, how it is played."""

    index: int
    start_tick: int
    end_tick: int
    metre: Metre
    section: int
    label: str
    kind: str
    bar_in_section: int
    section_bars: int
    intensity: int
    groove: Groove
    is_fill: bool = False
    is_ending: bool = False
    is_pickup: bool = False

    @property
    def duration_tick(self) -> int:
        """Length in ticks."""
        return self.end_tick - self.start_tick

    @property
    def bar_qn(self) -> Fraction:
        """Length in quarter notes."""
        return Fraction(self.duration_tick, DEFAULT_RESOLUTION)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A whole plan: bars, harmony, key, tempo and seed.

    ``feel`` and ``avoid`` are those of the request. ``rubs`` maps the start of a chord span to the pitch
    classes that would rub against the melody there.
    """

    bars: tuple[BarPlan, ...]
    harmony: tuple[HarmonySpan, ...]
    key: Key
    style: Style
    qpm: float
    seed: int
    swing: float | None = None
    feel: str = ""
    avoid: tuple[str, ...] = ()
    rubs: dict[int, tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start_tick for span in self.harmony]

    @cached_property
    def _bar_starts(self) -> list[int]:
        return [bar.start_tick for bar in self.bars]

    @property
    def end_tick(self) -> int:
        """Tick at which the last bar ends."""
        return self.bars[-1].end_tick

    def span_at(self, tick: int) -> HarmonySpan:
        """Return the chord span that holds at a tick."""
        return self.harmony[max(0, bisect_right(self._starts, tick) - 1)]

    def next_span(self, tick: int) -> HarmonySpan:
        """Return the chord span after the one at a tick; the last one stays."""
        k = max(0, bisect_right(self._starts, tick) - 1)
        return self.harmony[min(k + 1, len(self.harmony) - 1)]

    def early_span(self, tick: int) -> HarmonySpan:
        """Return the chord that an early stroke means: the next one if a beat or less away."""
        coming = self.next_span(tick)
        beat_tick = round(max(self.bar_at(tick).metre.beats_qn) * DEFAULT_RESOLUTION)
        return coming if coming.start_tick - tick <= beat_tick else self.span_at(tick)

    def plays(self, spec: PartSpec, bar: BarPlan) -> bool:
        """Whether a part plays in a bar: its levels hold there, or the piece that it played ends."""
        if bar.is_ending:
            return any(self.plays(spec, other) for other in self.bars if not other.is_ending) or (
                len(self.bars) == 1
            )
        return spec.levels[0] <= bar.intensity <= spec.levels[1] and not bar.is_pickup

    def ending_tick(self, bar: BarPlan) -> int:
        """Return how long the last chord lasts: the whole bar, or a short stroke."""
        return min(240, bar.duration_tick) if self.style.ending == "stab" else bar.duration_tick

    def bar_at(self, tick: int) -> BarPlan:
        """Return the bar that holds a tick."""
        return self.bars[max(0, bisect_right(self._bar_starts, tick) - 1)]


def rng_for(seed: int, *names: object) -> np.random.Generator:
    """Return the random generator of a named place (a part, a section): same names, same numbers.

    Parameters
    ----------
    seed : int, >= 0
        The arrangement's seed.
    *names : object
        What it is for; their text counts.

    Returns
    -------
    numpy.random.Generator

    Examples
    --------
    >>> bool(rng_for(7, "bass").random() == rng_for(7, "bass").random())
    True
    >>> bool(rng_for(7, "bass").random() == rng_for(7, "drums").random())
    False
    """
    return np.random.default_rng([seed, *(zlib.crc32(str(name).encode()) for name in names)])
