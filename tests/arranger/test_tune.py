"""Tunes: chord tones on strong places, endings obeyed, imitation, and judging what is singable."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from motet.arranger.tune import TuneNote, find_tune, judge_tune

MAJOR = (0, 2, 4, 5, 7, 9, 11)
NOTE = TuneNote((0, 4, 7), MAJOR, MAJOR, (5,), True, True, 66.0)


def tune(notes: list[TuneNote], seed: int = 0, **options: float) -> list[int]:
    return find_tune(notes, low=60, high=79, rng=np.random.default_rng(seed), **options)  # type: ignore[arg-type]


def test_long_strong_notes_are_chord_tones() -> None:
    for seed in range(5):
        assert {pitch % 12 for pitch in tune([NOTE] * 12, seed)} <= {0, 4, 7}


def test_every_note_is_in_range_and_scale() -> None:
    loose = replace(NOTE, is_strong=False, is_long=False)
    line = tune([NOTE, loose] * 16)
    assert all(60 <= pitch <= 79 for pitch in line)
    assert {pitch % 12 for pitch in line} <= set(MAJOR)


@pytest.mark.parametrize("pc", [0, 2, 7, 11])
def test_a_phrase_ends_where_it_may(pc: int) -> None:
    loose = replace(NOTE, is_strong=False, is_long=False)
    line = tune([NOTE, loose, loose, replace(NOTE, final=(pc,), chord_pcs=(pc,))])
    assert line[-1] % 12 == pc


def test_the_arch_pulls_the_line() -> None:
    low, high = (np.mean(tune([replace(NOTE, goal=goal)] * 8)) for goal in (61.0, 77.0))
    assert high - low > 7


def test_a_motif_is_imitated() -> None:
    loose = replace(NOTE, is_strong=False, is_long=False, chord_pcs=MAJOR)
    motif = [loose] * 6
    copy = [replace(loose, model=k if k else -1) for k in range(6)]
    steps = [np.sign(np.diff(half)) for half in np.split(np.array(tune([*motif, *copy])), 2)]
    assert float(np.mean(steps[0] == steps[1])) >= 0.6


def test_nothing_to_sing() -> None:
    assert tune([]) == []


def test_a_tune_that_stands_still_or_jumps_is_judged_worse() -> None:
    good = [60, 62, 64, 67, 65, 64, 62, 64, 67, 69, 72, 71, 69, 67, 64, 60]
    still = [64] * 16
    wild = [60, 72, 61, 71, 60, 73, 62, 70, 60, 72, 61, 71, 60, 73, 62, 70]
    scores = [judge_tune(line, low=60, high=76) for line in (good, still, wild)]
    assert scores[0] > scores[1]
    assert scores[0] > scores[2]
    assert judge_tune([60, 62], low=60, high=76) == 0
