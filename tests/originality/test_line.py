"""Tests of motet.originality.line."""

from __future__ import annotations

import numpy as np

from motet.originality.line import find_lines
from motet.score import make_score
from motet.tokens import GridPart, GridScore, score_to_grid

TOP = "C5:1 D5:1 E5:1 F5:1 | G5:1 A5:1 B5:1 C6:1"
LOW = "C3:1 G3:1 C3:1 G3:1 | C3:1 G3:1 C3:1 G3:1"


def grid_of(*parts: str) -> GridScore:
    return score_to_grid(make_score(*parts, fifths=0)).grid


def test_the_highest_note_of_each_onset_and_the_bass() -> None:
    grid = grid_of(TOP, LOW)
    one = np.concatenate([grid.notes, grid.notes])
    one["part"] = 0
    merged = GridScore(
        parts=(GridPart(slot=0, program=0),),
        notes=np.sort(one, order=["bar", "part", "pos", "pitch"]),
        bars=grid.bars,
        chords=grid.chords,
    )
    top, bass = find_lines(merged)
    assert top.pitch.tolist() == [72, 74, 76, 77, 79, 81, 83, 84]
    assert bass.pitch.tolist() == [48, 55] * 4
    assert (top.is_bass, bass.is_bass) == (False, True)
    assert top.time.tolist() == list(range(0, 192, 24))
    assert top.bar.tolist() == [0] * 4 + [1] * 4


def test_a_part_of_single_notes_has_one_line() -> None:
    assert [line.part for line in find_lines(grid_of(TOP, LOW))] == [0, 1]


def test_only_the_cells_asked_for() -> None:
    grid = grid_of(TOP + " | " + TOP, LOW + " | " + LOW)
    lines = find_lines(grid, cells={(bar, 0) for bar in (2, 3)})
    assert [(line.part, line.bar.tolist()) for line in lines] == [(0, [2] * 4 + [3] * 4)]
    assert [line.part for line in find_lines(grid, parts=[1])] == [1]


def test_short_lines_and_drums_are_left_out() -> None:
    grid = grid_of("C4:1 D4:1 E4:1")
    assert find_lines(grid) == []
    drums = GridScore(
        parts=(GridPart(slot=0, program=128),),
        notes=grid_of(TOP).notes,
        bars=grid_of(TOP).bars,
        chords=grid.chords,
    )
    assert find_lines(drums) == []


def test_what_is_looked_up_has_a_bass_line_in_every_part() -> None:
    chords = "C3+C5:1 G3+D5:1 C3+E5:1 G3+F5:1 | C3+G5:1 G3+A5:1 C3+B5:1 G3+C6:1"
    grid = grid_of(chords, chords.replace("3+", "2+"))
    assert [(line.part, line.is_bass) for line in find_lines(grid)] == [
        (0, False), (1, False), (1, True),
    ]  # fmt: skip
    told = find_lines(grid, every_bass=True)
    assert [(line.part, line.is_bass) for line in told] == [
        (0, False), (1, False), (0, True), (1, True),
    ]  # fmt: skip
    assert told[2].pitch.tolist() == find_lines(grid_of(LOW))[0].pitch.tolist()
