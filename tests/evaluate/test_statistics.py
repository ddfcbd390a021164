"""Distributions count what a tiny score has."""

from __future__ import annotations

import math

import numpy as np
import pytest

from motet.evaluate import bar_likeness
from motet.evaluate.statistics import (
    HISTOGRAMS,
    count_histograms,
    grid_likeness,
    lag_likeness,
    pool_shares,
    wasserstein,
)
from motet.score import make_score, transpose
from motet.tokens import score_to_grid

SCORE = make_score("C4:1 E4:1 G4:2 | F4:2 E4:2", "C3:4 | G2:4", "drums 36:2 38:2 | 36:4", fifths=0)


def test_counts_by_hand() -> None:
    found = count_histograms(score_to_grid(SCORE).grid)
    assert {name: len(one) for name, one in found.items()} == HISTOGRAMS
    assert found["pitch_class"].tolist() == [2, 0, 0, 0, 2, 1, 0, 2, 0, 0, 0, 0]
    moves = {int(k) - 12: int(found["interval"][k]) for k in found["interval"].nonzero()[0]}
    assert moves == {4: 1, 3: 1, -2: 1, -1: 1, -5: 1}
    assert found["duration"].sum() == 7
    assert {int(k) for k in found["onset"].nonzero()[0]} == {0, 6, 12}


def test_transposing_changes_nothing() -> None:
    moved = count_histograms(score_to_grid(transpose(SCORE, shift_semi=3)).grid)
    for name, counts in count_histograms(score_to_grid(SCORE).grid).items():
        assert moved[name].tolist() == counts.tolist()


def test_likeness_is_that_of_scores() -> None:
    score = make_score("C4:4 | D4:2 C4:2 | C4:4 | E4:4", "C3:4 | C3:4 | C3:4 | D3:4")
    grid = score_to_grid(score).grid
    assert grid_likeness(grid) == pytest.approx(bar_likeness(score))
    assert lag_likeness(grid)[2].tolist()[0] == 1.0
    assert len(lag_likeness(grid)[8]) == 0


def test_empty_music_is_left_out() -> None:
    empty = np.zeros(2)
    assert pool_shares([np.array([1.0, 3.0]), empty]).tolist() == [0.25, 0.75]
    assert pool_shares([empty]).tolist() == [0.0, 0.0]
    weighted = pool_shares([np.array([1.0, 0.0]), np.array([0.0, 1.0])], weights=[3.0, 1.0])
    assert weighted.tolist() == [0.75, 0.25]
    assert math.isnan(wasserstein(np.zeros(0), np.ones(1)))


def test_wasserstein_equals_scipy(rng: np.random.Generator) -> None:
    from scipy.stats import wasserstein_distance

    one, other, weights = rng.random(9), rng.random(7), rng.random(7)
    expected = wasserstein_distance(one, other, v_weights=weights)
    assert wasserstein(one, other, weights=weights) == pytest.approx(expected)
