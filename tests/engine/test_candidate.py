"""A candidate without a model: what it asks, and what it writes without asking."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from motet.engine.candidate import Candidate, Task
from motet.engine.rules import CellRules, link_rules
from motet.tokens import GRID_NOTE, GridScore, describe_parts, token_name


def _task(grid: GridScore, rules: dict[tuple[int, int], CellRules], *, limit: int = 2048) -> Task:
    linked = link_rules(rules, bar_lengths=grid.bars["length"].tolist(), drum_parts={2})
    return Task(
        grid=grid, rules=linked, order=(0, 1, 2), describe=describe_parts(grid), seed=0, limit=limit
    )


def _run(candidate: Candidate) -> int:
    """Answer every choice with the lowest id; return how many there were."""
    script = candidate.write()
    n_asked, ask = 0, next(script, None)
    while ask is not None:
        assert len(ask.allowed) > 1
        n_asked += 1
        try:
            ask = script.send(int(ask.allowed[0]))
        except StopIteration:
            ask = None
    return n_asked


def test_what_has_one_choice_is_not_asked(frame: GridScore) -> None:
    rules = CellRules(rhythm=((0, 24), (48, 24)), low=60, high=60, max_group=1, velocities=(9, 9))
    candidate = Candidate(_task(frame, {(0, 0): rules, (1, 0): rules}), 0)
    assert _run(candidate) == 0
    grid = candidate.grid()
    assert grid.notes[["bar", "pos", "dur", "pitch"]].tolist() == [
        (0, 0, 24, 60), (0, 48, 24, 60), (1, 0, 24, 60), (1, 48, 24, 60),
    ]  # fmt: skip


def test_given_cells_are_in_the_document_where_they_belong(frame: GridScore) -> None:
    known = np.array([(0, 1, 0, 72, 40, 9), (1, 1, 0, 72, 43, 9)], dtype=GRID_NOTE)
    rules = CellRules(rhythm=((0, 72),), low=60, high=60, max_group=1, velocities=(9, 9))
    task = _task(replace(frame, notes=known), {(0, 0): rules, (1, 0): rules})
    candidate = Candidate(replace(task, order=(1, 0, 2)), 0)
    assert _run(candidate) == 0
    names = [token_name(token) for token in candidate.doc]
    assert names[names.index("NOTES") + 1 :] == [
        "BAR", "PART_1", "DUR_71", "PITCH_40", "PART_0", "DUR_71", "PITCH_60",
        "BAR", "PART_1", "DUR_71", "PITCH_43", "PART_0", "DUR_71", "PITCH_60",
    ]  # fmt: skip


def test_a_hole_is_answered_at_the_end(frame: GridScore) -> None:
    known = np.array([(0, 0, 0, 72, 62, 9), (2, 0, 0, 72, 65, 9)], dtype=GRID_NOTE)
    rules = CellRules(rhythm=((0, 72),), low=60, high=60, max_group=1, velocities=(9, 9))
    candidate = Candidate(_task(replace(frame, notes=known), {(1, 0): rules}), 0)
    assert _run(candidate) == 0
    names = [token_name(token) for token in candidate.doc]
    assert "HOLE" in names
    assert names[names.index("FILL") :] == [
        "FILL", "BARREF_1", "PART_0", "DUR_71", "PITCH_60", "EOH",
    ]  # fmt: skip
    assert "PART_1" not in names  # parts of which nothing is known are left out
    assert candidate.grid().notes["pitch"].tolist() == [62, 60, 65]


def test_random_numbers_belong_to_the_cell(frame: GridScore) -> None:
    rules = CellRules(rhythm=((0, 72),), low=60, high=61, max_group=1, velocities=(9, 9))
    points = []
    for bars in ((0, 1, 2), (2,)):
        candidate = Candidate(_task(frame, {(bar, 0): rules for bar in bars}), 0)
        script = candidate.write()
        asks = [next(script)]
        try:
            while True:
                asks.append(script.send(int(asks[-1].allowed[0])))
        except StopIteration:
            points.append([ask.point for ask in asks])
    assert points[0][-1] == points[1][-1]
    assert len(set(points[0])) == 3


def test_what_is_held_into_a_cell_is_known(frame: GridScore) -> None:
    known = np.array([(0, 0, 60, 36, 64, 9), (0, 2, 70, 6, 36, 9)], dtype=GRID_NOTE)
    candidate = Candidate(_task(replace(frame, notes=known), {(1, 0): CellRules()}), 0)
    assert candidate.sounding(1, 0) == [(24, 64)]
    assert candidate.sounding(2, 0) == candidate.sounding(1, 2) == []
