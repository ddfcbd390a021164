"""The textbook's GAN: its shapes, its players, and that it learns which cells sound."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from motet.errors import ParameterError
from motet.export.graphs import build_graphs, measure_graphs
from motet.models.dense_gan import DENSE_GAN_SIZES, DenseGan, DenseGanConfig
from motet.models.losses import GAN_LOSSES
from motet.models.registry import build_model, count_weights, restore_model

torch.set_num_threads(1)

TINY = DENSE_GAN_SIZES["tiny"]


def model_of(name: str = "") -> DenseGan:
    torch.manual_seed(0)
    model = DenseGan(TINY)
    model.loss_name = name
    return model


def chords(n: int) -> dict[str, torch.Tensor]:
    """Rolls in which two pitches of three sound in every step."""
    roll = np.zeros((n, 16, 64), np.bool_)
    for k, left in enumerate(np.random.default_rng(0).integers(0, 3, n)):
        for place in {20, 24, 27} - {(20, 24, 27)[left]}:
            roll[k, :, place] = True
    return {"roll": torch.from_numpy(roll)}


def test_the_textbooks_sizes_and_one_logit_a_roll() -> None:
    widths = [
        one.out_features
        for one in build_model("dense-gan", "textbook").generator
        if hasattr(one, "out_features")
    ]
    assert widths == [128, 256, 512, 1024, 2048, 4096]
    assert count_weights(DenseGan(DENSE_GAN_SIZES["textbook"])) == pytest.approx(13.5e6, rel=0.02)
    model = model_of().eval()
    chance = model.write(torch.randn(5, 8))
    assert chance.shape == (5, 16, 64)
    assert ((chance > 0) & (chance < 1)).all()
    assert model.judge(chance).shape == (5,)


@pytest.mark.parametrize("name", GAN_LOSSES)
def test_every_loss_moves_its_player_alone(name: str) -> None:
    model = model_of(name)
    for player in model.players:
        loss, told = model.loss(chords(6), player=player)
        assert torch.isfinite(loss)
        grads = torch.autograd.grad(loss, model.weights_of(player))
        assert any(float(one.abs().sum()) > 0 for one in grads)
        assert 0 <= float(next(iter(told.values()))) <= 1


def test_it_learns_which_cells_sound() -> None:
    model = model_of()
    optimizers = {
        name: torch.optim.Adam(model.weights_of(name), lr=3e-3, betas=(0.5, 0.9))
        for name in model.players
    }
    batch = chords(32)
    before = model.eval().measure(batch)["match"]
    model.train()
    for _ in range(150):
        for player, optimizer in optimizers.items():
            loss, _ = model.loss(batch, player=player)
            optimizer.zero_grad()
            torch.autograd.backward(loss, inputs=model.weights_of(player))
            optimizer.step()
    after = model.eval().measure(batch)["match"]
    assert after[0] / after[1] < 0.5 * before[0] / before[1]
    roll = model.sample_arrays(8, seed=1)["roll"]
    assert roll.dtype == np.bool_
    assert np.array_equal(roll, model.sample_arrays(8, seed=1)["roll"])
    assert set(np.flatnonzero(roll.mean((0, 1)) > 0.3)) <= {20, 24, 27}


def test_it_is_saved_and_restored_with_its_widths() -> None:
    model = model_of().eval()
    weights = {name: one.numpy() for name, one in model.state_dict().items()}
    again = restore_model({"family": "dense-gan", **TINY.to_dict()}, weights)
    noise = torch.randn(2, 8)
    assert torch.equal(model.write(noise), again.write(noise))
    assert again.config == TINY


def test_its_graph_runs_without_torch_and_gives_the_same() -> None:
    graphs = build_graphs(model_of(), bits=32)
    assert [one.outputs[0]["shape"][1:] for one in graphs] == [[16, 64]]
    assert max(measure_graphs(graphs).values()) < 1e-4
    assert max(measure_graphs(build_graphs(model_of(), bits=8)).values()) < 0.05


def test_wrong_shapes_are_told() -> None:
    for wrong in ({"widths": ()}, {"noise": 0}, {"smooth": 0.5}, {"dropout": 1.0}):
        with pytest.raises(ParameterError, match="DenseGan needs"):
            DenseGanConfig(**wrong)
