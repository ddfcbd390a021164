"""How many tokens does a note cost, and what does each choice of the layout save?

Conventions: the tokens of notes of pieces of the split ``train``, as the codec writes them and with one
choice changed at a time (docs/decisions/0006-tokens.md): the order of notes that begin together, where
the cursor goes after them, what a cell forgets, a position for every onset.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.corpus.shards import open_shards
from motet.suite.groups import style_name
from motet.suite.page import make_table
from motet.suite.table import Request, Table
from motet.tokens import GridScore, encode, window
from motet.tokens.vocab import DRUM_PROGRAM, FAMILIES

__all__ = [
    "LAYOUTS",
    "TABLE",
    "Layout",
    "count_frame",
    "count_tokens",
    "measure_tokens",
    "write_tokens",
]

N_PIECES: Final = 2000
DEFAULT_VEL: Final = 9
SHIPPED: Final = "as shipped"


@dataclass(frozen=True)
class Layout:
    """One way to write the notes of a cell.

    Examples
    --------
    >>> Layout().cursor
    'shortest'
    """

    order: str = "longest first"  # or "lowest first", "highest first"
    cursor: str = "shortest"  # of the group, or "longest", "lowest", "none": always say POS
    forgets: bool = True  # duration and velocity at each new cell
    velocity: bool = True


LAYOUTS: Final[dict[str, Layout]] = {
    SHIPPED: Layout(),
    "notes by pitch, cursor at the last (highest)": Layout(order="lowest first", cursor="last"),
    "notes by pitch, cursor at the shortest": Layout(order="lowest first"),
    "cursor at the longest note": Layout(cursor="longest"),
    "a position for every onset": Layout(cursor="none"),
    "cells remember duration and velocity": Layout(forgets=False),
    "no velocity": Layout(velocity=False),
}


def count_tokens(grid: GridScore, layout: Layout) -> npt.NDArray[np.int64]:
    """Return how many tokens each note needs in a layout.

    Parameters
    ----------
    grid : GridScore
    layout : Layout

    Returns
    -------
    int64, shape (n,)
        In no particular order.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:1 D4:1 E4:2")).grid
    >>> [int(count_tokens(grid, one).sum()) for one in (Layout(), Layout(cursor="none"))]
    [5, 8]
    """
    notes = grid.notes
    programs = np.array([part.program for part in grid.parts])
    drums = programs[notes["part"]] == DRUM_PROGRAM
    cell = notes["bar"].astype(np.int64) * len(programs) + notes["part"]
    keys = {
        "longest first": (notes["pitch"], -notes["dur"]),
        "lowest first": (notes["pitch"],),
        "highest first": (-notes["pitch"],),
    }[layout.order]
    order = np.lexsort((*keys, notes["pos"], cell))
    rows, cell, drums = notes[order], cell[order], drums[order]
    pos, dur, vel = (rows[name].astype(np.int64) for name in ("pos", "dur", "vel"))
    opens = np.ones(len(rows), dtype=bool)
    opens[1:] = cell[1:] != cell[:-1]
    starts = opens.copy()
    starts[1:] |= pos[1:] != pos[:-1]
    count = np.ones(len(rows), dtype=np.int64)

    before_dur, before_vel = _before(dur, opens, 0), _before(vel, opens, DEFAULT_VEL)
    if not layout.forgets:
        before_dur, before_vel = _before_in_part(rows, dur, vel)
    says_dur = ~drums & (dur != before_dur)
    count += says_dur * (1 + (dur > FAMILIES["DUR"].size))
    if layout.velocity:
        count += vel != before_vel
    first = np.flatnonzero(starts)
    reference = _cursor_after(dur, first, layout.cursor)
    cursor = np.zeros(len(first), dtype=np.int64)
    cursor[1:] = np.where(opens[first][1:], 0, pos[first][:-1] + reference[:-1])
    if layout.cursor == "none":
        cursor[:] = -1
    says_pos = drums[first] | (pos[first] != cursor)
    count[first] += says_pos * (1 + (pos[first] >= FAMILIES["POS"].size))
    back = np.empty_like(count)
    back[order] = count
    return back


def _cursor_after(
    dur: npt.NDArray[np.int64], first: npt.NDArray[np.int64], cursor: str
) -> npt.NDArray[np.int64]:
    """Return how far the cursor goes after each onset."""
    if cursor == "shortest":
        return np.asarray(np.minimum.reduceat(dur, first), np.int64)
    if cursor == "longest":
        return np.asarray(np.maximum.reduceat(dur, first), np.int64)
    if cursor == "last":
        return np.asarray(dur[np.append(first[1:], len(dur)) - 1], np.int64)
    return np.full(len(first), -(10**6), np.int64)


def _before(
    values: npt.NDArray[np.int64], opens: npt.NDArray[np.bool_], start: int
) -> npt.NDArray[np.int64]:
    """Return the value before each, `start` where a cell opens."""
    found = np.empty_like(values)
    found[1:] = values[:-1]
    found[opens] = start
    return found


def _before_in_part(
    rows: Any, dur: npt.NDArray[np.int64], vel: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the duration and velocity before each note in its part, over bar lines."""
    by_part = np.argsort(rows["part"], kind="stable")
    opens = np.ones(len(rows), dtype=bool)
    opens[1:] = rows["part"][by_part][1:] != rows["part"][by_part][:-1]
    found = []
    for values, start in ((dur, 0), (vel, DEFAULT_VEL)):
        back = np.empty_like(values)
        back[by_part] = _before(values[by_part], opens, start)
        found.append(back)
    return found[0], found[1]


