"""The comparison of logits, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from motet.errors import ParameterError
from motet.export.graph import read_shape
from motet.export.parity import compare_logits, random_weights, reference_logits


def test_a_known_divergence() -> None:
    p = np.log(np.array([[0.5, 0.5]], dtype=np.float32))
    q = np.log(np.array([[0.25, 0.75]], dtype=np.float32))
    found = compare_logits(p, q)
    assert found.mean_kl == pytest.approx(0.5 * np.log(2) + 0.5 * np.log(2 / 3), abs=1e-6)
    assert found.max_abs == pytest.approx(np.log(2), abs=1e-6)
    assert found.same_best == 0.0  # a tie goes to the first id, the other has a clear best


def test_a_later_id_does_not_change_earlier_logits() -> None:
    config, weights = random_weights("tiny", seed=2)
    shape = read_shape(config, weights)
    ids = np.array([1, 100, 200, 300])
    one = reference_logits(weights, shape, ids)
    other = reference_logits(weights, shape, np.array([1, 100, 200, 7]))
    assert np.array_equal(one[:3], other[:3])
    assert not np.array_equal(one[3], other[3])


def test_an_unknown_size_is_refused() -> None:
    with pytest.raises(ParameterError, match="tiny, small, medium, base"):
        random_weights("huge", seed=0)
