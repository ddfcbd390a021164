"""Harmonic functions."""

import pytest

from motet.theory.chord import parse_chord
from motet.theory.function import FUNCTIONS, function_of
from motet.theory.roman import roman_to_chord
from motet.theory.scale import parse_key


@pytest.mark.parametrize(
    ("chord", "key", "kind"),
    [
        ("C", "C", "tonic"),
        ("Am7", "C", "tonic"),
        ("Dm7", "C", "subdominant"),
        ("F", "C", "subdominant"),
        ("G7", "C", "dominant"),
        ("Bdim", "C", "dominant"),
        ("D7", "C", "secondary dominant"),
        ("F#dim7", "C", "secondary dominant"),
        ("Fm", "C", "borrowed"),
        ("Bb", "C", "borrowed"),
        ("Db/F", "C", "neapolitan"),
        ("E7", "Am", "dominant"),
        ("Am", "Am", "tonic"),
        ("Dm", "Am", "subdominant"),
        ("C7", "C", "tonic"),
        ("F7", "C", "subdominant"),
        ("G7b9", "C", "dominant"),
        ("F#", "C", "chromatic"),
        ("N.C.", "C", "none"),
    ],
)
def test_chords_have_their_function(chord, key, kind):
    assert function_of(parse_chord(chord), parse_key(key)).kind == kind


def test_augmented_sixths_are_named():
    key = parse_key("Cm")
    assert function_of(roman_to_chord("Ger65", key), key).kind == "augmented sixth"


def test_texts_exist_in_both_languages():
    function = function_of(parse_chord("A7"), parse_key("C"))
    assert function.target == "ii"
    assert "ii" in function.text()
    assert "ii" in function.text(language="zh")
    assert all(en and zh and en != zh for en, zh in FUNCTIONS.values())
