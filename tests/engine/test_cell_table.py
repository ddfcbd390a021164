"""Rules laid out by position: which pitches may begin where."""

from __future__ import annotations

import numpy as np

from motet.engine.cell_table import count_sounding, lay_table
from motet.engine.rules import CellRules


def pitches_at(table, pos):
    """Return the allowed pitches as a list."""
    return np.flatnonzero(table.at(pos)).tolist()


def test_a_chord_bends_the_scale_while_it_sounds():
    rules = CellRules(
        scale=frozenset({0, 2, 4, 5, 7, 9, 11}),
        chords=((0, 24, frozenset({9, 1, 4, 7})), (24, 96, frozenset())),  # A7, then no chord
        strong=frozenset({0, 48}),
        low=60,
        high=67,
    )
    table = lay_table(rules, 96, False)
    assert pitches_at(table, 0) == [61, 64, 67]  # a strong place: C# E G
    assert pitches_at(table, 12) == [60, 61, 62, 64, 65, 67]
    assert pitches_at(table, 24) == [60, 62, 64, 65, 67]
    assert pitches_at(table, 48) == [60, 62, 64, 65, 67]  # strong, but nothing sounds


def test_of_overlapping_chords_the_later_counts():
    rules = CellRules(
        scale=frozenset(),
        chords=((0, 96, frozenset({0})), (48, 60, frozenset({1}))),
        low=60,
        high=71,
    )
    table = lay_table(rules, 96, False)
    assert [pitches_at(table, pos) for pos in (47, 48, 59, 60)] == [[60], [61], [61], [60]]


def test_forbidden_pitches_and_ends():
    rules = CellRules(low=60, high=62, forbid=((0, 10, 61), (5, 20, 60)), last_end=30)
    table = lay_table(rules, 96, False)
    assert [pitches_at(table, pos) for pos in (0, 5, 10, 20)] == [
        [60, 62], [62], [61, 62], [60, 61, 62],
    ]  # fmt: skip
    assert np.flatnonzero(table.is_playable).tolist() == list(range(30))


def test_drums_have_keys_and_no_end():
    table = lay_table(CellRules(low=60, high=61, last_end=3, scale=frozenset({0})), 96, True)
    assert pitches_at(table, 50) == list(range(27, 88))
    assert table.is_playable.all()
    table = lay_table(CellRules(drum_keys=frozenset({26, 36, 88})), 96, True)
    assert pitches_at(table, 0) == [36]


def test_what_sounds_is_counted():
    table = lay_table(CellRules(), 6, False)
    assert count_sounding(table, [(1, 2), (2, 90)], [(2, 60), (99, 64)]).tolist() == [
        2, 3, 3, 2, 2, 2,
    ]  # fmt: skip
    assert not count_sounding(lay_table(CellRules(), 6, True), [(1, 2)], [(2, 60)]).any()


def test_single_stretches_have_their_own_range_and_leave_out_tones():
    rules = CellRules(
        low=60, high=72, bounds=((0, 24, 64, 80), (12, 24, 0, 65)),
        avoid=((6, 48, frozenset({5})), (6, 12, frozenset({4}))),
    )  # fmt: skip
    table = lay_table(rules, 96, False)
    pitches = [np.flatnonzero(table.at(pos)).tolist() for pos in (0, 6, 12, 48)]
    assert pitches[0] == list(range(64, 73))
    assert pitches[1] == list(range(66, 73))
    assert pitches[2] == [64]
    assert pitches[3] == list(range(60, 73))
