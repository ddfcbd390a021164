"""Lengths that are reckoned."""

from __future__ import annotations

import pytest

from motet.sentence.multiple import read_multiples
from motet.sentence.text import Sentence


@pytest.mark.parametrize(
    ("text", "bars"),
    [
        ("two 8-bar phrases", 16),
        ("16 bars, played twice", 32),
        ("an 8-bar loop repeated three times", 24),
        ("8 bars x 3", 24),
        ("twice as long as an ordinary eight-bar phrase", 16),
        ("half of 32 bars", 16),
        ("sixteen plus eight bars", 24),
        ("4+4+8 bars", 16),
        ("八小节重复三遍", 24),
        ("两段each 8 bars", 16),
        ("四句,每句四小节", 16),
        ("三个四小节的乐句", 12),
    ],
)
def test_products_and_sums(text: str, bars: int) -> None:
    assert [one.value for one in read_multiples(Sentence(text))] == [bars]


@pytest.mark.parametrize(
    "text",
    [
        "16 bars",
        "bars 8 and 16",
        "two flutes, 8 bars",
        "12 bars in 3/4",
        "a hymn, four parts, 16 bars",
        "两把吉他,八小节",
    ],
)
def test_single_numbers_are_left_alone(text: str) -> None:
    assert read_multiples(Sentence(text)) == []


def test_what_is_reckoned_is_claimed() -> None:
    sentence = Sentence("16 bars, played twice")
    read_multiples(sentence)
    assert sentence.rest().strip() == ""
