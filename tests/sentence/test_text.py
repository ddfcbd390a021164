"""Preparing a sentence keeps every place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.sentence.text import MAX_LETTERS, Sentence, has_chinese


@settings(max_examples=80)
@given(st.text(min_size=1, max_size=80).filter(lambda text: text.strip()))
def test_places_stay(text: str) -> None:
    one = Sentence(text)
    assert len(one.text) == len(one.low) == len(text)


def test_width_signs_and_traditional_letters() -> None:
    assert Sentence("ＢＰＭ:９６ B♭ 鋼琴獨奏,歡快").text == "BPM:96 Bb 钢琴独奏,欢快"
    assert has_chinese("a 曲")
    assert not has_chinese("a tune")


@pytest.mark.parametrize("text", ["", "  \n\t ", "a" * (MAX_LETTERS + 1)])
def test_nothing_and_too_much_are_refused(text: str) -> None:
    with pytest.raises(ParameterError, match="sentence"):
        Sentence(text)


def test_claimed_letters_are_found_no_more() -> None:
    one = Sentence("aa aa")
    one.claim(0, 2)
    assert [match.start() for match in one.find("aa")] == [3]
    assert one.rest() == "   aa"
