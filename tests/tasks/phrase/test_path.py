"""Figures of ways, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from motet.tasks.phrase.path import blend_notes, measure_path, step_distance

HELD = np.array([14] + [1] * 15).reshape(1, 1, 16, 1)
STRUCK = np.array([14] * 16).reshape(1, 1, 16, 1)
REST = np.zeros((1, 1, 16, 1), int)
N = np.array([16])


def test_a_held_note_is_not_a_struck_one() -> None:
    assert step_distance(HELD, STRUCK, N, "melody") == 15 / 16
    assert step_distance(HELD, HELD, N, "melody") == 0
    assert step_distance(HELD, REST, N, "melody") == 1


def test_steps_past_the_bar_do_not_count() -> None:
    other = HELD.copy()
    other[0, 0, 12:] = 20
    assert step_distance(HELD, other, np.array([12]), "melody") == 0


def test_an_even_way_is_smooth_and_a_leap_is_not() -> None:
    half = HELD.copy()
    half[0, 0, 8] = 16
    even = measure_path([HELD, half, np.full_like(HELD, 16)], N, "melody")
    assert even.largest_leap < 1
    there_and_back = measure_path([HELD, REST, HELD, REST], N, "melody")
    assert there_and_back.smoothness == pytest.approx(1 / 3)
    assert even.density == (0.25, 0.5, 4.0)


def test_mixing_by_chance_takes_so_many_steps_of_each() -> None:
    mixed = blend_notes(np.zeros((1, 40, 16, 1), int), np.ones((1, 40, 16, 1), int), 0.25,
                        np.random.default_rng(0))  # fmt: skip
    assert 0.2 < mixed.mean() < 0.3
