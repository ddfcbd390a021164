"""Chords for pieces whose source writes none: read off the notes, with how sure each is.

Conventions: chords are in the piece's normalised pitch; a written chord has confidence 1 and is never
replaced. Pieces without pitched notes have none.

Offers `label_chords`.

Source: `motet.analysis.estimate_chords`, measured in docs/analysis.md.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from motet.analysis import estimate_chords
from motet.errors import MotetError
from motet.score import BarLength, Metre, Note, Part, Score
from motet.tokens.harmony import chord_value
from motet.tokens.layout import (
    GRID_CHORD,
    UNMETRED,
    GridArray,
    GridScore,
    metre_length,
    metre_of,
)
from motet.tokens.vocab import POSITIONS_PER_QN

__all__ = ["label_chords"]


def label_chords(grid: GridScore) -> GridScore:
    """Return the piece with estimated chords, or as it is when it has chords already.

    Parameters
    ----------
    grid : GridScore

    Returns
    -------
    GridScore

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> score = make_score("E4+G4:4 | D4+F4:2 E4:2", "C3:4 | G2+B2:2 C3+G3:2")
    >>> label_chords(score_to_grid(score).grid).chords[["bar", "pos"]].tolist()
    [(0, 0), (1, 0), (1, 48)]
    """
    if len(grid.chords) or all(part.is_drums for part in grid.parts):
        return grid
    try:
        found = estimate_chords(_plain_score(grid))
    except MotetError:
        return grid
    if not found:
        return grid
    ticks = np.array([one.start_tick for one in found], np.int64)
    bars = np.searchsorted(grid.bar_starts, ticks, side="right") - 1
    rows: list[tuple[int, int, int, int, float]] = []
    for bar, tick, one in zip(bars.tolist(), ticks.tolist(), found, strict=True):
        value, bass = chord_value(one.chord)
        if bar < grid.n_bars and not (rows and rows[-1][2:4] == (value, bass)):
            rows.append((bar, tick - int(grid.bar_starts[bar]), value, bass, one.confidence))
    chords: GridArray = np.array(rows, GRID_CHORD)
    chords.flags.writeable = False
    return replace(grid, chords=chords)


def _plain_score(grid: GridScore) -> Score:
    """Return the notes and bars as a score of 24 ticks a quarter note, in normalised pitch."""
    onset = (grid.bar_starts[grid.notes["bar"]] + grid.notes["pos"]).tolist()
    columns = (onset, *(grid.notes[name].tolist() for name in ("dur", "pitch", "part")))
    notes: list[list[Note]] = [[] for _ in grid.parts]
    for start, length, pitch, part in zip(*columns, strict=True):
        notes[part].append(Note(onset_tick=start, duration_tick=length, pitch=pitch))
    parts = tuple(
        Part(notes=tuple(own), program=0 if part.is_drums else part.program, is_drums=part.is_drums)
        for part, own in zip(grid.parts, notes, strict=True)
    )
    metres, lengths = [], []
    before = None
    for start, bar in zip(grid.bar_starts.tolist(), grid.bars.tolist(), strict=False):
        length, value, _ = bar
        if value != before:
            numerator, denominator = metre_of(value) or (4, 4)
            symbol = "none" if value == UNMETRED else ""
            metres.append(
                Metre(tick=start, numerator=numerator, denominator=denominator, symbol=symbol)
            )
            before = value
        if length != metre_length(value):
            lengths.append(BarLength(tick=start, duration_tick=length))
    return Score(
        parts=parts,
        resolution=POSITIONS_PER_QN,
        metres=tuple(metres),
        bar_lengths=tuple(lengths),
        length_tick=int(grid.bar_starts[-1]),
    )
