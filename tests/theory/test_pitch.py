"""Pitches: names, spelling, the line of fifths."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.theory.pitch import (
    clean_spelling,
    fifths_position,
    octave_of,
    parse_pitch,
    pitch_name,
    position_to_spelling,
    spell_line,
    spell_pitch,
    spelling_to_pc,
    transpose_spelling,
)

_PCS = "C:0 C#:1 Db:1 D:2 Fb:4 E#:5 F#:6 Gb:6 G##:9 Bbb:9 B:11 Cb:11 B#:0"


@pytest.mark.parametrize("pair", _PCS.split())
def test_spellings_name_their_pitch_class(pair):
    name, pc = pair.split(":")
    assert spelling_to_pc(name) == int(pc)


def test_the_line_of_fifths_runs_from_flats_to_sharps():
    names = ["Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#"]
    assert [fifths_position(name) for name in names] == list(range(-3, 8))


@given(st.integers(-40, 40))
@settings(max_examples=60)
def test_every_place_on_the_line_has_a_name_of_the_right_pitch_class(position):
    assert spelling_to_pc(position_to_spelling(position)) == position * 7 % 12


@given(st.integers(-15, 19))
@settings(max_examples=40)
def test_names_and_places_are_inverse(position):
    assert fifths_position(position_to_spelling(position)) == position


@pytest.mark.parametrize(
    ("pitch", "spelling", "octave"),
    [(60, "C", 4), (60, "B#", 3), (59, "Cb", 4), (59, "B", 3), (72, "Dbb", 5), (0, "C", -1)],
)
def test_octaves_follow_the_letter(pitch, spelling, octave):
    assert octave_of(pitch, spelling) == octave
    assert parse_pitch(f"{spelling}{octave}") == (pitch, spelling)


@given(st.integers(0, 127), st.integers(-7, 7))
@settings(max_examples=80)
def test_names_read_back_as_the_same_pitch(pitch, fifths):
    spelling = spell_pitch(pitch, fifths=fifths)
    if "##" not in spelling:
        name = pitch_name(pitch, spelling)
        assert parse_pitch(name) == (pitch, spelling)


@pytest.mark.parametrize(
    ("fifths", "names"),
    [
        (0, "C C# D Eb E F F# G G# A Bb B"),
        (-3, "C Db D Eb E F Gb G Ab A Bb B"),
        (4, "B# C# D D# E E# F# G G# A A# B"),
    ],
)
def test_chromatic_notes_are_spelled_near_the_key(fifths, names):
    assert [spell_pitch(pc, fifths=fifths) for pc in range(12)] == names.split()


def test_a_chord_decides_the_spelling():
    assert spell_pitch(63, fifths=0, chord_tones=("C", "E", "G", "Bb", "D#")) == "D#"


def test_passing_notes_are_sharp_upwards_and_flat_downwards():
    assert spell_line((67, 68, 69, 68, 67)) == ("G", "G#", "A", "Ab", "G")
    assert spell_line((62, 63, 64)) == ("D", "D#", "E")
    assert spell_line((69, 68), chord_tones=(("A",), ("E", "G#", "B"))) == ("A", "G#")


def test_transposing_keeps_the_interval():
    assert transpose_spelling("B", shift_fifths=4) == "D#"
    assert transpose_spelling("Db", shift_fifths=-3) == "Fb"


def test_unicode_is_read():
    assert clean_spelling("A♭") == "Ab"
    assert parse_pitch("c♯5") == (73, "C#")


@pytest.mark.parametrize("bad", ["", "H", "c", "C###", "Cb#", "4"])
def test_other_text_is_refused(bad):
    with pytest.raises(ParameterError, match="note name"):
        spelling_to_pc(bad)


@pytest.mark.parametrize("bad", ["C", "G#9", "Cb-1", "C4x", "X4"])
def test_bad_pitches_are_refused(bad):
    with pytest.raises(ParameterError):
        parse_pitch(bad)


def test_a_spelling_must_fit_its_pitch():
    with pytest.raises(ParameterError, match="must name pitch 60"):
        octave_of(60, "D")
    with pytest.raises(ParameterError, match="one entry for each"):
        spell_line((60, 62), chord_tones=(("C",),))
