"""Guitar shapes: known ones, and what every shape must keep to."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.theory.chord import NO_CHORD, make_chord, parse_chord
from motet.theory.chord_table import QUALITIES
from motet.theory.guitar import GUITAR_TUNING, guitar_shape, guitar_shapes
from motet.theory.pitch import position_to_spelling

X = -1


@pytest.mark.parametrize(
    ("chord", "frets"),
    [
        ("C", (X, 3, 2, 0, 1, 0)),
        ("D", (X, X, 0, 2, 3, 2)),
        ("E", (0, 2, 2, 1, 0, 0)),
        ("G", (3, 2, 0, 0, 0, 3)),
        ("A", (X, 0, 2, 2, 2, 0)),
        ("Am", (X, 0, 2, 2, 1, 0)),
        ("Em", (0, 2, 2, 0, 0, 0)),
        ("Dm", (X, X, 0, 2, 3, 1)),
        ("F", (1, 3, 3, 2, 1, 1)),
        ("G7", (3, 2, 0, 0, 0, 1)),
        ("Cmaj7", (X, 3, 2, 0, 0, 0)),
        ("F#m", (2, 4, 4, 2, 2, 2)),
    ],
)
def test_everyday_chords_have_their_everyday_shape(chord, frets):
    shape = guitar_shape(parse_chord(chord))
    assert shape is not None
    assert shape.frets == frets


@given(st.integers(-6, 6), st.sampled_from(sorted(QUALITIES)))
@settings(max_examples=30, deadline=None)
def test_shapes_can_be_played(place, quality):
    chord = make_chord(position_to_spelling(place), quality)
    for shape in guitar_shapes(chord):
        stopped = [fret for fret in shape.frets if fret > 0]
        assert not stopped or max(stopped) - min(stopped) <= 3
        assert shape.n_fingers <= 4
        assert 3 <= len(shape.pitches) <= 6
        sounding = tuple(GUITAR_TUNING[s] + fret for s, fret in enumerate(shape.frets) if fret >= 0)
        assert shape.pitches == sounding
        assert {pitch % 12 for pitch in shape.pitches} <= set(chord.pcs)
        assert shape.pitches[0] % 12 == chord.bass_pc
        third = chord.third_pc
        assert third < 0 or third in {pitch % 12 for pitch in shape.pitches}


def test_every_common_chord_has_a_shape():
    for place in range(-6, 7):
        for quality in ("maj", "min", "7", "m7", "maj7", "m7b5", "dim7", "sus4", "9", "6"):
            assert guitar_shapes(make_chord(position_to_spelling(place), quality)), (place, quality)


def test_a_slash_bass_lies_lowest():
    shape = guitar_shape(parse_chord("D/F#"))
    assert shape is not None
    assert shape.pitches[0] % 12 == 6


def test_the_hand_stays_where_it_is():
    shape = guitar_shape(parse_chord("C"), near_fret=8)
    assert shape is not None
    assert abs(shape.position - 8) <= 1


def test_there_is_no_shape_for_no_chord():
    assert guitar_shape(NO_CHORD) is None
    assert guitar_shapes(parse_chord("C"), low=80, high=88) == ()
