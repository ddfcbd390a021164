"""A score as plain values."""

from __future__ import annotations

from dataclasses import replace

from motet.score import Control, Score, Section, Tempo, make_score
from motet.server.schemas.score import ScoreView
from motet.server.score_view import part_pan, part_volume, score_view


def test_everything_that_the_page_is_promised_is_there() -> None:
    score = make_score("A4:2 C5:2 | E5:4 | A4:4", chords="Am:4 E7:4 Am:4")
    score = replace(
        score,
        sections=(Section(tick=0, label="A"), Section(tick=3840, label="B")),
        tempos=(Tempo(tick=0, quarter_us=500_000), Tempo(tick=1920, quarter_us=1_000_000)),
        title="Song",
    )
    view = score_view(score)
    ScoreView.model_validate(view, strict=True, extra="forbid")
    assert view["key"]["name"] == "A minor"
    assert [one["roman"] for one in view["chords"]] == ["i", "V7", "i"]
    assert view["sections"] == [
        {"bar": 0, "n_bars": 2, "label": "A"},
        {"bar": 2, "n_bars": 1, "label": "B"},
    ]
    assert view["tempos"] == [{"tick": 0, "qpm": 120.0}, {"tick": 1920, "qpm": 60.0}]
    assert view["bars"][2] == {
        "index": 2, "number": 3, "start_tick": 3840, "end_tick": 5760, "metre": "4/4", "qn": 4.0,
    }  # fmt: skip
    assert (view["title"], score_view(score, title="Other")["title"]) == ("Song", "Other")


def test_what_a_file_does_not_say_is_usual() -> None:
    view = score_view(make_score("C4:4"))
    assert (view["qpm"], view["sections"]) == (120.0, [])
    ScoreView.model_validate(score_view(Score()), extra="forbid")


def test_the_first_volume_and_pan_are_those_of_the_part() -> None:
    part = replace(
        make_score("C4:4").parts[0],
        controls=(
            Control(tick=480, kind="cc", number=7, value=10),
            Control(tick=0, kind="cc", number=7, value=90),
            Control(tick=0, kind="cc", number=10, value=0),
        ),
    )
    assert (part_volume(part), part_pan(part)) == (90, 0)
