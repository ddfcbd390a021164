"""Rows made ahead train like drawn ones and carry the validation windows."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from motet.corpus.shards import open_shards
from motet.errors import CorpusError
from motet.train.config import load_config
from motet.train.data import load_rows
from motet.train.prepare import load_valid, prepare_rows
from motet.train.valid import build_valid
from tiny_shards import write_tiny_shards

CONFIG = replace(load_config(Path(__file__).parents[2] / "configs" / "tiny.toml"), context=256)


def test_a_prepared_folder_says_what_it_holds(tmp_path: Path) -> None:
    shards = write_tiny_shards(tmp_path / "s")
    facts = prepare_rows(shards, tmp_path / "rows", config=CONFIG, n_rows=12)
    assert json.loads((tmp_path / "rows" / "prepared.json").read_text()) == facts
    rows = load_rows(tmp_path / "rows" / "train-0001.npz")
    assert rows.shape == (12, 257)
    again = prepare_rows(shards, tmp_path / "again", config=CONFIG, n_rows=12)
    assert again == facts
    assert np.array_equal(load_rows(tmp_path / "again" / "train-0001.npz"), rows)


def test_validation_windows_come_back(tmp_path: Path) -> None:
    shards = write_tiny_shards(tmp_path / "s")
    prepare_rows(shards, tmp_path / "rows", config=CONFIG, n_rows=1)
    found = load_valid(tmp_path / "rows" / "valid.npz", context=256)
    expected = build_valid(
        open_shards(shards, "valid"), context=256, n_windows=CONFIG.valid_windows
    )
    for name in ("rows", "styles", "side", "marks"):
        assert np.array_equal(getattr(found, name), getattr(expected, name))
    with pytest.raises(CorpusError, match="need a context of"):
        load_valid(tmp_path / "rows" / "valid.npz", context=60)
