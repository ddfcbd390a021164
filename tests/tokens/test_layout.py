"""The grid's arrays."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grid_strategies import grids
from motet.score import make_score
from motet.tokens import GRID_NOTE, GridPart, score_to_grid, sort_notes

GRID = score_to_grid(
    make_score("C4:1 E4:3 | G4:4", "drums 36:1 38:1 36:1 38:1", fifths=0, chords="C:4 G7:4")
).grid


def test_cells():
    assert GRID.cell(0, 0)["pitch"].tolist() == [60, 64]
    assert GRID.cell(0, 1)["pitch"].tolist() == [36, 38, 36, 38]
    assert GRID.cell(1, 0)["pitch"].tolist() == [67]
    assert len(GRID.cell(1, 1)) == 0
    assert GRID.bar_starts.tolist() == [0, 96, 192]
    assert (GRID.n_bars, GRID.n_notes) == (2, 7)


@settings(max_examples=30, deadline=None)
@given(grids())
def test_cells_hold_all_notes_once(grid):
    found = [grid.cell(bar, k) for bar in range(grid.n_bars) for k in range(len(grid.parts))]
    assert np.array_equal(np.concatenate(found), grid.notes)


def test_what_makes_grids_differ():
    chords = GRID.chords.copy()
    chords["confidence"] = 0.1
    parts = (replace(GRID.parts[0], name="x"), GRID.parts[1])
    same = replace(GRID, chords=chords, parts=parts, shift_semi=3, qpm=121.0)
    assert GRID.equals(same)
    bars = GRID.bars.copy()
    bars["section"][1] = 3
    chords["chord"] += 1
    notes = GRID.notes.copy()
    notes["vel"][0] += 1
    changed = (
        {"bars": bars}, {"chords": chords}, {"notes": notes}, {"key": 5}, {"qpm": 60.0},
        {"qpm": None}, {"style": 1}, {"emotion": 1}, {"difficulty": 1}, {"extent": 1},
        {"chords": GRID.chords[:1]}, {"notes": GRID.notes[:-1]},
        {"parts": (GridPart(slot=0, program=0, role="solo"), GRID.parts[1])},
        {"parts": (GridPart(slot=0, program=9), GRID.parts[1])},
        {"parts": (GRID.parts[0], GridPart(slot=2, program=128, role="drums"))},
    )  # fmt: skip
    for one in changed:
        assert not GRID.equals(replace(GRID, **one)), one


@settings(max_examples=40, deadline=None)
@given(grids(), st.randoms(use_true_random=False))
def test_sorting_does_not_depend_on_the_order(grid, random):
    order = list(range(grid.n_notes))
    random.shuffle(order)
    assert np.array_equal(sort_notes(grid.notes[order]), grid.notes)
    assert np.array_equal(sort_notes(np.concatenate((grid.notes, grid.notes))), grid.notes)


def test_of_equal_notes_the_longest_stays_and_of_these_the_loudest():
    rows = [(0, 0, 0, 6, 60, 15), (0, 0, 0, 24, 60, 3), (0, 0, 0, 24, 60, 7), (0, 0, 0, 12, 62, 9)]
    found = sort_notes(np.array(rows, GRID_NOTE))
    assert found.tolist() == [(0, 0, 0, 24, 60, 7), (0, 0, 0, 12, 62, 9)]
