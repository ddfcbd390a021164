"""Shift, stretch, another tempo."""

import pytest

from motet.errors import ParameterError
from motet.score import Score, make_score, scale_tempo, shift_time, stretch
from strategies import full_score


def lengths(score):
    return [bar.duration_tick for bar in score.bars]


def test_a_whole_score_later_keeps_its_bars():
    later = shift_time(full_score(), shift_tick=2400)
    assert lengths(later) == [1920, 480, 1920, 1920, 1920]
    assert later.tempos[0].tick == later.keys[0].tick == 0
    assert later.chords[0].tick == 2400
    assert later.parts[0].clefs[0].tick == 0
    assert later.parts[0].lyrics[0].tick == 2400


def test_one_part_later_leaves_the_others():
    score = make_score("C4:1", "D4:1", chords="C:1")
    later = shift_time(score, shift_tick=480, parts=(1,))
    assert [part.notes[0].onset_tick for part in later.parts] == [0, 480]
    assert later.chords == score.chords
    back = shift_time(later, shift_tick=-480, parts=(1,))
    assert back.parts == score.parts


def test_notes_do_not_go_before_the_start():
    with pytest.raises(ParameterError, match="before 0"):
        shift_time(make_score("C4:1"), shift_tick=-1, parts=(0,))
    with pytest.raises(ParameterError, match="trim"):
        shift_time(make_score("C4:1"), shift_tick=-1)


def test_stretching_and_back_is_the_same():
    score = full_score()
    assert stretch(stretch(score, factor=2), factor=0.5) == score
    assert stretch(score, factor=3).chords[1].tick == 5760


def test_another_speed_leaves_the_notes():
    score = full_score()
    fast = scale_tempo(score, factor=2)
    assert [tempo.quarter_us for tempo in fast.tempos] == [250_000, 200_000]
    assert fast.parts == score.parts
    assert scale_tempo(Score(), factor=0.5).tempos[0].qpm == 60


@pytest.mark.parametrize("factor", [0, -1, 1000, float("nan")])
def test_impossible_factors_are_refused(factor):
    with pytest.raises(ParameterError, match="factor"):
        stretch(Score(), factor=factor)
    with pytest.raises(ParameterError, match="factor"):
        scale_tempo(Score(), factor=factor)
