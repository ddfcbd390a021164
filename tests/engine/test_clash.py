"""Clashes in words; tests/engine/test_rules.py goes through all of them."""

from __future__ import annotations

from motet.engine.cell_table import lay_table
from motet.engine.clash import (
    find_bad_bounds,
    find_pitch_clash,
    find_voice_clash,
    free_positions,
)
from motet.engine.rules import CellRules


def test_no_clash_is_none():
    rules = CellRules(n_positions=96, low=60, high=60, rhythm=((0, 24),))
    table = lay_table(rules, 96, False)
    assert find_bad_bounds(rules, False) is None
    assert find_pitch_clash(table) is None
    assert find_voice_clash(table, []) is None


def test_drum_keys_count_for_drums_only():
    rules = CellRules(n_positions=96, drum_keys=frozenset())
    assert find_bad_bounds(rules, False) is None
    assert "drum_keys" in find_bad_bounds(rules, True)[0]


def test_free_positions_want_a_pitch_time_and_a_voice():
    rules = CellRules(
        scale=frozenset(), chords=((2, 9, frozenset({0})),), last_end=7, max_polyphony=1
    )
    free = free_positions(lay_table(rules, 10, False), [(4, 60)])
    assert free.nonzero()[0].tolist() == [4, 5, 6]
