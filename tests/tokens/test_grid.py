"""Windows, shifts, parts, descriptions."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grid_strategies import grids
from motet.errors import ParameterError
from motet.score import Section, make_score
from motet.tokens import (
    GRID_NOTE,
    chord_pcs,
    count_folded,
    describe_parts,
    keep_parts,
    score_to_grid,
    shift_grid,
    sort_notes,
    window,
)
from motet.tokens.vocab import EXTENTS

SCORE = replace(
    make_score("C4:4 E4:4 G4:4 B4:4", "C3:8 r:8", chords="C:8 G/B:6 N.C.:2", fifths=0),
    sections=(Section(tick=0, label="Verse"), Section(tick=3840, label="Chorus")),
)
GRID = score_to_grid(SCORE).grid


def spans(grid):
    return st.tuples(st.integers(0, grid.n_bars - 1), st.integers(1, grid.n_bars)).filter(
        lambda span: span[0] < span[1]
    )


def test_a_window_carries_what_holds():
    found = window(GRID, 1, 4)
    assert found.notes[["bar", "part", "pitch"]].tolist() == [(0, 0, 64), (1, 0, 67), (2, 0, 71)]
    assert found.bars["section"].tolist() == [7, 9, -1]
    assert found.chords[["bar", "pos", "chord", "bass"]].tolist() == [
        (0, 0, 0, -1),
        (1, 0, 140, 11),
        (2, 48, -1, -1),
    ]
    assert EXTENTS[found.extent] == "end"
    assert found.parts == GRID.parts


def test_a_window_does_not_repeat_a_chord_that_starts_with_it():
    assert window(GRID, 2, 4).chords[["bar", "pos"]].tolist() == [(0, 0), (1, 48)]
    assert window(GRID, 3, 4).chords[["bar", "pos", "chord"]].tolist() == [(0, 0, 140), (0, 48, -1)]


@pytest.mark.parametrize(
    ("span", "extent"),
    [((0, 4), "whole"), ((0, 3), "beginning"), ((1, 3), "middle"), ((1, 4), "end")],
)
def test_extent(span, extent):
    assert EXTENTS[window(GRID, *span).extent] == extent


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_window_of_a_window_is_a_window(data):
    grid = replace(data.draw(grids()), extent=-1)
    a, b = data.draw(spans(grid))
    outer = window(grid, a, b)
    c, d = data.draw(spans(outer))
    assert window(outer, c, d).equals(window(grid, a + c, a + d))


@settings(max_examples=40, deadline=None)
@given(grids())
def test_all_bars_are_the_whole(grid):
    assert replace(window(grid, 0, grid.n_bars), extent=grid.extent).equals(grid)


@pytest.mark.parametrize("span", [(0, 5), (-1, 2), (2, 2), (3, 1)])
def test_windows_that_are_not_there(span):
    with pytest.raises(ParameterError, match="0 to 4"):
        window(GRID, *span)


@settings(max_examples=40, deadline=None)
@given(grids(), st.integers(-6, 6), st.integers(-6, 6))
def test_shifts_add_up(grid, one, other):
    moved = shift_grid(shift_grid(grid, one), other)
    direct = shift_grid(grid, one + other)
    assert moved.equals(direct)
    assert moved.shift_semi == direct.shift_semi == grid.shift_semi + one + other
    assert shift_grid(grid, 12).key == grid.key


@settings(max_examples=40, deadline=None)
@given(grids(), st.integers(-6, 6))
def test_a_shift_moves_chords_with_the_notes_and_leaves_drums(grid, semi):
    moved = shift_grid(grid, semi)
    for before, after in zip(grid.chords, moved.chords, strict=True):
        assert chord_pcs(after["chord"]) == {(pc + semi) % 12 for pc in chord_pcs(before["chord"])}
        if before["bass"] >= 0:
            assert after["bass"] == (before["bass"] + semi) % 12
    drums = [k for k, part in enumerate(grid.parts) if part.is_drums]
    assert keep_parts(moved, drums).notes.tolist() == keep_parts(grid, drums).notes.tolist()


def test_a_shift_folds_what_would_leave_the_range():
    rows = np.array([(0, 0, 0, 24, pitch, 9) for pitch in (0, 2, 60, 125, 127)], GRID_NOTE)
    grid = replace(GRID, notes=sort_notes(rows))
    assert shift_grid(grid, -3).notes["pitch"].tolist() == [9, 11, 57, 122, 124]
    assert shift_grid(grid, 4).notes["pitch"].tolist() == [4, 6, 64, 117, 119]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_keeping_parts(data):
    grid = data.draw(grids())
    every = list(range(len(grid.parts)))
    kept = data.draw(st.lists(st.sampled_from(every), min_size=1, unique=True))
    found = keep_parts(grid, kept)
    assert found.parts == tuple(grid.parts[k] for k in sorted(kept))
    for bar in range(grid.n_bars):
        for new, old in enumerate(sorted(kept)):
            before, after = grid.cell(bar, old).copy(), found.cell(bar, new)
            before["part"] = new
            assert np.array_equal(before, after)
    assert keep_parts(grid, every).equals(grid)


def test_keeping_commutes_with_windows():
    assert keep_parts(window(GRID, 1, 3), [1]).equals(window(keep_parts(GRID, [1]), 1, 3))


@pytest.mark.parametrize("indices", [[2], [-1], [0, 0]])
def test_parts_that_are_not_there(indices):
    with pytest.raises(ParameterError, match="each once"):
        keep_parts(GRID, indices)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("C4:4", (6, 1, 0)),
        ("C4+E4:2 D4+F4:2", (6, 2, 2)),
        ("C4:1 D4:1 E4:1 F4:1", (6, 4, 0)),
        ("C4:4 r:4 r:4 D4:4", (6, 1, 0)),  # bars in which it rests do not count
        ("C2+C3:4 C2:4", (2, 1, 2)),  # mean of 36, 36 and 48 is 40
        ("C-1:4", (0, 1, 0)),
        ("G9:4", (15, 1, 0)),
        ("C4+D4+E4+F4+G4:4", (6, 1, 5)),
        ("drums 36:1 38:1 36+42:1 38:1", (-1, 4, 1)),
    ],
)
def test_descriptions(text, values):
    assert describe_parts(score_to_grid(make_score(text), key="none").grid).tolist() == [
        list(values)
    ]


def test_a_silent_part_is_not_described():
    assert describe_parts(window(GRID, 2, 4)).tolist() == [[7, 1, 0], [-1, -1, -1]]
    assert describe_parts(replace(GRID, notes=GRID.notes[:0])).tolist() == [[-1] * 3] * 2


@settings(max_examples=40, deadline=None)
@given(grids(), st.integers(-12, 12))
def test_descriptions_but_range_do_not_depend_on_pitch(grid, semi):
    assume(all(30 < pitch < 100 for pitch in grid.notes["pitch"].tolist()))
    assert describe_parts(shift_grid(grid, semi))[:, 1:].tolist() == (
        describe_parts(grid)[:, 1:].tolist()
    )


def test_notes_that_change_their_octave_are_counted() -> None:
    grid = score_to_grid(make_score("G9:1 C4:1 C-1:1 C5:1", fifths=0)).grid
    assert [count_folded(grid, semi) for semi in (0, 1, -1, 60, -61)] == [0, 1, 1, 2, 2]
    moved = shift_grid(grid, 1)
    assert sorted((moved.notes["pitch"] - grid.notes["pitch"]).tolist())[0] == 1 - 12
