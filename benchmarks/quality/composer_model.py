"""The model's rows of composer.py: human windows written anew, free and under rules; whole pieces.

Conventions: a window gives parts with their range, density and polyphony, metres, chords, style, key and
tempo; every cell is open. Rules are those
that a user can ask for (`motet.engine.CellRules`): the scale of the key, bent by the chord that sounds;
chord tones on strong beats; of every part its range and the number of notes at once.
"""

from __future__ import annotations

import numpy as np
from composer_rows import empty_grid

import motet
from motet.engine.bundle import Bundle
from motet.engine.rules import CellRules
from motet.engine.write import Sampling, write_cells
from motet.errors import MotetError
from motet.score import Score
from motet.tokens import GridScore, chord_pcs, describe_parts, metre_of
from motet.tokens.vocab import CHORD_QUALITIES, STYLES

WHITE_KEYS = frozenset({0, 2, 4, 5, 7, 9, 11})
"""Normalised music has no sharps or flats; a minor key's leading tone comes with its chord."""
MARGIN_SEMI = 2


def write_windows(
    grids: list[GridScore], bundle: Bundle, *, is_constrained: bool, seed: int
) -> list[GridScore]:
    """Return the windows with notes by the model."""
    out = []
    for turn, grid in enumerate(grids):
        cells = [(bar, part) for bar in range(grid.n_bars) for part in range(len(grid.parts))]
        rules = make_rules(grid) if is_constrained else None
        written = write_cells(
            bundle,
            empty_grid(grid),
            cells,
            rules=rules,
            sampling=Sampling(),
            seed=seed + turn,
            describe=describe_parts(grid),
        )
        out.append(written[0].grid)
    return out


def compose_like(
    grids: list[GridScore], bundle: Bundle, *, n_bars: int, ground: str, seed: int
) -> list[Score]:
    """Return pieces that `motet.compose` makes in the styles of the windows, as a user would ask."""
    out = []
    for turn, grid in enumerate(grids):
        style = STYLES[grid.style] if 0 <= grid.style < len(STYLES) else ""
        try:
            piece = motet.compose(
                style=style, bars=n_bars, ground=ground, seed=seed + turn, bundle=bundle
            )
        except MotetError as error:
            print(f"motet.compose {style}: {error.en}")
            continue
        out.append(piece.score)
    return out


def make_rules(grid: GridScore) -> dict[tuple[int, int], CellRules]:
    """Return the rules of every cell of a window."""
    spans = chord_spans(grid)
    found = {}
    for part, facts in enumerate(grid.parts):
        notes = grid.notes[grid.notes["part"] == part]
        for bar, length in enumerate(grid.bars["length"].tolist()):
            if facts.is_drums:
                found[bar, part] = CellRules(n_positions=length)
                continue
            found[bar, part] = CellRules(
                scale=WHITE_KEYS,
                chords=tuple(spans[bar]),
                strong=strong_positions(grid, bar),
                low=max(0, int(notes["pitch"].min()) - MARGIN_SEMI),
                high=min(127, int(notes["pitch"].max()) + MARGIN_SEMI),
                max_polyphony=count_together(grid, part),
                n_positions=length,
            )
    return found


def strong_positions(grid: GridScore, bar: int) -> frozenset[int]:
    """Return the downbeat, and the middle of a bar with an even number of beats."""
    length, metre = int(grid.bars["length"][bar]), metre_of(int(_metre(grid, bar)))
    if metre is None:
        return frozenset({0})
    n_beats = metre[0] // 3 if metre[1] >= 8 and metre[0] % 3 == 0 else metre[0]
    return frozenset({0, length // 2}) if n_beats % 2 == 0 else frozenset({0})


def _metre(grid: GridScore, bar: int) -> int:
    known = grid.bars["metre"][: bar + 1]
    said = known[known >= 0]
    return int(said[-1]) if len(said) else 13


def chord_spans(grid: GridScore) -> list[list[tuple[int, int, frozenset[int]]]]:
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
    """Return how many notes of a part sound at once at most."""
    notes = grid.notes[grid.notes["part"] == part]
    starts = grid.bar_starts[notes["bar"]] + notes["pos"]
    ends = starts + notes["dur"]
    return max(1, *(int(((starts <= t) & (ends > t)).sum()) for t in np.unique(starts)))
