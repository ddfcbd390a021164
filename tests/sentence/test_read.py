"""Sentences to briefs, and any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.brief import Brief
from motet.errors import ParameterError
from motet.sentence import understand

PIECES = st.sampled_from(
    [
        "a sad waltz",
        "120 bpm",
        "in A minor",
        "no drums",
        "not too",
        "Am F C G",
        "ii-V-I",
        "16 bars",
        "AABA",
        "from",
        "to",
        "calm",
        "then",
        "ends",
        "slow",
        "3/4",
        "悲伤的",
        "圆舞曲",
        "升F小调",
        "不要鼓",
        "每分钟90拍",
        "先",
        "后",
        "紧张",
        "第1到8小节",
        "两分钟",
        "钢琴",
        "🎹",
        "《雨》",
        "called 'x'",
        "song.mid",
        "intro8 A16",
        "piano",
        "two violins",
        "above C5",
        ",",
        ".",
        "(",
        ")",
        "'",
        '"',
        "-",
        "/",
        ":",
        "=",
        "9:",
        "and",
        "or",
        "bars 1-8",
        "half-time",
        "in",
        "7",
        "二十",
        "verse",
        "chorus",
    ]
)


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=24))
def test_any_heap_of_words_gives_a_brief_that_can_be_told(words: list[str]) -> None:
    understood = understand(" ".join(words))
    assert Brief(
        **{name: getattr(understood.full, name) for name in ("key", "metre", "form", "bars")}
    )
    assert understood.tell("en")
    assert understood.tell("zh")
    for one in understood.found:
        assert 0 <= one.start < one.end <= len(understood.text)


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=120).filter(lambda text: text.strip()))
def test_any_text_is_read(text: str) -> None:
    understand(text).to_dict()


@pytest.mark.parametrize(
    "piece",
    ["a", "一", "8小节", "Am ", "not ", "calm then ", "1 ", "verse ", "(", "3/4 ", "🎹", "IV "],
)
def test_long_texts_are_read(piece: str) -> None:
    understand((piece * 4000)[:4000])


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_no_text_and_too_much_are_errors_in_both_languages(text: str) -> None:
    with pytest.raises(ParameterError) as caught:
        understand(text)
    assert "句子" in caught.value.localised("zh")


def test_the_whole_of_a_long_wish() -> None:
    brief = understand(
        "A song called 'Rain': starts calm and gets tense, jazzy adventurous chords, swing feel, 96 bpm, "
        "in D dorian, intro4 A8 B8, flute melody and piano, staccato, no leaps, seed 5, 3 candidates"
    ).brief
    assert (brief.title, brief.qpm, brief.key, brief.form, brief.bars) == (
        "Rain",
        96,
        "D dorian",
        "intro4 A8 B8",
        20,
    )
    assert (brief.feel, brief.articulation, brief.avoid, brief.seed, brief.candidates) == (
        "swing", "staccato", ("leaps",), 5, 3,
    )  # fmt: skip
    assert brief.surprise == 0.75
    assert len(brief.emotion_curve) == 2


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("half-time feel", "feel", "half-time"), ("laid back", "feel", "laid-back"), ("不要摇摆", "feel",
        "straight"),
        ("half-time shuffle", "feel", "half-time"), ("连奏", "articulation", "legato"), ("断奏",
        "articulation", "staccato"),
        ("simple chords", "surprise", 0.1), ("大胆的和弦", "surprise", 0.75), ("atonal", "harmony", "free"),
        ("minimal", "intensity", 1), ("through-composed", "repeats", "new"), ("quantised", "humanise", 0.0),
    ],
)  # fmt: skip
def test_manners(text: str, field: str, value: object) -> None:
    assert getattr(understand(text).brief, field) == value
