"""Chords: tones, symbols, transposition, recognition."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.theory.chord import NO_CHORD, chord_from_pcs, make_chord, parse_chord
from motet.theory.chord_table import QUALITIES
from motet.theory.pitch import position_to_spelling, spelling_to_pc

ROOTS = [position_to_spelling(place) for place in range(-6, 7)]
SIXTHS = ("It6", "Fr6", "Ger6")


@pytest.mark.parametrize(
    ("text", "tones"),
    [
        ("F#m7b5", "F# A C E"),
        ("Ebmaj9", "Eb G Bb D F"),
        ("B7alt", "B D# A C C## G"),
        ("Dbm", "Db Fb Ab"),
        ("G13", "G B D F A E"),
        ("A7sus4", "A D E G"),
        ("Bbdim7", "Bb Db Fb Abb"),
        ("C7#9", "C E G Bb D#"),
    ],
)
def test_tones_are_spelled(text, tones):
    assert " ".join(parse_chord(text).tones()) == tones


@given(st.sampled_from(ROOTS), st.sampled_from(sorted(set(QUALITIES) - set(SIXTHS))))
@settings(max_examples=150)
def test_symbols_read_back_as_the_same_chord(root, quality):
    chord = make_chord(root, quality)
    assert parse_chord(chord.symbol) == chord
    assert tuple(dict.fromkeys(spelling_to_pc(one) for one in chord.tones())) == chord.pcs


@pytest.mark.parametrize(
    "text", ["Cmaj7(no3)", "C7(no5)", "Cadd9(add#11)", "C7omit3", "Cm(b9)", "Cmaj9(no3)/D"]
)
def test_chords_outside_the_table_read_back_too(text):
    chord = parse_chord(text)
    assert parse_chord(chord.symbol).pcs == chord.pcs


def test_augmented_sixths_print_as_what_they_sound():
    for name, symbol in zip(SIXTHS, ("Ab7no5", "Ab7b5", "Ab7")):
        chord = make_chord("Ab", name)
        assert chord.symbol == symbol
        assert set(parse_chord(symbol).pcs) == set(chord.pcs)


def test_what_a_chord_knows():
    chord = parse_chord("Dm7/G")
    assert (chord.root_pc, chord.bass_pc, chord.pcs) == (2, 7, (2, 5, 9, 0))
    assert chord.guide_tones == (5, 0)
    assert chord.fifth_pc == 9
    assert chord.is_minor
    assert not chord.is_dominant
    assert parse_chord("G7sus4").is_dominant
    assert parse_chord("C6").guide_tones == (4, 9)
    assert parse_chord("Bm7b5").fifth_pc == 5


def test_no_chord_is_empty():
    assert parse_chord("N.C.") is NO_CHORD
    assert NO_CHORD.pcs == NO_CHORD.tones() == NO_CHORD.guide_tones == ()
    assert NO_CHORD.root_pc == NO_CHORD.bass_pc == -1
    assert NO_CHORD.symbol == "N.C."
    assert NO_CHORD.transposed(shift_semi=3) is NO_CHORD


@given(
    st.sampled_from(ROOTS),
    st.sampled_from(sorted(QUALITIES)),
    st.integers(-11, 11),
)
@settings(max_examples=80)
def test_transposing_moves_every_tone(root, quality, shift):
    chord = make_chord(root, quality)
    moved = chord.transposed(shift_semi=shift)
    assert moved.pcs == tuple((pc + shift) % 12 for pc in chord.pcs)
    assert moved.quality == chord.quality


@pytest.mark.parametrize(
    ("pcs", "bass", "symbol"),
    [
        ({0, 4, 7}, None, "C"),
        ({0, 4, 7}, 4, "C/E"),
        ({9, 0, 4, 7}, 9, "Am7"),
        ({7, 11, 2, 5}, 7, "G7"),
        ({7, 11, 5}, 7, "G7"),
        ({2, 5, 8, 0}, 2, "Dm7b5"),
        ({0, 7}, 0, "C5"),
        ({0, 5, 7}, 0, "Csus4"),
        ({0, 4, 8}, 0, "Caug"),
    ],
)
def test_pitch_classes_are_recognised(pcs, bass, symbol):
    assert chord_from_pcs(pcs, bass=bass).symbol == symbol


@given(
    st.sampled_from(["maj", "min", "7", "maj7", "m7", "m7b5", "dim7", "9", "sus4", "m6"]),
    st.integers(0, 11),
)
@settings(max_examples=60)
def test_what_is_recognised_has_the_same_pitch_classes(quality, shift):
    chord = make_chord("C", quality).transposed(shift_semi=shift)
    found = chord_from_pcs(chord.pcs, bass=chord.root_pc)
    assert set(found.pcs) == set(chord.pcs)
    assert found.root_pc == chord.root_pc


def test_one_note_is_no_chord():
    assert chord_from_pcs({3}) is NO_CHORD
    assert chord_from_pcs(()) is NO_CHORD
