"""Bundles that do not fit are refused, each with its reason."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.engine.bundle import list_bundles, load_bundle, user_folder
from motet.errors import BundleError


@pytest.fixture
def copied(bundle_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(bundle_folder, tmp_path / "copied"))


def _edit(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = folder / "bundle.json"
    contract = json.loads(path.read_text("utf-8"))
    change(contract)
    path.write_text(json.dumps(contract), "utf-8")


def test_a_whole_bundle_is_loaded(bundle_folder: Path) -> None:
    bundle = load_bundle(bundle_folder)
    assert (bundle.name, bundle.bits, bundle.context) == ("seedling", 8, 2048)
    assert bundle.cache_shape == (2, 2, 16)
    assert len(bundle.digest) == 64


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c.update(format=2), "format 1, got 2"),
        (lambda c: c.update(vocab_hash="0" * 16), "vocab_hash is '0000000000000000'"),
        (lambda c: c.update(positions_per_qn=12), "positions_per_qn is 12"),
        (lambda c: c.pop("config"), "'config' must be dict"),
        (lambda c: c["config"].update(n_heads="4"), "'n_heads' must be int"),
        (lambda c: c["config"].update(n_layers=0), "'n_layers' must be above 0"),
        (lambda c: c["config"].update(n_heads=3), "do not fit each other"),
        (lambda c: c["config"].update(vocab_size=512), "do not fit each other"),
        (lambda c: c.update(files={}), r"'model\.onnx' must be dict"),
        (lambda c: c["files"].update({"../x": {"sha256": ""}}), "lacks its file"),
        (lambda c: c["files"].update(model=None), "lacks its file 'model'"),
        (lambda c: c.update(context=True), "'context' must be int"),
    ],
)
def test_a_contract_that_does_not_hold_is_refused(
    change: Callable[[dict[str, Any]], object], message: str, copied: Path
) -> None:
    _edit(copied, change)
    with pytest.raises(BundleError, match=message) as caught:
        load_bundle(copied)
    assert "bundle" in caught.value.en
    assert any("一" <= sign <= "鿿" for sign in caught.value.zh)


def test_a_changed_graph_is_refused(copied: Path) -> None:
    blob = bytearray((copied / "model.onnx").read_bytes())
    blob[len(blob) // 2] ^= 1
    (copied / "model.onnx").write_bytes(blob)
    with pytest.raises(BundleError, match="SHA-256"):
        load_bundle(copied)


@pytest.mark.parametrize("text", ["", "[]", "{", "null", '"x"', "\x00", "[" * 100_000])
def test_a_damaged_contract_is_refused(text: str, copied: Path) -> None:
    (copied / "bundle.json").write_text(text, "utf-8")
    with pytest.raises(BundleError):
        load_bundle(copied)


@pytest.mark.parametrize("name", ["nobody", "", "..", "a/b", "\x00", "x" * 300])
def test_what_is_no_bundle_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BundleError, match="there is no bundle"):
        load_bundle(name)


def test_a_users_bundles_are_found_by_name(bundle_folder: Path) -> None:
    shutil.copytree(bundle_folder, user_folder() / "mine")
    assert "mine" in list_bundles()
    assert load_bundle("mine").name == "mine"
