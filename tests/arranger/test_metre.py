"""Metres as text."""

from __future__ import annotations

import pytest

from motet.arranger import parse_metre
from motet.errors import ParameterError


@pytest.mark.parametrize(
    ("text", "pair"), [("3/4", (3, 4)), (" 12 / 8 ", (12, 8)), ("1/2", (1, 2)), ("32/16", (32, 16))]
)
def test_metres_are_read(text: str, pair: tuple[int, int]) -> None:
    assert parse_metre(text) == pair


@pytest.mark.parametrize(
    "text", ["", "3", "3/", "0/4", "33/4", "4/3", "-3/4", "3/4/4", "３拍", "4/32"]
)
def test_what_is_no_metre_is_told(text: str) -> None:
    with pytest.raises(ParameterError, match="a metre looks like") as caught:
        parse_metre(text)
    assert "拍号" in caught.value.zh
