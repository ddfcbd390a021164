"""EMOTION values: one meaning for what is asked and what is taught."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from motet.analysis import estimate_emotion
from motet.score import make_score
from motet.tokens import score_to_grid, shift_grid
from motet.tokens.emotion import emotion_of, emotion_value, estimate_grid_emotion, grid_emotion

TUNE = "C5:.5 E5:.5 G5:.5 E5:.5 D5:1 G4:1 C5:.5 E5:.5 G5:.5 C6:.5 G5:2"


@pytest.mark.parametrize(
    ("valence", "arousal", "value"),
    [(-1, -1, 0), (-0.5, -1, 4), (-0.01, 0, 6), (0, 0, 10), (0.5, 0.49, 14), (1, 1, 15)],
)
def test_quarters_are_cut_at_halves(valence: float, arousal: float, value: int) -> None:
    assert emotion_value(valence, arousal) == value


def test_the_middle_of_each_value_is_that_value() -> None:
    for value in range(16):
        middle = emotion_of(value)
        assert middle is not None
        assert emotion_value(*middle) == value
    assert emotion_of(-1) is None
    assert emotion_value(math.nan, 0.0) == -1


def test_score_and_grid_agree() -> None:
    score = make_score(TUNE, qpm=132)
    one, other = estimate_emotion(score), estimate_grid_emotion(score_to_grid(score).grid)
    assert one is not None
    assert other is not None
    assert one.valence == pytest.approx(other.valence, abs=0.02)
    assert one.arousal == pytest.approx(other.arousal, abs=0.02)


def test_moving_the_grid_for_training_changes_nothing() -> None:
    grid = score_to_grid(make_score(TUNE, "C3:4 G3:4", qpm=132)).grid
    assert {grid_emotion(shift_grid(grid, semi)) for semi in range(-3, 4)} == {grid_emotion(grid)}


def test_tempo_decides_and_unknown_tempo_lies_between() -> None:
    grid = score_to_grid(make_score(TUNE, qpm=100)).grid
    slow, unknown, fast = (grid_emotion(replace(grid, qpm=qpm)) % 4 for qpm in (40.0, None, 220.0))
    assert slow <= unknown <= fast
    assert slow < fast


def test_drums_alone_and_few_notes_have_none() -> None:
    assert grid_emotion(score_to_grid(make_score("drums 36:1 38:1 36:1 38:1")).grid) == -1
    assert grid_emotion(score_to_grid(make_score("C4:1 D4:1")).grid) == -1


def test_grid_is_not_written_to() -> None:
    grid = score_to_grid(make_score(TUNE)).grid
    before = grid.notes.copy()
    grid_emotion(grid)
    assert np.array_equal(before, grid.notes)
