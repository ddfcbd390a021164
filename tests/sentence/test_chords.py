"""Chords by letters, numerals, digits and names."""

from __future__ import annotations

import pytest

from motet.sentence.chords import read_chords
from motet.sentence.text import Sentence
from motet.theory import parse_key, parse_progression


@pytest.mark.parametrize(
    ("text", "chords"),
    [
        ("over Am F C G", "Am F C G"), ("Am-F-C-G, pop", "Am F C G"), ("chords: C G", "C G"),
        ("| Dm7 | G7 | Cmaj7 |", "Dm7 G7 Cmaj7"), ("Dm7 to Em7", "Dm7 Em7"), ("Am6, Dm6, E7.", "Am6 Dm6 E7"),
        ("C→G→Am→F", "C G Am F"), ("F♯m D A E", "F#m D A E"), ("和弦 C Am F G", "C Am F G"),
        ("ii-V-I in Bb", "ii V I"), ("II-V-I", "ii V I"), ("I vi IV V", "I vi IV V"), ("i-iv-V", "i iv V"),
        ("Ⅰ-Ⅴ-Ⅵ-Ⅳ", "I V vi IV"), ("1645进行", "I vi IV V"), ("1-5-6-4", "I V vi IV"), ("一六四五进行",
        "I vi IV V"),
        ("卡农进行", "I V vi iii IV I IV V"), ("doo-wop progression", "I vi IV V"), ("王道进行", "IV V iii vi"),
        ("in C, Am F G", "Am F G"),
    ],
)  # fmt: skip
def test_progressions(text: str, chords: str) -> None:
    found = [one.value for one in read_chords(Sentence(text)) if one.field == "chords"]
    assert found == [chords]
    parse_progression(found[0], key=parse_key("C"))


def test_chords_that_share_a_bar_keep_their_bar_lines() -> None:
    assert read_chords(Sentence("| Dm7 G7 | C |"))[0].value == "| Dm7 G7 | C |"


def test_a_twelve_bar_blues_says_style_and_length_too() -> None:
    found = {one.field: one.value for one in read_chords(Sentence("a 12-bar blues in E"))}
    assert found["style"] == "blues"
    assert found["blues_bars"] == 12
    assert len(found["chords"].split()) == 12


@pytest.mark.parametrize(
    "text",
    [
        "A B A form",
        "E minor, D major",
        "I am sad",
        "A Boy and A Girl",
        "in 2024",
        "1984",
        "CD EP",
        "AABA",
        "A 16 bar F",
    ],
)
def test_what_is_no_progression(text: str) -> None:
    assert read_chords(Sentence(text)) == []
