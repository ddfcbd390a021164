"""Scores as token ids and back: the vocabulary, the grid of cells, the codec, the grammar.

Conventions: times are grid positions, 24 a quarter note; pitches are key-normalised (see `GridScore`).
"""

from motet.tokens.convert import Gridded, GridReport, score_to_grid
from motet.tokens.grid import (
    describe_parts,
    keep_parts,
    shift_grid,
    window,
)
from motet.tokens.harmony import chord_of, chord_pcs, chord_value
from motet.tokens.layout import (
    GRID_BAR,
    GRID_CHORD,
    GRID_NOTE,
    GridPart,
    GridScore,
    metre_length,
    metre_of,
    metre_value,
    sort_notes,
)

__all__ = [
    "GRID_BAR",
    "GRID_CHORD",
    "GRID_NOTE",
    "GridPart",
    "GridReport",
    "GridScore",
    "Gridded",
    "chord_of",
    "chord_pcs",
    "chord_value",
    "describe_parts",
    "keep_parts",
    "metre_length",
    "metre_of",
    "metre_value",
    "score_to_grid",
    "shift_grid",
    "sort_notes",
    "window",
]
