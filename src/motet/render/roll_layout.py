"""Where things stand in a piano roll: what its rows have room for, and their scale.

Conventions: units of a page that is `PAGE_WIDTH` wide; x grows with time, y downwards. A row shows
the half-open span of its bars.

Offers `Furniture`, `Row`, `row_furniture`.
"""

from __future__ import annotations

from dataclasses import dataclass

from motet.score import Bar, Part, Score

__all__ = [
    "CHORD_HEIGHT",
    "DRUM_HEIGHT",
    "PAGE_WIDTH",
    "PLOT_LEFT",
    "PLOT_WIDTH",
    "SECTION_HEIGHT",
    "Furniture",
    "Row",
    "row_furniture",
]

PAGE_WIDTH = 1200.0
PLOT_LEFT = 92.0
PLOT_WIDTH = PAGE_WIDTH - PLOT_LEFT - 28.0
SECTION_HEIGHT, CHORD_HEIGHT, DRUM_HEIGHT = 22.0, 23.0, 13.0
_NUMBER, _DRUM_GAP = 17.0, 7.0


@dataclass(frozen=True)
class Furniture:
    """What all rows share: pitch range (low and high, both shown), drums, lines above."""

    low: int
    high: int
    drums: tuple[int, ...]
    has_sections: bool
    has_chords: bool
    has_keys: bool

    @property
    def above(self) -> float:
        """Height of what stands above the notes."""
        return (
            _NUMBER
            + (SECTION_HEIGHT if self.has_sections else 0)
            + (CHORD_HEIGHT if self.has_chords else 0)
        )

    @property
    def drum_height(self) -> float:
        """Height of the drum lanes with the gap before them."""
        if not self.drums:
            return 0.0
        return len(self.drums) * DRUM_HEIGHT + (_DRUM_GAP if self.has_keys else 0.0)

    @property
    def fixed_height(self) -> float:
        """Height of a row without its keys."""
        return self.above + self.drum_height


@dataclass(frozen=True)
class Row:
    """The bars of one row, its scale, and the size that its chord symbols are set in."""

    bars: tuple[Bar, ...]
    px_per_tick: float
    furniture: Furniture
    chord_size: float = 15.0

    @property
    def start_tick(self) -> int:
        """First tick shown."""
        return self.bars[0].start_tick

    @property
    def end_tick(self) -> int:
        """Tick after the last one shown."""
        return self.bars[-1].end_tick

    @property
    def right(self) -> float:
        """Where the row's last bar line stands."""
        return self.x(self.end_tick)

    def x(self, tick: float) -> float:
        """Where a tick stands, kept inside the row."""
        inside = min(max(tick, self.start_tick), self.end_tick)
        return PLOT_LEFT + (inside - self.start_tick) * self.px_per_tick


def row_furniture(score: Score, bars: tuple[Bar, ...], parts: tuple[Part, ...]) -> Furniture:
    """Return what the rows of some bars and parts must have room for.

    Parameters
    ----------
    score : Score
    bars : tuple of Bar
    parts : tuple of Part

    Returns
    -------
    Furniture
        The pitch range has at least an octave; drums are sorted from the highest down, as on paper.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:1 G5:3", "drums 36:1 42:1")
    >>> found = row_furniture(score, score.bars, score.parts)
    >>> (found.low, found.high, found.drums)
    (58, 81, (42, 36))
    """
    start, end = bars[0].start_tick, bars[-1].end_tick
    pitches: list[int] = []
    drums: set[int] = set()
    for part in parts:
        for note in part.notes:
            if note.onset_tick < end and max(note.end_tick, note.onset_tick + 1) > start:
                if part.is_drums:
                    drums.add(note.pitch)
                else:
                    pitches.append(note.pitch)
    has_keys = bool(pitches) or not drums
    low, high = (min(pitches) - 2, max(pitches) + 2) if pitches else (58, 74)
    if high - low < 14:
        spare = 14 - (high - low)
        low, high = low - spare // 2, high + (spare + 1) // 2
    return Furniture(
        low=max(low, 0) if has_keys else 0,
        high=min(high, 127) if has_keys else -1,
        drums=tuple(sorted(drums, key=_drum_order)),
        has_sections=any(section.tick < end for section in score.sections),
        has_chords=any(start <= chord.tick < end for chord in score.chords),
        has_keys=has_keys,
    )


def _drum_order(pitch: int) -> tuple[int, int]:
    """Cymbals on top, then hands and bells, then toms, snares, kicks at the bottom."""
    groups = (
        (49, 57, 55, 52, 51, 59, 53),
        (46, 42, 44),
        (50, 48, 47, 45, 43, 41),
        (39, 37, 38, 40),
        (36, 35),
    )
    rank = {0: 0, 1: 1, 2: 3, 3: 4, 4: 5}
    for k, group in enumerate(groups):
        if pitch in group:
            return rank[k], group.index(pitch)
    return 2, -pitch
