"""The chain of steps foretells what it has heard and writes no note out of nothing."""

from __future__ import annotations

import numpy as np

from motet.suite.step_chain import learn_steps

TUNE = np.array([14, 1, 1, 1, 16, 1, 18, 1, 0, 0, 0, 0, 21, 1, 1, 1] * 2).reshape(1, 2, 16, 1)
N = np.array([16])


def test_what_was_learned_is_foretold_and_no_surprise() -> None:
    chain = learn_steps("melody", TUNE, N)
    assert chain.foretell(TUNE, N).tolist() == [1.0]
    other = TUNE.copy()
    other[0, 0, 4] = 30
    assert chain.surprise(other, N) > chain.surprise(TUNE, N) + 0.1


def test_it_writes_what_it_heard_for_the_most_part() -> None:
    chain = learn_steps("melody", TUNE, N)
    made = chain.write(20, 2, np.random.default_rng(0))
    assert made.shape == (20, 2, 16, 1)
    assert np.isin(made, TUNE).mean() > 0.99


def test_steps_past_the_bar_are_not_counted() -> None:
    noisy = TUNE.copy()
    noisy[:, :, 12:] = 40
    one, two = (
        learn_steps("melody", t, np.array([12])).foretell(TUNE, [12]) for t in (TUNE, noisy)
    )
    assert one.tolist() == two.tolist()
