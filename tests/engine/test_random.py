"""Counted random numbers: pinned, so that no build changes the notes unseen."""

from __future__ import annotations

from motet.engine.random import CellRandom, uniform

PINNED = [0.051829099471, 0.083580119322, 0.74618671051]


def test_the_numbers_are_pinned() -> None:
    assert [round(uniform(7, 0, 0, 0, step), 12) for step in range(3)] == PINNED


def test_every_counter_counts() -> None:
    base = (3, 1, 4, 1, 5)
    values = {uniform(*base)}
    for place in range(5):
        other = list(base)
        other[place] += 1
        values.add(uniform(*other))
    values.add(uniform(-3, 1, 4, 1, 5))
    values.add(uniform(3 + 2**64, 1, 4, 1, 5))
    assert len(values) == 8


def test_a_cells_numbers_are_those_of_its_counters() -> None:
    cell = CellRandom(9, 2, 30, 15)
    assert [cell.at(step) for step in range(5)] == [
        uniform(9, 2, 30, 15, step) for step in range(5)
    ]
