"""Random grammars: refused before writing, or written and obeyed; a breach is seen."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from motet.engine.rules import CellRules
from motet.suite.briefs import draw_small_brief
from motet.suite.grammars import find_breach, measure_grammars, try_cells

NOTES = [(0, 24, 60, 9), (24, 24, 64, 9), (24, 24, 67, 9)]


def test_no_random_cell_is_a_dead_end_or_breaks_a_rule() -> None:
    found = Counter(try_cells(np.random.default_rng((7, k))) for k in range(250))
    outcomes = {outcome for outcome, _ in found}
    assert outcomes == {"refused", "obeyed"}, found
    assert sum(n for (outcome, _), n in found.items() if outcome == "obeyed") > 80
    assert all(reason for outcome, reason in found if outcome == "refused")


def test_no_random_brief_is_a_dead_end_or_breaks_a_rule() -> None:
    found = measure_grammars(60, seed=3, draw=draw_small_brief)
    for kind in ("cells", "briefs"):
        assert found[kind]["obeyed"] > 0
        assert (found[kind]["dead end"], found[kind]["broken"]) == (0, 0), found["examples"]


@pytest.mark.parametrize(
    ("rules", "breach"),
    [
        (CellRules(), ""),
        (CellRules(min_onsets=3), "too few onsets"),
        (CellRules(max_onsets=1), "too many onsets"),
        (CellRules(rhythm=((0, 24),)), "rhythm"),
        (CellRules(rhythm=((0, 24), (24, 24))), ""),
        (CellRules(max_group=1), "notes at once"),
        (CellRules(velocities=(0, 3)), "velocity"),
        (CellRules(high=65), "range"),
        (CellRules(scale=frozenset({0, 7})), "scale"),
        (CellRules(scale=frozenset({0, 7}), chords=((24, 48, frozenset({4})),)), ""),
        (CellRules(chords=((0, 48, frozenset({0, 4})),), strong=frozenset({24})), "chord tone"),
        (CellRules(last_end=40), "end"),
        (CellRules(max_polyphony=1), "polyphony"),
        (CellRules(avoid=((0, 9, frozenset({0})),)), "avoided tone"),
        (CellRules(forbid=((24, 25, 67),)), "forbidden pitch"),
        (CellRules(bounds=((0, 9, 62, 90),)), "range of a stretch"),
    ],
)
def test_a_breach_is_seen(rules: CellRules, breach: str) -> None:
    assert find_breach(NOTES, rules) == breach


def test_drums_and_held_notes_count() -> None:
    assert find_breach(NOTES, CellRules(drum_keys=frozenset({60})), is_drums=True) == "drum key"
    assert find_breach(NOTES, CellRules(max_polyphony=2), held=[(30, 50)]) == "polyphony"
