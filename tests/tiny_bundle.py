"""A bundle of random tiny weights: rules must hold for it as for a trained one."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from motet.export.bundle import write_bundle
from motet.export.parity import random_weights


def make_tiny_bundle(folder: Path, *, seed: int = 1) -> Path:
    """Write a bundle named ``seedling`` and return its folder."""
    config, weights = random_weights("tiny", seed=seed)
    halves = {name: weight.astype(np.float16) for name, weight in weights.items()}
    np.savez(folder / "weights.npz", config=json.dumps(config), **halves)
    return write_bundle(folder / "weights.npz", folder / "seedling", bits=8, context=1024)
