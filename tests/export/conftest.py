"""Weights drawn at random, as training would save them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from motet.export.parity import random_weights


@pytest.fixture(scope="session")
def weights_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    config, weights = random_weights("tiny", seed=1)
    path = tmp_path_factory.mktemp("weights") / "weights.npz"
    halves = {name: weight.astype(np.float16) for name, weight in weights.items()}
    np.savez(path, config=json.dumps(config), **halves)
    return path
