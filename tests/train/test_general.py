"""The arranger's twelve pieces are the same each time, one a style."""

from __future__ import annotations

from motet.corpus.style import style_value
from motet.train.general import GENERAL_STYLES, general_pieces


def test_one_piece_a_style_and_always_the_same() -> None:
    pieces = general_pieces()
    assert pieces.styles.tolist() == [style_value(name) for name in GENERAL_STYLES]
    assert pieces.split == "general"
    assert all(grid.n_bars >= 8 and len(grid.parts) >= 4 for grid in pieces)
