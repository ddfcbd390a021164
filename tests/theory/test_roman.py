"""Roman numerals to chords and back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.theory.chord import make_chord, parse_chord
from motet.theory.chord_table import QUALITIES
from motet.theory.pitch import position_to_spelling
from motet.theory.roman import chord_to_roman, is_roman, roman_to_chord
from motet.theory.scale import key_from_signature, parse_key

_IN_C = """
I C; ii Dm; iii Em; IV F; V G; vi Am; vii° Bdim; viio7 Bdim7; viiø7 Bm7b5; bVII Bb; bIII Eb; bVI Ab
iv Fm; i Cm; V7 G7; Imaj7 Cmaj7; I7 C7; ii7 Dm7; ii7b5 Dm7b5; iiø7 Dm7b5; #iv°7 F#dim7; V+ Gaug
V7/ii A7; V7/V D7; V/V D; vii°7/V F#dim7; V7/V/V A7; V7/bVII F7; Vsus4 Gsus4; V7sus4 G7sus4
I6 C/E; I64 C/G; I6/4 C/G; V65 G7/B; V6/5 G7/B; V43 G7/D; V42 G7/F; V2 G7/F; iiø65 Dm7b5/F
vii°6 Bdim/D; N6 Db/F; It6 Ab7no5; Fr43 Ab7b5; Ger65 Ab7; V9 G9; V13 G13; V7b9 G7b9
I6/9 C6/9; Iadd9 Cadd9; Isus2 Csus2; Iadd6 C6; i(maj7) Cm(maj7); bIImaj7 Dbmaj7; ♭VII Bb; V65/V D7/F#
"""
_IN_A_MINOR = """
i Am; ii° Bdim; III C; iv Dm; v Em; V E; V7 E7; VI F; VII G; vii° G#dim; vii°7 G#dim7; bVII G
bVI F; bIII C; N6 Bb/D; #vi° F#dim; V7/iv A7; V7/V B7; V7/III G7; Ger65 F7; IV D; V7b9 E7b9; VII7 G7
"""


def _pairs(text):
    return [tuple(one.split()) for one in text.replace("\n", ";").split(";") if one.strip()]


@pytest.mark.parametrize(("roman", "symbol"), _pairs(_IN_C))
def test_numerals_in_c_major(roman, symbol):
    assert roman_to_chord(roman, parse_key("C")).symbol == symbol


@pytest.mark.parametrize(("roman", "symbol"), _pairs(_IN_A_MINOR))
def test_numerals_in_a_minor(roman, symbol):
    assert roman_to_chord(roman, parse_key("Am")).symbol == symbol


def test_augmented_sixths_are_spelled_as_such():
    key = parse_key("Cm")
    assert roman_to_chord("Ger65", key).tones() == ("Ab", "C", "Eb", "F#")
    assert roman_to_chord("Fr43", key).tones() == ("Ab", "C", "D", "F#")
    assert roman_to_chord("It6", key).tones() == ("Ab", "C", "F#")


def test_modes_have_their_own_degrees():
    assert roman_to_chord("IV", parse_key("D dorian")).symbol == "G"
    assert roman_to_chord("VII", parse_key("G mixolydian")).symbol == "F"
    assert roman_to_chord("II", parse_key("F lydian")).symbol == "G"


@pytest.mark.parametrize(
    ("symbol", "key", "roman"),
    [
        ("Am", "C", "vi"),
        ("D7", "C", "V7/V"),
        ("A7", "C", "V7/ii"),
        ("E", "C", "V/vi"),
        ("F#dim7", "C", "vii°7/V"),
        ("Bdim", "C", "vii°"),
        ("Fm", "C", "iv"),
        ("Bb", "C", "bVII"),
        ("C7", "C", "I7"),
        ("F7", "C", "IV7"),
        ("G7/B", "C", "V65"),
        ("C/G", "C", "I64"),
        ("Db/F", "C", "N6"),
        ("Dm7b5", "C", "iiø7"),
        ("E7", "Am", "V7"),
        ("G", "Am", "VII"),
        ("B7", "Am", "V7/V"),
        ("G#dim7", "Am", "vii°7"),
        ("C/D", "C", "I/D"),
        ("N.C.", "C", "N.C."),
    ],
)
def test_chords_get_their_numeral(symbol, key, roman):
    assert chord_to_roman(parse_chord(symbol), parse_key(key)) == roman


def test_the_next_chord_decides_about_the_tonic_seventh():
    key = parse_key("C")
    assert chord_to_roman(parse_chord("C7"), key, following=parse_chord("F")) == "V7/IV"


@given(
    st.integers(-6, 6),
    st.sampled_from(sorted(QUALITIES)),
    st.integers(0, 3),
    st.integers(-5, 6),
    st.sampled_from(["major", "minor", "dorian", "mixolydian"]),
)
@settings(max_examples=300)
def test_numerals_lead_back_to_the_same_sound(place, quality, inversion, fifths, mode):
    key = key_from_signature(fifths, mode)
    root = position_to_spelling(place)
    plain = make_chord(root, quality)
    tones = plain.tones()
    bass = tones[inversion % len(tones)]
    chord = make_chord(root, plain.degrees, bass)
    back = roman_to_chord(chord_to_roman(chord, key), key)
    assert set(back.pcs) == set(chord.pcs)
    if not quality.endswith(("t6", "r6")):
        assert back.bass_pc == chord.bass_pc


def test_numerals_are_told_from_letters():
    assert all(is_roman(one) for one in ("I", "bVII7", "#iv°7", "ii", "♭II", "N6", "Ger65", "It6"))
    assert not any(is_roman(one) for one in ("C", "Bb7", "F#m", "N.C.", "Am", "Gsus4", "D/F#"))


@pytest.mark.parametrize("bad", ["", "VIII", "Ifoo", "V7/", "V/foo", "C", "bb"])
def test_other_text_is_refused(bad):
    with pytest.raises(ParameterError, match="Roman numeral"):
        roman_to_chord(bad, parse_key("C"))
