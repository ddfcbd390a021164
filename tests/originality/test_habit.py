"""Tests of motet.originality.habit."""

from __future__ import annotations

import numpy as np
import pytest

from motet.originality.habit import LEAST_PIECES, NO_HABITS, hash_runs, learn_habits

TURN = np.array([0, 4, 3, -3, 3, -7, 4], np.int8)


def test_runs_of_many_pieces_are_habits_and_of_few_are_not() -> None:
    for n, n_found in ((LEAST_PIECES, 1), (LEAST_PIECES - 1, 0)):
        found = learn_habits(np.tile(TURN, n), np.arange(n + 1) * 7, np.arange(n))
        assert len(found.keys) == n_found


def test_a_piece_that_repeats_itself_counts_once() -> None:
    found = learn_habits(np.tile(TURN, 60), np.arange(61) * 7, np.zeros(60, np.int64))
    assert not len(found.keys)


def test_bits_are_the_share_of_pieces_that_go_on_so() -> None:
    other = TURN.copy()
    other[-1] = 5
    steps = np.concatenate((np.tile(TURN, 30), np.tile(other, 90)))
    found = learn_habits(steps, np.arange(121) * 7, np.arange(120))
    pitch = 60 + np.cumsum(TURN.astype(np.int64))
    flat = np.full(7, 4.0)
    assert found.cap(flat, pitch)[-1] == pytest.approx(2.0)
    assert found.cap(flat, pitch)[:-1].tolist() == [4.0] * 6
    rare = 60 + np.array([0, 1, 5, 3, 8, 2, 9])
    assert found.cap(flat, rare).tolist() == [4.0] * 7


def test_a_line_without_habits_keeps_its_bits() -> None:
    bits = np.arange(9.0)
    assert NO_HABITS.cap(bits, np.arange(9)) is bits
    assert NO_HABITS.planes.shape == (4, 0)


def test_other_runs_have_other_numbers() -> None:
    steps = np.array([1, 2, 3, 1, 2, 3, 1, 2, 4])
    hashes = hash_runs(steps, 3)
    assert len(hashes) == 7
    assert hashes[0] == hashes[3]
    assert len(np.unique(hashes)) == 4
