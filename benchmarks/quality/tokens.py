"""Question: how many tokens does a note cost, and what does each choice of the layout save?

Counts the tokens of notes over a split of a built corpus, as the codec writes them and with one choice
changed at a time (docs/decisions/0006-tokens.md): the order of notes that begin together, where the cursor
goes after them, what a cell forgets, a position for every onset. The shipped row is checked against what
`motet.tokens.encode` writes. Prints two tables and one JSON line; the second table is by style.

Run: ``python benchmarks/quality/tokens.py --shards FOLDER [--split train]`` (or MOTET_SHARDS).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from quality_page import ROOT, make_table, read_commit, write_section

from motet.corpus import open_shards
from motet.tokens import GridScore, encode, window
from motet.tokens.vocab import DRUM_PROGRAM, FAMILIES, STYLES

DEFAULT_VEL = 9
DECISION = ROOT / "docs" / "decisions" / "0006-tokens.md"


@dataclass(frozen=True)
class Layout:
    """One way to write the notes of a cell."""

    order: str = "longest first"  # or "lowest first", "highest first"
    cursor: str = "shortest"  # of the group, or "longest", "lowest", "none": always say POS
    forgets: bool = True  # duration and velocity at each new cell
    velocity: bool = True


LAYOUTS = {
    "as shipped": Layout(),
    "notes by pitch, cursor at the last (highest)": Layout(order="lowest first", cursor="last"),
    "notes by pitch, cursor at the shortest": Layout(order="lowest first"),
    "cursor at the longest note": Layout(cursor="longest"),
    "a position for every onset": Layout(cursor="none"),
    "cells remember duration and velocity": Layout(forgets=False),
    "no velocity": Layout(velocity=False),
}


def count_tokens(grid: GridScore, layout: Layout) -> npt.NDArray[np.int64]:
    """Return how many tokens each note needs in a layout, in no particular order."""
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
    reference = {
        "shortest": lambda: np.minimum.reduceat(dur, first),
        "longest": lambda: np.maximum.reduceat(dur, first),
        "last": lambda: dur[np.append(first[1:], len(dur)) - 1],
        "none": lambda: np.full(len(first), -(10**6)),
    }[layout.cursor]()
    cursor = np.zeros(len(first), dtype=np.int64)
    cursor[1:] = np.where(opens[first][1:], 0, pos[first][:-1] + reference[:-1])
    if layout.cursor == "none":
        cursor[:] = -1
    says_pos = drums[first] | (pos[first] != cursor)
    count[first] += says_pos * (1 + (pos[first] >= FAMILIES["POS"].size))
    back = np.empty_like(count)
    back[order] = count
    return back


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
    """Return the tokens of the notes phase that stand around the notes: bars and cells."""
    cells = np.unique(grid.notes["bar"].astype(np.int64) * 16 + grid.notes["part"])
    return grid.n_bars + len(cells)


def check_shipped(grid: GridScore) -> None:
    """Stop when the shipped row is not what the codec writes."""
    for start in range(0, grid.n_bars, 64):
        cut = window(grid, start, min(grid.n_bars, start + 64))
        if len(cut.notes) == 0:
            continue
        tokens = np.asarray(encode(cut))
        after = np.flatnonzero(tokens == FAMILIES["NOTES"].start)[0]
        written = len(tokens) - after - 2
        counted = int(count_tokens(cut, Layout()).sum()) + count_frame(cut)
        if written != counted:
            sys.exit(f"the codec wrote {written} tokens, {counted} were counted")


def main() -> None:
    """Print the tables and the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", default=os.environ.get("MOTET_SHARDS", ""))
    parser.add_argument("--split", default="train")
    parser.add_argument("--limit", type=int, default=0, help="pieces; 0 is all")
    parser.add_argument(
        "--write", action="store_true", help="into docs/quality.md and the decision"
    )
    options = parser.parse_args()
    shards = open_shards(options.shards, options.split)
    chosen = np.random.default_rng(0).permutation(len(shards))[: options.limit or None]
    totals: dict[str, int] = defaultdict(int)
    styles: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    n_notes = n_frame = n_plan = 0
    for turn, index in enumerate(chosen.tolist()):
        grid = shards[index]
        if turn < 50:
            check_shipped(grid)
        if grid.n_notes == 0:
            continue
        n_notes += grid.n_notes
        frame = count_frame(grid)
        n_frame += frame
        for name, layout in LAYOUTS.items():
            totals[name] += int(count_tokens(grid, layout).sum())
        row = styles[STYLES[grid.style] if 0 <= grid.style < len(STYLES) else "unknown"]
        shipped = int(count_tokens(grid, Layout()).sum())
        for k, value in enumerate((1, grid.n_notes, shipped, frame)):
            row[k] += value
        n_plan += _plan_tokens(grid)
    print(f"{'layout':46}{'tokens a note':>14}{'and bars, cells':>17}")
    for name, total in totals.items():
        print(f"{name:46}{total / n_notes:14.3f}{(total + n_frame) / n_notes:17.3f}")
    print(f"{'plan and header, for each note':46}{n_plan / n_notes:14.3f}\n")
    print(f"{'style':20}{'pieces':>8}{'notes':>12}{'tokens a note':>15}{'with frame':>12}")
    by_style = {}
    for name, (pieces, notes, tokens, frame) in sorted(styles.items()):
        by_style[name] = {
            "pieces": pieces,
            "notes": notes,
            "tokens_a_note": tokens / notes,
            "with_frame": (tokens + frame) / notes,
        }
        print(
            f"{name:20}{pieces:8,}{notes:12,}{tokens / notes:15.2f}{(tokens + frame) / notes:12.2f}"
        )
    if options.write:
        head = ("style", "pieces", "notes", "tokens a note", "with bars and cells")
        lines = [
            (
                name,
                f"{row['pieces']:,}",
                f"{row['notes']:,}",
                f"{row['tokens_a_note']:.2f}",
                f"{row['with_frame']:.2f}",
            )
            for name, row in by_style.items()
        ]
        write_section("tokens", make_table(head, lines))
        head = ("layout", "tokens a note", "with bars and cells")
        lines = [
            (name, f"{total / n_notes:.3f}", f"{(total + n_frame) / n_notes:.3f}")
            for name, total in totals.items()
        ]
        lines.append(("header and plan, for each note", f"{n_plan / n_notes:.3f}", ""))
        write_section("layouts", make_table(head, lines), page=DECISION)
    facts = {
        "question": "tokens",
        "machine": platform.machine(),
        "commit": read_commit(),
        "split": options.split,
        "pieces": len(chosen),
        "notes": n_notes,
        "tokens_a_note": {name: total / n_notes for name, total in totals.items()},
        "frame_a_note": n_frame / n_notes,
        "plan_a_note": n_plan / n_notes,
        "styles": by_style,
    }
    print(json.dumps(facts))


def _plan_tokens(grid: GridScore) -> int:
    """Return the tokens of header and plan, the first window's."""
    cut = window(grid, 0, min(grid.n_bars, 64))
    tokens = np.asarray(encode(cut))
    share = grid.n_bars / cut.n_bars
    return round(float(np.flatnonzero(tokens == FAMILIES["NOTES"].start)[0] + 1) * share)


if __name__ == "__main__":
    main()
