"""Phrases found, the longest first, misspellings mended."""

from __future__ import annotations

import pytest

from motet.brief.emotion import EMOTIONS
from motet.brief.style_name import STYLE_NAMES_ZH
from motet.sentence.lexicon import load_lexicon, tokens_of
from motet.sentence.text import Sentence
from motet.theory.instrument import INSTRUMENTS
from motet.tokens.vocab import STYLES


def say(text: str, field: str) -> list[object]:
    """Return the values of a field that the lexicon finds."""
    hits = load_lexicon().find(Sentence(text))
    return [effect.value for hit in hits for effect in hit.effects if effect.field == field]


@pytest.mark.parametrize("style", STYLES)
def test_every_style_is_reached_in_both_languages(style: str) -> None:
    from motet.sentence import understand

    zh = {"drum-jazz": "爵士鼓点"}.get(style, STYLE_NAMES_ZH[style])  # 爵士鼓 is the drum kit
    for name in (style.replace("-", " "), zh):
        brief = understand(f"{name}").full
        assert brief.style == style or style in ("guitar", "organ", "keyboard", "choral"), name


@pytest.mark.parametrize("name", sorted(INSTRUMENTS))
def test_every_instrument_is_reached_in_both_languages(name: str) -> None:
    found = INSTRUMENTS[name]
    family = {one.identifier for one in INSTRUMENTS.values() if one.program == found.program}
    for word in (found.name, found.name_zh):
        got = set(say(word, "instrument")) | {
            part.split(":")[0].strip()
            for parts in say(word, "parts")
            for part in str(parts).split(",")
        }
        assert got & (family | {name}) or name in ("crystal", "atmosphere"), word


@pytest.mark.parametrize("word", sorted(EMOTIONS))
def test_every_word_of_the_brief_for_emotions_is_known(word: str) -> None:
    assert say(word, "mood") == [EMOTIONS[word]]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("celllo", "instrument", "cello"), ("saxaphone", "instrument", "alto_sax"), ("pinao", "instrument",
        "piano"),
        ("accordian", "instrument", "accordion"), ("baroqe", "style", "baroque"), ("flamenko", "style",
        "guitar"),
        ("刚琴", "instrument", "piano"), ("长迪", "instrument", "flute"), ("悲商", "mood", (-0.7, -0.4)),
        ("cellos", "instrument", "cello"), ("saddest", "mood", (-0.7, -0.4)), ("waltzes", "style", "waltz"),
        ("鋼琴", "instrument", "piano"), ("８位", "style", "chiptune"),
    ],
)  # fmt: skip
def test_other_forms_and_misspellings(text: str, field: str, value: object) -> None:
    assert value in say(text, field)


@pytest.mark.parametrize(
    "text", ["minute", "quarter", "butter", "through", "friends", "chance", "western point"]
)
def test_common_words_are_not_mended_to_music(text: str) -> None:
    assert say(text, "instrument") == say(text, "style") == say(text, "mood") == []


def test_the_longest_phrase_wins_and_and_strings_is_not_chords() -> None:
    assert say("string quartet", "instrument") == []
    assert say("双簧管和弦乐", "instrument") == ["oboe", "strings"]
    assert say("bass clarinet", "instrument") == ["bass_clarinet"]
    assert [one.text for one in tokens_of("a 8-bit 曲")] == ["a", "8", "bit", "曲"]


@pytest.mark.parametrize(
    ("text", "instrument"),
    [("overdriven 吉他", "overdriven_guitar"), ("upright 贝斯", "acoustic_bass")],
)
def test_a_noun_in_the_other_language(text: str, instrument: str) -> None:
    hits = load_lexicon().find(Sentence(text))
    assert [(one.effects[0].field, one.effects[0].value) for one in hits] == [
        ("instrument", instrument)
    ]
