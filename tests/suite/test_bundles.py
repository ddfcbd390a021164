"""What fewer bits cost: counted by hand, and measured on real weights and a real corpus."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from motet.export.parity import random_weights
from motet.suite import Request
from motet.suite.bundles import (
    BITS,
    TABLE,
    find_notes,
    measure_bundles,
    tally_losses,
    write_bundles,
)
from motet.tokens import encode, score_to_grid
from motet.tokens.vocab import STYLES
from motet.train.label import FIRST_NOTE_KIND, PITCH_KIND, label_rows
from tiny_corpus import random_tune
from tiny_shards import write_tiny_shards

HYMN, REEL = STYLES.index("hymn"), STYLES.index("reel")


def window(style: int, n_notes: int, nats: tuple[float, float, float]) -> dict[str, Any]:
    one: dict[str, Any] = {"style": style, "n_notes": n_notes}
    for bits, total in zip(BITS, nats, strict=True):
        one |= {f"nats_{bits}": total, f"kl_{bits}": 0.01 * (32 - bits), f"same_{bits}": 0.9}
    return one


def test_the_tokens_of_notes_are_those_that_training_counts() -> None:
    grid = replace(score_to_grid(random_tune(3)).grid, qpm=90.0)
    ids = encode(grid).astype(np.int64)
    kinds = label_rows(torch.from_numpy(ids)[None])[1][0].numpy()
    is_note, is_pitch = find_notes(ids)
    assert is_note.tolist() == (kinds >= FIRST_NOTE_KIND).tolist()
    assert is_pitch.tolist() == (kinds == PITCH_KIND).tolist()
    assert is_pitch.sum() == grid.n_notes


def test_windows_count_by_their_notes() -> None:
    windows = [window(HYMN, 10, (20.0, 21.0, 30.0)), window(REEL, 30, (100.0, 101.0, 120.0))]
    facts = tally_losses([*windows, window(REEL, 0, (9.0, 9.0, 9.0))], np.random.default_rng(0))
    assert (facts["n_windows"], facts["n_notes"]) == (2, 40)
    assert [facts["bits"][str(bits)]["nats_per_note"] for bits in BITS] == [3.0, 3.05, 3.75]
    assert facts["bits"]["4"]["cost"] == 0.75
    assert facts["bits"]["8"]["kl_nats"] == pytest.approx(0.24)
    assert facts["groups"]["choral"] == {"n_windows": 1, "32": 2.0, "8": 2.1, "4": 3.0}


def test_a_loss_is_named_and_few_windows_are_said() -> None:
    windows = [window(HYMN, 10, (30.0, 30.0, 33.0))] * 9 + [window(REEL, 10, (30.0, 30.0, 33.0))]
    facts = tally_losses(windows, np.random.default_rng(0)) | {
        "mb": {"32": 9.0, "8": 3.0, "4": 2.0}
    }
    text = write_bundles(facts)
    assert "| 4 | 2.0 | 3.3000 | +0.3000 ± 0.0000 |" in text
    assert "8 bits cost nothing that these windows show" in text
    assert "4 bits cost 10.00% more nats a note: a loss that counts" in text
    assert "| folk | 1 | 3.000 | 3.000 | 3.300 | too few windows to say |" in text
    assert text.count("too few windows to say") == 1


def test_real_weights_at_each_number_of_bits(tmp_path: Path) -> None:
    config, weights = random_weights("tiny", seed=2)
    halves = {name: weight.astype(np.float16) for name, weight in weights.items()}
    path = tmp_path / "weights.npz"
    np.savez(path, config=json.dumps(config), **halves)
    request = Request(weights=path, shards=write_tiny_shards(tmp_path / "shards"), n=2)
    facts = measure_bundles(request)
    assert facts["n_notes"] > 10
    assert facts["mb"]["32"] > facts["mb"]["8"] > facts["mb"]["4"] > 0
    full, eight, four = (facts["bits"][str(bits)] for bits in BITS)
    assert full["kl_nats"] == full["cost"] == 0.0
    assert full["same_choice"] == 1.0
    assert 0 < eight["kl_nats"] < four["kl_nats"]
    assert eight["same_choice"] > four["same_choice"]
    assert TABLE.missing(Request(weights=path))  # without a corpus it is left out
    json.dumps(facts)