def count_frame(grid: GridScore) -> int:
    """Return the tokens of the notes phase that stand around the notes: bars and cells.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> count_frame(score_to_grid(make_score("C4:4 D4:4")).grid)
    4
    """
    cells = np.unique(grid.notes["bar"].astype(np.int64) * 16 + grid.notes["part"])
    return grid.n_bars + len(cells)


def measure_tokens(request: Request) -> dict[str, Any]:
    """Return tokens a note by layout and by style.

    Parameters
    ----------
    request : Request

    Returns
    -------
    dict

    Raises
    ------
    CorpusError
        There is no corpus.

    Examples
    --------
    >>> measure_tokens(Request())
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: no built corpus was given; ...
    """
    shards = open_shards(request.find_shards(), "train")
    chosen = np.random.default_rng(request.seed).permutation(len(shards))
    totals: dict[str, int] = defaultdict(int)
    styles: dict[str, dict[str, int]] = {}
    n_plan = 0.0
    for index in chosen[: request.n or N_PIECES].tolist():
        grid = shards[index]
        if grid.n_notes == 0:
            continue
        counts = {name: int(count_tokens(grid, one).sum()) for name, one in LAYOUTS.items()}
        for name, count in counts.items():
            totals[name] += count
        row = styles.setdefault(
            style_name(grid.style), {"pieces": 0, "notes": 0, "tokens": 0, "frame": 0}
        )
        row["pieces"] += 1
        row["notes"] += grid.n_notes
        row["tokens"] += counts[SHIPPED]
        row["frame"] += count_frame(grid)
        n_plan += _plan_tokens(grid)
    n_notes = max(1, sum(row["notes"] for row in styles.values()))
    return {
        "split": "train",
        "pieces": sum(row["pieces"] for row in styles.values()),
        "notes": n_notes,
        "tokens_a_note": {name: total / n_notes for name, total in totals.items()},
        "frame_a_note": sum(row["frame"] for row in styles.values()) / n_notes,
        "plan_a_note": n_plan / n_notes,
        "styles": dict(sorted(styles.items())),
    }


def _plan_tokens(grid: GridScore) -> float:
    """Return the tokens of header and plan, the first window's."""
    cut = window(grid, 0, min(grid.n_bars, 64))
    ids = np.asarray(encode(cut))
    found = float(np.flatnonzero(ids == FAMILIES["NOTES"].start)[0] + 1)
    return found * grid.n_bars / cut.n_bars


def write_tokens(facts: dict[str, Any]) -> str:
    """Return the tables as Markdown.

    Parameters
    ----------
    facts : dict
        Of `measure_tokens`.

    Returns
    -------
    str

    Examples
    --------
    >>> facts = {"split": "train", "pieces": 1, "notes": 10, "tokens_a_note": {"as shipped": 1.5},
    ...     "frame_a_note": 0.25, "plan_a_note": 0.2,
    ...     "styles": {"jig": {"pieces": 1, "notes": 10, "tokens": 15, "frame": 3}}}
    >>> "| jig | 1 | 10 | 1.50 | 1.80 |" in write_tokens(facts)
    True
    """
    frame = facts["frame_a_note"]
    first = (
        f"{facts['pieces']:,} pieces of the split `{facts['split']}` with {facts['notes']:,} notes, "
        "drawn at random."
    )
    layouts = [
        (name, f"{one:.3f}", f"{one + frame:.3f}") for name, one in facts["tokens_a_note"].items()
    ]
    layouts.append(("header and plan, for each note", f"{facts['plan_a_note']:.3f}", ""))
    styles = [
        (
            name,
            f"{row['pieces']:,}",
            f"{row['notes']:,}",
            f"{row['tokens'] / row['notes']:.2f}",
            f"{(row['tokens'] + row['frame']) / row['notes']:.2f}",
        )
        for name, row in facts["styles"].items()
    ]
    above = make_table(("layout", "tokens a note", "with bars and cells"), layouts)
    head = ("style", "pieces", "notes", "tokens a note", "with bars and cells")
    return f"{first}\n\n{above}\n\n{make_table(head, styles)}"


TABLE: Final = Table(
    name="tokens",
    title=("Tokens a note, by style", "每音符的 token 数(按风格)"),
    needs=frozenset({"shards"}),
    measure=measure_tokens,
    write=write_tokens,
)
"""What notes cost."""
