"""What rows have room for, and where ticks stand."""

import pytest

from motet.render.roll_layout import PLOT_LEFT, PLOT_WIDTH, Row, row_furniture
from motet.score import Score, Section, make_score


def test_range_has_a_margin_and_at_least_an_octave() -> None:
    score = make_score("C2:2 C6:2")
    found = row_furniture(score, score.bars, score.parts)
    assert (found.low, found.high) == (34, 86)
    narrow = make_score("C4:4")
    found = row_furniture(narrow, narrow.bars, narrow.parts)
    assert found.low < 60 < found.high
    assert found.high - found.low == 14


def test_range_counts_only_the_bars_shown() -> None:
    score = make_score("C4:4 C7:4")
    found = row_furniture(score, score.bars[:1], score.parts)
    assert found.high < 96


def test_drums_stand_as_on_paper_cymbals_above_kick() -> None:
    score = make_score("drums 36:1 49:1 38:1 42:1 45:1 56:1")
    found = row_furniture(score, score.bars, score.parts)
    assert found.drums == (49, 42, 56, 45, 38, 36)
    assert not found.has_keys
    assert found.drum_height == 6 * 13


def test_lines_above_are_only_for_what_is_there() -> None:
    bare = make_score("C4:4")
    full = make_score("C4:4", chords="C:4")
    full = Score(parts=full.parts, chords=full.chords, sections=(Section(tick=0, label="A"),))
    heights = [row_furniture(s, s.bars, s.parts).above for s in (bare, full)]
    assert heights == [17, 17 + 22 + 23]


def test_ticks_stand_inside_the_row() -> None:
    score = make_score("C4:4 C4:4 C4:4")
    furniture = row_furniture(score, score.bars, score.parts)
    row = Row(bars=score.bars[1:2], px_per_tick=PLOT_WIDTH / 1920, furniture=furniture)
    assert (row.start_tick, row.end_tick) == (1920, 3840)
    assert row.x(0) == row.x(1920) == PLOT_LEFT
    assert row.x(2880) == pytest.approx(PLOT_LEFT + PLOT_WIDTH / 2)
    assert row.x(9999) == row.right == pytest.approx(PLOT_LEFT + PLOT_WIDTH)
