"""Bar lines on the grid."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from motet.errors import ParameterError
from motet.score import BarLength, Metre, Note, Part, Score, Section, make_score
from motet.tokens.bar_lines import BarLines
from motet.tokens.values import metre_of
from strategies import scores


def ticks(*values):
    return np.array(values, np.int64)


def test_pickup_and_change_of_metre():
    score = replace(
        make_score("C4:1 | D4:3 | E4:3 | F4:2", metre="3/4"),
        bar_lengths=(BarLength(tick=0, duration_tick=480),),
        metres=(
            Metre(tick=0, numerator=3, denominator=4),
            Metre(tick=3360, numerator=2, denominator=4),
        ),
    )
    lines = BarLines(score)
    assert lines.lengths.tolist() == [24, 72, 72, 48]
    assert [metre_of(value) for value in lines.metres] == [(3, 4), (3, 4), (3, 4), (2, 4)]
    bar, pos, dur = lines.place(ticks(0, 480, 1940, 3360), ticks(480, 1920, 3360, 4320))
    assert bar.tolist() == [0, 1, 2, 3]
    assert pos.tolist() == [0, 0, 1, 0]
    assert dur.tolist() == [24, 72, 71, 48]


def test_halves_go_up_and_the_end_of_a_bar_goes_on():
    lines = BarLines(make_score("C4:8", resolution=48))  # two ticks a position
    bar, pos, dur = lines.place(ticks(1, 2, 191, 383), ticks(4, 3, 200, 384))
    assert bar.tolist() == [0, 0, 1, 1]
    assert pos.tolist() == [1, 1, 0, 95]
    assert dur.tolist() == [1, 1, 4, 1]
    assert lines.measure_shift(ticks(1, 2, 191)) == (2, 0.5 / 24)


def test_triplets_and_quintuplets_meet_end_to_end():
    lines = BarLines(make_score("C4:4"))
    for count, onsets in ((3, [0, 8, 16, 24]), (5, [0, 5, 10, 14, 19, 24])):
        edges = ticks(*(480 * k // count for k in range(count + 1)))
        _, pos, dur = lines.place(edges[:-1], edges[1:])
        assert pos.tolist() == onsets[:-1]
        assert (pos + dur).tolist() == onsets[1:]


def test_bars_off_the_grid_stay_contiguous():
    lengths = tuple(BarLength(tick=k * 100, duration_tick=100) for k in range(10))
    score = Score(
        parts=(Part(notes=(Note(onset_tick=0, duration_tick=1000, pitch=60),)),),
        bar_lengths=lengths,
    )
    lines = BarLines(score)  # 100 ticks are 5 positions
    assert lines.lengths.tolist() == [5] * 10
    lines = BarLines(replace(score, resolution=700))  # 100 ticks are 3 3/7 positions
    assert lines.lengths.sum() == round(1000 * 24 / 700)
    assert set(lines.lengths.tolist()) == {3, 4}


def test_a_bar_shorter_than_half_a_position_vanishes():
    score = replace(
        make_score("C4:4 | D4:4"),
        bar_lengths=(BarLength(tick=1920, duration_tick=9),),
    )
    lines = BarLines(score)
    assert lines.lengths.tolist() == [96, 96]
    bar, pos, _ = lines.place(ticks(1920, 1929), ticks(2000, 2000))
    assert (bar.tolist(), pos.tolist()) == ([1, 1], [0, 0])


def test_unmetred():
    free = Metre(tick=0, numerator=4, denominator=4, symbol="none")
    odd = Metre(tick=1920, numerator=17, denominator=8)
    lines = BarLines(replace(make_score("C4:12"), metres=(free, odd)))
    assert lines.metres.tolist() == [64, 64]
    assert lines.lengths.tolist() == [96, 204]


def test_sections_start_at_their_bars():
    sections = (
        Section(tick=0, label="Intro"),
        Section(tick=1920, label="hm"),
        Section(tick=3900, label="B"),
    )
    lines = BarLines(replace(make_score("C4:12"), sections=sections))
    assert lines.sections.tolist() == [6, -1, 1]
    assert lines.bars()["section"].tolist() == [6, -1, 1]


def test_a_bar_that_is_too_long_is_refused():
    long = (BarLength(tick=1920, duration_tick=23_040),)
    with pytest.raises(ParameterError, match="bar 1 has 1152"):
        BarLines(replace(make_score("C4:8"), bar_lengths=long))
    just = (BarLength(tick=1920, duration_tick=23_020),)
    assert BarLines(replace(make_score("C4:8"), bar_lengths=just)).lengths.tolist() == [96, 1151]


@settings(max_examples=40, deadline=None)
@given(scores())
def test_nothing_moves_farther_than_half_a_position_but_at_the_end(score):
    lines = BarLines(score)
    edges = [n.onset_tick for part in score.parts for n in part.notes if n.duration_tick]
    if not edges:
        return
    onsets = ticks(*edges)
    bar, pos, dur = lines.place(onsets, onsets + 1)
    starts = np.concatenate(([0], np.cumsum(lines.lengths)))
    assert (pos >= 0).all()
    assert (pos < lines.lengths[bar]).all()
    assert (dur >= 1).all()
    moved = np.abs((starts[bar] + pos) / 24 - onsets / score.resolution)
    is_last = (bar == len(lines.lengths) - 1) & (pos == lines.lengths[bar] - 1)
    assert (moved[~is_last] <= 1 / 24 + 1e-9).all()  # half for its bar, half in it
    assert (moved[is_last] <= 2 / 24 + 1e-9).all()
