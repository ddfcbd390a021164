"""The roll in text shows each note where it sounds."""

from __future__ import annotations

from motet.cli.textroll import draw_text_roll
from motet.score import make_score


def test_two_parts_and_a_bar_line() -> None:
    score = make_score("C4:1 D4:1", "C4:1 E4:1", metre="1/4")
    assert draw_text_roll(score, steps_per_qn=2) == [
        "  E4 |  |22|",
        "  Eb |  |  |",
        "   D |  |11|",
        "  C# |  |  |",
        "  C4 |11|  |",
    ]


def test_drums_and_silence_draw_nothing() -> None:
    assert draw_text_roll(make_score("drums 36:1 38:1")) == []


def test_only_the_first_bars_are_drawn() -> None:
    score = make_score("C4:4 | D4:4 | E4:4")
    assert draw_text_roll(score, n_bars=1, steps_per_qn=1) == ["  C4 |1111|"]


def test_a_very_short_note_is_seen() -> None:
    assert draw_text_roll(make_score("C4:0.05 r:3.95"), steps_per_qn=1) == ["  C4 |1   |"]
