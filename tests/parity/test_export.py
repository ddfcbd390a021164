"""One model four times: torch, plain NumPy, ONNX in 32, 8 and 4 bits, cached and not."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from motet.engine.bundle import load_bundle
from motet.engine.session import Session
from motet.export.bundle import write_bundle
from motet.export.graph import read_shape
from motet.export.parity import Parity, compare_logits, random_weights, reference_logits

FloatArray = np.ndarray
IDS = np.random.default_rng(5).integers(0, 1400, 70)


@pytest.fixture(scope="module")
def weights_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("weights") / "weights.npz"
    config, weights = random_weights("tiny", seed=4)
    np.savez(path, config=json.dumps(config), **weights)
    return path


@pytest.fixture(scope="module")
def expected() -> FloatArray:
    config, weights = random_weights("tiny", seed=4)
    return reference_logits(weights, read_shape(config, weights), IDS)


def _run(weights_path: Path, folder: Path, bits: int) -> FloatArray:
    """Return logits: the first 60 ids as a prompt, the rest step by step."""
    session = Session(load_bundle(write_bundle(weights_path, folder, bits=bits)), n_rows=2)
    rows = [session.prefill(IDS[:60])[1].copy()]
    rows += [session.step(np.repeat(one, 2))[1].copy() for one in IDS[60:]]
    return np.array(rows)


@pytest.mark.parametrize(
    ("bits", "max_abs", "mean_kl"), [(32, 1e-4, 1e-9), (8, 0.4, 2e-3), (4, 4.0, 0.12)]
)
def test_the_engine_computes_what_numpy_computes(
    bits: int,
    max_abs: float,
    mean_kl: float,
    weights_path: Path,
    tmp_path: Path,
    expected: FloatArray,
) -> None:
    found: Parity = compare_logits(expected[59:], _run(weights_path, tmp_path / "one", bits))
    assert found.max_abs < max_abs
    assert found.mean_kl < mean_kl


def test_more_bits_are_nearer(weights_path: Path, tmp_path: Path, expected: FloatArray) -> None:
    kl = [
        compare_logits(expected[59:], _run(weights_path, tmp_path / str(bits), bits)).mean_kl
        for bits in (32, 8, 4)
    ]
    assert kl == sorted(kl)


def test_numpy_computes_what_torch_computes(expected: FloatArray) -> None:
    torch = pytest.importorskip("torch")
    models = pytest.importorskip("motet.models.transformer")
    torch.set_num_threads(1)
    model = models.Transformer(models.SIZES["tiny"]).eval()
    _, weights = random_weights("tiny", seed=4)
    state = {name: torch.from_numpy(weight) for name, weight in weights.items()}
    missing, extra = model.load_state_dict(state, strict=False)
    assert not extra
    assert not [name for name in missing if not name.startswith("head")]
    with torch.no_grad():
        logits = model(torch.from_numpy(IDS)[None])
    logits = logits[0] if isinstance(logits, tuple) else logits
    assert compare_logits(expected, logits[0].numpy()).max_abs < 1e-4
