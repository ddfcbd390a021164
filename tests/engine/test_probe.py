"""What is measured is what it says; no times are asserted."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from motet.engine.bundle import Bundle
from motet.engine.probe import (
    measure_bandwidth,
    measure_parity,
    measure_speed,
    practice_grid,
    practice_rules,
)
from motet.export.bundle import read_weights
from motet.tokens import encode, find_error


def test_the_practice_piece_is_a_valid_document_of_about_512_tokens() -> None:
    ids = encode(practice_grid(16, 16))
    assert find_error(ids) is None
    assert 450 < len(ids) < 560


def test_practice_rules_hold_for_the_practice_notes() -> None:
    grid = practice_grid(4, 0)
    for (bar, part), rules in practice_rules(0, 4).items():
        cell = grid.cell(bar, part)
        onsets = np.unique(cell["pos"])
        assert rules.min_onsets <= len(onsets) <= (rules.max_onsets or 0)
        if rules.scale is not None:
            assert set((cell["pitch"] % 12).tolist()) <= rules.scale
            assert rules.low <= cell["pitch"].min() <= cell["pitch"].max() <= rules.high


def test_speed_counts_what_was_written(bundle: Bundle) -> None:
    speed = measure_speed(bundle, n_rows=2, n_threads=1)
    assert 400 < speed.prompt_tokens < 560
    assert 0 < speed.n_choices <= speed.n_tokens
    assert 0 < speed.first_bar_s <= speed.piece_s
    assert speed.facts()["n_threads"] == 1
    assert speed.cache_mb == 2 * 2 * 2 * 2 * 2048 * 16 * 4 / 1e6


def test_bandwidth_is_some_number() -> None:
    assert measure_bandwidth(n_bytes=100_000, repeats=1) > 0


def test_parity_of_a_bundle_with_its_weights(bundle: Bundle, bundle_folder: Path) -> None:
    config, weights = read_weights(bundle_folder.parent / "weights.npz")
    ids = encode(practice_grid(2, 0))
    found = measure_parity(bundle, config, weights, ids=ids)
    assert 0 < found.mean_kl < 0.01
    other = {name: weight * 1.05 for name, weight in weights.items()}
    assert measure_parity(bundle, config, other, ids=ids).mean_kl > found.mean_kl
