"""The marks of a style: highest on its own pieces."""

from __future__ import annotations

import pytest

import motet
from motet.arranger.style_file import find_style
from motet.score import make_score
from motet.tasks.restyle.marks import MARKS, style_marks
from motet.theory.scale import Key

STYLES = ("bossa", "rock", "swing", "waltz", "reggae", "house")


@pytest.mark.parametrize("style", STYLES)
def test_a_piece_shows_its_own_style_most(style: str) -> None:
    piece = motet.arrange("| C | Am | Dm | G7 |", style=style, seed=2).piece
    totals = {}
    for other in STYLES:
        marks = style_marks(piece.score, find_style(other), key=piece.plan.key)
        assert set(marks) <= set(MARKS)
        assert all(0 <= value <= 1 for value in marks.values())
        totals[other] = sum(marks.values()) / len(marks)
    assert max(totals, key=lambda name: totals[name]) == style


def test_a_bare_tune_shows_no_groove() -> None:
    score = make_score("C4:1 D4:1 E4:2 | C4:4", fifths=0)
    found = style_marks(score, find_style("bossa"), key=Key("C"))
    assert found["drums"] == found["bass"] == found["comping"] == 0.0
