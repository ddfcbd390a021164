"""The embedding learns to tell classes apart; the Fréchet distance is that of normal distributions."""

from __future__ import annotations

import math

import numpy as np
import pytest

from motet.evaluate.embedding import (
    WIDTH,
    Embedding,
    describe_grid,
    frechet_distance,
    train_embedding,
)
from motet.score import make_score
from motet.tokens import score_to_grid


def test_frechet_of_known_normals(rng: np.random.Generator) -> None:
    one, other = rng.normal(size=(4000, 2)), rng.normal(size=(4000, 2)) * [1.0, 3.0] + [2.0, 0.0]
    assert frechet_distance(one, other) == pytest.approx(4 + (3 - 1) ** 2, rel=0.1)
    assert frechet_distance(one, one) == pytest.approx(0, abs=1e-9)
    assert math.isnan(frechet_distance(one[:1], other))
    doubled = frechet_distance(one, np.concatenate((other, other[:9])), weights=None)
    weights = np.concatenate((np.ones(4000) + (np.arange(4000) < 9), np.zeros(0)))
    assert frechet_distance(one, other, weights=weights) == pytest.approx(doubled)


def test_gradients_are_those_of_the_loss(rng: np.random.Generator) -> None:
    from motet.evaluate.embedding import train_embedding as train

    data = rng.normal(size=(90, 5))
    styles = (data[:, 0] * data[:, 1] > 0).astype(int).tolist()
    made = train(data, styles, rng=rng, n_steps=800)
    assert made.accuracy(data, styles) > 0.9


def test_unknown_styles_are_never_right(rng: np.random.Generator) -> None:
    made = train_embedding(rng.normal(size=(8, 3)), [3, 3, 3, 3, 5, 5, 5, 5], rng=rng, n_steps=3)
    assert isinstance(made, Embedding)
    assert made.labels == (3, 5)
    assert made.accuracy(rng.normal(size=(4, 3)), [7] * 4) == 0.0
    assert made.apply(rng.normal(size=(4, 3))).shape == (4, WIDTH)


@pytest.mark.parametrize("tune", ["C4:1 D4:1 E4:2", "drums 36:4", "r:4"])
def test_any_stretch_can_be_described(tune: str) -> None:
    grid = score_to_grid(make_score(tune, "C3:4")).grid
    assert np.isfinite(describe_grid(grid)).all()
