"""The judge: learns what can be learnt, nothing else, and never from a piece's own group."""

from __future__ import annotations

import numpy as np
import pytest

from motet.errors import ParameterError
from motet.suite.emotion_judge import cross_judge, fit_judge


def test_it_learns_a_line_and_bears_gaps(rng: np.random.Generator) -> None:
    x = rng.normal(size=(200, 3))
    y = np.where(np.stack((x[:, 0], -x[:, 2]), axis=1) > 0, 1, -1)
    x[::7, 1] = np.nan
    judge = fit_judge(x, y)
    assert ((judge.score(x) > 0) == (y > 0)).mean() > 0.95
    assert np.isfinite(judge.score(np.full((1, 3), np.nan))).all()


def test_the_middle_is_no_habit_of_the_set(rng: np.random.Generator) -> None:
    x = np.concatenate((rng.normal(1, 0.5, 180), rng.normal(-1, 0.5, 20)))[:, None]
    y = np.repeat([1, -1], (180, 20))[:, None]
    judge = fit_judge(x, y)
    assert abs(float(judge.score(np.zeros((1, 1)))[0, 0])) < 1.0


def test_labels_without_reason_are_not_learnt(rng: np.random.Generator) -> None:
    x, y = rng.normal(size=(200, 5)), rng.choice([-1, 1], (200, 1))
    found = cross_judge(x, y, [str(k) for k in range(200)], n_folds=5, rng=rng)
    assert 0.35 < ((found > 0) == (y > 0)).mean() < 0.65


def test_a_group_is_never_on_both_sides(rng: np.random.Generator) -> None:
    # Every group of ten has a feature of its own and a label that nothing else tells.
    groups = np.repeat(np.arange(12), 10)
    y = np.where(groups % 2 == 0, 1, -1)[:, None]
    x = np.eye(12)[groups] + rng.normal(0, 0.01, (120, 12))
    alone = cross_judge(x, y, [str(k) for k in range(120)], n_folds=6, rng=rng)
    whole = cross_judge(x, y, [str(k) for k in groups], n_folds=6, rng=rng)
    assert ((alone > 0) == (y > 0)).mean() > 0.95
    assert ((whole > 0) == (y > 0)).mean() < 0.8


def test_one_label_alone_is_refused() -> None:
    with pytest.raises(ParameterError, match="both labels"):
        fit_judge(np.zeros((3, 1)), np.ones((3, 1), np.int64))
