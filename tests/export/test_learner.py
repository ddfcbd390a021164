"""Weights of any family into a bundle; what is no composer is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from families_made import smallest
from motet.engine.bundle import load_bundle
from motet.errors import BundleError, ParameterError
from motet.export.bundle import write_bundle
from motet.export.learner import build_learner
from motet.models.registry import build_model
from motet.train.checkpoint import save_weights


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    model, data = smallest("vae")
    facts = {
        "family": "vae",
        "size": "tiny",
        **model.config.to_dict(),
        "steps": 9,
        "recipe": {"data": data},
    }
    path = tmp_path_factory.mktemp("weights") / "weights.npz"
    save_weights(path, model.state_dict(), facts)
    return path


def test_a_bundle_states_how_it_runs_and_how_near_it_is(weights: Path, tmp_path: Path) -> None:
    folder = write_bundle(weights, tmp_path / "one")
    contract = json.loads((folder / "bundle.json").read_text("utf-8"))
    assert (contract["interface"], contract["takes"], contract["context"]) == ("latent", "steps", 0)
    assert contract["data"] == {"bars": 2, "content": "melody"}
    assert contract["recipe"]["steps"] == 9
    assert set(contract["files"]) == {f"{name}.onnx" for name in contract["graphs"]}
    near = contract["quality"]["difference_from_weights"]
    assert set(near) == set(contract["graphs"])
    assert max(near.values()) < 0.05
    again = write_bundle(weights, tmp_path / "two" / "one")
    for path in folder.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes()
    assert "pip" not in (folder / "CARD.md").read_text("utf-8")


def test_what_a_contract_must_state_is_checked(weights: Path, tmp_path: Path) -> None:
    folder = write_bundle(weights, tmp_path / "one")
    whole = (folder / "bundle.json").read_text("utf-8")
    for change, word in (
        ({"interface": "soup"}, "runs by 'soup'"),
        ({"graphs": {}}, "must be"),
        ({"graphs": {"encode": {"file": "encode.onnx"}}}, "'inputs' must be list"),
        (
            {"graphs": {"encode": {"file": "x.onnx", "inputs": [], "outputs": []}}},
            r"'x\.onnx' must be dict",
        ),
        ({"data": 3}, "'data' must be dict"),
    ):
        (folder / "bundle.json").write_text(json.dumps({**json.loads(whole), **change}), "utf-8")
        with pytest.raises(BundleError, match=word):
            load_bundle(folder)
    (folder / "bundle.json").write_text(whole, "utf-8")
    (folder / "encode.onnx").write_bytes(b"other")
    with pytest.raises(BundleError, match="SHA-256"):
        load_bundle(folder)
    shutil.rmtree(folder)


def test_four_bits_and_models_that_do_not_compose_are_refused(
    weights: Path, tmp_path: Path
) -> None:
    with pytest.raises(ParameterError, match="8 or 32"):
        write_bundle(weights, tmp_path / "one", bits=4)
    assert not (tmp_path / "one").exists()
    roll = build_model("roll", "tiny")
    arrays = {name: one.numpy() for name, one in roll.state_dict().items()}
    with pytest.raises(BundleError, match="no composer"):
        build_learner(
            "roll", {"family": "roll", **roll.config.to_dict()}, arrays, bits=8, path="w.npz"
        )
    with pytest.raises(ParameterError, match="no model family 'soup'"):
        build_learner("soup", {"family": "soup"}, {}, bits=8, path="w.npz")
