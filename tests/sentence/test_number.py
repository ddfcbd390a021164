"""Numbers in words, digits and Chinese numerals."""

from __future__ import annotations

import re

import pytest

from motet.sentence.number import NUMBER, read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7), ("96.5", 96.5), ("twelve", 12), ("thirty-two", 32), ("a hundred and twenty", 120),
        ("one forty", 140), ("one twenty-five", 125), ("a dozen", 12), ("十", 10), ("十二", 12),
        ("二十", 20), ("九十五", 95), ("一百二十", 120), ("一百二", 120), ("两百", 200), ("一零八", 108),
    ],
)  # fmt: skip
def test_numbers_are_read_and_matched_whole(text: str, value: float) -> None:
    assert re.fullmatch(NUMBER, text)
    assert read_number(text) == value


def test_words_that_only_contain_a_number_are_none() -> None:
    assert re.search(NUMBER, "someone often weightless") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("two dozen", 24), ("an even dozen", 12), ("half dozen", 6), ("one-oh-five", 105)],
)
def test_dozens_and_ohs(text: str, value: float) -> None:
    assert re.fullmatch(NUMBER, text)
    assert read_number(text) == value
