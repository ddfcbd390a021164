"""Each loss equals its formula worked by hand, and pulls the way it should."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
import torch
from torch import nn

from motet.errors import ParameterError
from motet.models.losses import (
    GAN_LOSSES,
    bernoulli_nll,
    free_bits,
    gan_loss,
    gaussian_nll,
    gradient_penalty,
    kl_normal,
)

torch.set_num_threads(1)

DOCS = Path(__file__).resolve().parents[2] / "docs" / "concepts"
REAL, MADE = torch.tensor([2.0, -1.0]), torch.tensor([0.5, -3.0])


def _sure(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


BCE = -_mean([math.log(_sure(x)) for x in REAL.tolist()]) - _mean(
    [math.log(1 - _sure(x)) for x in MADE.tolist()]
)


@pytest.mark.parametrize(
    ("name", "judge", "writer"),
    [
        ("minimax", BCE, _mean([math.log(1 - _sure(x)) for x in (0.5, -3.0)])),
        ("non_saturating", BCE, -_mean([math.log(_sure(x)) for x in (0.5, -3.0)])),
        ("wasserstein", (0.5 - 3.0) / 2 - (2.0 - 1.0) / 2, 1.25),
        ("hinge", (0.0 + 2.0) / 2 + (1.5 + 0.0) / 2, 1.25),
        ("least_squares", 0.5 * ((1 + 4) / 2 + (0.25 + 9) / 2), 0.5 * (0.25 + 16) / 2),
    ],
)
def test_adversaries_by_hand(name: str, judge: float, writer: float) -> None:
    assert float(gan_loss(name, MADE, REAL)) == pytest.approx(judge, rel=1e-5)
    assert float(gan_loss(name, MADE)) == pytest.approx(writer, rel=1e-5)


@pytest.mark.parametrize("name", GAN_LOSSES)
def test_players_pull_opposite_ways(name: str) -> None:
    made, real = (torch.full((1,), 0.5, requires_grad=True) for _ in range(2))
    gan_loss(name, made, real).backward()
    assert made.grad is not None
    assert real.grad is not None
    assert (
        made.grad > 0 > real.grad
    )  # a step of the judge lowers what was made, raises what is real
    made.grad = None
    gan_loss(name, made).backward()
    assert made.grad < 0


def test_minimax_teaches_a_writer_nothing_that_is_caught_and_the_other_does() -> None:
    slopes = {}
    for name in ("minimax", "non_saturating"):
        made = torch.full((1,), -10.0, requires_grad=True)
        gan_loss(name, made).backward()
        slopes[name] = abs(float(made.grad)) if made.grad is not None else 0.0
    assert slopes["minimax"] < 1e-4
    assert slopes["non_saturating"] > 0.99


def test_an_unknown_loss_is_told() -> None:
    with pytest.raises(ParameterError, match="there are: non_saturating"):
        gan_loss("cubes", MADE)


def test_the_penalty_is_zero_for_a_slope_of_one_and_teaches_the_judge() -> None:
    even = nn.Linear(4, 1, bias=False)
    nn.init.constant_(even.weight, 0.5)  # length 1
    real, made = torch.randn(6, 4), torch.randn(6, 4)
    assert float(gradient_penalty(lambda x: even(x)[:, 0], real, made).detach()) == pytest.approx(
        0, abs=1e-6
    )
    nn.init.constant_(even.weight, 1.0)  # length 2
    penalty = gradient_penalty(lambda x: even(x)[:, 0], real, made)
    assert float(penalty.detach()) == pytest.approx(1, rel=1e-5)
    penalty.backward()
    assert even.weight.grad is not None
    assert (even.weight.grad > 0).all()


def test_the_kl_in_closed_form_is_what_sampling_finds() -> None:
    mean, log_variance = torch.tensor([[0.7, -0.3]]), torch.tensor([[-0.5, 0.4]])
    drawn = torch.Generator().manual_seed(0)
    spread = (0.5 * log_variance).exp()
    z = mean + spread * torch.randn(200_000, 2, generator=drawn)
    inside = torch.distributions.Normal(mean, spread).log_prob(z)
    outside = torch.distributions.Normal(0.0, 1.0).log_prob(z)
    found = float((inside - outside).sum(-1).mean())
    assert float(kl_normal(mean, log_variance)[0]) == pytest.approx(found, rel=0.01)
    assert free_bits(torch.tensor([1.0]), 0.0).tolist() == [1.0]


def test_likelihoods_are_those_of_the_distributions() -> None:
    logits, target = torch.tensor([[0.3, -2.0], [1.0, 0.0]]), torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    wanted = -torch.distributions.Bernoulli(logits=logits).log_prob(target).sum(1)
    assert torch.allclose(bernoulli_nll(logits, target), wanted)
    wanted = -torch.distributions.Normal(logits, math.exp(0.25)).log_prob(target).sum(1)
    assert torch.allclose(gaussian_nll(logits, target, log_variance=0.5), wanted)


@pytest.mark.parametrize("page", ["losses.md", "losses.zh.md"])
def test_the_page_of_formulas_names_functions_that_are_there(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    named = re.findall(r"\[`(\w+)`\]\(([^)]+)\)", text)
    assert {name for name, _ in named} >= {
        "gan_loss", "gradient_penalty", "kl_normal", "free_bits", "bernoulli_nll", "gaussian_nll"
    }  # fmt: skip
    for name, path in named:
        code = (DOCS / path).read_text(encoding="utf-8")
        assert re.search(rf"^ *def {name}\(", code, re.MULTILINE), f"{path}: {name}"


def test_what_the_page_says_is_printed_wrong_is_wrong() -> None:
    mean, log_variance = torch.tensor([[0.5]]), torch.tensor([[1.0]])
    printed = -0.5 * (1 + log_variance - mean**2 - (0.5 * log_variance).exp()).sum()
    assert float(printed) == pytest.approx(0.5 * (0.25 + math.exp(0.5) - 2))
    assert float(printed) < 0 < float(kl_normal(mean, log_variance)[0])  # no divergence is below 0
    logits, target = torch.zeros(1, 4096), torch.ones(1, 4096)
    mean_of_cells = nn.functional.binary_cross_entropy_with_logits(logits, target)
    assert float(bernoulli_nll(logits, target)[0] / mean_of_cells) == pytest.approx(4096, rel=1e-4)
    gap = gaussian_nll(torch.tensor([[2.0]]), torch.zeros(1, 1)) - gaussian_nll(
        torch.zeros(1, 1), torch.zeros(1, 1)
    )
    assert float(gap[0]) == pytest.approx(2.0)  # half of the square 4
