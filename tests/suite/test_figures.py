"""Means leave out what is undefined."""

from __future__ import annotations

import math

import numpy as np
import pytest

from motet.suite.figures import half_interval, known_mean, tell, within

NAN = math.nan


def test_nan_is_left_out(rng: np.random.Generator) -> None:
    assert known_mean([NAN, 2.0]) == 2.0
    assert math.isnan(known_mean([NAN]))
    assert math.isnan(half_interval([1.0, NAN], rng))
    assert not within(NAN, 1.0, 0.05)
    assert tell(None) == tell(NAN) == "–"


def test_the_interval_is_that_of_a_mean(rng: np.random.Generator) -> None:
    values = rng.normal(size=400).tolist()
    assert half_interval(values, rng) == pytest.approx(1.96 / 20, rel=0.2)
