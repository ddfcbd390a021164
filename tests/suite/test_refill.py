"""Bars filled in other ways lie where they should; changes elsewhere are seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motet.score import make_score
from motet.suite.refill import (
    FIGURES,
    arrange_bars,
    copy_bars,
    find_changes,
    fit_grid,
    match_share,
    measure_bars,
    seam_semi,
)
from motet.tokens import GridScore, score_to_grid


def test_a_change_outside_the_written_bars_is_seen() -> None:
    score = make_score("C4:4 | " * 10, "C3:4 | " * 10)
    first, second = score.parts
    inside = [replace(n, pitch=62) if n.onset_tick == 5 * 1920 else n for n in first.notes]
    assert find_changes(score, score.with_parts(replace(first, notes=tuple(inside)), second)) == []
    outside = [replace(n, pitch=62) if n.onset_tick == 8 * 1920 else n for n in first.notes]
    wrong = score.with_parts(replace(first, notes=tuple(outside)), second)
    assert find_changes(score, wrong) == ["notes"]
    renamed = score.with_parts(replace(first, name="x"), second)
    assert find_changes(score, renamed) == ["part Part 1"]


def test_a_copy_repeats_the_four_bars_before() -> None:
    grid = score_to_grid(make_score(" | ".join(f"{name}4:4" for name in "CDEFGABCDE"))).grid
    made = copy_bars(grid).notes["pitch"].tolist()
    assert made[4:8] == made[:4]
    assert made[8:] == grid.notes["pitch"].tolist()[8:]
    assert seam_semi(grid) == 2.0
    assert seam_semi(copy_bars(grid)) == (5 + 3) / 2


def test_the_arranger_plays_in_the_parts_of_the_window(jig: GridScore) -> None:
    made = arrange_bars(jig, seed=3)
    outside = (made.notes["bar"] < 4) | (made.notes["bar"] >= 8)
    before = (jig.notes["bar"] < 4) | (jig.notes["bar"] >= 8)
    assert made.notes[outside].tolist() == jig.notes[before].tolist()
    inside = made.notes[~outside]
    assert set(inside["part"].tolist()) == {0, 1}
    heights = [inside["pitch"][inside["part"] == k].mean() for k in (0, 1)]
    assert heights[0] > heights[1]


def test_figures_know_the_true_bars(jig: GridScore) -> None:
    same = measure_bars(jig, jig)
    assert set(same) == set(FIGURES)
    assert (same["pitch_match"], same["pitch_class_jsd_bits"], same["onset_jsd_bits"]) == (1, 0, 0)
    other = measure_bars(copy_bars(jig), jig)
    assert other["pitch_match"] < 1
    assert other["likeness"] == 1.0
    assert match_share({(1,)}, set()) == 0.0


def test_a_moved_score_fits_its_window() -> None:
    score = make_score("D4:1 F#4:1 A4:2 | " * 9, fifths=2)
    grid = score_to_grid(score).grid
    assert grid.shift_semi != 0
    assert fit_grid(score, grid).equals(grid)
    assert measure_bars(grid, grid)["notes"] == pytest.approx(12)
