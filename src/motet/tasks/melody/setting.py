"""Syllables set to a rhythm: stressed ones on strong beats, lines as phrases, breaths at their ends.

Conventions: a line has a window of whole bars; weak syllables may come before it as an upbeat. Slots are
eighth notes (sixteenths where a line is crowded), counted from the window's first bar line. Lines of a
section lean on the rhythm of the lines before them, so that a section has one gait. Metre is a
`motet.score.Metre`; ticks are those of `motet.units.DEFAULT_RESOLUTION`.

Source: own definition. That stressed syllables go to strong metrical positions, and that lines end
long, is as in Fred Lerdahl and Ray Jackendoff, A Generative Theory of Tonal Music (MIT Press, 1983),
chapter 4, whose metrical grid the strengths follow.

Offers `Set`, `bars_of_line`, `set_line`, `slot_strength`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from motet.score import Metre
from motet.tasks.melody.words import Syllable
from motet.units import DEFAULT_RESOLUTION

__all__ = ["Set", "bars_of_line", "set_line", "slot_strength"]

_EASY_SHARE = 0.66
_FULL_SHARE = 0.8
_ON = {2: (2.6, 1.4, 0.5, 0.0), 1: (0.5, 0.2, 0.2, 0.3), 0: (0.0, 0.4, 1.5, 2.1)}
_GAPS = (9.0, 0.25, 0.0, 0.5, 0.8, 1.6, 2.2, 3.0, 3.4)
_AT_BREATH = (9.0, 2.4, 1.2, 0.3, 0.0, 0.3, 0.5, 1.2, 1.6)
_AGAIN = 0.55
_LATE = 0.35


@dataclass(frozen=True, slots=True)
class Set:
    """When a syllable is sung: ticks from the window's first bar line (less than 0 in an upbeat)."""

    tick: int
    duration_tick: int


def slot_strength(metre: Metre, position_qn: float) -> int:
    """Return how strong a place of a bar is: 3 its first beat, 2 half-way, 1 a beat, 0 between.

    Parameters
    ----------
    metre : Metre
    position_qn : float, quarter notes from the bar line

    Returns
    -------
    int, 0 to 3

    Examples
    --------
    >>> common = Metre(tick=0, numerator=4, denominator=4)
    >>> [slot_strength(common, place) for place in (0, 0.5, 1, 2, 3)]
    [3, 0, 1, 2, 1]
    >>> slot_strength(Metre(tick=0, numerator=6, denominator=8), 1.5)
    2
    """
    beats = metre.beats_qn
    at = 0.0
    for k, beat in enumerate(beats):
        if abs(position_qn - at) < 1e-6:
            if k == 0:
                return 3
            return 2 if len(beats) % 2 == 0 and k == len(beats) // 2 else 1
        at += float(beat)
    return 0


def bars_of_line(n_syllables: int, metre: Metre) -> int:
    """Return how many bars a line takes: the fewest of 1, 2, 4, 8 in which it is sung with ease.

    Parameters
    ----------
    n_syllables : int
    metre : Metre

    Returns
    -------
    int

    Examples
    --------
    >>> common = Metre(tick=0, numerator=4, denominator=4)
    >>> [bars_of_line(n, common) for n in (3, 8, 11, 16)]
    [2, 2, 4, 4]
    """
    eighths = float(metre.bar_qn) * 2
    for n_bars in (2, 4, 8, 16):
        if n_syllables <= max(2.0, n_bars * eighths * _EASY_SHARE):
            return n_bars
    return 16


