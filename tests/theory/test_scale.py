"""Scales and keys, spelled out in note names."""

from itertools import pairwise

import pytest

from motet.errors import ParameterError
from motet.theory.scale import (
    SCALES,
    Key,
    degree_fifths,
    degree_semi,
    key_from_signature,
    parse_key,
    scale_spelling,
)


@pytest.mark.parametrize(
    ("tonic", "scale", "names"),
    [
        ("C", "major", "C D E F G A B"),
        ("F#", "major", "F# G# A# B C# D# E#"),
        ("A", "minor", "A B C D E F G"),
        ("A", "harmonic minor", "A B C D E F G#"),
        ("A", "melodic minor", "A B C D E F# G#"),
        ("D", "dorian", "D E F G A B C"),
        ("E", "phrygian", "E F G A B C D"),
        ("F", "lydian", "F G A B C D E"),
        ("G", "mixolydian", "G A B C D E F"),
        ("B", "locrian", "B C D E F G A"),
        ("C", "blues", "C Eb F Gb G Bb"),
        ("C", "major pentatonic", "C D E G A"),
        ("A", "minor pentatonic", "A C D E G"),
        ("C", "whole tone", "C D E F# G# Bb"),
        ("C", "diminished", "C D Eb F Gb Ab A B"),
        ("C", "dominant diminished", "C Db Eb E F# G A Bb"),
        ("C", "altered", "C Db Eb Fb Gb Ab Bb"),
        ("C", "lydian dominant", "C D E F# G A Bb"),
        ("A", "hungarian minor", "A B C D# E F G#"),
        ("E", "phrygian dominant", "E F G# A B C D"),
        ("C", "double harmonic", "C Db E F G Ab B"),
        ("C", "gong", "C D E G A"),
        ("D", "shang", "D E G A C"),
        ("E", "jue", "E G A C D"),
        ("G", "zhi", "G A C D E"),
        ("A", "yu", "A C D E G"),
        ("C", "yayue", "C D E F# G A B"),
        ("C", "yanyue", "C D E F G A Bb"),
    ],
)
def test_scales_have_their_notes(tonic, scale, names):
    assert " ".join(scale_spelling(tonic, scale)) == names


def test_every_scale_rises_within_an_octave():
    assert len(SCALES) >= 30
    for name, semis in SCALES.items():
        assert semis[0] == 0, name
        assert all(a < b for a, b in pairwise(semis)), name
        assert semis[-1] < 12, name


@pytest.mark.parametrize(
    ("text", "tonic", "mode", "fifths"),
    [
        ("C", "C", "major", 0),
        ("Am", "A", "minor", 0),
        ("F# minor", "F#", "minor", 3),
        ("Bb", "Bb", "major", -2),
        ("B♭ major", "Bb", "major", -2),
        ("D dorian", "D", "dorian", 0),
        ("Eb mixolydian", "Eb", "mixolydian", -4),
        ("C大调", "C", "major", 0),
        ("a小调", "A", "minor", 0),
        ("升F小调", "F#", "minor", 3),
        ("降B大调", "Bb", "major", -2),
        ("D徵调式", "D", "zhi", 1),
        ("A羽", "A", "yu", 0),
        ("e moll", "E", "minor", 1),
        ("A harmonic minor", "A", "harmonic minor", 0),
        ("G# major", "Ab", "major", -4),
    ],
)
def test_keys_are_read_in_every_usual_way(text, tonic, mode, fifths):
    key = parse_key(text)
    assert (key.tonic, key.mode, key.fifths) == (tonic, mode, fifths)


@pytest.mark.parametrize("mode", ["major", "minor", "dorian", "lydian", "phrygian"])
def test_signatures_and_keys_are_inverse(mode):
    for fifths in range(-7, 8):
        assert key_from_signature(fifths, mode).fifths == fifths


def test_a_key_knows_itself():
    key = Key("F#", "minor")
    assert key.tonic_pc == 6
    assert key.pcs == (6, 8, 9, 11, 1, 2, 4)
    assert key.is_minor
    assert key.name() == "F# minor"
    assert key.name(language="zh") == "升F小调"
    assert not Key("G", "mixolydian").is_minor


def test_degrees_count_against_the_major_scale():
    assert [degree_semi(one) for one in ("1", "b3", "5", "b7", "9", "#11", "b13")] == [
        *(0, 3, 7, 10),
        *(14, 18, 20),
    ]
    assert degree_fifths("#4") == 6


@pytest.mark.parametrize(
    ("bad", "match"),
    [
        ("H major", "a key is"),
        ("c", "capital"),
        ("C mayor", "did you mean 'major'"),
        ("C dorien", "dorian"),
    ],
)
def test_other_text_is_refused_with_help(bad, match):
    with pytest.raises(ParameterError, match=match) as caught:
        parse_key(bad)
    assert caught.value.localised("zh") != caught.value.localised("en")


def test_a_signature_has_at_most_seven_accidentals():
    with pytest.raises(ParameterError, match="-7"):
        key_from_signature(8)
    with pytest.raises(ParameterError, match="degree"):
        degree_semi("x")


@pytest.mark.parametrize(
    ("text", "tonic", "mode"),
    [
        ("C blues", "C", "blues"),
        ("B blues", "B", "blues"),
        ("Bb blues", "Bb", "blues"),
        ("Bbblues", "Bb", "blues"),
        ("C bebop dominant", "C", "bebop dominant"),
        ("Cb major", "Cb", "major"),
        ("Bbm", "Bb", "minor"),
    ],
)
def test_the_b_of_blues_is_no_flat(text, tonic, mode):
    assert parse_key(text) == Key(tonic, mode)
