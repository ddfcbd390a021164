"""Gradients do not depend on how a batch is shared out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy

from motet.models import build_model
from motet.tokens import encode, score_to_grid
from motet.train.config import RunConfig
from motet.train.gradient import Engine
from motet.train.label import label_rows
from tiny_corpus import random_tune

torch.set_num_threads(1)

CONFIG = RunConfig(size="tiny", rows=4, micro_rows=4, context=200, header_weight=0.5)
CPU = torch.device("cpu")


@pytest.fixture
def rows() -> np.ndarray:
    """Four rows, of one document or two, with padding."""
    made = np.zeros((4, 201), np.uint16)
    for k, row in enumerate(made):
        documents = [encode(score_to_grid(random_tune(k, n_bars=3 + 3 * k)).grid)]
        if k < 2:
            documents.append(encode(score_to_grid(random_tune(50 + k, n_bars=4)).grid))
        ids = np.concatenate(documents)[:201]
        row[: len(ids)] = ids
    return made


def gradients(rows: np.ndarray, config: RunConfig) -> tuple[list[torch.Tensor], dict[str, float]]:
    torch.manual_seed(3)
    engine = Engine(build_model("transformer", "tiny"), config, CPU)
    facts = engine.fill_gradients(rows)
    engine.close()
    return [weight.grad for weight in engine.model.parameters()], facts


def test_workers_and_pieces_give_the_gradients_of_the_whole(rows: np.ndarray) -> None:
    whole, facts = gradients(rows, CONFIG)
    for micro_rows, threads in ((1, 1), (2, 2), (1, 3)):
        found, same = gradients(rows, replace(CONFIG, micro_rows=micro_rows, threads=threads))
        assert all(torch.allclose(a, b, atol=1e-5) for a, b in zip(found, whole, strict=True))
        assert same == pytest.approx(facts, rel=1e-4)
        again, _ = gradients(rows, replace(CONFIG, micro_rows=micro_rows, threads=threads))
        assert all(torch.equal(a, b) for a, b in zip(found, again, strict=True))


def test_gradients_are_those_of_the_plain_loss(rows: np.ndarray) -> None:
    found, _ = gradients(rows, CONFIG)
    torch.manual_seed(3)
    model = build_model("transformer", "tiny")
    ids = torch.from_numpy(rows.astype(np.int64))
    segments, kinds = label_rows(ids)
    weigh = torch.tensor([0.0, 0.5] + [1.0] * 6)[kinds[:, 1:].long()]
    nats = cross_entropy(
        model(ids[:, :-1], segments=segments[:, :-1]).transpose(1, 2), ids[:, 1:], reduction="none"
    )
    (nats * weigh).sum().div(float((rows[:, 1:] != 0).sum())).backward()
    for one, weight in zip(found, model.parameters(), strict=True):
        assert torch.allclose(one, weight.grad, atol=1e-5)


def test_half_precision_is_near(rows: np.ndarray) -> None:
    whole, facts = gradients(rows, CONFIG)
    found, same = gradients(rows, replace(CONFIG, bf16=True))
    assert same["nats_per_token"] == pytest.approx(facts["nats_per_token"], rel=0.01)
    one, two = (torch.cat([g.flatten() for g in many]) for many in (whole, found))
    assert float((one - two).norm() / one.norm()) < 0.1


def test_losses_are_per_token_and_leave_training_mode_on(rows: np.ndarray) -> None:
    engine = Engine(build_model("transformer", "tiny"), replace(CONFIG, threads=2), CPU)
    nats = engine.losses(rows)
    engine.close()
    assert nats.shape == (4, 200)
    assert engine.model.training
    alone = Engine(engine.model, CONFIG, CPU)
    assert np.allclose(alone.losses(rows[2:3]), nats[2:3], atol=1e-4)
    alone.close()
