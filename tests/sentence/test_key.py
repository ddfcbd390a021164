"""Keys and modes."""

from __future__ import annotations

import pytest

from motet.sentence.key import read_key
from motet.sentence.text import Sentence
from motet.theory.scale import parse_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("in C", "C"), ("in E flat major", "Eb"), ("key of F sharp minor", "F# minor"), ("F#m", "F# minor"),
        ("in B-flat, slow", "Bb"), ("E♭ major", "Eb"), ("D dorian", "D dorian"), ("in G mixolydian",
        "G mixolydian"),
        ("A harmonic minor", "A harmonic minor"), ("e minor", "E minor"), ("in a minor", "A minor"),
        ("in A minor with strings", "A minor"), ("C-sharp minor", "C# minor"), ("key=Am bars=4", "A minor"),
        ("a tango, Db", "Db"), ("relative minor of C", "A minor"), ("C大调", "C"), ("a小调", "A minor"),
        ("升F小调", "F# minor"), ("降E大调", "Eb"), ("升c小调", "C# minor"), ("Bb大调", "Bb"), ("G调", "G"),
        ("1=F", "F"), ("D羽调式", "D yu"), ("G多利亚", "G dorian"), ("ｆ小调", "F minor"), ("a blues in G",
        "G"),
        ("E minor pentatonic", "E minor pentatonic"), ("C自然小调", "C minor"), ("A和声小调",
        "A harmonic minor"),
    ],
)  # fmt: skip
def test_keys(text: str, key: str) -> None:
    found = [one.value for one in read_key(Sentence(text)) if one.field == "key"]
    assert [parse_key(one) for one in found] == [parse_key(key)]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("in a minor key", "minor"), ("a minor key waltz", "minor"), ("major key", "major"), ("用小调",
        "minor"),
        ("大调,欢快", "major"), ("dorian mode", "dorian"), ("in minor, slow", "minor"),
    ],
)  # fmt: skip
def test_modes_without_a_tonic(text: str, mode: str) -> None:
    assert [(one.field, one.value) for one in read_key(Sentence(text))] == [("mode", mode)]


@pytest.mark.parametrize(
    "text",
    [
        "a minor detail",
        "江南小调",
        "in a cafe",
        "drop D riff",
        "a major hit",
        "vitamin C for you",
        "be good",
    ],
)
def test_what_is_no_key(text: str) -> None:
    assert read_key(Sentence(text)) == []
