"""Estimated chords: in normalised pitch, at bar and position, written ones untouched."""

from dataclasses import replace

import pytest

from motet.corpus.label import label_chords
from motet.score import BarLength, ChordSymbol, make_score, transpose
from motet.tokens import chord_of, score_to_grid

CHORALE = ("E4+G4:4 | F4+A4:4 | D4+F4:2 E4:2", "C3:4 | F2+C3:4 | G2+B2:2 C3+G3:2")


@pytest.mark.parametrize("shift_semi", [0, 2, -3])
def test_chords_are_normalised(shift_semi: int) -> None:
    score = transpose(make_score(*CHORALE, fifths=0), shift_semi=shift_semi)
    grid = label_chords(score_to_grid(score).grid)
    symbols = [chord_of(int(row["chord"])).symbol for row in grid.chords]
    assert symbols == ["C", "F", "G7", "C"]
    assert grid.chords[["bar", "pos"]].tolist() == [(0, 0), (1, 0), (2, 0), (2, 48)]
    assert ((grid.chords["confidence"] > 0.3) & (grid.chords["confidence"] <= 1)).all()


def test_a_pickup_keeps_its_bar() -> None:
    score = make_score("C4:1 | E4+G4:4 | D4+F4:4", "r:1 | C3:4 | G2+B2:4")
    score = replace(score, bar_lengths=(BarLength(tick=0, duration_tick=480),))
    score = score.with_parts(*score.parts)
    grid = label_chords(score_to_grid(score).grid)
    starts = {int(row["bar"]): int(row["pos"]) for row in grid.chords}
    assert all(0 <= pos < int(grid.bars["length"][bar]) for bar, pos in starts.items())


def test_written_chords_stay() -> None:
    score = replace(make_score(*CHORALE), chords=(ChordSymbol(tick=0, symbol="Am"),))
    grid = score_to_grid(score).grid
    assert label_chords(grid) is grid


def test_drums_have_no_chords() -> None:
    grid = score_to_grid(make_score("drums 36:1 38:1")).grid
    assert label_chords(grid) is grid
