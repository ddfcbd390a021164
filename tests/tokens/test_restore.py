"""Grids as scores."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grid_strategies import grids
from motet.errors import ParameterError
from motet.score import BarLength, Metre, Section, make_score
from motet.theory import Key
from motet.tokens import GRID_NOTE, grid_to_score, score_to_grid, shift_grid, window
from motet.tokens.restore import sounding_key


@settings(max_examples=40, deadline=None)
@given(grids(is_normal=True), st.sampled_from((24, 480, 960)))
def test_the_grid_comes_back(grid, resolution):
    score = grid_to_score(grid, resolution=resolution)
    made = score_to_grid(score, keep_empty=True)
    assert made.grid.equals(grid)
    assert made.grid.shift_semi == grid.shift_semi
    assert (made.report.n_moved, made.report.n_merged, made.report.n_dropped) == (0, 0, 0)
    assert len(score.bars) == grid.n_bars


SCORE = replace(
    make_score(
        "E5:1 | D#5:1 E5:1 Bb4:2 | A4:4",
        "C3+G3:1 C3+E4:4 F3:4",
        "drums r:1 36:4 38:4",
        qpm=90,
        fifths=0,
        chords="C:1 C7:4 F/A:4",
        programs=(73, 0, 0),
    ),
    bar_lengths=(BarLength(tick=0, duration_tick=480),),
    sections=(Section(tick=480, label="Verse 1"),),
)


def test_what_people_read():
    grid = score_to_grid(SCORE).grid
    bare = replace(grid, parts=tuple(replace(part, name="") for part in grid.parts))
    score = grid_to_score(bare)
    assert [part.name for part in score.parts] == ["Flute", "Acoustic Grand Piano", "Drums"]
    assert [part.program for part in score.parts] == [73, 0, 0]
    assert [part.is_drums for part in score.parts] == [False, False, True]
    assert [part.n_staves for part in score.parts] == [1, 2, 1]
    assert score.parts[2].channel == 9
    assert [note.spelling for note in score.parts[0].notes] == ["E", "D#", "E", "Bb", "A"]
    assert [(note.pitch, note.staff) for note in score.parts[1].notes] == [
        (48, 2),
        (55, 2),
        (48, 2),
        (64, 1),
        (53, 2),
    ]
    assert [chord.symbol for chord in score.chords] == ["C", "C7", "F/A"]
    assert [(one.tick, one.label) for one in score.sections] == [(480, "verse")]
    assert [bar.duration_tick for bar in score.bars] == [480, 1920, 1920]
    assert score.tempos[0].qpm == pytest.approx(90, abs=0.001)
    assert (score.keys[0].fifths, score.keys[0].mode) == (0, "major")


def test_names_of_the_source_stay_and_others_are_numbered():
    grid = score_to_grid(make_score("C4:4", "E4:4", "G4:4", programs=(40, 40, 40))).grid
    assert [part.name for part in grid_to_score(grid).parts] == ["Part 1", "Part 2", "Part 3"]
    bare = replace(
        grid,
        parts=(replace(grid.parts[0], name="Solo"), *(replace(p, name="") for p in grid.parts[1:])),
    )
    assert [part.name for part in grid_to_score(bare).parts] == ["Solo", "Violin 1", "Violin 2"]


@pytest.mark.parametrize(
    ("key", "fifths"),
    [
        (Key("Eb", "major"), -3),
        (Key("C", "minor"), -3),
        (Key("F#", "major"), 6),
        (Key("Gb", "major"), 6),
        (Key("B", "major"), 5),
        (Key("Db", "major"), -5),
        (Key("D", "dorian"), 0),
        (Key("B", "locrian"), 0),
    ],
)
def test_signatures(key, fifths):
    grid = score_to_grid(make_score("C4:4"), key=key).grid
    found = sounding_key(grid)
    assert (found.fifths, found.mode) == (fifths, key.mode)
    assert sounding_key(shift_grid(grid, 2)) == found  # augmentation does not change what sounds


def test_no_key_no_tempo():
    score = grid_to_score(score_to_grid(replace(make_score("C4:4"), tempos=()), key="none").grid)
    assert (score.keys, score.tempos) == ((), ())


def test_pitches_sound_as_they_did():
    grid = score_to_grid(make_score("Eb4:1 F4:1 Ab4:2", fifths=-3)).grid
    assert grid.notes["pitch"].tolist() == [60, 62, 65]
    score = grid_to_score(grid)
    assert [(note.pitch, note.spelling) for note in score.parts[0].notes] == [
        (63, "Eb"),
        (65, "F"),
        (68, "Ab"),
    ]


def test_chords_are_spelled_in_the_key():
    score = make_score("Db4:4", fifths=-5, chords="Db:2 Gbm6/Db:2")
    assert [one.symbol for one in grid_to_score(score_to_grid(score).grid).chords] == [
        "Db",
        "Gbm6/Db",
    ]


def test_a_chord_tone_is_spelled_as_the_chord_does():
    score = make_score("G#4+B4+E5:4", fifths=0, chords="E:4")
    notes = grid_to_score(score_to_grid(score).grid).parts[0].notes
    assert [note.spelling for note in notes] == ["G#", "B", "E"]
    score = make_score("Ab4+C5+F5:4", fifths=0, chords="Fm:4")
    notes = grid_to_score(score_to_grid(score).grid).parts[0].notes
    assert [note.spelling for note in notes] == ["Ab", "C", "F"]


def test_pitches_beyond_the_range_fold():
    grid = score_to_grid(make_score("C4:4", fifths=1)).grid
    rows = np.array([(0, 0, 0, 24, 3, 9), (0, 0, 24, 24, 127, 9)], GRID_NOTE)
    low = grid_to_score(replace(grid, notes=rows)).parts[0].notes
    assert [note.pitch for note in low] == [10, 122]
    high = grid_to_score(replace(grid, notes=rows, shift_semi=-4)).parts[0].notes
    assert [note.pitch for note in high] == [7, 119]


def test_metres():
    metres = (
        Metre(tick=0, numerator=7, denominator=8),
        Metre(tick=1680, numerator=4, denominator=4, symbol="none"),
        Metre(tick=3600, numerator=5, denominator=4),
    )
    score = grid_to_score(score_to_grid(replace(make_score("C4:20"), metres=metres)).grid)
    assert [(one.tick, one.numerator, one.symbol) for one in score.metres] == [
        (0, 7, ""),
        (1680, 4, "none"),
        (3600, 5, ""),
    ]
    assert [bar.duration_tick for bar in score.bars][:3] == [1680, 1920, 2400]


def test_a_window_is_a_score_of_its_own():
    score = grid_to_score(window(score_to_grid(SCORE).grid, 1, 3))
    assert [bar.duration_tick for bar in score.bars] == [1920, 1920]
    assert [one.symbol for one in score.chords] == ["C7", "F/A"]


@pytest.mark.parametrize("resolution", [0, 25, -24, 48_000])
def test_resolutions_that_are_no_multiple(resolution):
    with pytest.raises(ParameterError, match="multiple of 24"):
        grid_to_score(score_to_grid(make_score("C4:4")).grid, resolution=resolution)


def test_a_note_ends_with_the_last_bar():
    grid = window(score_to_grid(make_score("C4:3 D4:5 E4:4")).grid, 0, 1)
    score = grid_to_score(grid)
    assert [note.duration_tick for note in score.parts[0].notes] == [1440, 480]
    assert score.n_bars == 1
