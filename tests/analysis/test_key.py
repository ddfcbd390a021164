"""Key estimation."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from motet.analysis import estimate_key
from motet.analysis.key import MAJOR_PROFILE, MINOR_PROFILE
from motet.errors import ParameterError
from motet.score import KeySignature, Score, concatenate, make_score, transpose
from strategies import scores

C_MAJOR = make_score("C4:1 E4:1 G4:1 F4:1 D4:1 G4:1 B4:1 C5:1")
A_MINOR = make_score("A4:1 C5:1 E5:1 D5:1 F5:1 E5:1 G#4:1 A4:1")


def test_profiles_favour_the_tonic_triad():
    for profile, third in ((MAJOR_PROFILE, 4), (MINOR_PROFILE, 3)):
        top = sorted(range(12), key=lambda pc: -profile[pc])[:3]
        assert sorted(top) == [0, third, 7]


@pytest.mark.parametrize(
    ("score", "tonic_pc", "mode", "fifths", "name"),
    [
        (C_MAJOR, 0, "major", 0, "C"),
        (A_MINOR, 9, "minor", 0, "A"),
        (transpose(C_MAJOR, shift_semi=3), 3, "major", -3, "Eb"),
        (transpose(A_MINOR, shift_semi=4), 1, "minor", 4, "C#"),
    ],
)
def test_plain_melodies(score, tonic_pc, mode, fifths, name):
    found = estimate_key(score)
    assert (found.tonic_pc, found.mode, found.fifths) == (tonic_pc, mode, fifths)
    assert (found.key.tonic, found.key.mode) == (name, mode)
    assert found.margin > 0.05
    assert found.scores[tonic_pc + (12 if mode == "minor" else 0)] == max(found.scores)


def test_enharmonic_keys_follow_the_spelling():
    sharp = make_score("F#4:1 A#4:1 C#5:1 B4:1 G#4:1 C#5:1 E#5:1 F#5:1")
    flat = make_score("Gb4:1 Bb4:1 Db5:1 Cb5:1 Ab4:1 Db5:1 F5:1 Gb5:1")
    assert (estimate_key(sharp).fifths, estimate_key(flat).fifths) == (6, -6)


def test_chord_symbols_decide_where_notes_do_not():
    melody = "G4:4 G4:4 G4:4 G4:4"
    assert estimate_key(make_score(melody, chords="C:4 F:4 G7:4 C:4")).tonic_pc == 0
    assert estimate_key(make_score(melody, chords="G:4 C:4 D7:4 G:4")).tonic_pc == 7
    assert estimate_key(make_score(chords="Am:4 Dm:4 E7:4 Am:4")).mode == "minor"


def test_unreadable_chord_symbols_are_passed_over():
    score = make_score("C4:1 E4:1 G4:1 C5:1", chords="???:2 N.C.:2")
    assert estimate_key(score).tonic_pc == 0


def test_no_pitches_no_key():
    assert estimate_key(Score()) is None
    assert estimate_key(make_score("drums 36:1 38:1")) is None
    assert estimate_key(C_MAJOR, start_tick=100_000, end_tick=200_000) is None


def test_drums_do_not_count():
    with_drums = C_MAJOR.with_parts(*C_MAJOR.parts, *make_score("drums 37:8 42:8").parts)
    assert estimate_key(with_drums).scores == estimate_key(C_MAJOR).scores


def test_the_written_signature_does_not_count():
    signed = Score(parts=C_MAJOR.parts, keys=(KeySignature(tick=0, fifths=5),))
    assert estimate_key(signed) == estimate_key(C_MAJOR)


def test_a_part_alone_has_a_key():
    assert estimate_key(A_MINOR.parts[0]).mode == "minor"


def test_a_stretch_has_its_own_key():
    both = concatenate(C_MAJOR, transpose(C_MAJOR, shift_semi=6))
    middle = C_MAJOR.bars[-1].end_tick
    assert estimate_key(both, end_tick=middle).tonic_pc == 0
    assert estimate_key(both, start_tick=middle).tonic_pc == 6
    with pytest.raises(ParameterError, match="end_tick"):
        estimate_key(both, start_tick=10, end_tick=5)


def test_all_pitch_classes_alike_is_a_guess_by_the_bass():
    chromatic = make_score("E4:1 F4:1 F#4:1 G4:1 G#4:1 A4:1 A#4:1 B4:1 C5:1 C#5:1 D5:1 D#5:1")
    found = estimate_key(chromatic)
    assert found.margin == pytest.approx(0.0)
    assert max(found.scores) == pytest.approx(0.10)


@settings(max_examples=30)
@given(scores(), st.integers(-11, 11))
def test_transposing_moves_the_key_with_it(score, shift_semi):
    home = estimate_key(score)
    assume(home is not None and home.margin > 1e-6)
    moved = estimate_key(transpose(score, shift_semi=shift_semi))
    assert moved.tonic_pc == (home.tonic_pc + shift_semi) % 12
    assert moved.mode == home.mode
    assert moved.margin == pytest.approx(home.margin)
