"""Measures of form: returning bars are found, shuffled ones have no order."""

from __future__ import annotations

import math

import numpy as np
import pytest

from motet.evaluate import bar_likeness, lag_structure, self_similarity
from motet.score import Score, make_score


def test_likeness_is_what_is_shared_over_what_either_has() -> None:
    likeness = bar_likeness(make_score("C4:1 D4:1 E4:2 | C4:1 D4:1 F4:2 | r:4 | C5:1 D4:1 E4:2"))
    assert likeness[0, 1] == likeness[1, 0] == 0.5
    assert likeness[0, 3] == 1.0  # an octave higher is the same
    assert np.isnan(likeness[2]).all()
    assert np.isnan(likeness[:, 2]).all()


def test_the_same_notes_in_another_part_are_something_else() -> None:
    score = make_score("C4:4 | r:4", "r:4 | C4:4")
    assert bar_likeness(score)[0, 1] == 0.0


def test_a_drum_is_no_pitch_class() -> None:
    assert bar_likeness(make_score("drums 36:4 | 48:4"))[0, 1] == 0.0


def test_a_bar_counts_with_the_most_alike_before_it() -> None:
    assert self_similarity(make_score("C4:4 | D4:4 | E4:4 | C4:4")) == pytest.approx(1 / 3)


@pytest.mark.parametrize("text", ["", "C4:4", "r:4"])
def test_few_bars_have_no_form(text: str) -> None:
    assert math.isnan(self_similarity(make_score(text)))
    assert math.isnan(lag_structure(make_score(text)))
    assert math.isnan(lag_structure(Score()))


def test_four_bar_phrases_are_seen_and_shuffling_undoes_them(rng: np.random.Generator) -> None:
    phrase = ["C4:4", "D4:4", "E4:4", "F4:4"]
    ordered = lag_structure(make_score(" | ".join(phrase * 4)))
    assert ordered == pytest.approx(1.0 - 4 * 6 / 120)
    shuffled = [
        lag_structure(make_score(" | ".join(rng.permutation(phrase * 4)))) for _ in range(8)
    ]
    assert np.mean(shuffled) < 0.4
