"""Parallels: which bar an open one takes up, read off what surrounds it."""

from __future__ import annotations

import pytest

from motet.brief import Brief
from motet.score import make_score
from motet.tasks.cast import choose_cast
from motet.tasks.echo import Echo
from motet.tasks.parallel import find_parallels, plan_continuation
from motet.tokens import GridScore, score_to_grid

PIANO = choose_cast(Brief(parts="piano"))
A, B, C = "C5:1 D5:1 E5:2", "G5:0.5 F5:0.5 E5:1 D5:2", "C5:3 G4:1"


def grid_of(*parts: str) -> GridScore:
    """Parts in C major."""
    return score_to_grid(make_score(*parts, fifths=0)).grid


def always(one: int, other: int) -> bool:
    """Chords that are the same everywhere."""
    return one >= 0 and other >= 0


@pytest.mark.parametrize("bar", [4, 5, 6])
def test_a_bar_is_filled_as_its_strophe_was(bar: int) -> None:
    bars = [A, B, C, "E5:4", A, B, C, "C5:4"]
    bars[bar] = "r:4"
    grid = grid_of(" | ".join(bars))
    assert find_parallels(grid, [(bar, 0)], same_harmony=always)[bar, 0] == Echo(bar - 4, "copy")


def test_a_later_strophe_counts_as_an_earlier_one_does() -> None:
    grid = grid_of(f"{A} | r:4 | {C} | E5:4 | {A} | {B} | {C} | C5:4")
    assert find_parallels(grid, [(1, 0)], same_harmony=always) == {(1, 0): Echo(5, "copy")}


def test_the_other_parts_tell_too() -> None:
    tune = f"{A} | r:4 | {B} | {C}"
    bass = "C3:4 | G2:1 A2:1 B2:2 | G2:1 A2:1 B2:2 | F2:2 D2:2"
    grid = grid_of(tune, bass)
    assert find_parallels(grid, [(1, 0)], same_harmony=always)[1, 0].bar == 2


def test_music_that_never_returns_has_no_parallel() -> None:
    grid = grid_of("C5:4 | D5:0.5 E5:3.5 | r:4 | r:1.5 F5:2.5 | r:2.25 G4:1.75")
    assert find_parallels(grid, [(2, 0)], same_harmony=always) == {}


def test_what_goes_on_returns_as_often_as_what_was_given() -> None:
    open_cells = [(bar, 0) for bar in range(8, 16)]
    same = grid_of(" | ".join([A, B] * 4 + ["r:4"] * 7 + ["r:3 C4:1"]))
    found = plan_continuation(same, open_cells, PIANO, seed=1)
    assert all((bar - echo.bar) % 2 == 0 for (bar, _), echo in found.items())
    assert len(found) >= 5
    assert {echo.kind for echo in found.values()} == {"copy"}
    assert (15, 0) not in found
    mixed = "C5:4 | D5:0.5 E5:3.5 | D5:1 F5:3 | r:1.5 F5:2.5 | r:2.25 G4:1.75 | C5:0.75 D5:3.25"
    rare = grid_of(f"{mixed} | " + " | ".join(["r:4"] * 7 + ["r:3 C4:1"]))
    cells = [(bar, 0) for bar in range(6, 14)]
    counts = [len(plan_continuation(rare, cells, PIANO, seed=seed)) for seed in range(8)]
    assert sum(counts) / 8 < 4


def test_nothing_open_has_nothing_to_take_up() -> None:
    assert plan_continuation(grid_of("C5:4"), [], PIANO) == {}
