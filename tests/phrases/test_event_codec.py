"""One stream of a piece's notes, and what its bars say of a position."""

import numpy as np

from motet.phrases.event_codec import (
    DURATIONS_TICK,
    EVENT,
    NO_CHORD,
    SHIFTS_TICK,
    Ground,
    duration_class,
    read_stream,
    shift_class,
    stream_to_notes,
)
from motet.score import make_score
from motet.tokens import score_to_grid
from motet.tokens.layout import GRID_CHORD


def _grid(*parts):
    return score_to_grid(make_score(*parts, fifths=0), key="none").grid


def test_tables_rise_and_every_class_is_its_own_nearest():
    assert (np.diff(SHIFTS_TICK) > 0).all()
    assert (np.diff(DURATIONS_TICK) > 0).all()
    assert [shift_class(int(one)) for one in SHIFTS_TICK] == list(range(len(SHIFTS_TICK)))
    assert duration_class(DURATIONS_TICK).tolist() == list(range(len(DURATIONS_TICK)))


def test_a_stream_is_sorted_by_onset_part_and_pitch_and_goes_back():
    grid = _grid("C5:1 E5:1 G5:1 E5:1", "E4+C4:2 C4+E4:2", "C2:2 G2:2", "drums 42:1 36:1 42:1 36:1")
    stream = read_stream(grid, "poly")
    assert stream["part"].tolist() == [0, 1, 1, 2, 4, 0, 4, 0, 1, 1, 2, 4, 0, 4]
    rows = {0: 0, 1: 1, 2: 2, 4: 3}
    assert stream_to_notes(stream, grid.bar_starts, rows).tolist() == grid.notes.tolist()
    assert read_stream(grid, "drums")["pitch"].tolist() == [42, 36, 42, 36]
    assert len(read_stream(_grid("C5:4"), "drums")) == 0


def test_notes_after_the_last_bar_and_of_other_parts_are_left_out():
    stream = np.array([(0, 0, 60, 24, 9), (0, 2, 40, 24, 9), (200, 0, 62, 24, 9)], EVENT)
    assert stream_to_notes(stream, np.array([0, 96]), {0: 5})["part"].tolist() == [5]


def test_the_ground_knows_bars_chords_and_what_comes_next():
    grid = _grid("C4:4 | C4:4 | C4:4")
    chords = [(0, 48, 20, -1, 1.0), (1, 0, 40, -1, 0.1), (2, 0, 60, -1, 0.9)]
    ground = Ground(type(grid)(**{**grid.__dict__, "chords": np.array(chords, GRID_CHORD)}))
    onsets = np.array([0, 50, 100, 287])
    place, told = ground.places(onsets)
    assert place[:, 3:].tolist() == [[0, 2], [0, 2], [1, 1], [2, 0]]
    assert told[:, 0].tolist() == [NO_CHORD, 20, NO_CHORD, 60]
    assert told[:, 1].tolist() == [NO_CHORD, NO_CHORD, 60, NO_CHORD]
    assert ground.earlier(onsets, 1).tolist() == [-1, -1, 4, 191]
