"""Everything that is decided before a note is written."""

from __future__ import annotations

from motet.brief import Brief
from motet.tasks.cast import choose_cast
from motet.tasks.frame import FrameSection
from motet.tasks.plan import choose_writers, phrase_ends, plan_brief


def test_who_writes_what() -> None:
    wishes = [
        {"instrument": "flute"},
        {"instrument": "piano", "density": 1},
        {"instrument": "drums"},
        {"instrument": "acoustic_bass", "writer": "model"},
        {"instrument": "clarinet", "writer": "arranger"},
    ]
    brief = Brief(parts=wishes)
    cast = choose_cast(brief)
    assert choose_writers(brief, cast, has_model=True) == (
        "model", "model", "arranger", "model", "arranger",
    )  # fmt: skip
    assert choose_writers(brief.with_(ground="arranger"), cast, has_model=True)[1] == "arranger"
    assert choose_writers(brief.with_(ground="model"), cast, has_model=True)[2] == "model"
    assert set(choose_writers(brief, cast, has_model=False)) == {"arranger"}


def test_parts_are_the_same_in_score_grid_and_cast() -> None:
    plan = plan_brief(Brief(style="bossa", bars=4, seed=1), language="zh")
    assert len(plan.score.parts) == len(plan.grid.parts) == len(plan.cast)
    assert plan.score.parts[0].name == "长笛"
    for k, writer in enumerate(plan.writers):
        assert bool(plan.score.parts[k].notes) == (writer == "arranger")
    assert {k for _, k in plan.open_cells} == {
        k for k, writer in enumerate(plan.writers) if writer == "model"
    }
    assert plan.grid.style >= 0


def test_the_ground_is_straight_for_the_model() -> None:
    plan = plan_brief(Brief(style="swing", bars=4, humanise=1.0))
    drums = plan.score.parts[-1]
    assert all(note.onset_tick % 80 == 0 or note.onset_tick % 60 == 0 for note in drums.notes)


def test_emotion_becomes_a_token_value() -> None:
    assert plan_brief(Brief(bars=1, emotion=(1.0, 1.0), parts="flute")).grid.emotion == 15
    assert plan_brief(Brief(bars=1, emotion=(-1.0, 0.0), parts="flute")).grid.emotion == 2
    assert plan_brief(Brief(bars=1, parts="flute")).grid.emotion == -1


def test_phrases_end_every_four_bars_and_with_their_section() -> None:
    assert sorted(phrase_ends([FrameSection("A", 0, 6), FrameSection("B", 6, 10)])) == [3, 5, 9]
