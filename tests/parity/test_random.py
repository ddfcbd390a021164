"""The counted random numbers against a twin in NumPy's 64-bit integers, and against chance."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.engine.random import uniform

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def _twin(counters: tuple[int, ...]) -> float:
    state = np.uint64(0)
    with np.errstate(over="ignore"):
        for counter in counters:
            state = state + _GOLDEN + np.uint64(counter) * _GOLDEN
            state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            state = state ^ (state >> np.uint64(31))
    return float(state >> np.uint64(11)) / 2.0**53


@settings(max_examples=100, deadline=None)
@given(st.tuples(*[st.integers(0, 2**63)] * 5))
def test_it_agrees_with_64_bit_arithmetic(counters: tuple[int, int, int, int, int]) -> None:
    assert uniform(*counters) == _twin(counters)


def test_neighbours_look_independent() -> None:
    values = np.array(
        [
            uniform(1, c, b, s, t)
            for c in range(4)
            for b in range(8)
            for s in range(8)
            for t in range(40)
        ]
    )
    assert len(np.unique(values)) == len(values)
    assert abs(values.mean() - 0.5) < 4 * np.sqrt(1 / 12 / len(values))
    counts, _ = np.histogram(values, bins=20, range=(0, 1))
    expected = len(values) / 20
    assert ((counts - expected) ** 2 / expected).sum() < 43.8  # chi square, 19 degrees, p = 0.001
    shifted = np.corrcoef(values[:-1], values[1:])[0, 1]
    assert abs(shifted) < 4 / np.sqrt(len(values))
