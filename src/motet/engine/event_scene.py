"""What lies under live music: bars and chords that end, or that go round for ever.

Conventions: as `motet.phrases.event_codec`; `Scene` says of one position what `Ground` says of many, in
plain Python and constant time, and knows positions past the end of what it was made of when it loops.

Offers `Scene`.
"""

from __future__ import annotations

from bisect import bisect_right

from motet.phrases.event_codec import FAR, NO_CHORD, Ground
from motet.tokens.layout import GridScore

__all__ = ["Scene"]

_SURE = 0.4


class Scene:
    """Bars and chords, style and mode.

    Parameters
    ----------
    grid : GridScore
        Bars and chords; its notes are not looked at.
    loops : bool
        Whether bars and chords start again after the last one, for ever; else there is an end, and
        music is led to it.

    Examples
    --------
    >>> from motet.engine.probe import practice_grid
    >>> scene = Scene(practice_grid(0, 4), loops=True)
    >>> scene.place(96 * 5 + 25), scene.end_tick
    ([4, 1, 13, 5, 4], None)
    """

    __slots__ = (
        "_chord_starts", "_chords", "_metres", "_n", "_starts", "_total", "end_tick", "loops", "mode",
        "style",
    )  # fmt: skip

    def __init__(self, grid: GridScore, *, loops: bool = False) -> None:
        ground = Ground(grid)
        self.loops = loops
        self.style, self.mode = ground.style, ground.mode
        self._starts: list[int] = grid.bar_starts.tolist()
        self._metres: list[int] = [max(0, int(one)) for one in grid.bars["metre"]]
        self._n, self._total = grid.n_bars, int(self._starts[-1])
        self._chord_starts: list[int] = []
        self._chords: list[int] = []
        for bar, pos, chord, _, confidence in grid.chords.tolist():
            self._chord_starts.append(self._starts[bar] + pos)
            self._chords.append(chord if chord >= 0 and confidence >= _SURE else NO_CHORD)
        self.end_tick: int | None = None if loops else self._total
        """Where music ends; None for never."""

    def bar(self, onset: int) -> int:
        """Return the bar of a position, counted from the start."""
        turn, onset = divmod(onset, self._total) if self.loops else (0, onset)
        return turn * self._n + min(self._n - 1, bisect_right(self._starts, onset) - 1)

    def bar_start(self, bar: int) -> int:
        """Return where a bar begins; the one after the last begins where it ends."""
        turn, bar = divmod(bar, self._n) if self.loops else (0, min(bar, self._n))
        start: int = turn * self._total + self._starts[bar]
        return start

    def place(self, onset: int) -> list[int]:
        """Return the place of a position, as `Ground.places` does."""
        bar = self.bar(onset)
        pos = onset - self.bar_start(bar)
        left = FAR if self.loops else min(FAR, self._n - 1 - bar)
        return [min(pos // 6, 63), pos % 6, self._metres[bar % self._n], bar % 8, left]

    def chords(self, onset: int) -> list[int]:
        """Return the chord of a position, and that at the start of the next bar."""
        bar = self.bar(onset) + 1
        there = bar < self._n or self.loops
        return [self.chord(onset), self.chord(self.bar_start(bar)) if there else NO_CHORD]

    def chord(self, onset: int) -> int:
        """Return the chord of a position, `NO_CHORD` for none."""
        if not self._chords:
            return NO_CHORD
        at = bisect_right(self._chord_starts, onset % self._total if self.loops else onset) - 1
        if at < 0:
            return self._chords[-1] if self.loops and onset >= self._total else NO_CHORD
        return self._chords[at]

    def earlier(self, onset: int, n_bars: int) -> int:
        """Return the same position in a bar so many bars ago, -1 where there is none."""
        bar = self.bar(onset)
        then = bar - n_bars
        if then < 0:
            return -1
        pos, start = onset - self.bar_start(bar), self.bar_start(then)
        return start + pos if pos < self.bar_start(then + 1) - start else -1
