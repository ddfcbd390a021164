"""What is to be avoided is refused where it clashes, kept where it does not."""

from __future__ import annotations

from typing import Any

import pytest

from motet.brief import Brief
from motet.engine.bundle import Bundle
from motet.errors import ConstraintError
from motet.tasks.avoidance import avoid_in_cast, comfort_bound
from motet.tasks.cast import choose_cast
from motet.tasks.compose import compose
from motet.tasks.plan import plan_brief


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"parts": "piano,drums", "avoid": "drums"}, ("drums", "Drum Kit")),
        ({"parts": "piano,flute", "avoid": "钢琴"}, ("Piano", "part Piano")),
        ({"key": "A minor", "avoid": "minor"}, ("minor", "A minor")),
        ({"chords": "Am Dm E Am", "avoid": "minor"}, ("minor", "A minor")),
        ({"chords": "Cmaj7 F", "avoid": "sevenths"}, ("seventh chords", "Cmaj7")),
        ({"chords": "C Ab", "key": "C", "avoid": "chromatic"}, ("chromatic", "Ab")),
        ({"parts": [{"instrument": "flute", "low": 90}], "avoid": "high"}, ("high notes", "Flute")),
        ({"parts": [{"instrument": "flute", "high": 62}], "avoid": "low"}, ("low notes", "Flute")),
        ({"parts": [{"instrument": "flute", "rhythm": "x.xx--x-"}], "avoid": "syncopation"},
         ("syncopation", "rhythm")),
        ({"avoid": "major, minor"}, ("minor", "major")),
        ({"style": "drum-rock", "avoid": "drums"}, ("no part",)),
    ],
)  # fmt: skip
def test_clashes_are_refused_before_writing_and_named(
    options: dict[str, Any], words: tuple[str, ...]
) -> None:
    with pytest.raises(ConstraintError) as caught:
        plan_brief(Brief(bars=4, **options))
    assert all(word in str(caught.value) for word in words)
    assert caught.value.localised("zh") != str(caught.value)


def test_usual_parts_give_way() -> None:
    cast = choose_cast(Brief(style="bossa", avoid="drums, flute, guitar"))
    assert "drums" not in [plan.role for plan in cast]
    assert all(plan.found.family != "guitar" for plan in cast)
    assert [plan.instrument for plan in cast if plan.role == "melody"] == ["violin"]


def test_registers_are_cut_but_not_what_was_asked() -> None:
    from motet.score import make_score

    brief = Brief(parts=[{"instrument": "flute", "low": 60, "high": 80}], avoid="high notes")
    (plan,) = avoid_in_cast(choose_cast(brief), brief, make_score("C4:4"))
    assert (plan.low, plan.high) == (60, 80)
    free = Brief(parts="flute", avoid="low notes")
    (plan,) = avoid_in_cast(choose_cast(free), free, make_score("C4:4"))
    assert plan.low == comfort_bound(plan, "low notes")


AVOID = (
    "leaps",
    "syncopation",
    "chromatic notes",
    "seventh chords",
    "high notes",
    "minor",
    "drums",
)


@pytest.mark.parametrize("style", ["bossa", "swing"])
def test_everything_avoided_is_absent_with_a_model_and_without(bundle: Bundle, style: str) -> None:
    brief = Brief(style=style, bars=6, avoid=AVOID, candidates=1, seed=5, parts="flute,piano,bass")
    for ground in ("auto", "model"):
        found = compose(brief.with_(ground=ground), bundle=bundle, originality=False).adherence
        rows = [one for one in found.checks if one.name == "avoid"]
        assert [one.ok for one in rows] == [True] * len(AVOID), found.missed
        assert found.is_met


def test_neither_high_nor_low_leaves_the_middle() -> None:
    from motet.score import make_score

    brief = Brief(parts="flute,cello", avoid="high notes, low notes")
    for plan in avoid_in_cast(choose_cast(brief), brief, make_score("C4:4")):
        assert plan.low == comfort_bound(plan, "low notes") < plan.high
        assert plan.high == comfort_bound(plan, "high notes")
