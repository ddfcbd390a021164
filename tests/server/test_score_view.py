"""A score as the page sees it."""

from __future__ import annotations

from dataclasses import replace

from motet.score import Control, KeySignature, Score, Section, make_score
from motet.server.schemas.score import ScoreView
from motet.server.score_view import score_view


def test_bars_chords_and_sections_are_told_by_index_and_tick() -> None:
    score = make_score("C4:4 D4:4 E4:4", chords="C:4 D7:4 G:4", fifths=0)
    sections = (Section(tick=0, label="A"), Section(tick=3840, label="B"))
    view = score_view(replace(score, sections=sections), title="Shown")
    ScoreView.model_validate(view)
    assert view["title"] == "Shown"
    assert [one["tick"] for one in view["chords"]] == [0, 1920, 3840]
    assert (view["chords"][0]["roman"], view["chords"][2]["roman"]) == ("I", "V")
    assert view["sections"] == [
        {"bar": 0, "n_bars": 2, "label": "A"}, {"bar": 2, "n_bars": 1, "label": "B"},
    ]  # fmt: skip
    assert [one["end_tick"] for one in view["bars"]] == [1920, 3840, 5760]


def test_volume_and_pan_are_those_at_the_start() -> None:
    part = make_score("C4:4").parts[0]
    late = Control(tick=960, kind="cc", number=7, value=10)
    first = Control(tick=0, kind="cc", number=7, value=55)
    view = score_view(Score(parts=(replace(part, controls=(first, late)),)))
    assert (view["parts"][0]["volume"], view["parts"][0]["pan"]) == (55, 64)


def test_an_empty_score_and_strange_chords_have_a_view_too() -> None:
    ScoreView.model_validate(score_view(Score()))
    view = score_view(make_score("C4:4", chords="N.C.:4"))
    assert view["chords"][0]["symbol"] == "N.C."
    modal = replace(make_score("D4:4"), keys=(KeySignature(tick=0, fifths=0, mode="dorian"),))
    assert score_view(modal)["key"]["name"] == "D dorian"
