"""The judge of styles tells textures apart, and does not hear instruments."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from motet.errors import ParameterError
from motet.score import Score, make_score
from motet.suite.transfer_judge import cross_accuracy, fit_judge, style_features


def hymn(seed: int) -> Score:
    rng = np.random.default_rng(seed)
    tops = rng.choice(["C5", "D5", "E5", "G5"], size=8)
    return make_score(" ".join(f"{top}+G4+E4+C3:1" for top in tops))


def reel(seed: int) -> Score:
    rng = np.random.default_rng(seed)
    return make_score(
        " ".join(f"{one}:0.5" for one in rng.choice(["D5", "E5", "F5", "A5"], size=16))
    )


def test_block_chords_and_running_notes_are_told_apart() -> None:
    scores = [make(seed) for seed in range(12) for make in (hymn, reel)]
    rows, labels = np.array([style_features(one) for one in scores]), ["hymn", "reel"] * 12
    assert cross_accuracy(rows, labels) == 1.0
    judge = fit_judge(rows, labels)
    fresh = np.array([style_features(hymn(99)), style_features(reel(99))])
    shares = judge.shares(fresh)
    assert [judge.names[k] for k in shares.argmax(axis=1)] == ["hymn", "reel"]
    assert np.allclose(shares.sum(axis=1), 1.0)


def test_instruments_and_tempo_are_not_heard() -> None:
    score = hymn(1)
    other = replace(score, parts=tuple(replace(part, program=48) for part in score.parts))
    assert np.array_equal(style_features(score), style_features(other))


def test_silence_has_figures_and_one_style_is_no_judge() -> None:
    assert not style_features(Score(length_tick=1920)).any()
    with pytest.raises(ParameterError, match="two styles"):
        fit_judge(np.zeros((2, 3)), ["a", "a"])
