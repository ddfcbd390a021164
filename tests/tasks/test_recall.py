"""Recall: the bar that is taken up stands before the last bars, where the prompt would not reach it."""

from __future__ import annotations

import pytest

from motet.brief import Brief
from motet.engine.bundle import Bundle
from motet.engine.window import measure_costs, plan_span
from motet.score import make_score
from motet.tasks.draft import write_draft
from motet.tasks.plan import plan_brief
from motet.tasks.recall import recall_bars
from motet.tokens import score_to_grid

BAR = "C4:0.25 D4:0.25 E4:0.25 F4:0.25 " * 4
LONG = score_to_grid(make_score(BAR * 5 + "C6:2 D6:2 " + BAR * 74, fifths=0)).grid


def test_a_bar_that_is_near_needs_no_recall() -> None:
    assert recall_bars(LONG, 10, 12, [8], limit=2048).grid is LONG
    assert recall_bars(LONG, 10, 12, [], limit=2048).grid is LONG


@pytest.mark.parametrize("start", [50, 60, 78])
def test_a_bar_that_is_far_comes_before_the_last_ones(start: int) -> None:
    found = recall_bars(LONG, start, start + 2, [5], limit=2048)
    local = start + found.offset
    assert found.grid.cell(1, 0)["pitch"].tolist() == [84, 86]
    assert found.grid.cell(local - 1, 0)["pitch"].tolist() == [60, 62, 64, 65] * 4
    assert found.grid.n_bars <= 4 + 8 + 16
    costs = measure_costs(found.grid)
    assert plan_span(costs, local, local + 1, limit=2048).start == 0


def test_no_note_of_the_recalled_bars_sounds_on() -> None:
    text = BAR * 5 + "C6:4 D6:8 C4:4 " + BAR * 74
    grid = score_to_grid(make_score(text, fifths=0)).grid
    found = recall_bars(grid, 60, 62, [5], limit=2048)
    first = found.grid.notes[found.grid.notes["pitch"] == 86]
    ends = found.grid.bar_starts[first["bar"]] + first["pos"] + first["dur"]
    assert ends.tolist() == [found.grid.bar_starts[3]]


def test_a_long_piece_returns_to_its_beginning(bundle: Bundle) -> None:
    plan = plan_brief(
        Brief(parts="flute,cello", ground="model", candidates=1, key="C", seed=2, form="A4 B24 A4")
    )
    one, two = (write_draft(plan, bundle).grid for _ in range(2))
    assert one.equals(two)
    assert set(one.notes["bar"][one.notes["part"] == 0].tolist()) == set(range(32))
