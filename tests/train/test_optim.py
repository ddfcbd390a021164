"""Learning rate over a run, and the mean of weights."""

from __future__ import annotations

from itertools import pairwise

import pytest
import torch
from torch import nn

from motet.models import build_model
from motet.train.config import RunConfig
from motet.train.optim import Ema, find_rate, make_optimizer, make_player_optimizer

torch.set_num_threads(1)


@pytest.mark.parametrize("schedule", ["stable", "cosine", "linear"])
def test_rates_rise_then_fall_to_zero(schedule: str) -> None:
    config = RunConfig(schedule=schedule, lr=1.0, warmup_steps=10, decay=0.3)
    rates = [find_rate(config, step=step, progress=step / 100) for step in range(101)]
    top = rates.index(max(rates))
    assert rates[0] == pytest.approx(0.1)
    assert all(a <= b for a, b in pairwise(rates[: top + 1]))
    assert all(a >= b for a, b in pairwise(rates[top:]))
    assert rates[-1] == pytest.approx(0.0, abs=1e-12)


def test_a_constant_run_never_falls() -> None:
    config = RunConfig(lr=1.0, warmup_steps=0, decay=0.0)
    assert find_rate(config, step=5, progress=0.99) == 1.0


def test_only_matrices_decay() -> None:
    model = build_model("transformer", "tiny")
    decayed, free = make_optimizer(model, RunConfig(weight_decay=0.2)).param_groups
    assert (decayed["weight_decay"], free["weight_decay"]) == (0.2, 0.0)
    assert {w.ndim for w in free["params"]} == {1}
    n_all = len(decayed["params"]) + len(free["params"])
    assert n_all == len(list(model.parameters()))


def test_muon_turns_the_inner_matrices_and_adam_the_rest() -> None:
    model = build_model("transformer", "tiny")
    named = dict(model.named_parameters())
    groups = make_optimizer(model, RunConfig(optimizer="muon")).param_groups
    turned = {id(w) for w in groups[-1]["params"]}
    assert turned == {
        id(w) for name, w in named.items() if name.startswith("blocks") and w.ndim > 1
    }
    rest = {id(w) for group in groups[:-1] for w in group["params"]}
    assert rest == {id(w) for w in named.values()} - turned


def test_a_step_of_muon_moves_every_direction_alike() -> None:
    torch.manual_seed(0)
    model = nn.Linear(16, 8, bias=False)
    before = model.weight.detach().clone()
    optimizer = make_optimizer(model, RunConfig(optimizer="muon", lr=1e-2, weight_decay=0.0))
    model.weight.grad = torch.randn(8, 16) * torch.logspace(0, -3, 8)[:, None]
    optimizer.step()
    moved = before - model.weight.detach()
    values = torch.linalg.svdvals(moved)
    assert float(values[-1] / values[0]) > 0.3  # the gradient's own ratio is about 0.001
    assert float(moved.square().mean().sqrt()) == pytest.approx(2e-3, rel=0.35)


@pytest.mark.parametrize(
    ("name", "moved"),
    [
        ("sgd", [0.1 * 2, 0.1 * 3.8]),  # the second step has momentum: 0.9 * 2 + 2
        ("adam", [0.1, 0.1]),
        ("adamw", [0.1, 0.1]),
        ("rmsprop", [1.0, 0.1 / 0.0199**0.5]),  # the mean of squares is 0.01, then 0.0199 times g²
        ("muon", [0.1, 0.1]),
    ],
)
def test_each_optimiser_takes_its_own_steps(name: str, moved: list[float]) -> None:
    weight = nn.Parameter(torch.zeros(1))
    config = RunConfig(optimizer=name, lr=0.1, weight_decay=0.5, beta1=0.9, beta2=0.99)
    optimizer = make_player_optimizer([weight], config)
    for expected in moved:
        before = float(weight.detach())
        weight.grad = torch.tensor([2.0])
        optimizer.step()
        assert before - float(weight.detach()) == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("name", ["sgd", "adam", "rmsprop"])
def test_every_name_counts_for_a_model_of_tokens_too(name: str) -> None:
    model = build_model("transformer", "tiny")
    optimizer = make_optimizer(model, RunConfig(optimizer=name))
    assert type(optimizer._parts[0]).__name__.lower() == name


def _track(most: float, n_steps: int) -> float:
    """The mean of a weight that counts the steps."""
    model = nn.Linear(1, 1, bias=False)
    nn.init.constant_(model.weight, -1e6)
    ema = Ema(model, most=most)
    for step in range(1, n_steps + 1):
        nn.init.constant_(model.weight, float(step))
        ema.update(model, step=step)
    return float(ema.weights["weight"])


def test_the_mean_forgets_the_start_and_lags_by_a_share_of_the_run() -> None:
    for n_steps in (1, 40, 400):
        assert 0.9 * n_steps <= _track(1.0, n_steps) <= n_steps
    assert _track(0.0, 50) == 50.0
    assert _track(0.5, 50) == pytest.approx(49.0, abs=0.1)
