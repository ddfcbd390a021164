"""Files are whole or not there; the newest whole one is found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from motet.errors import BundleError, ParameterError
from motet.models import build_model, restore_model
from motet.train.checkpoint import (
    load_checkpoint,
    load_weights,
    save_checkpoint,
    save_weight_shards,
    save_weights,
)

torch.set_num_threads(1)


def test_two_files_take_turns_and_the_newest_whole_one_counts(tmp_path: Path) -> None:
    assert load_checkpoint(tmp_path) is None
    paths = [
        save_checkpoint(tmp_path, {"step": step, "x": torch.ones(3) * step}) for step in (1, 2, 3)
    ]
    assert paths[0] == paths[2] != paths[1]
    found = load_checkpoint(tmp_path)
    assert found is not None
    assert found["x"].tolist() == [3.0, 3.0, 3.0]
    paths[2].write_bytes(paths[2].read_bytes()[:200])
    found = load_checkpoint(tmp_path)
    assert found is not None
    assert found["step"] == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "checkpoint-0.pt",
        "checkpoint-1.pt",
    ]


def test_weights_come_back_within_half_precision(tmp_path: Path) -> None:
    model = build_model("transformer", "tiny")
    facts = {"family": "transformer", **model.config.to_dict()}
    save_weights(tmp_path / "weights.npz", model.state_dict(), facts)
    config, weights = load_weights(tmp_path / "weights.npz")
    assert config == facts
    again = restore_model(config, weights)
    for name, one in model.state_dict().items():
        assert torch.allclose(again.state_dict()[name], one, atol=1e-4)


def test_shards_stay_under_their_limit_and_go_together(tmp_path: Path) -> None:
    model = build_model("transformer", "tiny")
    limit = 300_000
    paths = save_weight_shards(tmp_path / "w", model.state_dict(), {"a": 1}, max_bytes=limit)
    assert len(paths) > 1
    assert all(path.stat().st_size <= limit for path in paths)
    config, weights = load_weights(tmp_path / "w")
    assert config["a"] == 1
    assert {name: one.shape for name, one in weights.items()} == {
        name: tuple(one.shape) for name, one in model.state_dict().items()
    }
    paths[0].unlink()
    with pytest.raises(BundleError, match="weight shards"):
        load_weights(tmp_path / "w")
    with pytest.raises(ParameterError, match=r"embed.weight takes"):
        save_weight_shards(tmp_path / "x", model.state_dict(), {}, max_bytes=100_000)


def test_damaged_weights_are_told(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    with pytest.raises(BundleError, match="cannot read weights"):
        load_weights(path)
    save_weights(path, {"a": np.ones(9)}, {})
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(BundleError, match="cannot read weights"):
        load_weights(path)
