"""Notes outside their chords, each kind on a bar made by hand."""

from __future__ import annotations

import pytest

from motet.score import make_score
from motet.why.piece import open_piece
from motet.why.tones import explain_tones


@pytest.mark.parametrize(
    ("tune", "chords", "expected"),
    [
        ("C5:1 D5:1 E5:2", "C:4", [("D5", "passing", "9")]),
        ("E5:1 F5:1 E5:2", "C:4", [("F5", "neighbour", "11")]),
        ("G4:1 F5:1 E5:2", "C:4", [("F5", "appoggiatura", "11")]),
        ("C5:4 | C5:2 B4:2", "C:4 G:4", [("C5", "suspension", "11")]),
        ("C5:6 B4:2", "C:4 G:4", [("C5", "suspension", "11")]),
        ("D5:3.5 C5:0.5 | C5:4", "G:4 C:4", [("C5", "anticipation", "11")]),
        ("E5:0.5 F5:0.5 C5:3", "C:4", [("F5", "escape", "11")]),
        ("C5:1 A5:1 C5:2", "C:4", [("A5", "colour", "13")]),
        ("C5:1 E5:1 G5:2", "C:4", []),
    ],
)
def test_each_kind(tune: str, chords: str, expected: list[tuple[str, str, str]]) -> None:
    score = make_score(tune, chords=chords, fifths=0)
    found = explain_tones(open_piece(score), part=0, bars=range(score.n_bars))
    assert [(one.name, one.kind, one.degree) for one in found.tones] == expected
    assert found.tell()
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in line) for line in found.tell("zh"))


def test_the_place_is_told() -> None:
    score = make_score("C5:4 | C5:1 D5:1 E5:2", chords="C:8", fifths=0)
    found = explain_tones(open_piece(score), part=0, bars=[1])
    assert found.tell()[1].strip() == "bar 2, beat 2: D5 over C (its 9): passing note"
