"""The decoder prefers what is heard, holds on through noise, and is the same in every key."""

from __future__ import annotations

import numpy as np
import pytest

from motet.audio.chord_cells import lay_cells
from motet.audio.chord_decode import KINDS, TRIAD_OF, decode, emission, harmony_weights, key_prior
from motet.audio.chroma import Chroma
from motet.theory.chord_table import QUALITIES

N = 12 * len(KINDS) + 1


def test_kinds_are_known_to_theory_and_each_has_a_triad() -> None:
    assert len(TRIAD_OF) == len(KINDS)
    assert all(kind in QUALITIES for kind in KINDS)
    thirds = {0: {4}, 1: {3}, 2: {3, 6}, 3: {4, 8}, 4: {5}}
    for kind, triad in zip(KINDS, TRIAD_OF, strict=True):
        assert thirds[triad] <= set(QUALITIES[kind].intervals)


def test_weights_are_finite_and_fit_each_other() -> None:
    weights = harmony_weights()
    assert all(np.isfinite(one).all() for one in weights.values())
    assert weights["degree"].shape == (2, len(KINDS), 12)
    assert weights["w2"].shape[1] == len(KINDS)
    assert np.all((weights["change"] > 0) & (weights["change"] < 1))


def test_a_doubtful_cell_follows_its_neighbours() -> None:
    scores = np.full((8, N), -6.0)
    scores[:, 0] = 0.0
    scores[3, 0], scores[3, 5] = -0.5, 0.0  # F is a little better for one weak beat
    level = np.array([3, 1, 2, 1] * 2)
    found = decode(scores, key_prior(np.eye(24)[0]), level)
    assert found.states.tolist() == [0] * 8
    assert np.allclose(found.posterior.sum(axis=1), 1.0)


def test_a_clear_change_is_taken() -> None:
    scores = np.full((8, N), -12.0)
    scores[:4, 0] = scores[4:, 7] = 0.0
    found = decode(scores, key_prior(np.eye(24)[0]), np.array([3, 1, 2, 1] * 2))
    assert found.states.tolist() == [0] * 4 + [7] * 4
    assert found.posterior[5, 7] > 0.95


def test_the_key_decides_between_equals() -> None:
    scores = np.full((4, N), -9.0)
    scores[:, 2] = scores[:, 14] = 0.0  # D or D minor
    level = np.array([3, 1, 2, 1])
    in_c, in_d = (decode(scores, key_prior(np.eye(24)[k]), level) for k in (0, 2))
    assert in_c.states[0] == 14
    assert in_d.states[0] == 2


@pytest.mark.parametrize("shift", [1, 6])
def test_transposing_moves_everything(shift: int) -> None:
    rng = np.random.default_rng(2)
    scores = 3 * rng.standard_normal((12, N))
    moved = scores.copy()
    moved[:, :-1] = np.roll(scores[:, :-1].reshape(12, -1, 12), shift, axis=2).reshape(12, -1)
    level = np.array([3, 1, 2, 1] * 3)
    plain = decode(scores, key_prior(np.eye(24)[0]), level).states
    other = decode(moved, key_prior(np.eye(24)[shift]), level).states
    assert [(s // 12, (s + shift) % 12) if s < N - 1 else s for s in plain] == [
        (s // 12, s % 12) if s < N - 1 else s for s in other
    ]


def test_silence_is_no_chord() -> None:
    zeros = np.zeros((30, 12), np.float32)
    scores = emission(lay_cells(Chroma(zeros, 0.05, 0.0, zeros), None))
    assert np.all(scores.argmax(axis=1) == N - 1)
