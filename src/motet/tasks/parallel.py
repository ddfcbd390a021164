"""Parallels in given music: which bar an open one most likely takes up, judged by what surrounds it.

Conventions: a bar that lies at some distance from an open one is its parallel when the given bars around
both, and the given parts in both, are alike. Likeness of rhythm is the F1 of onsets, of notes the
share of onsets with their pitch that either has (Jaccard). Bars and parts count from 0.

Offers `find_parallels`, `plan_continuation`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

import numpy as np

from motet.arranger.plan import rng_for
from motet.tasks.cast import PartPlan
from motet.tasks.echo import Echo, Kind
from motet.tokens import GridScore

__all__ = ["find_parallels", "plan_continuation"]

Cell = tuple[int, int]
Event = tuple[int, int]

_LAGS: Final = (1, 2, 3, 4, 6, 8, 12, 16)
_AROUND: Final = 4
_COPY: Final = 0.5
_NEAR: Final = 0.2
_ALIKE: Final = 0.5
_MEMORY_BARS: Final = 8
_CONTINUED: Final = (8, 4, 2, 1)


class _Cells:
    """The given cells of a grid as sets of onsets with their pitches."""

    def __init__(self, grid: GridScore, open_cells: Collection[Cell]) -> None:
        self.grid, self.open = grid, frozenset(open_cells)
        self.events: dict[Cell, set[Event]] = {}
        for row in grid.notes[["bar", "part", "pos", "pitch"]].tolist():
            self.events.setdefault((row[0], row[1]), set()).add((row[2], row[3]))

    def alike(self, one: Cell, other: Cell) -> tuple[float, float] | None:
        """Return the likeness of rhythm and of notes; None where a cell is open or both are empty."""
        bars = range(self.grid.n_bars)
        if one in self.open or other in self.open or one[0] not in bars or other[0] not in bars:
            return None
        mine, theirs = self.events.get(one, set()), self.events.get(other, set())
        if not mine and not theirs:
            return None
        onsets, others = {pos for pos, _ in mine}, {pos for pos, _ in theirs}
        rhythm = 2 * len(onsets & others) / (len(onsets) + len(others))
        return rhythm, len(mine & theirs) / len(mine | theirs)


def find_parallels(
    grid: GridScore,
    open_cells: Collection[Cell],
    *,
    same_harmony: Callable[[int, int], bool],
) -> dict[Cell, Echo]:
    """Return which given bars the open cells within a score most likely take up.

    Parameters
    ----------
    grid : GridScore
        With notes in given cells only.
    open_cells : collection of (bar, part)
    same_harmony : callable
        Whether two bars have the same length and chords.

    Returns
    -------
    dict of (bar, part) to Echo
        ``copy`` where surroundings come back note for note, ``figure`` where they come back near by,
        ``rhythm`` where their rhythm does; cells without a parallel are left out.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> text = "C4:1 D4:1 E4:2 | G4:2 E4:2 | F4:4 | C4:1 D4:1 E4:2 | r:4 | F4:4"
    >>> grid = score_to_grid(make_score(text, fifths=0)).grid
    >>> find_parallels(grid, [(4, 0)], same_harmony=lambda one, other: True)
    {(4, 0): Echo(bar=1, kind='copy')}
    """
    cells = _Cells(grid, open_cells)
    found: dict[Cell, Echo] = {}
    for bar, part in sorted(cells.open):
        choices: list[tuple[float, int, float, float]] = []
        for lag in sorted({sign * lag for lag in _LAGS for sign in (-1, 1)}, key=abs):
            if not cells.events.get((bar + lag, part)) or (bar + lag, part) in cells.open:
                continue
            judged = _judge(cells, bar, part, lag)
            if judged is not None:
                rhythm, notes = judged
                same = same_harmony(bar, bar + lag)
                choices.append((rhythm + notes + 0.2 * same, bar + lag, rhythm, notes))
        if not choices:
            continue
        _, model, rhythm, notes = max(choices, key=lambda one: one[0])
        kind: Kind | None = "rhythm" if rhythm >= _ALIKE else None
        if notes >= _COPY and rhythm >= _COPY:
            kind = "copy"
        elif notes >= _NEAR and rhythm >= _ALIKE:
            kind = "figure"
        if kind is not None:
            found[bar, part] = Echo(model, kind)
    return found


def _judge(cells: _Cells, bar: int, part: int, lag: int) -> tuple[float, float] | None:
    """Return how alike a bar and the one at a distance should be: of rhythm, and of notes."""
    rhythm = notes = total = 0.0
    first = last = bar
    while (first - 1, part) in cells.open:
        first -= 1
    while (last + 1, part) in cells.open:
        last += 1
    around = [*range(first - _AROUND, first), *range(last + 1, last + 1 + _AROUND)]
    for other in around:
        found = cells.alike((other, part), (other + lag, part))
        weight = 1.0 / min(abs(other - bar), 4)
        if found is not None:
            rhythm, notes, total = (
                rhythm + weight * found[0], notes + weight * found[1], total + weight,
            )  # fmt: skip
    for row in range(len(cells.grid.parts)):
        found = cells.alike((bar, row), (bar + lag, row)) if row != part else None
        if found is not None:
            rhythm, notes, total = rhythm + found[0], notes + found[1], total + 1.0
    return (rhythm / total, notes / total) if total else None


def plan_continuation(
    grid: GridScore,
    open_cells: Collection[Cell],
    cast: Sequence[PartPlan],
    *,
    seed: int = 0,
) -> dict[Cell, Echo]:
    """Return which bars those that go on from a score take up, as often as it does so itself.

    Parameters
    ----------
    grid : GridScore
        With notes in given cells only.
    open_cells : collection of (bar, part)
        Bars after the given ones.
    cast : sequence of PartPlan
    seed : int, >= 0

    Returns
    -------
    dict of (bar, part) to Echo
        At the distance of 8, 4, 2 or 1 bars at which the score itself returns most; bars that end
        four are mostly free.

    Examples
    --------
    >>> from motet.brief import Brief
    >>> from motet.score import make_score
    >>> from motet.tasks.cast import choose_cast
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:2 D4:2 | E4:4 | " * 4 + "r:4 | r:3 C4:1", fifths=0)).grid
    >>> found = plan_continuation(grid, [(8, 0), (9, 0)], choose_cast(Brief(parts="piano")))
    >>> found[8, 0].bar in (0, 4, 6)
    True
    """
    cells = _Cells(grid, open_cells)
    if not cells.open:
        return {}
    n_given = min(bar for bar, _ in cells.open)
    found: dict[Cell, Echo] = {}
    for part in sorted({part for _, part in cells.open}):
        lag, p_rhythm, p_copy = _habit(cells, part, n_given)
        if not lag:
            continue
        own = sorted(bar for bar, row in cells.open if row == part)
        for bar in own:
            rng = rng_for(seed, "continuation", bar)  # parts return together
            draw, is_close = float(rng.random()), (bar - n_given) % 4 == 3
            model = bar - lag
            if bar == own[-1] or (is_close and rng.random() < 0.5):
                continue
            if draw < p_copy:
                found[bar, part] = Echo(model, "copy")
            elif draw < p_rhythm:
                is_tune = cast[part].polyphony == 1 and cast[part].role != "bass"
                found[bar, part] = Echo(model, "shape" if is_tune else "figure")
    return found


def _habit(cells: _Cells, part: int, n_given: int) -> tuple[int, float, float]:
    """Return at which distance a part returns most, how often in rhythm, how often in its notes."""
    best = (0, 0.0, 0.0)
    for lag in _CONTINUED:
        pairs = [cells.alike((bar, part), (bar - lag, part)) for bar in range(lag, n_given)]
        known = [one for one in pairs if one is not None]
        if len(known) < 2:
            continue
        rhythm = float(np.mean([one[0] >= 0.9 for one in known]))
        notes = float(np.mean([one[1] for one in known]))
        if rhythm + notes > best[1] + best[2] + 0.05:
            best = (lag, rhythm, notes)
    if not best[0] and n_given >= 2:  # too little to judge by: its rhythm, now and then
        return min(_MEMORY_BARS, n_given), 0.5, 0.1
    lag, rhythm, notes = best
    return lag, max(rhythm, 0.35), notes
