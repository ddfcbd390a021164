"""Guessing the key of a progression."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.theory.key_guess import guess_key
from motet.theory.progression import parse_progression

CASES = [
    ("Dm7 G7 Cmaj7", "C major"),
    ("Am7 D7 Gmaj7", "G major"),
    ("C G Am F", "C major"),
    ("Am F C G", "C major"),
    ("G D Em C", "G major"),
    ("D A Bm F#m G D G A", "D major"),
    ("Am Dm E7 Am", "A minor"),
    ("Em Am B7 Em", "E minor"),
    ("Am G F E", "A minor"),
    ("Dm C Bb A7", "D minor"),
    ("C7 F7 C7 C7 F7 F7 C7 C7 G7 F7 C7 C7", "C major"),
    ("E7 A7 E7 E7 A7 A7 E7 E7 B7 A7 E7 B7", "E major"),
    ("Bm7b5 E7 Am", "A minor"),
    ("Cm7 F7 Bbmaj7 Ebmaj7 Am7b5 D7 Gm6 Gm6", "G minor"),
    ("Ebm Cb Gb Db", "Gb major"),
    ("C F G C", "C major"),
    ("Cmaj7 A7 Dm7 G7", "C major"),
]


@pytest.mark.parametrize(("text", "key"), CASES)
def test_obvious_keys_are_found(text, key):
    assert guess_key(parse_progression(text)).name() == key


@given(st.sampled_from(CASES), st.integers(-11, 11))
@settings(max_examples=40)
def test_transposing_moves_the_key_with_it(case, shift):
    chords = parse_progression(case[0]).chords
    home = guess_key(chords)
    moved = guess_key([chord.transposed(shift_semi=shift) for chord in chords])
    assert moved.tonic_pc == (home.tonic_pc + shift) % 12
    assert moved.mode == home.mode


def test_no_chords_mean_c_major():
    assert guess_key([]).name() == "C major"
    assert guess_key(parse_progression("N.C.")).name() == "C major"
