"""A tiny bundle with weights drawn at random, and grids to write into."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from motet.engine.bundle import Bundle, load_bundle
from motet.export.bundle import write_bundle
from motet.export.parity import random_weights
from motet.tokens import GRID_BAR, GRID_CHORD, GRID_NOTE, GridPart, GridScore, metre_value


@pytest.fixture(scope="session")
def bundle_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundles")
    config, weights = random_weights("tiny", seed=1)
    halves = {name: weight.astype(np.float16) for name, weight in weights.items()}
    np.savez(folder / "weights.npz", config=json.dumps(config), **halves)
    return write_bundle(folder / "weights.npz", folder / "seedling", bits=8)


@pytest.fixture(scope="session")
def bundle(bundle_folder: Path) -> Bundle:
    return load_bundle(bundle_folder)


@pytest.fixture
def frame() -> GridScore:
    """Eight bars of 3/4 for piano, bass and drums, with chords and no notes."""
    chords = [(bar, 0, (0, 100, 140, 0)[bar % 4], -1, 1.0) for bar in range(8)]
    return GridScore(
        parts=(
            GridPart(slot=0, program=0, role="melody"),
            GridPart(slot=1, program=32, role="bass"),
            GridPart(slot=2, program=128, role="drums"),
        ),
        notes=np.zeros(0, dtype=GRID_NOTE),
        bars=np.array([(72, metre_value(3, 4), -1)] * 8, dtype=GRID_BAR),
        chords=np.array(chords, dtype=GRID_CHORD),
        key=0,
        qpm=100.0,
    )


@pytest.fixture(scope="session")
def events_bundles(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Bundle]:
    """Recurrent networks with weights drawn at random, one for each content."""
    import torch

    from motet.models.registry import build_model, find_config

    torch.set_num_threads(1)
    found: dict[str, Bundle] = {}
    for content in ("melody", "drums", "poly"):
        torch.manual_seed(2)
        folder = tmp_path_factory.mktemp(f"rnn-{content}")
        model = build_model("rnn", find_config("rnn", "tiny", content=content))
        config = {
            "format": 1, "family": "rnn", "size": "tiny", **model.config.to_dict(),
            "recipe": {"data": {"content": content}},
        }  # fmt: skip
        weights = {name: one.numpy() for name, one in model.state_dict().items()}
        np.savez(folder / "weights.npz", config=json.dumps(config), **weights)
        found[content] = load_bundle(
            write_bundle(folder / "weights.npz", folder / f"seedling-{content}", bits=32)
        )
    return found
