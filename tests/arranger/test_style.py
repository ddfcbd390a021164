"""Styles as values: bar lengths, and the metres that a style has grooves for."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from motet.arranger import Fill, Style


def test_a_groove_knows_its_length(tiny: Style) -> None:
    groove = tiny.grooves[0]
    assert groove.bar_qn == 4
    assert replace(groove, numerator=7, denominator=8).bar_qn == Fraction(7, 2)


def test_a_fill_knows_its_length() -> None:
    assert Fill(numerator=6, denominator=8, levels=(1, 5), rows=()).bar_qn == 3


def test_metres_are_named_once_in_order(tiny: Style) -> None:
    four = tiny.grooves[0]
    three = replace(four, numerator=3, name="three")
    assert replace(tiny, grooves=(three, four, three)).metres == ("3/4", "4/4")
