"""A model comes out of a bundle's folder, of a file and of shards; the same one each time."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from motet.errors import BundleError
from motet.models import load_model
from motet.train import load_weights, save_weight_shards
from tiny_bundle import make_tiny_bundle

torch.set_num_threads(1)
IDS = torch.arange(1, 30)[None]


def test_bundle_file_and_shards_hold_one_model(tmp_path: Path) -> None:
    folder = make_tiny_bundle(tmp_path)
    file = tmp_path / "weights.npz"
    first = load_model(file)
    assert not first.training
    facts, weights = load_weights(file)
    save_weight_shards(folder, weights, facts, max_bytes=300_000)
    assert len(list(folder.glob("weights-*.npz"))) > 1
    assert torch.equal(load_model(folder)(IDS), first(IDS))
    assert torch.equal(load_model(str(folder))(IDS), first(IDS))


def test_a_bundle_without_weights_is_told_apart(tmp_path: Path) -> None:
    folder = make_tiny_bundle(tmp_path)
    with pytest.raises(BundleError, match="came without the weights") as caught:
        load_model(folder)
    assert "权重" in caught.value.zh
    with pytest.raises(BundleError, match="cannot read weights"):
        load_model(tmp_path / "none.npz")
