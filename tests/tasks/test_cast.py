"""Who plays what, within which bounds."""

from __future__ import annotations

from typing import Any

import pytest

from motet.brief import Brief, PartBrief
from motet.errors import ConstraintError
from motet.tasks.cast import choose_cast, plan_part
from motet.tokens.vocab import STYLES


def test_every_style_has_a_cast_with_a_tune_or_drums() -> None:
    for style in STYLES:
        cast = choose_cast(Brief(style=style))
        assert 1 <= len(cast) <= 8, style
        roles = [plan.role for plan in cast]
        assert "melody" in roles or roles == ["drums"], style
        assert len({plan.name for plan in cast}) == len(cast)
        for plan in cast:
            found = plan.found
            assert plan.is_drums or found.low <= plan.low < plan.high <= found.high, (style, plan)


def test_two_pianos_are_told_apart_in_both_languages() -> None:
    cast = choose_cast(Brief(parts="piano:melody,piano:comping"))
    assert [plan.name for plan in cast] == ["Piano 1", "Piano 2"]
    assert [plan.name_zh for plan in cast] == ["钢琴 1", "钢琴 2"]


def test_single_voices_by_role_and_instrument() -> None:
    cast = choose_cast(Brief(parts="piano:melody,piano,flute,strings"))
    assert [plan.polyphony for plan in cast] == [1, 5, 1, 4]


def test_what_is_asked_for_wins() -> None:
    wish = PartBrief(
        instrument="piano", low=50, high=60, density=[1, 2], polyphony=2, rests="2", rhythm="xx"
    )
    plan = plan_part(wish, role="comping")
    assert (plan.low, plan.high, plan.density, plan.polyphony) == (50, 60, (1.0, 2.0), 2)
    assert plan.rests == {1}
    assert plan.asked == {"low", "high", "density", "polyphony", "rests", "rhythm"}


def test_half_a_range_finds_its_other_half() -> None:
    assert plan_part(PartBrief(instrument="flute", low=84), role="melody").high == 98
    assert plan_part(PartBrief(instrument="flute", high=62), role="melody").low == 60


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"instrument": "flute", "polyphony": 3}, "polyphony"),
        ({"instrument": "flute", "low": 20, "high": 30}, "20"),
        ({"instrument": "acoustic_bass", "low": 90}, "90"),
    ],
)
def test_clashes_with_the_instrument_are_named(options: dict[str, Any], word: str) -> None:
    with pytest.raises(ConstraintError) as caught:
        choose_cast(Brief(parts=[options]))
    assert word in str(caught.value)
    assert word in caught.value.localised("zh")


def test_who_wants_no_brass_hears_no_trumpet() -> None:
    def families(**wish: object) -> set[str]:
        return {one.found.family for one in choose_cast(Brief(**wish))}  # type: ignore[arg-type]

    for style in ("salsa", "string-quartet"):
        if "brass" in families(style=style):
            assert "brass" not in families(style=style, avoid=("brass",))
    assert "strings" in families(style="orchestral")
    assert "strings" not in families(style="orchestral", avoid=("strings", "double_bass"))
