"""Patterns: bars, steps, holds, and signs that mean nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motet.arranger.pattern import (
    BASS_SIGNS,
    CHORD_SIGNS,
    DRUM_SIGNS,
    Step,
    lay_steps,
    parse_pattern,
)
from motet.errors import ParameterError


def test_bars_and_spaces() -> None:
    assert parse_pattern("| x.. x.. | X-- |", signs=DRUM_SIGNS) == ("x..x..", "X--")


@pytest.mark.parametrize("text", ["", "|", "x | | x", "   "])
def test_an_empty_bar_is_refused(text: str) -> None:
    with pytest.raises(ParameterError, match="is empty") as caught:
        parse_pattern(text, signs=DRUM_SIGNS)
    assert "空" in caught.value.zh


def test_an_unknown_sign_is_named_with_its_bar() -> None:
    with pytest.raises(ParameterError, match=r"'q' in bar 2 of 'x \| q'"):
        parse_pattern("x | q", signs=CHORD_SIGNS)


def test_every_player_has_silence_and_holding() -> None:
    for signs in (DRUM_SIGNS, CHORD_SIGNS, BASS_SIGNS):
        assert {".", "-"} <= signs


def test_holding_after_silence_is_silence() -> None:
    steps, held = lay_steps("x.--x---", bar_qn=Fraction(4))
    half = Fraction(1, 2)
    assert steps == (Step(Fraction(0), half, "x"), Step(Fraction(2), Fraction(2), "x"))
    assert held == 0


@given(
    st.text(alphabet="xo-.", min_size=1, max_size=24), st.sampled_from([2, 3, Fraction(7, 2), 6])
)
def test_steps_follow_each_other_within_the_bar(text: str, bar_qn: Fraction) -> None:
    steps, held = lay_steps(text, bar_qn=Fraction(bar_qn))
    edges = [held]
    for step in steps:
        assert step.onset_qn >= edges[-1]
        assert step.duration_qn > 0
        edges.append(step.onset_qn + step.duration_qn)
    assert edges[-1] <= bar_qn
    assert len(steps) == sum(sign in "xo" for sign in text)
