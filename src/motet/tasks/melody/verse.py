"""Lyrics laid into bars: how many bars each line takes, and when each syllable is sung.

Conventions: bars count from 0; ticks are those of `motet.units.DEFAULT_RESOLUTION` from the first bar of
the piece and may be less than 0 for an upbeat before it. A section that repeats another has its lines'
windows and leans on their rhythm.

Offers `Verse`, `lay_words`, `VerseLine`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from motet.score import Metre
from motet.tasks.melody.setting import Set, bars_of_line, set_line
from motet.tasks.melody.words import LyricSection, Syllable
from motet.units import DEFAULT_RESOLUTION

__all__ = ["Verse", "VerseLine", "lay_words"]

_SQUEEZE = 0.8
_EIGHTH = DEFAULT_RESOLUTION // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class VerseLine:
    """A line in its bars: window from `start_bar`, syllables and when they are sung (absolute)."""

    start_bar: int
    n_bars: int
    text: str
    syllables: tuple[Syllable, ...]
    sets: tuple[Set, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verse:
    """A section in its bars; `model` is the index of the section that it repeats, -1 for none."""

    kind: str
    label: str
    start_bar: int
    n_bars: int
    lines: tuple[VerseLine, ...]
    model: int = -1
    is_same_words: bool = False


def lay_words(
    sections: Sequence[LyricSection],
    metre: Metre,
    *,
    start_bar: int = 0,
    bars_a_line: int | None = None,
    gap_bars: int = 0,
) -> tuple[Verse, ...]:
    """Return sections in bars, each syllable with its onset and duration.

    Parameters
    ----------
    sections : sequence of LyricSection
    metre : Metre
    start_bar : int
        Where the first section begins (after an introduction).
    bars_a_line : int or None
        None finds it from the lines' lengths.
    gap_bars : int
        Bars without words between sections.

    Returns
    -------
    tuple of Verse

    Examples
    --------
    >>> from motet.tasks.melody.words import read_words
    >>> common = Metre(tick=0, numerator=4, denominator=4)
    >>> found = lay_words(read_words("Twinkle twinkle little star\\nHow I wonder what you are"), common)
    >>> [(one.start_bar, one.n_bars) for one in found[0].lines]
    [(0, 2), (2, 2)]
    """
    found: list[Verse] = []
    bar = start_bar
    bar_tick = round(float(metre.bar_qn) * DEFAULT_RESOLUTION)
    busy = 0 if start_bar else -4 * _EIGHTH
    for number, section in enumerate(sections):
        base = bars_a_line or _usual_bars(section, metre)
        model = found[section.model] if section.model >= 0 else None
        lines: list[VerseLine] = []
        begin = bar
        for k, line in enumerate(section.lines):
            like = model.lines[k] if model is not None and k < len(model.lines) else None
            n = len(line.syllables)
            full = float(metre.bar_qn) * 2 * _SQUEEZE
            n_bars = base if n <= base * full else bars_of_line(n, metre)
            n_bars = like.n_bars if like is not None and n <= like.n_bars * full else n_bars
            start_tick = bar * bar_tick
            room = (start_tick - busy) // _EIGHTH - 1
            earlier = [_relative(one, bar_tick) for one in lines[-2:] if one.n_bars == n_bars]
            models = [_relative(like, bar_tick)] * 3 if like is not None else earlier
            sets = set_line(
                line.syllables,
                metre,
                n_bars,
                free_before=max(0, min(3, room)),
                models=models,
                holds=number == len(sections) - 1 and k == len(section.lines) - 1,
            )
            placed = tuple(Set(one.tick + start_tick, one.duration_tick) for one in sets)
            lines.append(
                VerseLine(
                    start_bar=bar, n_bars=n_bars, text=line.text, syllables=line.syllables,
                    sets=placed,
                )
            )  # fmt: skip
            busy = placed[-1].tick + placed[-1].duration_tick
            bar += n_bars
        is_same = model is not None and [one.text for one in model.lines] == [
            one.text for one in section.lines
        ]
        found.append(
            Verse(
                kind=section.kind, label=section.label, start_bar=begin, n_bars=bar - begin,
                lines=tuple(lines), model=section.model, is_same_words=is_same,
            )
        )  # fmt: skip
        bar += gap_bars
    return tuple(found)


def _usual_bars(section: LyricSection, metre: Metre) -> int:
    """Return how many bars the usual line of a section takes."""
    counts = [len(line.syllables) for line in section.lines]
    return bars_of_line(int(np.ceil(np.median(counts))), metre)


def _relative(line: VerseLine, bar_tick: int) -> frozenset[int]:
    """Return the onsets of a line from its window's first bar line."""
    return frozenset(one.tick - line.start_bar * bar_tick for one in line.sets)
