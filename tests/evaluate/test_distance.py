"""The divergence of distributions."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.evaluate import jensen_shannon_bits

counts = st.lists(st.integers(0, 9), min_size=4, max_size=4).filter(any)


def test_a_hand_computed_case() -> None:
    expected = (math.log2(4 / 3) + 0.5 * math.log2(2 / 3) + 0.5) / 2
    assert jensen_shannon_bits([1, 0], [0.5, 0.5]) == pytest.approx(expected)


@settings(max_examples=30)
@given(counts, counts)
def test_it_is_symmetric_and_between_0_and_1(one: list[int], two: list[int]) -> None:
    found = jensen_shannon_bits(one, two)
    assert found == pytest.approx(jensen_shannon_bits(two, one))
    assert 0.0 <= found <= 1.0 + 1e-12
    assert jensen_shannon_bits(one, one) == pytest.approx(0.0)


def test_nothing_and_other_shapes() -> None:
    assert math.isnan(jensen_shannon_bits([0, 0], [1, 0]))
    with pytest.raises(ParameterError, match="same shape"):
        jensen_shannon_bits([1], [1, 2])
