"""Between a score and its grid."""

from __future__ import annotations

from dataclasses import replace

from motet.score import Part, Score, make_score
from motet.tasks.notes import grid_of, put_cells
from motet.theory import parse_key


def test_putting_back_what_was_taken_changes_no_onset_and_no_pitch() -> None:
    score = make_score("E4:1 D4:1 E4:2 | C4:4", "C3:4 | G2:4", fifths=0)
    grid = grid_of(score, key=parse_key("C"))
    again = put_cells(score, grid, [(0, 0), (1, 1)], key=parse_key("C"))
    for one, two in zip(score.parts, again.parts, strict=True):
        assert [(n.onset_tick, n.duration_tick, n.pitch) for n in one.notes] == [
            (n.onset_tick, n.duration_tick, n.pitch) for n in two.notes
        ]
    assert again.parts[1].notes[0] is score.parts[1].notes[0]


def test_the_grid_is_normalised_and_put_back_where_it_sounds() -> None:
    score = make_score("F#4:1 G4:3", fifths=2, resolution=96)
    grid = grid_of(score, key=parse_key("D"))
    assert grid.notes["pitch"].tolist() == [64, 65]
    again = put_cells(score, grid, [(0, 0)], key=parse_key("D"))
    assert [(n.pitch, n.onset_tick, n.spelling) for n in again.parts[0].notes] == [
        (66, 0, "F#"),
        (67, 96, "G"),
    ]


def test_empty_parts_keep_their_rows() -> None:
    score = Score(parts=(Part(name="A"), Part(name="B", is_drums=True)), length_tick=3840)
    grid = grid_of(score, key=parse_key("C"), style=3, emotion=5)
    assert (len(grid.parts), grid.n_bars, grid.n_notes, grid.style, grid.emotion) == (2, 2, 0, 3, 5)
    assert grid.parts[1].is_drums


def test_notes_end_with_the_score() -> None:
    score = make_score("C4:4")
    grid = grid_of(score, key=parse_key("C"))
    notes = grid.notes.copy()
    notes["dur"] = 500
    again = put_cells(score, replace(grid, notes=notes), [(0, 0)], key=parse_key("C"))
    assert again.parts[0].notes[0].end_tick == 1920
