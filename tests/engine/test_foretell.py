"""Logits of a document: those of the session, those of the weights, and refusals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from motet.engine import Session, load_bundle, logits
from motet.engine.probe import practice_grid
from motet.errors import ParameterError
from motet.export.parity import compare_logits
from motet.models import load_model
from motet.tokens import encode
from tiny_bundle import make_tiny_bundle

torch.set_num_threads(1)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_tiny_bundle(tmp_path_factory.mktemp("foretell"))
    (folder.parent / "weights.npz").replace(folder / "weights.npz")
    return folder


def test_they_are_what_a_session_gives_step_by_step(bundle: Path) -> None:
    ids = encode(practice_grid(2, 0))
    session = Session(load_bundle(bundle), n_threads=1)
    rows = [session.prefill(ids[:1])[0].copy()]
    rows += [session.step(ids[k : k + 1])[0].copy() for k in range(1, len(ids))]
    found = logits(ids, bundle=bundle)
    assert found.shape == (len(ids), 1536)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, np.array(rows), atol=2e-2)


def test_they_are_near_those_of_the_torch_model(bundle: Path) -> None:
    ids = encode(practice_grid(4, 0))
    model = load_model(bundle)
    with torch.no_grad():
        full = model(torch.from_numpy(ids.astype(np.int64))[None])[0].numpy()
    got = compare_logits(full, logits(ids, bundle=load_bundle(bundle)))
    assert got.mean_kl < 0.01  # 8 bits of a random model
    shuffled = compare_logits(full, logits(ids[::-1].copy(), bundle=bundle))
    assert shuffled.mean_kl > 10 * got.mean_kl


@pytest.mark.parametrize("ids", [[], [[1, 2]], [1.5], [-1], [1536], [1] * 5000])
def test_what_is_no_document_is_refused(ids: Any, bundle: Path) -> None:
    with pytest.raises(ParameterError, match="ids must be"):
        logits(ids, bundle=bundle)
