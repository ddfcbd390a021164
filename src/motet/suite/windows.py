"""Windows of human pieces, drawn so that styles are balanced; and the same with their bars shuffled.

Conventions: a window has the parts that play in it; windows of one piece do not overlap.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from motet.corpus.shards import Shards
from motet.score import Score
from motet.suite.groups import GROUPS
from motet.tokens import (
    GRID_CHORD,
    GRID_NOTE,
    GridScore,
    grid_to_score,
    keep_parts,
    sort_notes,
    window,
)
from motet.tokens.vocab import STYLES

__all__ = [
    "cut_window",
    "empty_grid",
    "pick_by_group",
    "pick_windows",
    "shuffle_bars",
    "shuffle_whole_bars",
    "to_scores",
]

MAX_PARTS: Final = 6
MIN_FILLED: Final = 0.5


def pick_windows(
    shards: Shards,
    *,
    n: int,
    n_bars: int,
    rng: np.random.Generator,
    per_piece: int = 1,
    styles: Sequence[int] | None = None,
) -> list[GridScore]:
    """Return windows, style after style in turn, new pieces before second windows of known ones.

    Parameters
    ----------
    shards : Shards
    n : int
        Most windows; fewer come where the split has no more.
    n_bars : int
    rng : numpy.random.Generator
    per_piece : int
        Most windows of one piece.
    styles : sequence of int or None
        STYLE values to draw; all when None.

    Returns
    -------
    list of GridScore

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> class Shelf(list):
    ...     n_bars, styles = np.array([16]), np.array([3])
    >>> pieces = Shelf([score_to_grid(make_score(" | ".join(["C4:1 D4:1 E4:2"] * 16))).grid])
    >>> found = pick_windows(pieces, n=5, n_bars=4, rng=np.random.default_rng(0), per_piece=3)
    >>> [one.n_bars for one in found]
    [4, 4, 4]
    """
    queues: dict[int, deque[tuple[int, int, int]]] = {}
    by_style: dict[int, list[int]] = defaultdict(list)
    for index in rng.permutation(len(shards)).tolist():
        if shards.n_bars[index] >= n_bars:
            by_style[int(shards.styles[index])].append(index)
    for style in sorted(by_style if styles is None else set(by_style) & set(styles)):
        slots = []
        for index in by_style[style]:
            count = min(per_piece, int(shards.n_bars[index]) // n_bars)
            slots += [(turn, index, count) for turn in range(count)]
        queues[style] = deque(sorted(slots, key=lambda one: one[0]))
    found: list[GridScore] = []
    while queues and len(found) < n:
        for style in list(queues):
            queue = queues[style]
            got = None
            while queue and got is None and len(found) < n:
                turn, index, count = queue.popleft()
                got = cut_window(shards[index], n_bars=n_bars, rng=rng, turn=turn, count=count)
            if got is not None:
                found.append(got)
            if not queue:
                del queues[style]
    return found


def pick_by_group(
    shards: Shards, *, n: int, n_bars: int, rng: np.random.Generator, per_piece: int = 1
) -> list[GridScore]:
    """Return windows, style group after group in turn, within each style after style.

    Parameters
    ----------
    shards : Shards
    n : int
        Most windows; a group has no more than its share of them.
    n_bars : int
    rng : numpy.random.Generator
    per_piece : int

    Returns
    -------
    list of GridScore

    Examples
    --------
    >>> pick_by_group([], n=0, n_bars=4, rng=np.random.default_rng(0))
    []
    """
    share = -(-n // len(GROUPS))
    rows = [
        pick_windows(
            shards,
            n=share,
            n_bars=n_bars,
            rng=rng,
            per_piece=per_piece,
            styles=[STYLES.index(style) for style in styles],
        )
        for styles in GROUPS.values()
    ]
    mixed = [row[turn] for turn in range(share) for row in rows if turn < len(row)]
    return mixed[:n]


def cut_window(
    grid: GridScore,
    *,
    n_bars: int,
    rng: np.random.Generator,
    turn: int = 0,
    count: int = 1,
) -> GridScore | None:
    """Return `n_bars` bars of a piece with the parts that play in them, or None if too thin.

    Parameters
    ----------
    grid : GridScore
        At least `n_bars` long.
    n_bars : int
    rng : numpy.random.Generator
    turn, count : int
        The piece is cut into `count` stretches; the window lies in stretch `turn`.

    Returns
    -------
    GridScore or None
        None when fewer than half of the bars have a pitched note, or too many parts play.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:4 E4:4 G4:4 C5:4", "r:16")).grid
    >>> cut = cut_window(grid, n_bars=2, rng=np.random.default_rng(0))
    >>> cut.n_bars, len(cut.parts)
    (2, 1)
    """
    low = turn * grid.n_bars // count
    high = (turn + 1) * grid.n_bars // count - n_bars
    for _ in range(4):
        start = int(rng.integers(low, high + 1))
        cut = window(grid, start, start + n_bars)
        playing = sorted(set(cut.notes["part"].tolist()))
        if not playing or len(playing) > MAX_PARTS:
            continue
        cut = keep_parts(cut, playing)
        pitched = [k for k, part in enumerate(cut.parts) if not part.is_drums]
        bars = set(cut.notes["bar"][np.isin(cut.notes["part"], pitched)].tolist())
        if len(bars) >= MIN_FILLED * n_bars:
            return cut
    return None


def to_scores(grids: Sequence[GridScore]) -> list[Score]:
    """Return the scores of grids.

    Examples
    --------
    >>> to_scores([])
    []
    """
    return [grid_to_score(grid) for grid in grids]


def empty_grid(grid: GridScore) -> GridScore:
    """Return a grid without its notes.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> empty_grid(score_to_grid(make_score("C4:4")).grid).n_notes
    0
    """
    return replace(grid, notes=np.zeros(0, GRID_NOTE))


def shuffle_bars(grid: GridScore, rng: np.random.Generator) -> GridScore:
    """Return a grid whose bars of equal length changed places; its chords stay where they were.

    Parameters
    ----------
    grid : GridScore
    rng : numpy.random.Generator

    Returns
    -------
    GridScore

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:4 E4:4 G4:4 C5:4")).grid
    >>> sorted(shuffle_bars(grid, np.random.default_rng(0)).notes["pitch"].tolist())
    [60, 64, 67, 72]
    """
    notes = grid.notes.copy()
    notes["bar"] = _shuffle_places(grid, rng)[notes["bar"]]
    return replace(grid, notes=sort_notes(notes))


def shuffle_whole_bars(grid: GridScore, rng: np.random.Generator) -> GridScore:
    """Return a grid whose bars of equal length changed places together with the chords over them.

    Parameters
    ----------
    grid : GridScore
    rng : numpy.random.Generator

    Returns
    -------
    GridScore
        Nothing but the order of its bars is lost.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:4 E4:4 G4:4 C5:4", chords="C:8 G:8")).grid
    >>> made = shuffle_whole_bars(grid, np.random.default_rng(0))
    >>> made.notes["pitch"].tolist(), made.chords["chord"].tolist()
    ([64, 67, 60, 72], [0, 140, 0, 140])
    """
    place = _shuffle_places(grid, rng)
    notes = grid.notes.copy()
    notes["bar"] = place[notes["bar"]]
    rows: list[np.ndarray] = []
    held: np.ndarray | None = None
    for bar in range(grid.n_bars):
        own = grid.chords[grid.chords["bar"] == bar].copy()
        if held is not None and not (len(own) and own["pos"][0] == 0):
            first = held.copy()
            first["pos"] = 0
            own = np.concatenate((first, own))
        held = own[-1:] if len(own) else held
        own["bar"] = place[bar]
        rows.append(own)
    chords = np.concatenate(rows) if rows else np.zeros(0, GRID_CHORD)
    chords = chords[np.lexsort((chords["pos"], chords["bar"]))]
    is_new = np.zeros(len(chords), np.bool_)
    for name in ("chord", "bass"):
        is_new[1:] |= chords[name][1:] != chords[name][:-1]
    is_new[:1] = True
    return replace(grid, notes=sort_notes(notes), chords=chords[is_new])


def _shuffle_places(grid: GridScore, rng: np.random.Generator) -> np.ndarray:
    """Return where each bar goes: only to places of its own length."""
    place = np.arange(grid.n_bars)
    for length in np.unique(grid.bars["length"]):
        where = np.flatnonzero(grid.bars["length"] == length)
        place[where] = rng.permutation(where)
    return place
