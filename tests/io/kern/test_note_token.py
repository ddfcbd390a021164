"""Tokens of kern spines."""

from fractions import Fraction

import pytest

from motet.io.kern.note_token import TIE_END, TIE_MIDDLE, TIE_START, parse_token


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("4c", Fraction(1)),
        ("8..c", Fraction(7, 8)),
        ("0c", Fraction(8)),
        ("00.c", Fraction(24)),
        ("12c", Fraction(1, 3)),
        ("3%2c", Fraction(8, 3)),
        ("4r.yy", Fraction(3, 2)),
    ],
)
def test_lengths(text, length):
    token = parse_token(text)
    assert Fraction(token.numerator, token.denominator) == length
    assert not token.fault


@pytest.mark.parametrize(
    ("text", "pitch", "spelling"),
    [
        ("4c", 60, "C"),
        ("4C", 48, "C"),
        ("4CCC", 24, "C"),
        ("4ccc", 84, "C"),
        ("4B-", 58, "Bb"),
        ("4f##", 67, "F##"),
        ("4e--", 62, "Ebb"),
        ("4bnX", 71, "B"),
        ("4BB#", 48, "B#"),
    ],
)
def test_pitches(text, pitch, spelling):
    head = parse_token(text).heads[0]
    assert (head.pitch, head.spelling) == (pitch, spelling)


def test_signs():
    token = parse_token("(4.c#'L")
    assert token.slur_starts == 1
    assert token.heads[0].articulations == ("staccato",)
    assert parse_token("4c^^T;").heads[0].articulations == ("marcato", "fermata")
    assert parse_token("4cT").heads[0].ornaments == ("trill",)
    assert parse_token("4c'~").heads[0].articulations == ("portato",)
    ties = [parse_token(text).heads[0].tie for text in ("[4c", "4c_", "4c]")]
    assert ties == [TIE_START, TIE_MIDDLE, TIE_END]


def test_rests_keep_no_pitch_and_faults_are_named():
    assert parse_token("4rGGyy").heads == ()
    assert parse_token("32qqr").fault == ""
    assert parse_token("32qqr").numerator == 0
    assert parse_token("c").fault == "none"
    assert parse_token("9999999999c").fault == "recip"
    assert parse_token("4x").fault == "pitch"
    assert parse_token("4CCCCCCCCC").fault == "pitch"
