"""Nats measured with a bundle's graphs are those that training measures with the model."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from motet.engine.bundle import load_bundle
from motet.export.bundle import write_bundle
from motet.models.registry import build_model, find_config
from motet.phrases.events import EventOptions, extract
from motet.score import make_score
from motet.suite.event_nats import measure_nats
from motet.tokens import score_to_grid

PIECE = score_to_grid(
    make_score(
        " | ".join(["C5:1 E5:0.5 G5:0.5 A5:1 G5:1", "F5:1 E5:1 D5:2"] * 5),
        " | ".join(["C3:2 C3:2", "F2:2 G2:2"] * 5),
        "drums " + " | ".join(["36:1 42:1 38:1 42:1"] * 10),
        fifths=0,
    )
).grid


@pytest.mark.parametrize("content", ["melody", "poly"])
def test_graphs_and_model_agree(tmp_path, content):
    import json

    torch.set_num_threads(1)
    torch.manual_seed(4)
    model = build_model("rnn", find_config("rnn", "tiny", content=content)).eval()
    config = {
        "format": 1, "family": "rnn", "size": "tiny", **model.config.to_dict(),
        "recipe": {"data": {"content": content, "length": 40}},
    }  # fmt: skip
    weights = {name: one.numpy() for name, one in model.state_dict().items()}
    np.savez(tmp_path / "weights.npz", config=json.dumps(config), **weights)
    bundle = load_bundle(write_bundle(tmp_path / "weights.npz", tmp_path / "own", bits=32))
    phrases = extract(PIECE, EventOptions(content=content, length=40))
    batch = {
        name: torch.from_numpy(np.stack([one[name] for one in phrases])) for name in phrases[0]
    }
    with torch.no_grad():
        expected = {name: total / n for name, (total, n) in model.measure(batch).items()}
    found = measure_nats(bundle, phrases)
    assert found["all"] == pytest.approx(expected["nats_per_note"], abs=1e-4)
    for name in ("time", "part", "pitch", "duration", "velocity"):
        assert found[name] == pytest.approx(expected[f"{name}_nats"], abs=1e-4)
    for hidden in ("lookback", "chords", "style"):
        assert measure_nats(bundle, phrases, hides=(hidden,))["all"] > 0
