"""Cells: taking, putting, clearing; locked cells never change."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.score import (
    Grid,
    Note,
    clear,
    make_score,
    put,
    replace_cell,
    scale_velocity,
    take,
    transpose,
)
from strategies import full_score, scores

SCORE_EVENTS = ("tempos", "metres", "keys", "bar_lengths", "chords", "sections", "repeats")


def cells_of(score):
    return {(cell.part, cell.bar): cell.notes for cell in Grid(score).cells()}


@st.composite
def selections(draw):
    score = draw(scores())
    parts = draw(st.sets(st.integers(0, len(score.parts) - 1)))
    bars = draw(st.sets(st.integers(0, score.n_bars - 1)))
    return score, parts, bars


def test_a_note_belongs_to_the_bar_of_its_onset_and_sounds_on():
    grid = Grid(make_score("C4:3 E4:6 G4:3"))
    assert (grid.n_parts, grid.n_bars) == (1, 3)
    assert [[n.pitch for n in grid.cell(0, bar).notes] for bar in range(3)] == [[60, 64], [], [67]]
    assert [n.onset_tick for n in grid.cell(0, 1).sounding_in] == [-480]
    assert [n.onset_tick for n in grid.cell(0, 2).sounding_in] == [-2400]
    assert grid.cell(0, 2).notes[0].onset_tick == 480


def test_a_note_that_ends_on_the_bar_line_does_not_sound_in():
    assert Grid(make_score("C4:4 D4:4")).cell(0, 1).sounding_in == ()


@settings(max_examples=20)
@given(scores())
def test_every_note_is_in_one_cell(score):
    found = sorted(
        (cell.part, note.onset_tick + score.bars[cell.bar].start_tick, note.pitch, note.velocity)
        for cell in Grid(score).cells()
        for note in cell.notes
    )
    assert found == sorted(
        (k, note.onset_tick, note.pitch, note.velocity)
        for k, part in enumerate(score.parts)
        for note in part.notes
    )


@settings(max_examples=30)
@given(selections())
def test_locked_cells_never_change(drawn):
    score, parts, bars = drawn
    pitched = [part.is_drums for part in score.parts]
    source = scale_velocity(transpose(score, shift_semi=1), factor=0.5)
    out = put(score, source, parts=parts, bars=bars)
    before, new, after = cells_of(score), cells_of(source), cells_of(out)
    assert out.n_bars == score.n_bars
    for place, notes in after.items():
        is_open = place[0] in parts and place[1] in bars
        assert notes == (new[place] if is_open else before[place])
    for name in SCORE_EVENTS:
        assert getattr(out, name) == getattr(score, name)
    assert [part.is_drums for part in out.parts] == pitched


@settings(max_examples=20)
@given(selections())
def test_putting_back_what_was_taken_restores_the_notes(drawn):
    score, parts, bars = drawn
    cleared = clear(score, parts=parts, bars=bars)
    before = cells_of(score)
    for place, notes in cells_of(cleared).items():
        assert notes == (() if place[0] in parts and place[1] in bars else before[place])
    taken = take(score, parts=parts, bars=bars)
    assert taken.n_bars == score.n_bars
    back = put(cleared, taken, parts=parts, bars=bars)
    assert [part.notes for part in back.parts] == [part.notes for part in score.parts]


@settings(max_examples=20)
@given(selections())
def test_putting_a_score_into_itself_changes_nothing(drawn):
    score, parts, bars = drawn
    out = put(score, score, parts=parts, bars=bars)
    assert out.parts == score.parts


@settings(max_examples=20)
@given(selections())
def test_controllers_of_locked_notes_hold_as_before(drawn):
    score, parts, bars = drawn
    out = clear(score, parts=parts, bars=bars)
    for k in parts:
        for note in out.parts[k].notes:
            assert sounding(out.parts[k], note.onset_tick) == sounding(
                score.parts[k], note.onset_tick
            )


def sounding(part, tick):
    values = {7: 100, 64: 0}
    for control in part.controls:
        if control.tick <= tick:
            values[control.number] = control.value
    return values


def test_cells_of_other_places():
    score = make_score("C4:4 D4:4 E4:4", "F3:4 G3:4 A3:4")
    out = put(score, score, parts=[0], bars=[2], source_parts=[1], source_bars=[0])
    assert [note.pitch for note in out.parts[0].notes] == [60, 62, 53]


def test_marks_go_with_their_cell():
    score = full_score()
    cleared = clear(score, parts=["Piano"], bars=[1])
    assert [lyric.text for lyric in cleared.parts[0].lyrics] == ["la"]
    assert cleared.parts[0].texts == ()
    assert cleared.parts[1] == score.parts[1]
    assert [mark.mark for mark in cleared.parts[0].dynamics] == ["p", "f"]
    assert cleared.parts[0].dynamics[1].tick == 3840


def test_a_source_of_other_shape_is_refused():
    score = make_score("C4:4 D4:4")
    with pytest.raises(ParameterError, match="bar 0"):
        put(score, make_score("C4:3 D4:3", metre="3/4"), bars=[0])
    with pytest.raises(ParameterError, match="change_resolution"):
        put(score, make_score("C4:4 D4:4", resolution=96))
    with pytest.raises(ParameterError, match="match"):
        put(score, score, bars=[0], source_bars=[0, 1])
    with pytest.raises(ParameterError, match="bars"):
        clear(score, bars=[2])


def test_one_cell_replaced():
    score = make_score("C4:4 D4:4", "E3:4 F3:4")
    out = replace_cell(
        score, part=1, bar=0, notes=[Note(onset_tick=1919, duration_tick=480, pitch=40)]
    )
    assert [(n.onset_tick, n.pitch) for n in out.parts[1].notes] == [(1919, 40), (1920, 53)]
    assert out.parts[0] == score.parts[0]
    with pytest.raises(ParameterError, match="1919"):
        replace_cell(score, part=0, bar=0, notes=[Note(onset_tick=1920, duration_tick=1, pitch=40)])
