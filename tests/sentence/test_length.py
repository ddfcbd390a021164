"""Bars and seconds."""

from __future__ import annotations

import pytest

from motet.sentence.length import read_length
from motet.sentence.text import Sentence


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("16 bars", "bars", 16), ("sixteen measures", "bars", 16), ("a 24-bar tune", "bars", 24),
        ("thirty-two bars", "bars", 32), ("16 to 32 bars", "bars", 24), ("bars: 20", "bars", 20),
        ("十六小节", "bars", 16), ("32个小节", "bars", 32), ("小节=16", "bars", 16), ("16 bras", "bars", 16),
        ("two minutes", "seconds", 120), ("a minute and a half", "seconds", 90), ("half a minute",
        "seconds", 30),
        ("one minute", "seconds", 60), ("90 seconds", "seconds", 90), ("45s", "seconds", 45), ("1:30",
        "seconds", 90),
        ("两分钟", "seconds", 120), ("一分半钟", "seconds", 90), ("半分钟", "seconds", 30), ("两分半",
        "seconds", 150),
        ("1分20秒", "seconds", 80), ("二十来秒", "seconds", 20), ("a short piece", "length", "short"),
        ("一首短曲", "length", "short"),
    ],
)  # fmt: skip
def test_lengths(text: str, field: str, value: object) -> None:
    assert [(one.field, one.value) for one in read_length(Sentence(text))] == [(field, value)]


@pytest.mark.parametrize(
    "text",
    ["第8小节", "every 4 bars", "80s synth", "the 1920s", "per minute", "short notes", "四分音符"],
)
def test_what_is_no_length(text: str) -> None:
    assert read_length(Sentence(text)) == []
