"""Chord scales: the key bends where the chord leaves it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.theory.chord import NO_CHORD, make_chord, parse_chord
from motet.theory.chord_scale import available_tensions, chord_scale, chord_scale_spelling
from motet.theory.chord_table import QUALITIES
from motet.theory.pitch import position_to_spelling
from motet.theory.scale import Key, key_from_signature, parse_key


@pytest.mark.parametrize(
    ("chord", "key", "names"),
    [
        ("C", "C", "C D E F G A B"),
        ("A7", "C", "A B C# D E F G"),
        ("Fm", "C", "F G Ab B C D E"),
        ("D7", "C", "D E F# G A B C"),
        ("E7", "Am", "E F G# A B C D"),
        ("E7sus4", "Am", "E F G# A B C D"),
        ("Em7", "Am", "E F G A B C D"),
        ("G7", "C", "G A B C D E F"),
        ("Bb7", "C", "Bb C D E F G Ab"),
        ("C7#9", "F", "C D# E F G A Bb"),
    ],
)
def test_the_step_of_the_same_letter_gives_way(chord, key, names):
    spelled = chord_scale_spelling(parse_chord(chord), parse_key(key))
    assert " ".join(spelled) == names


@given(
    st.integers(-6, 6),
    st.sampled_from(sorted(QUALITIES)),
    st.integers(-5, 6),
    st.sampled_from(["major", "minor", "dorian", "yu", "harmonic minor", "blues"]),
)
@settings(max_examples=200)
def test_every_chord_tone_is_in_the_scale_once(place, quality, fifths, mode):
    chord = make_chord(position_to_spelling(place), quality)
    scale = chord_scale(chord, key_from_signature(fifths, mode))
    assert set(chord.pcs) <= set(scale)
    assert len(set(scale)) == len(scale)
    assert scale[0] == chord.root_pc


def test_a_foreign_bass_belongs_too():
    assert 10 in chord_scale(parse_chord("C/Bb"), Key("C"))


def test_no_chord_leaves_the_key_alone():
    assert chord_scale(NO_CHORD, Key("D")) == Key("D").pcs


@pytest.mark.parametrize(
    ("chord", "key", "pcs"),
    [("Cmaj7", "C", (2, 9)), ("Dm7", "C", (4, 7, 11)), ("G7", "C", (9, 4)), ("E7", "Am", (5, 0))],
)
def test_tensions_clash_with_no_chord_tone(chord, key, pcs):
    assert available_tensions(parse_chord(chord), parse_key(key)) == pcs
