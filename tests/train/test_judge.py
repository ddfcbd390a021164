"""A model beside Markov chains, on the same windows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from motet.errors import ParameterError
from motet.models import build_model
from motet.train.checkpoint import save_weights
from motet.train.judge import judge_weights, open_losses
from tiny_shards import write_tiny_shards

torch.set_num_threads(1)


def test_all_are_judged_by_the_same_notes(tmp_path: Path) -> None:
    shards = write_tiny_shards(tmp_path / "s")
    model = build_model("transformer", "tiny")
    save_weights(tmp_path / "weights.npz", model.state_dict(), model.config.to_dict())
    verdict = judge_weights(tmp_path / "weights.npz", shards, context=256, n_windows=4)
    assert list(verdict.rows) == ["unigram", "markov-2", "markov-3", "model"]
    assert len({one.n_notes for one in verdict.rows.values()}) == 1
    nats = {name: one.nats_per_note for name, one in verdict.rows.items()}
    assert nats["markov-2"] < nats["unigram"] < nats["model"]
    assert verdict.gain == pytest.approx(1 - nats["model"] / min(nats.values()))
    assert verdict.gain < 0
    assert set(verdict.gain_by_style) == {"balkan", "ballad"}
    alone = judge_weights(None, shards, context=256, n_windows=4)
    assert alone.rows["markov-3"] == verdict.rows["markov-3"]
    assert "model" not in alone.to_dict()["rows"]


def test_losses_can_be_asked_for_any_rows(tmp_path: Path) -> None:
    model = build_model("transformer", "tiny")
    save_weights(tmp_path / "weights.npz", model.state_dict(), model.config.to_dict())
    rows = np.array([[1, 3, 5, 6, 2, 0]], np.uint16)
    with open_losses(tmp_path / "weights.npz") as losses:
        nats = losses(rows)
    assert nats.shape == (1, 5)
    assert (nats[0, :4] > 0).all()


def test_weights_that_foretell_no_tokens_are_refused(tmp_path: Path) -> None:
    model = build_model("vae", "tiny")
    facts = {"family": "vae", **model.config.to_dict()}
    save_weights(tmp_path / "weights.npz", model.state_dict(), facts)
    shards = write_tiny_shards(tmp_path / "s")
    with pytest.raises(ParameterError, match="foretells no tokens"):
        judge_weights(tmp_path / "weights.npz", shards)