def set_line(
    syllables: Sequence[Syllable],
    metre: Metre,
    n_bars: int,
    *,
    free_before: int = 3,
    models: Sequence[Collection[int]] = (),
    holds: bool = False,
    unit_tick: int = DEFAULT_RESOLUTION // 2,
) -> tuple[Set, ...]:
    """Return when each syllable of a line is sung: the assignment that costs least.

    Parameters
    ----------
    syllables : sequence of Syllable
    metre : Metre
    n_bars : int
        The window.
    free_before : int, slots
        How far an upbeat may reach before the window.
    models : sequence of collection of int, ticks
        Onsets of earlier lines, which are liked.
    holds : bool
        Whether the last syllable is held to the end of the window.
    unit_tick : int
        Length of a slot.

    Returns
    -------
    tuple of Set

    Examples
    --------
    >>> words = [Syllable(text=t, weight=w) for t, w in (("the", 0), ("sil", 2), ("ver", 0), ("moon", 2))]
    >>> [one.tick // 240 for one in set_line(words, Metre(tick=0, numerator=4, denominator=4), 2)]
    [2, 4, 6, 8]
    """
    bar_tick = round(float(metre.bar_qn) * DEFAULT_RESOLUTION)
    n_slots = bar_tick * n_bars // unit_tick
    if len(syllables) > n_slots * _FULL_SHARE and unit_tick > DEFAULT_RESOLUTION // 8:
        return set_line(
            syllables, metre, n_bars, free_before=free_before * 2, models=models, holds=holds,
            unit_tick=unit_tick // 2,
        )  # fmt: skip
    scale = max(1, DEFAULT_RESOLUTION // 2 // unit_tick)
    slots = list(range(-free_before, n_slots))
    liked = [{tick // unit_tick for tick in model if tick % unit_tick == 0} for model in models]
    strength = [
        slot_strength(metre, (s * unit_tick % bar_tick) / DEFAULT_RESOLUTION) for s in slots
    ]
    best = [[_first_cost(s, syllables[0], scale) + _place(syllables[0], strength[j], s, liked)
             for j, s in enumerate(slots)]]  # fmt: skip
    back: list[list[int]] = []
    for n in range(1, len(syllables)):
        one, before = syllables[n], syllables[n - 1]
        row, source = [], []
        for j, s in enumerate(slots):
            options = [
                (best[-1][i] + _gap(before, one, s - slots[i], scale), i)
                for i in range(max(0, j - 8 * scale), j)
            ]
            cost, i = min(options, default=(1e9, 0))
            row.append(cost + _place(one, strength[j], s, liked))
            source.append(i)
        best.append(row)
        back.append(source)
    ends = [
        cost + _last_cost(n_slots - s, strength[j], scale)
        for j, (s, cost) in enumerate(zip(slots, best[-1], strict=True))
    ]
    j = min(range(len(slots)), key=lambda k: ends[k])
    path = [j]
    for source in reversed(back):
        j = source[j]
        path.append(j)
    onsets = [slots[k] for k in reversed(path)]
    return _with_lengths(onsets, syllables, n_slots, unit_tick, scale, holds)


def _place(one: Syllable, strength: int, slot: int, liked: Sequence[Collection[int]]) -> float:
    """Return what it costs to begin a syllable at a place."""
    again = sum(slot in model for model in liked) / len(liked) if liked else 0.0
    return _ON[one.weight][strength] - _AGAIN * again


def _first_cost(slot: int, one: Syllable, scale: int) -> float:
    """Return what it costs to begin a line at a slot."""
    if slot < 0:
        return (0.1 - 0.12 * slot / scale) + (2.0 if one.weight == 2 else 0.0)
    return 0.3 * slot / scale + 0.6 * max(0, slot / scale - 2)


def _gap(before: Syllable, one: Syllable, gap: int, scale: int) -> float:
    """Return what it costs to go from one syllable to the next after some slots."""
    eighths = gap / scale
    table = _AT_BREATH if before.breath else _GAPS
    low = int(eighths)
    cost = table[min(low, 8)]
    if eighths != low:
        cost = 0.45 + 0.5 * (table[min(max(low, 1), 8)] + table[min(low + 1, 8)])
    if before.weight == 0 and eighths >= 3 and not before.breath:
        cost += 1.0
    if before.weight == 2 and eighths < 2 and one.weight == 2:
        cost += 0.3
    return cost


def _last_cost(left: int, strength: int, scale: int) -> float:
    """Return what it costs to end a line with some slots left."""
    eighths = left / scale
    room = 4.0 if eighths < 2 else 1.2 if eighths < 3 else 0.0 if eighths <= 8 else _LATE * (
        eighths - 8
    )  # fmt: skip
    return room + (1.2, 0.4, 0.0, 0.0)[strength]


def _with_lengths(
    onsets: list[int],
    syllables: Sequence[Syllable],
    n_slots: int,
    unit: int,
    scale: int,
    holds: bool,
) -> tuple[Set, ...]:
    """Return onsets with durations: to the next one, with a breath at signs and at the end."""
    found = []
    for k, slot in enumerate(onsets):
        if k + 1 < len(onsets):
            length = onsets[k + 1] - slot
            if syllables[k].breath and length > 2 * scale:
                length -= scale
        else:
            left = n_slots - slot
            length = (
                left
                if holds
                else max(1, min(left - 2 * scale if left > 4 * scale else left - scale, 6 * scale))
            )
        found.append(Set(slot * unit, length * unit))
    return tuple(found)
