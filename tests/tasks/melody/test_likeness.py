"""How much of a tune is left."""

from __future__ import annotations

from motet.score import make_score, transpose
from motet.tasks.melody.likeness import measure_likeness, top_line

TUNE = make_score("C4:1 E4:1 G4:1 E4:1 | C4:4")


def test_the_same_tune_is_kept_whole() -> None:
    line = TUNE.parts[0].notes
    found = measure_likeness(TUNE, line, line)
    assert (found.notes, found.onsets, found.moves, found.kept) == (1, 1, 1, 1)


def test_a_transposed_tune_keeps_onsets_and_moves() -> None:
    moved = transpose(TUNE, shift_semi=1)
    found = measure_likeness(TUNE, TUNE.parts[0].notes, moved.parts[0].notes)
    assert (found.notes, found.onsets, found.moves) == (0, 1, 1)


def test_nothing_left_is_nothing() -> None:
    found = measure_likeness(TUNE, TUNE.parts[0].notes, ())
    assert (found.notes, found.onsets, found.moves) == (0, 0, 0)


def test_the_top_line_has_one_note_an_onset() -> None:
    part = make_score("C4+E4+G4:1 D4+F4:1").parts[0]
    assert [note.pitch for note in top_line(part)] == [67, 65]
