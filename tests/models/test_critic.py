"""The judge's network: it learns, it measures by pairs, it counts other writers as not people."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import motet
from motet.models.critic import JUDGE_SIZES, Judge
from motet.phrases.judged import extract_judged, vary_judged
from motet.tokens import score_to_grid

torch.set_num_threads(1)


@pytest.fixture(scope="module")
def batch() -> dict[str, torch.Tensor]:
    piece = motet.arrange("| C | Am | F | G |", style="pop", bars=16, seed=2, humanise=0)
    found = extract_judged(score_to_grid(piece.score).grid)
    many = {name: np.stack([one[name] for one in found] * 3) for name in found[0]}
    varied = vary_judged(many, np.random.default_rng(0))
    return {name: torch.from_numpy(one) for name, one in varied.items()}


def test_it_learns_to_tell_spoilt_phrases(batch: dict[str, torch.Tensor]) -> None:
    torch.manual_seed(1)
    model = Judge(JUDGE_SIZES["tiny"])
    optimiser = torch.optim.Adam(model.parameters(), lr=0.01)
    first = model.loss(batch)[0].item()
    for _ in range(30):
        optimiser.zero_grad()
        model.loss(batch)[0].backward()
        optimiser.step()
    assert model.loss(batch)[0].item() < 0.6 * first
    right, pairs = model.measure(batch)["auc"]
    assert pairs == len(batch["style"]) ** 2
    assert right / pairs > 0.8


def test_phrases_of_other_writers_count_as_not_people(batch: dict[str, torch.Tensor]) -> None:
    model = Judge(JUDGE_SIZES["tiny"])
    half = {**batch, "human": torch.arange(len(batch["style"])) % 2 == 0}
    assert model.loss(half)[0].item() != pytest.approx(model.loss(batch)[0].item(), abs=1e-7)
    n, people = len(batch["style"]), int(half["human"].sum())
    assert model.measure(half)["auc"][1] == people * (people + n - people)


def test_plain_phrases_are_spoilt_alike_each_time(batch: dict[str, torch.Tensor]) -> None:
    model = Judge(JUDGE_SIZES["tiny"])
    plain = {
        name: one for name, one in batch.items() if name not in ("bad_roll", "bad_attack", "way")
    }
    assert model.measure(plain) == model.measure(plain)
    (graph,) = model.graphs()
    assert graph.module(*graph.inputs.values()).shape == (2,)
