"""How a variation is told."""

from __future__ import annotations

from motet.brief import Brief
from motet.score import make_score, transpose
from motet.tasks.melody.likeness import measure_likeness
from motet.tasks.melody.varied import VARIED, Varied, tell_varied
from motet.tasks.melody.vary import KINDS
from motet.theory.scale import Key


def test_every_kind_has_a_name_in_both_languages() -> None:
    assert set(VARIED) == set(KINDS)
    for en, zh in VARIED.values():
        assert en.isascii()
        assert any("\u4e00" <= sign <= "\u9fff" for sign in zh)


def test_a_variation_tells_its_shares() -> None:
    score = make_score("C4:1 E4:1 G4:2", "C3:4", fifths=0)
    after = transpose(score, shift_semi=12, parts=[0])
    likeness = measure_likeness(score, score.parts[0].notes, after.parts[0].notes)
    one = Varied(kind="contour", score=after, key=Key("C"), likeness=likeness, value=0.0, story={})
    piece = tell_varied(score, one, {(0, 0)}, Brief(), None, 0.5, ("form",), "en")
    assert piece.writers == ("arranger", "given")
    assert [check.measured[0].split()[0] for check in piece.adherence.checks[1:4]] == [
        "0",
        "100",
        "100",
    ]
    assert piece.adherence.is_met
