"""Scores as token ids and back: the vocabulary, the grid of cells, the codec, the grammar.

Conventions: times are grid positions, 24 a quarter note; pitches are key-normalised (see `GridScore`).
"""

from motet.tokens.convert import Gridded, GridReport, score_to_grid
from motet.tokens.decode import decode
from motet.tokens.encode import ALL, encode, encode_prompt
from motet.tokens.grammar import Grammar, find_error
from motet.tokens.grid import (
    count_folded,
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
from motet.tokens.restore import grid_to_score
from motet.tokens.spans import count_notes, note_spans
from motet.tokens.vocab import VOCAB_SIZE, token_id, token_name, vocab_hash

__all__ = [
    "ALL",
    "GRID_BAR",
    "GRID_CHORD",
    "GRID_NOTE",
    "VOCAB_SIZE",
    "Grammar",
    "GridPart",
    "GridReport",
    "GridScore",
    "Gridded",
    "chord_of",
    "chord_pcs",
    "chord_value",
    "count_folded",
    "count_notes",
    "decode",
    "describe_parts",
    "encode",
    "encode_prompt",
    "find_error",
    "grid_to_score",
    "keep_parts",
    "metre_length",
    "metre_of",
    "metre_value",
    "note_spans",
    "score_to_grid",
    "shift_grid",
    "sort_notes",
    "token_id",
    "token_name",
    "vocab_hash",
    "window",
]
