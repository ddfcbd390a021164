"""What chords do, in words."""

from __future__ import annotations

import pytest

from motet.tasks.harmonise.palette import find_palette
from motet.tasks.harmonise.words import ChordStory, tell_chord
from motet.theory import Key, parse_chord


@pytest.mark.parametrize(
    ("symbol", "after", "start"),
    [
        ("C", "F", "tonic"),
        ("F", "C", "subdominant"),
        ("A7", "Dm", "secondary dominant: leads to ii"),
        ("Ab9", "G7", "tritone substitute"),
        ("Bb9", "C", "backdoor"),
        ("C/G", "G7", "cadential six-four"),
        ("D#dim7", "Em", "passing diminished"),
        ("Fm", "C", "borrowed"),
        ("C/E", "F", "tonic: home, rest; inverted"),
    ],
)
def test_functions(symbol: str, after: str, start: str) -> None:
    en, zh = tell_chord(parse_chord(symbol), Key("C"), following=parse_chord(after))
    assert en.startswith(start)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in zh)


@pytest.mark.parametrize("key", [Key("C"), Key("F#", "minor")])
def test_every_chord_of_every_palette_has_words(key: Key) -> None:
    for entry in find_palette(key, 3):
        en, zh = tell_chord(entry.chord, key)
        assert en
        assert "{" not in en + zh
        assert "here )" not in en


def test_a_story_is_plain() -> None:
    story = ChordStory(bar=1, symbol="C", roman="I", function=("tonic", "主"), bits=1.234)
    assert story.facts() == {
        "bar": 1,
        "symbol": "C",
        "roman": "I",
        "function": "tonic",
        "bits": 1.23,
    }
