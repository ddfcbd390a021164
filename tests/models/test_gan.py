"""The band's GAN: turns, losses that learn, measures and what a bundle runs."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import motet
from motet.models.gan import GAN_SIZES, Gan
from motet.phrases.band import extract_band
from motet.tokens import score_to_grid

torch.set_num_threads(1)


@pytest.fixture(scope="module")
def batch() -> dict[str, torch.Tensor]:
    """Four windows of a band, twice."""
    piece = motet.arrange("| C | Am | F | G |", style="pop", bars=16, seed=2, humanise=0)
    found = extract_band(score_to_grid(piece.score).grid)
    return {name: torch.from_numpy(np.stack([one[name] for one in found] * 2)) for name in found[0]}


def _step(model: Gan, batch: dict[str, torch.Tensor], player: str, rate: float) -> dict[str, float]:
    loss, parts = model.loss(batch, player=player)
    weights = model.weights_of(player)
    found = torch.autograd.grad(loss, weights, allow_unused=True)
    with torch.no_grad():
        for weight, slope in zip(weights, found, strict=True):
            if slope is not None:
                weight -= rate * slope / (slope.norm() + 1e-6)
    return {name: float(one) for name, one in parts.items()}


def test_the_critic_learns_to_tell_and_the_generator_to_match(
    batch: dict[str, torch.Tensor],
) -> None:
    torch.manual_seed(1)
    model = Gan(GAN_SIZES["tiny"])
    gaps = [_step(model, batch, "critic", 0.03)["gap"] for _ in range(25)]
    assert np.mean(gaps[-5:]) > np.mean(gaps[:5]) + 0.2
    matches = [_step(model, batch, "generator", 0.05)["match"] for _ in range(25)]
    assert np.mean(matches[-5:]) < np.mean(matches[:5])


def test_the_critic_moves_more_often_at_first() -> None:
    model = Gan(GAN_SIZES["tiny"])
    assert model.turns(0) == ("critic",) * 6 + ("generator",)
    assert model.turns(20) == ("critic", "generator")
    one, other = ({id(w) for w in model.weights_of(name)} for name in Gan.players)
    assert not one & other
    assert len(one | other) == len(list(model.parameters()))


def test_what_is_measured_is_the_same_twice(batch: dict[str, torch.Tensor]) -> None:
    torch.manual_seed(1)
    model = Gan(GAN_SIZES["tiny"]).eval()
    assert model.measure(batch) == model.measure(batch)
    assert set(Gan.metrics) <= set(model.measure(batch))


def test_graphs_run_on_their_examples_and_samples_are_phrases() -> None:
    model = Gan(GAN_SIZES["tiny"]).eval()
    for graph in model.graphs():
        out = graph.module(*graph.inputs.values())
        assert len(out if isinstance(out, tuple) else (out,)) == len(graph.outputs)
    first, again = (model.sample_arrays(2, seed=4) for _ in range(2))
    assert first["roll"].dtype == np.uint8
    assert all(np.array_equal(first[name], again[name]) for name in first)
