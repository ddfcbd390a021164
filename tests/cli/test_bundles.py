"""``motet bundles`` lists what is here, with its troubles, and removes only one's own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.bundles import register
from motet.export.bundle import add_facts
from motet.export.place import user_folder
from tiny_bundle import make_tiny_bundle


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A bundle of the user's own, as adapting leaves it."""
    user_folder().mkdir(parents=True)
    folder = make_tiny_bundle(tmp_path).rename(user_folder() / "mine")
    figures = {"nats_per_note_before": 5.0, "nats_per_note_after": 4.5, "n_notes": 9}
    adapted = {"from": "small", "folder": "tunes", "n_pieces": 12}
    add_facts(folder, {"adapted": adapted, "quality": {"held_out_of_the_folder": figures}})
    return folder


def test_own_and_shipped_ones_are_told_apart(motet: Callable[..., Any], mine: Path) -> None:
    found = motet("bundles")
    assert found.code == 0
    assert "comes with Motet" in found.out
    assert "small adapted to 12 pieces of tunes" in found.out
    assert "5.000 → 4.500" in found.out
    rows = {row["name"]: row for row in motet("bundles", "list", "--json").facts["bundles"]}
    assert rows["mine"]["own"]
    assert not rows["small"]["own"]
    assert rows["mine"]["bits"] == 8
    assert rows["mine"]["family"] == "transformer"
    assert "whole pieces" in found.out
    assert rows["mine"]["n_bytes"] > (mine / "model.onnx").stat().st_size
    assert "适配" in motet("bundles", "--lang", "zh").out
    assert callable(register)


def test_a_damaged_one_is_named_and_the_others_listed(
    motet: Callable[..., Any], mine: Path
) -> None:
    (mine / "model.onnx").write_bytes(b"no")
    found = motet("bundles")
    assert found.code == 0
    assert "SHA-256" in found.out
    assert "comes with Motet" in found.out


def test_own_ones_can_be_removed_and_no_others(motet: Callable[..., Any], mine: Path) -> None:
    kept = user_folder() / "scores"
    kept.mkdir()
    for name, code in (("small", 2), ("nobody", 5), ("scores", 5), ("../bundles/mine", 5)):
        assert motet("bundles", "remove", name).code == code, name
    assert motet("bundles", "remove").code == 2
    assert motet("bundles", "list", "mine").code == 2
    assert motet("bundles", "drop", "mine").code == 2
    assert (mine / "bundle.json").is_file()
    assert motet("bundles", "remove", "mine").code == 0
    assert not mine.exists()
    assert kept.is_dir()


def test_a_list_without_own_ones_says_how_to_make_one(motet: Callable[..., Any]) -> None:
    shutil.rmtree(user_folder(), ignore_errors=True)
    assert "--from FOLDER" in motet("bundles").out
