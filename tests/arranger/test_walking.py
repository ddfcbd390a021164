"""Walking lines: roots where chords start, approaches before the next, within the range."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from motet.arranger.walking import WalkStep, walk
from motet.theory.chord import parse_chord
from motet.theory.chord_scale import chord_scale
from motet.theory.scale import parse_key

KEY = parse_key("Bb")


def steps_over(text: str) -> list[WalkStep]:
    chords = [parse_chord(symbol) for symbol in text.split()]
    steps = []
    for chord, following in zip(chords, [*chords[1:], None], strict=True):
        for beat in range(4):
            leads = beat == 3 and following is not None
            goal = following.bass_pc if leads and following is not None else None
            scale = chord_scale(chord, KEY)
            steps.append(WalkStep(chord, scale, beat == 0, goal, beat % 2 == 0))
    return steps


@pytest.mark.parametrize("seed", range(5))
def test_a_blues_is_walked(seed: int) -> None:
    steps = steps_over("Bb7 Eb7 Bb7 Bb7 Eb7 Eb7 Bb7 G7 Cm7 F7 Bb7 F7")
    line = walk(steps, low=28, high=55, rng=np.random.default_rng(seed))
    assert len(line) == 48
    assert all(28 <= pitch <= 55 for pitch in line)
    roots = [pitch % 12 == step.chord.root_pc for pitch, step in zip(line, steps, strict=True)]
    assert all(roots[::4])
    near = [abs(line[k] - line[k + 1]) <= 2 for k in range(3, 47, 4)]
    assert sum(near) >= 8
    leaps = [abs(a - b) for a, b in pairwise(line)]
    assert max(leaps) <= 12
    assert sum(leap == 0 for leap in leaps) <= 2


def test_no_steps_no_line() -> None:
    assert walk([], low=28, high=55, rng=np.random.default_rng(0)) == []


def test_a_line_goes_on_from_the_note_before() -> None:
    steps = steps_over("C")
    for start in (31, 43):
        line = walk(steps, low=28, high=55, rng=np.random.default_rng(0), start=start)
        assert abs(line[0] - start) <= 7


def test_noise_makes_choruses_differ() -> None:
    steps = steps_over("Bb7 Eb7 Bb7 F7")
    lines = {tuple(walk(steps, low=28, high=55, rng=np.random.default_rng(k))) for k in range(8)}
    assert len(lines) > 3
