"""Bar lines on the grid, and where a tick falls between them.

Conventions: positions are 24 a quarter note; a time half-way between two goes up. Each bar starts at
the nearest position of the whole piece, so bars stay contiguous; a bar shorter than half a position
vanishes, and what starts in it starts the next one.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.score import Score
from motet.tokens.layout import GRID_BAR, MAX_BAR, UNMETRED, GridArray, metre_value
from motet.tokens.section import section_value
from motet.tokens.vocab import POSITIONS_PER_QN

__all__ = ["BarLines"]

IntArray = npt.NDArray[np.int64]


class BarLines:
    """The bar lines of a score, in ticks and in positions.

    Parameters
    ----------
    score : Score

    Raises
    ------
    ParameterError
        A bar is longer than 1,151 positions.

    Examples
    --------
    >>> from motet.score import make_score
    >>> lines = BarLines(make_score("C4:6", metre="3/4"))
    >>> lines.ticks.tolist(), lines.lengths.tolist()
    ([0, 1440, 2880], [72, 72])
    """

    def __init__(self, score: Score) -> None:
        bars = score.bars
        self.resolution = score.resolution
        ticks = np.array([bar.start_tick for bar in bars] + [bars[-1].end_tick], np.int64)
        starts = self._round(ticks)
        lengths = np.diff(starts)
        keep = lengths > 0
        metres: dict[int, int] = {}
        values = []
        for bar in bars:
            name = id(bar.metre)
            if name not in metres:
                is_free = bar.metre.symbol == "none"
                metres[name] = (
                    UNMETRED if is_free else metre_value(bar.metre.numerator, bar.metre.denominator)
                )
            values.append(metres[name])
        if lengths.max() > MAX_BAR:
            worst = int(lengths.argmax())
            raise ParameterError(
                f"a bar of the grid has at most {MAX_BAR} positions (24 a quarter note); "
                f"bar {worst} has {int(lengths[worst])}; check the metre",
                zh=f"网格的一小节最多 {MAX_BAR} 个位置(每四分音符 24 个);"
                f"小节 {worst} 有 {int(lengths[worst])} 个;请检查拍号",
            )
        self.ticks = ticks[np.append(keep, True)]
        self.lengths = lengths[keep]
        self.metres = np.array(values, np.int64)[keep]
        self.sections = np.full(len(self.lengths), -1, np.int64)
        for section in score.sections:
            value = section_value(section.label)
            if value >= 0 and section.tick < self.ticks[-1]:
                self.sections[self.find(np.array([section.tick]))[0]] = value

    def _round(self, ticks: IntArray) -> IntArray:
        """Return the nearest position of each tick count."""
        rounded: IntArray = (2 * POSITIONS_PER_QN * ticks + self.resolution) // (
            2 * self.resolution
        )
        return rounded

    def find(self, ticks: IntArray) -> IntArray:
        """Return the bar of each tick."""
        found = np.searchsorted(self.ticks[:-1], ticks, side="right") - 1
        return np.maximum(found, 0).astype(np.int64)

    def measure_shift(self, onsets: IntArray) -> tuple[int, float]:
        """Return how many onsets are off the positions, and how far they move at most."""
        scaled = POSITIONS_PER_QN * (onsets - self.ticks[self.find(onsets)])
        rest = scaled % self.resolution
        far = np.minimum(rest, self.resolution - rest)
        return int((rest > 0).sum()), float(far.max()) / (POSITIONS_PER_QN * self.resolution)

    def place(self, onsets: IntArray, ends: IntArray) -> tuple[IntArray, IntArray, IntArray]:
        """Return bar, position and duration (at least 1) of each note."""
        bar = self.find(onsets)
        base = self.ticks[bar]
        pos = np.maximum(self._round(onsets - base), 0)
        dur = np.maximum(self._round(ends - base) - pos, 1)
        late = pos >= self.lengths[bar]
        if late.any():
            last = len(self.lengths) - 1
            at_end = late & (bar == last)
            pos = np.where(at_end, self.lengths[bar] - 1, np.where(late, 0, pos))
            bar = np.where(late & ~at_end, bar + 1, bar)
        return bar, pos, dur

    def bars(self) -> GridArray:
        """Return the bars of the grid."""
        bars = np.empty(len(self.lengths), GRID_BAR)
        bars["length"], bars["metre"], bars["section"] = self.lengths, self.metres, self.sections
        bars.flags.writeable = False
        return bars
