"""The chord model: templates, priors, decoding."""

import numpy as np
import pytest

from motet.analysis.chord_model import (
    STATE_QUALITIES,
    TRIADS,
    best_states,
    decode_chords,
    score_cells,
    score_keys,
    state_tones,
    triad_of,
)
from motet.analysis.evidence import gather_evidence
from motet.score import make_score
from motet.theory import QUALITIES, Key


def test_every_quality_has_a_triad():
    assert {triad_of(name) for name in QUALITIES} <= set(TRIADS)
    assert triad_of("m7b5") == "dim"
    assert triad_of("7sus4") == "sus4"


def test_tones_of_states():
    row = 12 * STATE_QUALITIES.index("m7") + 2
    assert state_tones()[row].nonzero()[0].tolist() == [0, 2, 5, 9]


def test_the_key_prefers_its_own_chords():
    prior, _ = score_keys([Key("C"), Key("A", "minor")])
    major, minor = prior
    assert major[7] > major[6]
    e7 = 12 * STATE_QUALITIES.index("7") + 4
    assert minor[e7] > major[e7]
    assert np.allclose(np.exp(prior).sum(axis=1), 1.0)


@pytest.mark.parametrize("quality", ["maj", "min", "7", "m7b5", "dim7", "sus4", "maj7"])
def test_a_plain_chord_wins_its_own_cell(quality):
    tones = "+".join(
        f"{name}{4 if semi < 12 else 5}"
        for semi, name in zip(
            QUALITIES[quality].intervals,
            {
                "maj": ("D", "F#", "A"),
                "min": ("D", "F", "A"),
                "7": ("D", "F#", "A", "C"),
                "m7b5": ("D", "F", "Ab", "C"),
                "dim7": ("D", "F", "Ab", "Cb"),
                "sus4": ("D", "G", "A"),
                "maj7": ("D", "F#", "A", "C#"),
            }[quality],
            strict=True,
        )
    )
    grid = gather_evidence(make_score(f"{tones}:4", "D2:4"))
    prior, foreign = score_keys([None] * len(grid.level))
    states = decode_chords(score_cells(grid, foreign), prior, grid.level).states
    assert set(states.tolist()) == {12 * STATE_QUALITIES.index(quality) + 2}


def test_probabilities_sum_to_one_and_agree_with_the_path():
    grid = gather_evidence(make_score("C4+E4+G4:4 | D4+F4+A4:4 | B3+D4+F4+G4:4 | C4+E4+G4:4"))
    prior, foreign = score_keys([Key("C")] * len(grid.level))
    scores = score_cells(grid, foreign)
    decoding = decode_chords(scores, prior, grid.level)
    assert np.allclose(decoding.p_class.sum(axis=1), 1.0)
    assert (decoding.p_class.max(axis=1) > 0.9).all()
    assert best_states(scores, prior, grid.level).tolist() == decoding.states.tolist()
    assert decoding.change[3] > decoding.change[1]


def slow_path(scores, prior, level, change, bonus):
    """Try every run of chords over few states: the slow twin of the dynamic programme."""
    import itertools

    best, best_run = -np.inf, None
    n = scores.shape[1]
    for run in itertools.product(range(n), repeat=len(scores)):
        total = scores[0, run[0]] + prior[0, run[0]]
        for t in range(1, len(run)):
            a, b = run[t - 1], run[t]
            p = change[level[t]]
            step = np.log1p(-p) if a == b else np.log(p) + bonus[(b - a) % 12] + prior[t, b]
            total += step + scores[t, b]
        if total > best:
            best, best_run = total, run
    return list(best_run)


def test_the_best_run_is_the_best_of_all():
    from motet.analysis import chord_model

    rng = np.random.default_rng(3)
    prior, _ = score_keys([Key("C")] * 3)
    # Only twelve states are given a chance, so that all runs can be tried.
    scores = np.full((3, prior.shape[1]), -200.0)
    scores[:, :12] = rng.normal(0.0, 2.0, (3, 12))
    level = np.array([3, 1, 2])
    bonus = np.log(chord_model._motion()[0])
    expected = slow_path(scores[:, :12], prior[:, :12], level, chord_model._CHANGE, bonus)
    assert best_states(scores, prior, level).tolist() == expected
