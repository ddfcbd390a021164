"""Form, length and curve against each other."""

from __future__ import annotations

import pytest

from motet.sentence import understand


@pytest.mark.parametrize(
    ("text", "bars"),
    [
        ("two minutes at 120 bpm", 60), ("one minute, 4/4 at 96", 24), ("three minutes at 80 bpm in 3/4", 80),
        ("30 seconds at 60 bpm", 8), ("AABA, 32 bars", 32), ("前奏4小节,主歌8小节", 12), ("12-bar blues", 12),
    ],
)  # fmt: skip
def test_lengths(text: str, bars: int) -> None:
    assert understand(text).brief.bars == bars


def test_a_form_is_dealt_the_length() -> None:
    assert understand("AABA, 16 bars").brief.form == "A4 A4 B4 A4"
    assert (
        understand("verse chorus verse chorus, 64 bars").brief.form
        == "verse16 chorus16 verse16 chorus16"
    )


def test_a_form_that_is_too_long_is_told_and_left_out() -> None:
    understood = understand("verse100 " * 5)
    assert understood.brief.form == ""
    assert understood.clashes


def test_a_short_piece_is_assumed_not_claimed() -> None:
    understood = understand("a short piece for harp")
    assert understood.brief.bars is None
    assert understood.full.bars == 8
    assert understood.assumed


def test_a_curve_without_a_length_assumes_one() -> None:
    understood = understand("from sad to happy")
    assert understood.brief.bars is None
    assert understood.full.bars == understood.brief.emotion_curve[-1][0]


def test_bars_and_seconds_together_tell_the_tempo() -> None:
    understood = understand("32 bars, about two minutes, harp")
    assert (understood.brief.bars, understood.brief.qpm) == (32, None)
    assert understood.full.qpm == 64
    assert not understood.clashes
    assert understand("16 bars, ten minutes").clashes


@pytest.mark.parametrize(
    ("text", "bars"),
    [
        ("calm for the first eight bars, frantic for the last eight bars", 16),
        ("前八小节平静,后八小节激动", 16),
        ("24 bars, the last 4 bars quiet", 24),
    ],
)
def test_a_part_of_the_bars_is_not_the_whole(text: str, bars: int) -> None:
    understood = understand(text)
    assert understood.brief.bars == bars
    assert not understood.clashes
