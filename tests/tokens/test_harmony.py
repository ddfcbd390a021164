"""Chords as token values."""

import pytest

from motet.errors import ParameterError
from motet.theory import NO_CHORD, QUALITIES, make_chord, parse_chord
from motet.tokens import chord_of, chord_pcs, chord_value
from motet.tokens.harmony import nearest_quality
from motet.tokens.vocab import CHORD_QUALITIES

NEAREST = {
    "maj": "maj majb5 add11 add#11",
    "min": "min madd9 madd11 m#5 mb6",
    "7": "7 7b5 7#9 7#11 7b13 7#9#11 7#9b13 7b5#9 7add11 7add13 It6 Fr6 Ger6 13#9",
    "maj7": "maj7 maj9 maj7#5 maj7b5 maj11 maj13 maj7#11 maj9#11 maj13#11 maj7add13",
    "m7": "m7 m9 m7#5 m11 m13 m7b9 m7add11",
    "dim": "dim dimMaj7",
    "aug": "aug",
    "m7b5": "m7b5 m9b5 m11b5",
    "dim7": "dim7 dim9",
    "sus4": "sus4 maj7sus4 sus24",
    "sus2": "sus2",
    "5": "5",
    "6": "6 69",
    "m6": "m6 m69",
    "add9": "add9",
    "9": "9 13 9b5 9#11 13#11",
    "7sus4": "7sus4 9sus4 11 13sus4 7sus2 7susb9",
    "7b9": "7b9 7b9#9 7b9#11 7b9b13 7b5b9 13b9",
    "7#5": "7#5 7#5b9 7#5#9 7alt 9#5",
    "mMaj7": "mMaj7 mMaj9",
}


def test_the_whole_mapping_is_spelled_out():
    wanted = {kind: name for name, kinds in NEAREST.items() for kind in kinds.split()}
    assert set(wanted) == set(QUALITIES)
    found = {kind: nearest_quality(make_chord("C", kind)) for kind in QUALITIES}
    assert found == wanted


@pytest.mark.parametrize(
    ("symbol", "nearest"),
    [("C7(add13,no5)", "7"), ("C(no3)", "5"), ("Cmaj7(no3)", "maj7"), ("C7no3", "7")],
)
def test_kinds_outside_the_table(symbol, nearest):
    assert nearest_quality(parse_chord(symbol)) == nearest


def test_third_and_seventh_are_kept():
    for kind in QUALITIES:
        tones = {semi % 12 for semi in QUALITIES[kind].intervals}
        kept = {semi % 12 for semi in QUALITIES[nearest_quality(make_chord("C", kind))].intervals}
        assert (4 in kept) == (4 in tones), kind
        assert (3 in kept) == (3 in tones and 4 not in tones), kind
        if 10 in tones:
            assert 10 in kept, kind


def test_every_value_comes_back_from_its_symbol_in_every_key():
    for value in range(240):
        for bass in (-1, *range(12)):
            if bass == value // len(CHORD_QUALITIES):
                continue
            chord = chord_of(value, bass, fifths=(value + bass) % 13 - 6)
            assert chord_value(parse_chord(chord.symbol)) == (value, bass), chord.symbol


def test_tones():
    assert chord_pcs(chord_value(parse_chord("F#m7b5"))[0]) == {6, 9, 0, 4}
    assert chord_pcs(-1) == frozenset()
    for value in range(240):
        assert chord_pcs(value) == set(chord_of(value).pcs)


def test_no_chord():
    assert chord_value(NO_CHORD) == (-1, -1)
    assert chord_of(-1) is NO_CHORD


def test_spelling_follows_the_key():
    eb = chord_value(parse_chord("Ebm7/Gb"))
    assert chord_of(*eb, fifths=-6).symbol == "Ebm7/Gb"
    assert chord_of(*chord_value(parse_chord("A7/C#")), fifths=2).symbol == "A7/C#"


@pytest.mark.parametrize(("value", "bass"), [(240, -1), (-2, -1), (0, 12), (0, -2)])
def test_values_out_of_range_are_refused(value, bass):
    with pytest.raises(ParameterError, match="CHORD"):
        chord_of(value, bass)


@pytest.mark.parametrize("value", [240, -2])
def test_tones_of_values_out_of_range_are_refused(value):
    with pytest.raises(ParameterError, match="CHORD"):
        chord_pcs(value)
