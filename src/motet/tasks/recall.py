"""Recall: the bars that a stretch takes up, put before the last bars, where a prompt would not reach them.

Conventions: a prompt holds the last bars as far as 768 tokens go. In a long or dense piece the bar that is
taken up lies before them; then the model is shown a piece of its own: that bar and its neighbours, the last
bars, and those to write, with the plan of what comes. Bars and parts count from 0.

Offers `Recalled`, `recall_bars`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from motet.engine.window import PROMPT_TOKENS, measure_costs, plan_span
from motet.tokens import GridScore, sort_notes, window

__all__ = ["Recalled", "recall_bars"]

_MOST_BARS: Final = 4
_LAST_BARS: Final = 8
_AHEAD_BARS: Final = 16


@dataclass(frozen=True, kw_only=True)
class Recalled:
    """A piece made of bars of another.

    Parameters
    ----------
    grid : GridScore
    offset : int
        What is added to a bar of the stretch to find it in `grid`.
    """

    grid: GridScore
    offset: int


def recall_bars(
    grid: GridScore, start_bar: int, end_bar: int, models: Collection[int], *, limit: int
) -> Recalled:
    """Return the piece that a model is shown for a stretch.

    Parameters
    ----------
    grid : GridScore
    start_bar, end_bar : int
        The stretch, half-open.
    models : collection of int
        Bars that it takes up.
    limit : int, tokens
        Most that a document may hold.

    Returns
    -------
    Recalled
        The whole grid where a prompt reaches all of them, or there are none.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> bar = "C4:0.25 D4:0.25 E4:0.25 F4:0.25 " * 4
    >>> grid = score_to_grid(make_score(bar * 80, fifths=0)).grid
    >>> found = recall_bars(grid, 70, 72, [2], limit=2048)
    >>> found.offset, found.grid.n_bars
    (-59, 21)
    """
    whole = Recalled(grid=grid, offset=0)
    earlier = sorted(bar for bar in models if bar < start_bar)
    if not earlier:
        return whole
    costs = measure_costs(grid)
    reached = plan_span(costs, start_bar, end_bar - 1, limit=limit).start
    far = [bar for bar in earlier if bar < reached]
    if not far:
        return whole
    first = max(0, far[0] - 1)
    last = min(start_bar, far[-1] + 2, first + _MOST_BARS)
    ahead = min(grid.n_bars, start_bar + _AHEAD_BARS)
    recent = max(last, start_bar - _LAST_BARS)
    room = min(PROMPT_TOKENS, limit // 2) - costs.header
    known = int(costs.plan[first:last].sum() + costs.notes[first:last].sum())
    while ahead > end_bar and costs.plan[start_bar:ahead].sum() > room // 3:
        ahead -= 1
    known += int(costs.plan[start_bar:ahead].sum())
    while (
        recent < start_bar - 1
        and known + int((costs.plan + costs.notes)[recent:start_bar].sum()) > room
    ):
        recent += 1
    return Recalled(
        grid=_joined(window(grid, first, last), window(grid, recent, ahead)),
        offset=last - first - recent,
    )


def _joined(one: GridScore, other: GridScore) -> GridScore:
    """Return two pieces in a row, no note of the first sounding into the second."""
    notes, after = one.notes.copy(), other.notes.copy()
    starts = one.bar_starts
    notes["dur"] = np.minimum(notes["dur"], starts[-1] - starts[notes["bar"]] - notes["pos"])
    after["bar"] += one.n_bars
    chords = other.chords.copy()
    chords["bar"] += one.n_bars
    return replace(
        one,
        notes=sort_notes(np.concatenate((notes, after))),
        bars=np.concatenate((one.bars, other.bars)),
        chords=np.concatenate((one.chords, chords)),
        extent=other.extent,
    )
