"""Choosing an id: masks, temperature, top-p, min-p, and the frequencies that come of it."""

from __future__ import annotations

import numpy as np
import pytest

from motet.engine.sample import Sampling, choose, choose_one
from motet.errors import ParameterError

LOGITS = np.log(np.array([0.1, 0.4, 0.2, 0.3], dtype=np.float32))
ALL = np.arange(4)


def _counts(sampling: Sampling, allowed: np.ndarray = ALL) -> list[int]:
    points = (np.arange(1000) + 0.5) / 1000
    found = [choose_one(LOGITS, allowed, sampling=sampling, point=p)[0] for p in points]
    return np.bincount(found, minlength=4).tolist()


def test_frequencies_are_the_probabilities() -> None:
    assert _counts(Sampling(top_p=1, min_p=0)) == [100, 400, 200, 300]


def test_a_mask_is_never_broken() -> None:
    assert _counts(Sampling(top_p=1, min_p=0), np.array([0, 3])) == [250, 0, 0, 750]


def test_top_p_keeps_the_likeliest_that_reach_it() -> None:
    assert _counts(Sampling(top_p=0.65, min_p=0)) == pytest.approx([0, 571, 0, 429], abs=1)


def test_min_p_drops_what_is_far_below_the_best() -> None:
    assert _counts(Sampling(top_p=1, min_p=0.6)) == pytest.approx([0, 571, 0, 429], abs=1)


def test_temperature_flattens_and_sharpens() -> None:
    assert _counts(Sampling(temperature=0, top_p=1)) == [0, 1000, 0, 0]
    squared = np.array([0.01, 0.16, 0.04, 0.09])
    expected = (1000 * squared / squared.sum()).tolist()
    assert _counts(Sampling(temperature=0.5, top_p=1, min_p=0)) == pytest.approx(expected, abs=1)


def test_the_log_probability_is_that_under_the_mask() -> None:
    masks = np.array([[True, False, False, True]])
    _, logp = choose(LOGITS[None], masks, temperature=0.1, top_p=0.5, uniforms=np.zeros(1))
    assert logp[0] == pytest.approx(np.log(0.75), abs=1e-6)


def test_huge_logits_do_no_harm() -> None:
    logits = np.array([1e30, -1e30, 3e38, 0], dtype=np.float32)
    assert choose_one(logits, ALL, sampling=Sampling(), point=0.999)[0] == 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"temperature": -1}, "temperature must be 0 to 10"),
        ({"temperature": float("nan")}, "temperature"),
        ({"top_p": 0}, "top_p must be above 0"),
        ({"min_p": 1.5}, "min_p must be 0 to 1"),
    ],
)
def test_numbers_out_of_range_are_refused(options: dict[str, float], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        Sampling(**options)


def test_an_empty_mask_is_refused() -> None:
    with pytest.raises(ParameterError, match="mask is empty"):
        choose(LOGITS[None], np.zeros((1, 4), dtype=bool), uniforms=np.zeros(1))
