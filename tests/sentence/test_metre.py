"""Metres in figures and words."""

from __future__ import annotations

import pytest

from motet.sentence.metre import read_metre
from motet.sentence.text import Sentence


@pytest.mark.parametrize(
    ("text", "metre"),
    [
        ("in 3/4", "3/4"), ("6/8 please", "6/8"), ("six-eight", "6/8"), ("in seven-eight time", "7/8"),
        ("twelve-eight", "12/8"), ("common time", "4/4"), ("cut time", "2/2"), ("alla breve", "2/2"),
        ("in waltz time", "3/4"), ("in five, fast", "5/4"), ("3/4拍", "3/4"), ("四分之三拍", "3/4"),
        ("8分之6拍", "6/8"), ("三拍子", "3/4"), ("六八拍", "6/8"), ("四三拍", "3/4"), ("八六拍", "6/8"),
        ("七八拍", "7/8"), ("５／４", "5/4"), ("4拍子", "4/4"),
    ],
)  # fmt: skip
def test_metres(text: str, metre: str) -> None:
    assert [one.value for one in read_metre(Sentence(text))] == [metre]


@pytest.mark.parametrize(
    "text", ["24/7 happiness", "1/8 notes", "four four-bar phrases", "in two parts", "每分钟90拍"]
)
def test_what_is_no_metre(text: str) -> None:
    assert read_metre(Sentence(text)) == []


@pytest.mark.parametrize(
    "text", ["4/4, 3/4 from bar 9", "4/4,第9小节起3/4", "4/4, at bar 9 it changes to 3/4"]
)
def test_changes_name_their_bar(text: str) -> None:
    assert [(one.field, one.value) for one in read_metre(Sentence(text))] == [
        ("metre", "4/4"),
        ("metre_change", (9, "3/4")),
    ]


def test_bars_before_a_metre_are_no_change() -> None:
    assert [one.field for one in read_metre(Sentence("十六小节,四四拍"))] == ["metre"]
