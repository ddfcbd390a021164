"""Figures of a shipped autoencoder on phrases made by hand, where good and bad are known."""

from __future__ import annotations

import numpy as np
import pytest

from motet.engine.bundle import load_bundle
from motet.engine.latent import LatentModel, open_latent
from motet.suite.step_chain import StepChain, learn_steps
from motet.suite.vae_figures import (
    Phrases,
    measure_amounts,
    measure_back,
    measure_drawn,
    measure_slides,
    measure_ways,
)


@pytest.fixture(scope="module")
def people() -> Phrases:
    rng = np.random.default_rng(0)
    scale = np.array([60, 62, 64, 65, 67, 69, 71, 72]) - 46
    rows = []
    for _ in range(12):
        line = np.clip(3 + np.cumsum(rng.integers(-1, 2, 8)), 0, 7)
        rows.append([token for k in line for token in (scale[k], 1, 1, 1)])
    return Phrases(np.array(rows).reshape(12, 2, 16, 1), np.full(12, 16))


@pytest.fixture(scope="module")
def model() -> LatentModel:
    return open_latent(load_bundle("vae-melody-2"))


@pytest.fixture(scope="module")
def chain(people: Phrases) -> StepChain:
    return learn_steps("melody", people.tokens, people.n_steps)


def test_plain_tunes_come_back_and_the_bound_adds_up(model, people, chain) -> None:
    found = measure_back(model, people, chain)
    shares = found["voices"]["melody"]
    assert shares["forced"] >= shares["sampled"] - 0.05
    assert shares["likeliest"] > 0.75
    assert found["elbo"] == pytest.approx(-(found["nats"] + found["kl"]), rel=1e-5)


def test_ways_surprise_less_than_mixtures(model, people, chain) -> None:
    found = measure_ways(model, people, chain, 6)
    assert found["pairs"] == 6
    assert np.mean(found["way"]["surprise"][1:-1]) < np.mean(found["mixed"]["surprise"][1:-1])
    assert found["mixed"]["to_first"][0] == 0


def test_farther_keeps_less_and_sliders_move_themselves_most(model, people) -> None:
    kept = list(measure_amounts(model, people, 8).values())
    assert kept[0] > kept[3] > kept[-1]
    rows = np.array(measure_slides(model, people, 6))
    assert (rows.argmax(1) == np.arange(5)).all()


def test_people_are_near_themselves(model, people, chain) -> None:
    found = measure_drawn(model, people, chain, 12)
    assert found["half"] < found["model"]
