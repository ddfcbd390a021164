"""The graph of a bundle, opened or refused."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from motet.engine.bundle import load_bundle
from motet.engine.graph import open_graph
from motet.errors import BundleError


def test_a_graph_that_is_not_what_the_contract_states_is_refused(
    bundle_folder: Path, tmp_path: Path
) -> None:
    copied = Path(shutil.copytree(bundle_folder, tmp_path / "copied"))
    contract = json.loads((copied / "bundle.json").read_text("utf-8"))
    contract["inputs"][0]["name"] = "tokens"
    (copied / "bundle.json").write_text(json.dumps(contract), "utf-8")
    with pytest.raises(BundleError, match="the contract states"):
        open_graph(load_bundle(copied), n_threads=1)


def test_a_file_that_is_no_graph_is_refused(bundle_folder: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(bundle_folder, tmp_path / "copied"))
    (copied / "model.onnx").write_bytes(b"no graph")
    contract = json.loads((copied / "bundle.json").read_text("utf-8"))
    contract["files"]["model.onnx"]["sha256"] = hashlib.sha256(b"no graph").hexdigest()
    (copied / "bundle.json").write_text(json.dumps(contract), "utf-8")
    with pytest.raises(BundleError, match="refuses the graph"):
        open_graph(load_bundle(copied), n_threads=1)
