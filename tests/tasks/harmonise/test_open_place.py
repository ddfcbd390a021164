"""Open places: what could stand there, from safe to surprising."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.tasks.harmonise.open_place import fill_progression


def test_options_rise_in_surprise_and_differ() -> None:
    (place,), key = fill_progression("C Am F ?", n=8)
    assert key.name() == "C major"
    bits = [one.bits for one in place.options]
    assert bits == sorted(bits)
    assert len({one.symbol for one in place.options}) == 8
    assert place.options[0].symbol in ("G", "G7")


def test_two_places_and_a_replacement() -> None:
    places, _ = fill_progression("C ? F ?")
    assert [one.number for one in places] == [2, 4]
    (one,), _ = fill_progression("C Am F G", at=2)
    assert one.number == 2
    assert any(option.symbol == "Am" for option in one.options)


def test_what_follows_counts() -> None:
    before_dm = fill_progression("C ? Dm G7")[0][0].options
    before_c = fill_progression("F ? C F")[0][0].options
    assert {one.symbol for one in before_dm[:3]} & {"A7", "F"}
    assert before_c[0].symbol in ("G7", "G")


def test_facts_are_plain() -> None:
    option = fill_progression("C ?")[0][0].options[0]
    assert set(option.facts()) == {"symbol", "roman", "function", "bits"}


@pytest.mark.parametrize(("text", "at"), [("C F G", None), ("C F", 3), ("", None), ("C F", 0)])
def test_mistakes(text: str, at: int | None) -> None:
    with pytest.raises(ParameterError):
        fill_progression(text, at=at)
