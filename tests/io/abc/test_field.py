"""Fields by hand."""

from fractions import Fraction

import pytest

from motet.io.abc.field import parse_length, parse_metre, parse_tempo, split_words


@pytest.mark.parametrize(
    ("text", "qpm"),
    [("1/4=120", 120), ("3/8=40", 60), ("1/4+1/8=40", 60), ("C=100", 50), ("C3=40", 60)],
)
def test_tempos(text, qpm):
    assert parse_tempo(text, Fraction(1, 8)).qpm == pytest.approx(qpm)


def test_tempo_of_words_only_has_no_speed():
    assert parse_tempo('"Allegro"', Fraction(1, 8)).text == "Allegro"
    assert parse_tempo('"Allegro"', Fraction(1, 8)).qpm == 0
    assert parse_tempo("1/4=0", Fraction(1, 8)) is None


def test_metres_that_cannot_be_are_none():
    assert [parse_metre(text) for text in ("0/4", "4/3", "x", "999/4")] == [None] * 4
    assert parse_metre("6/8").numerator == 6


def test_lengths():
    assert parse_length("1/16") == Fraction(1, 16)
    assert parse_length("1/0") is None


def test_clefs():
    found = split_words('bass name="Left hand" snm=LH')
    assert (found.clef.sign, found.clef.line) == ("F", 4)
    assert (found.name, found.short_name) == ("Left hand", "LH")
    assert split_words("clef=treble+8").clef.octave == 1
