"""Cells filled by chance: rules hold, given cells stay, the same seed gives the same notes."""

from __future__ import annotations

import numpy as np
import pytest

from motet.engine.chance import write_by_chance
from motet.engine.probe import practice_grid, practice_rules
from motet.engine.rules import CellRules
from motet.errors import ConstraintError


def test_rules_hold_and_given_bars_stay() -> None:
    grid, rules = practice_grid(2, 2), practice_rules(2, 4)
    one, other = (
        write_by_chance(grid, rules, rules=rules, rng=np.random.default_rng(5)) for _ in range(2)
    )
    assert (one.notes == other.notes).all()
    given = one.notes[one.notes["bar"] < 2]
    assert (given == grid.notes[grid.notes["bar"] < 2]).all()
    for bar in (2, 3):
        tune = one.cell(bar, 0)
        assert 2 <= len(tune) <= 8
        assert ((tune["pitch"] >= 60) & (tune["pitch"] <= 84)).all()


def test_what_cannot_be_met_is_refused() -> None:
    cells = {(0, 0): CellRules(low=60, high=60, scale=frozenset({1}), min_onsets=1)}
    with pytest.raises(ConstraintError, match="no pitch"):
        write_by_chance(practice_grid(0, 1), cells, rules=cells, rng=np.random.default_rng(0))
