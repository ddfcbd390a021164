"""Every part has a name of its own."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.project.name import find_name, give_names, spell_out
from motet.score import Part, Score


def names(*given: str) -> list[str]:
    return [p.name for p in give_names(Score(parts=tuple(Part(name=n) for n in given))).parts]


def test_names_differ() -> None:
    assert names("Violin", "Violin", "Violin") == ["Violin", "Violin 2", "Violin 3"]
    assert names("", "", " ") == ["Part 1", "Part 2", "Part 3"]
    assert names("A", "A", "A 2") == ["A", "A 3", "A 2"]
    assert names("Flute", "Oboe") == ["Flute", "Oboe"]


BAND = Score(
    parts=(
        Part(name="Flute", role="melody"),
        Part(name="Nylon Guitar", role="comping"),
        Part(name="Upright Bass", role="bass"),
        Part(name="Bass Clarinet", role="counter"),
    )
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("flute", "Flute"), ("bass", "Upright Bass"), ("低音", "Upright Bass"), ("guitar", "Nylon Guitar"),
        ("Clarinet", "Bass Clarinet"), ("melody", "Flute"), ("Kazoo", "Kazoo"),
        ("upright  bass", "Upright Bass"),
    ],
)  # fmt: skip
def test_what_people_call_a_part(said: str, meant: str) -> None:
    assert find_name(BAND, said) == meant
    assert spell_out(BAND, f"{said}:5-8, 12") == f"{meant}:5-8, 12"


def test_places_without_a_part_stay() -> None:
    assert [spell_out(BAND, one) for one in ("5-8", "", "*", " Flute ", ":3")] == [
        "5-8", "", "*", "Flute", "3"
    ]  # fmt: skip


def test_two_that_could_be_meant() -> None:
    with pytest.raises(ParameterError, match="Flute or Nylon Guitar") as caught:
        find_name(BAND, "l")
    assert "请写出" in caught.value.zh
