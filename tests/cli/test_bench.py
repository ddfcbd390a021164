"""``motet bench`` says what it measured; no times are asserted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from motet.cli.bench import register
from motet.export.bundle import write_bundle
from motet.export.parity import random_weights


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    config, arrays = random_weights("tiny", seed=3)
    np.savez(tmp_path / "weights.npz", config=json.dumps(config), **arrays)
    return write_bundle(tmp_path / "weights.npz", tmp_path / "mine")


def test_json_holds_every_row(motet: Callable[..., Any], bundle: Path) -> None:
    found = motet("bench", bundle, "--rows", "1", "--rows", "2", "--threads", "1", "--json")
    assert found.code == 0
    speeds = found.facts["speeds"]
    assert [one["n_rows"] for one in speeds] == [1, 2]
    assert all(one["tokens_per_s"] > 0 and one["n_threads"] == 1 for one in speeds)
    assert found.facts["memory_bytes_per_s"] > 0
    assert callable(register)


def test_a_bundle_is_named_in_one_way(motet: Callable[..., Any], bundle: Path) -> None:
    found = motet("bench", "--bundle", bundle, "--rows", "1", "--threads", "1", "--json")
    assert found.facts["bundle"] == "mine"
    both = motet("bench", bundle, "--bundle", bundle)
    assert both.code == 2
    assert "give one bundle" in both.err


def test_a_bundle_that_is_none_is_refused(motet: Callable[..., Any]) -> None:
    found = motet("bench", "nobody")
    assert found.code == 5
    assert "nobody" in found.err
