"""``motet export`` writes a bundle that loads, and refuses the rest with an exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from families_made import smallest
from motet.cli.export import register
from motet.engine.bundle import load_bundle
from motet.export.parity import random_weights
from motet.train.checkpoint import save_weights


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    config, arrays = random_weights("tiny", seed=3)
    path = tmp_path / "weights.npz"
    np.savez(path, config=json.dumps(config), **arrays)
    return path


def test_a_bundle_is_written_and_told(motet: Callable[..., Any], weights: Path) -> None:
    Path("card.toml").write_text('licence = "CC0-1.0"\n[recipe]\nsteps = 7\n')
    found = motet("export", weights, "-o", "mine", "--bits", "4", "--card", "card.toml", "--json")
    assert found.code == 0
    bundle = load_bundle(Path("mine"))
    assert bundle.bits == found.facts["bits"] == 4
    assert bundle.contract["licence"] == "CC0-1.0"
    assert bundle.contract["recipe"] == {"steps": 7}
    kl = found.facts["parity"]["mean_kl_nats"]
    assert 0 < kl < 0.5
    assert bundle.contract["quality"]["kl_from_weights_nats"] == kl
    assert callable(register)


def test_a_person_is_told_in_their_language(motet: Callable[..., Any], weights: Path) -> None:
    found = motet("export", weights, "-o", "mine", "--lang", "zh")
    assert "8 位" in found.out


def test_any_family_is_exported_and_compared(motet: Callable[..., Any], tmp_path: Path) -> None:
    model, data = smallest("vae")
    facts = {"family": "vae", "size": "tiny", **model.config.to_dict(), "data": data}
    save_weights(tmp_path / "vae.npz", model.state_dict(), facts)
    found = motet("export", "vae.npz", "-o", "mine", "--json")
    assert found.code == 0
    assert found.facts["family"] == load_bundle(Path("mine")).family == "vae"
    assert set(found.facts["parity"]) == {"encode", "conduct", "step", "sliders"}
    assert motet("export", "vae.npz", "-o", "x", "--bits", "4").code == 2


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("missing.npz", "-o", "x"), 5, "cannot be read"),
        (("weights.npz", "-o", "x", "--bits", "3"), 2, "4, 8 or 32"),
        (("weights.npz", "-o", "full"), 2, "something else"),
        (("weights.npz", "-o", "x", "--card", "bad.toml"), 3, "did you mean licence"),
    ],
)
def test_what_cannot_be_is_refused(
    args: tuple[str, ...], code: int, message: str, motet: Callable[..., Any], weights: Path
) -> None:
    assert weights.is_file()
    Path("full").mkdir()
    Path("full/thesis.txt").write_text("x")
    Path("bad.toml").write_text("license = 'x'")
    found = motet("export", *args)
    assert found.code == code
    assert message in found.err
    assert not Path("x").exists()
