"""Spoilt windows: what changes and what does not."""

from __future__ import annotations

import numpy as np
import pytest

import motet
from motet.score import make_score
from motet.suite.corrupt import KINDS, UNSEEN, corrupt
from motet.tokens import score_to_grid


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_changes_notes_and_nothing_else(kind: str) -> None:
    piece = motet.arrange("| C | Am | F | G |", style="pop", bars=8, seed=2, humanise=0)
    grid = score_to_grid(piece.score).grid
    spoilt = corrupt(grid, kind, np.random.default_rng(1))
    assert not np.array_equal(spoilt.notes, grid.notes)
    assert np.array_equal(spoilt.bars, grid.bars)
    assert np.array_equal(spoilt.chords, grid.chords)
    assert spoilt.parts == grid.parts
    assert (spoilt.notes["pos"] < spoilt.bars["length"][spoilt.notes["bar"]]).all()
    assert (spoilt.notes["pos"] >= 0).all()
    again = corrupt(grid, kind, np.random.default_rng(1))
    assert np.array_equal(spoilt.notes, again.notes)


def test_kinds_by_hand() -> None:
    grid = score_to_grid(make_score("C4:1 D4:1 E4:2", fifths=0)).grid
    rng = np.random.default_rng(0)
    back = corrupt(grid, "each bar backwards", rng)
    assert list(zip(back.notes["pos"], back.notes["pitch"])) == [(0, 64), (48, 62), (72, 60)]
    assert corrupt(grid, "upside down", rng).notes["pitch"].tolist() == [64, 62, 60]
    assert set(corrupt(grid, "any tones of the key", rng).notes["pitch"]) <= {60, 62, 64}
    assert set(KINDS) >= UNSEEN
