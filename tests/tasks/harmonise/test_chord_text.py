"""Chords of a text with open places."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.tasks.harmonise.chord_text import (
    find_home,
    read_chord,
    read_chords,
    style_colour,
    style_name,
)
from motet.theory import Key, parse_chord


@pytest.mark.parametrize(
    "text", ["C Am ? G7", "| C | Am | ? G7 |", "C, Am, _ , G7", "C - Am - \uff1f - G7"]
)
def test_ways_to_write_it(text: str) -> None:
    assert [one and one.symbol for one in read_chords(text, "")] == ["C", "Am", None, "G7"]


def test_numerals_need_a_key() -> None:
    assert read_chord("IV", Key("G")).symbol == "C"
    assert [one.symbol for one in read_chords("ii7 V7", "Bb") if one] == ["Cm7", "F7"]
    with pytest.raises(ParameterError, match="key"):
        read_chord("IV", None)
    with pytest.raises(ParameterError):
        read_chords("C Xyz", "")


def test_percent_repeats_and_keys_are_found() -> None:
    assert [one and one.symbol for one in read_chords("Am %", "")] == ["Am", "Am"]
    assert find_home([parse_chord("Dm"), None, parse_chord("A7")]).name() == "D minor"


def test_styles() -> None:
    assert style_name("swing") == "swing"
    assert style_colour("") == ""
    with pytest.raises(ParameterError):
        style_name("no-such-style")
