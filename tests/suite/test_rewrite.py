"""Windows written anew keep to the rules that their music sets."""

from __future__ import annotations

import numpy as np

from motet.engine.bundle import load_bundle
from motet.score import make_score
from motet.suite import Request
from motet.suite.rewrite import count_together, make_rules, rewrite_windows
from motet.tokens import score_to_grid

SCORE = make_score("C4:4 | E4+G4:2 D5:2", chords="C:4 A7/C#:2 Dm:2", fifths=0)


def test_rules_are_those_of_the_music() -> None:
    rules = make_rules(score_to_grid(SCORE).grid)
    assert rules[1, 0].max_polyphony == 2
    assert (rules[0, 0].low, rules[0, 0].high) == (58, 76)
    assert rules[1, 0].strong == {0, 48}
    assert rules[1, 0].chords == ((0, 48, frozenset({9, 1, 4, 7})), (48, 96, frozenset({2, 5, 9})))


def test_constrained_windows_obey(small_request: Request) -> None:
    grid = score_to_grid(SCORE).grid
    bundle = load_bundle(small_request.bundle)
    (made,) = rewrite_windows([grid], bundle, is_constrained=True, seed=1)
    assert made.n_bars == grid.n_bars
    assert made.notes["pitch"].min() >= 58
    assert made.notes["pitch"].max() <= 76
    assert count_together(made, 0) <= 2
    (again,) = rewrite_windows([grid], bundle, is_constrained=True, seed=1)
    assert np.array_equal(made.notes, again.notes)
