"""What people write: bars, metres, forms, pitches, densities, rhythms."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.brief.text import (
    check_keys,
    read_bars,
    read_density,
    read_form,
    read_metres,
    read_pitch,
    read_rhythm,
    tell_bars,
)
from motet.errors import ParameterError


def test_bars_in_both_languages() -> None:
    assert read_bars("5-8, 12") == (5, 6, 7, 8, 12)
    assert read_bars("1至3、9") == (1, 2, 3, 9)
    assert read_bars("2\uff0c4 - 5") == (2, 4, 5)
    assert read_bars([3, 1, 3]) == (1, 3)


@settings(max_examples=30)
@given(st.sets(st.integers(0, 300), min_size=1))
def test_bars_told_read_back(bars: set[int]) -> None:
    assert read_bars(tell_bars(bars)) == tuple(sorted(bars))


def test_metres_with_changes() -> None:
    found = read_metres("4/4, 9: 7/8\uff0c17\uff1a3/4")
    assert [(one.bar, one.numerator, one.denominator) for one in found] == [
        (1, 4, 4),
        (9, 7, 8),
        (17, 3, 4),
    ]
    assert found[1].bar_qn == Fraction(7, 2)


def test_a_form_in_chinese() -> None:
    assert [(one.label, one.n_bars) for one in read_form("前奏4、主歌8 A8")] == [
        ("前奏", 4),
        ("主歌", 8),
        ("A", 8),
    ]


def test_a_rhythm_is_shares_of_its_bars() -> None:
    one, two = read_rhythm("x--x | .x")
    assert one == ((Fraction(0), Fraction(3, 4)), (Fraction(3, 4), Fraction(1, 4)))
    assert two == ((Fraction(1, 2), Fraction(1, 2)),)
    assert read_rhythm("x.-x")[0] == (
        (Fraction(0), Fraction(1, 4)),
        (Fraction(3, 4), Fraction(1, 4)),
    )


def test_densities() -> None:
    assert read_density("密集") == (1.5, 4.0)
    assert read_density("0.5-2") == (0.5, 2.0)
    assert read_density(4) == (3.0, 5.0)


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (read_bars, "8-5"),
        (read_bars, "x"),
        (read_bars, ""),
        (read_metres, "4/5"),
        (read_metres, "17/4"),
        (read_metres, "2: 4/4"),
        (read_metres, "4/4, 9: 3/4, 5: 4/4"),
        (read_form, "A"),
        (read_form, "A300 B300"),
        (read_density, "0"),
        (read_density, [2, 1]),
        (read_density, True),
        (read_rhythm, "-x"),
        (read_rhythm, "..."),
        (read_rhythm, "xyx"),
    ],
)
def test_nonsense_is_refused_in_both_languages(read: Any, value: Any) -> None:
    with pytest.raises(ParameterError) as caught:
        read(value)
    assert "got" in str(caught.value)
    assert "收到" in caught.value.localised("zh")


def test_pitches() -> None:
    assert read_pitch("60", name="low") == 60
    with pytest.raises(ParameterError, match="low must be"):
        read_pitch(200, name="low")


def test_unknown_names_offer_the_nearest() -> None:
    with pytest.raises(ParameterError, match="did you mean 'metre'"):
        check_keys(["meter"], ["key", "metre"], what="a brief", what_zh="需求")
