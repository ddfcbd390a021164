"""The arranger: chords, a lead sheet or nothing in; an idiomatic piece for an ensemble out.

Conventions: patterns are data (``styles/*.toml``); everything is planned first (`Plan`), then written
part by part; randomness is seeded by name.

Offers `write_piece` and its `Piece`, `ArrangeRequest`, and the styles.
"""

from motet.arranger.metre import parse_metre
from motet.arranger.piece import Piece, write_piece
from motet.arranger.request import ArrangeRequest
from motet.arranger.style import Fill, Groove, Layer, MelodySpec, PartSpec, Style
from motet.arranger.style_file import find_style, list_broken_styles, list_styles, load_style
from motet.arranger.style_reader import parse_style

__all__ = [
    "ArrangeRequest",
    "Fill",
    "Groove",
    "Layer",
    "MelodySpec",
    "PartSpec",
    "Piece",
    "Style",
    "find_style",
    "list_broken_styles",
    "list_styles",
    "load_style",
    "parse_metre",
    "parse_style",
    "write_piece",
]
