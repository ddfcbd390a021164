"""Writing bundles: whole or not at all, the same bytes for the same weights."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from motet.errors import BundleError, ParameterError
from motet.export.bundle import add_facts, read_weights, write_bundle
from motet.export.card import Card
from motet.export.parity import random_weights
from motet.tokens.vocab import vocab_hash


def test_a_bundle_has_its_files_and_states_its_contract(weights_path: Path, tmp_path: Path) -> None:
    card = Card(licence="CC0-1.0", sources=[{"name": "Folk songs", "licence": "PD"}])
    folder = write_bundle(weights_path, tmp_path / "one", bits=8, context=1024, card=card)
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["CARD.md", "CARD.zh.md", "bundle.json", "model.onnx"]
    contract = json.loads((folder / "bundle.json").read_text("utf-8"))
    assert contract["vocab_hash"] == vocab_hash()
    assert (contract["bits"], contract["context"], contract["size"]) == (8, 1024, "tiny")
    assert contract["config"]["n_kv_heads"] == 2
    assert contract["n_parameters"] == 196_928
    assert contract["sources"] == [{"name": "Folk songs", "licence": "PD"}]
    assert "Folk songs (licence: PD)" in (folder / "CARD.md").read_text("utf-8")
    assert (folder / "CARD.zh.md").read_text("utf-8").startswith("# 模型卡片:one")
    assert [path.name for path in tmp_path.iterdir()] == ["one"]  # no draft is left


def test_the_same_weights_give_the_same_bytes(weights_path: Path, tmp_path: Path) -> None:
    one = write_bundle(weights_path, tmp_path / "a" / "same", bits=4)
    two = write_bundle(weights_path, tmp_path / "b" / "same", bits=4)
    for path in one.iterdir():
        assert path.read_bytes() == (two / path.name).read_bytes()


def test_a_bundle_is_replaced_but_nothing_else_is(weights_path: Path, tmp_path: Path) -> None:
    folder = write_bundle(weights_path, tmp_path / "one", bits=8)
    write_bundle(weights_path, folder, bits=4)
    assert json.loads((folder / "bundle.json").read_text("utf-8"))["bits"] == 4
    other = tmp_path / "thesis"
    other.mkdir()
    (other / "chapter.txt").write_text("years of work")
    with pytest.raises(ParameterError, match="something else"):
        write_bundle(weights_path, other)
    assert (other / "chapter.txt").read_text() == "years of work"


def test_facts_are_merged_and_told(weights_path: Path, tmp_path: Path) -> None:
    folder = write_bundle(weights_path, tmp_path / "one", card=Card(quality={"old": 1}))
    add_facts(folder, {"quality": {"nll_per_note": 6.125}, "licence": "CC-BY-4.0"})
    contract = json.loads((folder / "bundle.json").read_text("utf-8"))
    assert contract["quality"] == {"old": 1, "nll_per_note": 6.125}
    card = (folder / "CARD.zh.md").read_text("utf-8")
    assert "nll_per_note | 6.125" in card
    assert "CC-BY-4.0" in card


@pytest.mark.parametrize(
    "content", [b"", b"not a zip", b"PK\x03\x04 torn", b"PK\x05\x06" + bytes(18)]
)
def test_a_damaged_weights_file_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    path.write_bytes(content)
    with pytest.raises(BundleError, match="cannot be read"):
        write_bundle(path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_weights_without_configuration_or_for_other_tokens_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    np.savez(path, a=np.zeros(3))
    with pytest.raises(BundleError, match="cannot be read"):
        read_weights(path)


def test_weights_are_read_as_float32(weights_path: Path) -> None:
    config, weights = read_weights(weights_path)
    assert config["n_heads"] == 4
    assert {weight.dtype for weight in weights.values()} == {np.dtype(np.float32)}


def test_weights_as_training_writes_them(tmp_path: Path) -> None:
    sizes, weights = random_weights("tiny", seed=1)
    config = {"format": 1, "family": "transformer", "size": "tiny", "config": sizes}
    np.savez(tmp_path / "weights.npz", config=json.dumps(config), **weights)
    folder = write_bundle(tmp_path / "weights.npz", tmp_path / "out")
    contract = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    assert (contract["size"], contract["config"]["width"]) == ("tiny", sizes["width"])


def test_what_the_weights_say_of_their_training_is_told(weights_path: Path, tmp_path: Path) -> None:
    with np.load(weights_path) as stored:
        arrays = dict(stored)
    config = json.loads(str(arrays.pop("config")))
    config |= {
        "recipe": {"context": 768, "seed": 3},
        "steps": 40,
        "measured": {"nats_per_note": 6.5},
    }
    config["corpus"] = {"sources": ["openscore-lieder", "elsewhere", "arranger"]}
    np.savez(tmp_path / "trained.npz", config=json.dumps(config), **arrays)
    folder = write_bundle(
        tmp_path / "trained.npz", tmp_path / "one", card=Card(quality={"mine": 1})
    )
    contract = json.loads((folder / "bundle.json").read_text("utf-8"))
    assert contract["context"] == 768
    assert contract["recipe"] == {"context": 768, "seed": 3, "steps": 40}
    assert contract["quality"] == {"mine": 1, "nats_per_note": 6.5}
    names = [one["name"] for one in contract["sources"]]
    assert names == ["OpenScore Lieder", "elsewhere", "Motet's arranger (machine-made)"]
    assert "repository" not in contract["sources"][2]
    assert "CC" in contract["sources"][0]["licence"]
    plain = write_bundle(tmp_path / "trained.npz", tmp_path / "two", context=1024)
    contract = json.loads((plain / "bundle.json").read_text("utf-8"))
    assert (contract["context"], contract["quality"]) == (1024, {"nats_per_note": 6.5})
