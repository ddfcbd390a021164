"""Human windows written anew by a model, free and under the rules that a user can ask for.

Conventions: a window gives parts with their range, density and polyphony, metres, chords, style, key and
tempo; every cell is open. The rules: the scale of the key, bent by the chord that sounds; chord tones on
strong beats; of every part its range and the number of notes at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from motet.engine.bundle import Bundle
from motet.engine.rules import CellRules
from motet.engine.session import Session
from motet.engine.write import Sampling, write_cells
from motet.suite.table import silent
from motet.suite.windows import empty_grid
from motet.tokens import GridScore, chord_pcs, describe_parts, metre_of
from motet.tokens.vocab import CHORD_QUALITIES

__all__ = ["count_together", "make_rules", "rewrite_windows"]

WHITE_KEYS: Final = frozenset({0, 2, 4, 5, 7, 9, 11})
"""Normalised music has no sharps or flats; a minor key's leading tone comes with its chord."""
MARGIN_SEMI: Final = 2
_COMMON_TIME: Final = 13


def rewrite_windows(
    grids: Sequence[GridScore],
    bundle: Bundle,
    *,
    is_constrained: bool,
    seed: int,
    threads: int = 1,
    say: Callable[[str], None] = silent,
) -> list[GridScore]:
    """Return windows with all their notes by a model.

    Parameters
    ----------
    grids : sequence of GridScore
    bundle : Bundle
    is_constrained : bool
        Whether the rules of `make_rules` hold.
    seed : int
        Of the first window; the next has the next.
    threads : int
    say : callable

    Returns
    -------
    list of GridScore

    Examples
    --------
    >>> rewrite_windows([], None, is_constrained=False, seed=0)
    []
    """
    out: list[GridScore] = []
    if not grids:
        return out
    session = Session(bundle, n_rows=1, n_threads=threads)
    for turn, grid in enumerate(grids):
        cells = [(bar, part) for bar in range(grid.n_bars) for part in range(len(grid.parts))]
        written = write_cells(
            session,
            empty_grid(grid),
            cells,
            rules=make_rules(grid) if is_constrained else None,
            sampling=Sampling(),
            seed=seed + turn,
            describe=describe_parts(grid),
        )
        out.append(written[0].grid)
        if (turn + 1) % 10 == 0:
            say(f"  {turn + 1} of {len(grids)}")
    return out


def make_rules(grid: GridScore) -> dict[tuple[int, int], CellRules]:
    """Return the rules of every cell of a window.

    Parameters
    ----------
    grid : GridScore

    Returns
    -------
    dict of (bar, part) to CellRules

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> rules = make_rules(score_to_grid(make_score("C4+E4:4", chords="C:4", fifths=0)).grid)
    >>> rules[0, 0].max_polyphony, rules[0, 0].low, rules[0, 0].high
    (2, 58, 66)
    """
    spans = _chord_spans(grid)
    found = {}
    for part, facts in enumerate(grid.parts):
        notes = grid.notes[grid.notes["part"] == part]
        for bar, length in enumerate(grid.bars["length"].tolist()):
            if facts.is_drums or not len(notes):
                found[bar, part] = CellRules(n_positions=length)
                continue
            found[bar, part] = CellRules(
                scale=WHITE_KEYS,
                chords=tuple(spans[bar]),
                strong=_strong_positions(grid, bar),
                low=max(0, int(notes["pitch"].min()) - MARGIN_SEMI),
                high=min(127, int(notes["pitch"].max()) + MARGIN_SEMI),
                max_polyphony=count_together(grid, part),
                n_positions=length,
            )
    return found


def _strong_positions(grid: GridScore, bar: int) -> frozenset[int]:
    """Return the downbeat, and the middle of a bar with an even number of beats."""
    length, metre = int(grid.bars["length"][bar]), metre_of(_metre(grid, bar))
    if metre is None:
        return frozenset({0})
    n_beats = metre[0] // 3 if metre[1] >= 8 and metre[0] % 3 == 0 else metre[0]
    return frozenset({0, length // 2}) if n_beats % 2 == 0 else frozenset({0})


def _metre(grid: GridScore, bar: int) -> int:
    known = grid.bars["metre"][: bar + 1]
    said = known[known >= 0]
    return int(said[-1]) if len(said) else _COMMON_TIME


def _chord_spans(grid: GridScore) -> list[list[tuple[int, int, frozenset[int]]]]:
    """Return for every bar the chords that sound: start, end and pitch classes."""
    spans: list[list[tuple[int, int, frozenset[int]]]] = [[] for _ in range(grid.n_bars)]
    held: frozenset[int] | None = None
    for bar, length in enumerate(grid.bars["length"].tolist()):
        rows = grid.chords[grid.chords["bar"] == bar]
        starts = [0, *rows["pos"].tolist(), length]
        tones = [held, *(_tones(row) for row in rows)]
        for start, end, pcs in zip(starts[:-1], starts[1:], tones, strict=True):
            if pcs and end > start:
                spans[bar].append((start, end, pcs))
        held = tones[-1]
    return spans


def _tones(row: np.void) -> frozenset[int] | None:
    if not 0 <= row["chord"] < 12 * len(CHORD_QUALITIES):
        return None
    bass = {int(row["bass"])} if row["bass"] >= 0 else set()
    return chord_pcs(int(row["chord"])) | bass


def count_together(grid: GridScore, part: int) -> int:
    """Return how many notes of a part sound at once at most.

    Parameters
    ----------
    grid : GridScore
    part : int

    Returns
    -------
    int, >= 1

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> count_together(score_to_grid(make_score("C4+E4:2 G4:2")).grid, 0)
    2
    """
    notes = grid.notes[grid.notes["part"] == part]
    starts = grid.bar_starts[notes["bar"]] + notes["pos"]
    ends = starts + notes["dur"]
    return max(1, *(int(((starts <= t) & (ends > t)).sum()) for t in np.unique(starts)), 1)
