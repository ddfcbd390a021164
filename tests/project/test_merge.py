"""Cells of several candidates come together."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.project.merge import take_cells
from motet.score import make_score

ONE = make_score("C4:4 D4:4 E4:4", "C3:12", chords="C:12")
TWO = make_score("G4:2 A4:2 | B4:4 | C5:4", "G3:12", chords="G:12")


def test_only_the_cells_that_are_named() -> None:
    found = take_cells(ONE, TWO, [(0, 0), (2, 0)])
    assert [n.pitch for n in found.parts[0].notes] == [67, 69, 62, 72]
    assert found.parts[1] == ONE.parts[1]
    assert found.chords == ONE.chords


def test_chords_come_where_they_are_asked_for() -> None:
    found = take_cells(ONE, TWO, [(1, 0)], chords=[1])
    assert [(one.tick // 1920, one.symbol) for one in found.chords] == [
        (0, "C"),
        (1, "G"),
        (2, "C"),
    ]


def test_new_bars_and_parts_are_added() -> None:
    long = make_score("G4:4 A4:4 B4:4 C5:4 D5:4", "G3:20", "B2:4", chords="G:20")
    found = take_cells(ONE, long, [(3, 0), (0, 2)])
    assert found.n_bars == 4
    assert [len(part.notes) for part in found.parts] == [4, 1, 1]
    assert found.parts[0].notes[-1].pitch == 72


def test_other_bar_lines_are_refused() -> None:
    with pytest.raises(ParameterError, match="bar lines"):
        take_cells(ONE, make_score("C4:9", metre="3/4"), [(1, 0)])
