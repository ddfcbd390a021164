"""Variations: recognisable, ranked, and honest about what they kept."""

from __future__ import annotations

import pytest

from motet.engine.bundle import Bundle
from motet.errors import ConstraintError, ParameterError
from motet.score import Score, make_score
from motet.tasks.melody import variations, vary
from motet.tasks.melody.vary import KINDS


def tune() -> Score:
    """Eight bars over a bass."""
    text = "C5:1 C5:1 G5:1 G5:1 | A5:1 A5:1 G5:2 | F5:1 F5:1 E5:1 E5:1 | D5:1 D5:1 C5:2 "
    return make_score(text * 2, "C3:4 F3:2 C3:2 F3:2 C3:2 G2:2 C3:2 " * 2, fifths=0)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_changes_the_tune_and_says_how_much(bundle: Bundle, kind: str) -> None:
    score = tune()
    piece = vary(score, kind=kind, bundle=bundle, seed=1, candidates=1, originality=False)
    assert piece.task == "vary"
    assert piece.score.parts[0] != score.parts[0]
    assert piece.score.n_bars == score.n_bars
    names = [one.name for one in piece.adherence.checks]
    assert {"notes kept", "onsets kept", "moves kept"} <= set(names)
    assert piece.adherence.is_met, piece.adherence.table()
    if kind != "mode":
        assert piece.score.parts[1] == score.parts[1]


def test_other_bars_stay(bundle: Bundle) -> None:
    score = tune()
    piece = vary(score, bars="3-4", kind="ornament", strength=1.0, bundle=bundle)
    old = [n for n in score.parts[0].notes if not 3840 <= n.onset_tick < 7680]
    new = [n for n in piece.score.parts[0].notes if not 3840 <= n.onset_tick < 7680]
    assert old == new


def test_a_kept_rhythm_is_kept(bundle: Bundle) -> None:
    score = tune()
    piece = vary(score, keep="rhythm", strength=0.8, bundle=bundle, seed=2)
    assert [n.onset_tick for n in piece.score.parts[0].notes] == [
        n.onset_tick for n in score.parts[0].notes
    ]


def test_more_strength_keeps_less() -> None:
    def kept(strength: float) -> float:
        piece = vary(tune(), kind="simplify", strength=strength)
        return float(piece.adherence.checks[1].measured[0].split()[0])

    assert kept(0.2) > kept(1.0)


def test_several_are_different_and_of_different_kinds(bundle: Bundle) -> None:
    found = variations(tune(), n=4, bundle=bundle, seed=3, originality=False)
    assert len(found) == 4
    kinds = [one.adherence.checks[0].measured[0] for one in found]
    assert len(set(kinds)) == 4
    again = variations(tune(), n=4, bundle=bundle, seed=3, originality=False)
    assert [one.score for one in again] == [one.score for one in found]


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"strength": 2}, "strength"), ({"strength": 0}, "strength"), ({"kind": "soup"}, "kind"),
        ({"keep": "mood"}, "keep"), ({"bars": "99"}, "99"), ({"parts": ["Tuba"]}, "Tuba"),
        ({"wrong": 1}, "wrong"),
    ],
)  # fmt: skip
def test_mistakes_are_named(options: dict[str, object], word: str) -> None:
    with pytest.raises(ParameterError, match=word):
        vary(tune(), **options)  # type: ignore[arg-type]


def test_what_is_kept_may_leave_nothing() -> None:
    with pytest.raises(ConstraintError, match="rhythm"):
        vary(tune(), kind="rhythm", keep="rhythm")
    with pytest.raises(ConstraintError, match="nothing to vary"):
        vary(tune(), keep="rhythm, contour")


def test_a_score_without_a_tune_is_refused() -> None:
    with pytest.raises(ParameterError, match="no pitched note"):
        vary(make_score("drums 36:1 38:1"))
    with pytest.raises(ParameterError, match="drum"):
        vary(make_score("C4:4", "drums 36:1 38:1"), parts=["Drums"])
