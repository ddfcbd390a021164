"""Intervals: names, sizes, distances between spelled pitches."""

import pytest

from motet.errors import ParameterError
from motet.theory.interval import (
    INTERVALS,
    interval_between,
    interval_semi,
    parse_interval,
    transpose_pitch,
)

_SIZES = "P1:0 m2:1 M2:2 m3:3 M3:4 P4:5 A4:6 d5:6 P5:7 A5:8 m6:8 M6:9 d7:9 m7:10 M7:11 P8:12 M9:14"


@pytest.mark.parametrize("pair", _SIZES.split())
def test_names_have_their_usual_size(pair):
    name, semi = pair.split(":")
    assert interval_semi(name) == INTERVALS[name] == int(semi)


@pytest.mark.parametrize(
    ("low", "high", "name"),
    [
        ("C4", "E4", "M3"),
        ("C4", "D#4", "A2"),
        ("C4", "Eb4", "m3"),
        ("F4", "B4", "A4"),
        ("B3", "F4", "d5"),
        ("G#3", "F4", "d7"),
        ("C4", "D5", "M9"),
        ("Ab3", "F#4", "A6"),
    ],
)
def test_two_pitches_make_an_interval(low, high, name):
    assert interval_between(low, high).symbol == name


def test_moving_up_and_down_again_comes_home():
    for name in INTERVALS:
        pitch, spelling = transpose_pitch(64, "E", interval=name)
        if "##" not in spelling and "bb" not in spelling:
            assert transpose_pitch(pitch, spelling, interval=f"-{name}") == (64, "E")


def test_full_names_exist_in_both_languages():
    assert parse_interval("A4").name() == "augmented fourth"
    assert parse_interval("m7").name(language="zh") == "小七度"


@pytest.mark.parametrize("bad", ["", "P3", "M5", "m8", "x2", "M0", "M16", "3", "d1"])
def test_other_text_is_refused(bad):
    with pytest.raises(ParameterError, match="interval"):
        parse_interval(bad)


def test_pitches_in_the_wrong_order_are_refused():
    with pytest.raises(ParameterError, match="above the first"):
        interval_between("E4", "C4")
