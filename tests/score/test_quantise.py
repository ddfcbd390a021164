"""Moving notes to a grid and scores to another resolution, with the report."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.score import (
    BarLength,
    ChordSymbol,
    Lyric,
    Moved,
    Note,
    Part,
    Score,
    Span,
    change_resolution,
    make_score,
    quantise,
)
from strategies import full_score, scores


def onsets(result, part=0):
    return [note.onset_tick for note in result.score.parts[part].notes]


def late(*ticks, duration=100):
    return Score(
        parts=(
            Part(notes=tuple(Note(onset_tick=t, duration_tick=duration, pitch=60) for t in ticks)),
        )
    )


def test_notes_move_to_sixteenths_and_are_listed():
    result = quantise(late(5, 130, 480), steps_per_qn=4)
    assert onsets(result) == [0, 120, 480]
    assert result.moved[0] == Moved(
        part=0, note=0, from_tick=5, to_tick=0, from_end_tick=105, to_end_tick=120
    )
    assert (result.n_moved, result.max_shift_tick) == (3, 10)


def test_the_grid_may_be_a_length():
    assert onsets(quantise(late(150, 330), grid_qn=1 / 3)) == [160, 320]


def test_half_strength_goes_half_way():
    assert onsets(quantise(late(20, 500), steps_per_qn=4, strength=0.5)) == [10, 490]
    assert quantise(late(20, 500), strength=0.0).is_exact


def test_what_is_on_the_grid_is_exact():
    result = quantise(make_score("C4:1 D4:0.5 E4:0.25 r:0.25 G4:2"))
    assert result.is_exact
    assert result.max_shift_qn == 0.0


def test_a_short_note_keeps_one_step():
    assert quantise(late(0, duration=3), steps_per_qn=4).score.parts[0].notes[0].end_tick == 120


def test_each_beat_takes_the_grid_it_fits():
    swung = late(0, 165, 315, 480, 595, 725, 838)
    assert onsets(quantise(swung, grids=(4, 3))) == [0, 160, 320, 480, 600, 720, 840]


def test_straight_wins_where_both_fit():
    assert onsets(quantise(late(3, 483), grids=(4, 3))) == [0, 480]


def test_the_grid_counts_from_the_bar_line():
    score = Score(
        parts=(Part(notes=(Note(onset_tick=110, duration_tick=480, pitch=60),)),),
        bar_lengths=(BarLength(tick=0, duration_tick=100),),
    )
    assert onsets(quantise(score, steps_per_qn=1)) == [100]


def test_lyrics_and_slurs_move_with_their_note():
    part = Part(
        notes=(
            Note(onset_tick=10, duration_tick=470, pitch=60),
            Note(onset_tick=490, duration_tick=470, pitch=62),
        ),
        lyrics=(Lyric(tick=490, text="la"), Lyric(tick=77, text="free")),
        spans=(Span(kind="slur", start_tick=10, end_tick=490),),
    )
    out = quantise(Score(parts=(part,)), steps_per_qn=2).score.parts[0]
    assert [lyric.tick for lyric in out.lyrics] == [480, 77]
    assert (out.spans[0].start_tick, out.spans[0].end_tick) == (0, 480)


@pytest.mark.parametrize(
    "options",
    [
        {"steps_per_qn": 0},
        {"grids": (4, 0)},
        {"grid_qn": 0.0},
        {"grid_qn": float("nan")},
        {"strength": 1.5},
        {"strength": float("nan")},
    ],
)
def test_impossible_grids_are_refused(options):
    with pytest.raises(ParameterError, match=next(iter(options))):
        quantise(late(0), **options)


@settings(max_examples=20)
@given(scores(), st.sampled_from((1, 3, 4, 12, 24)))
def test_quantising_twice_is_quantising_once(score, steps_per_qn):
    once = quantise(score, steps_per_qn=steps_per_qn)
    twice = quantise(once.score, steps_per_qn=steps_per_qn)
    for part, again in zip(once.score.parts, twice.score.parts, strict=True):
        assert [n.onset_tick for n in again.notes] == [n.onset_tick for n in part.notes]
    step = score.resolution / steps_per_qn
    assert once.max_shift_qn * score.resolution <= step / 2 + 1
    assert len(once.moved) <= score.n_notes


@settings(max_examples=20)
@given(scores(), st.sampled_from((1, 4, 24)))
def test_notes_that_followed_each_other_do_not_overlap(score, steps_per_qn):
    quantised = quantise(score, steps_per_qn=steps_per_qn)
    moved = {(one.part, one.note): one for one in quantised.moved}
    for k, part in enumerate(score.parts):
        spans = []
        for index, note in enumerate(part.notes):
            one = moved.get((k, index))
            new = (one.to_tick, one.to_end_tick) if one else (note.onset_tick, note.end_tick)
            spans.append((note, *new))
        for before, start, end in spans:
            for after, later_start, _ in spans:
                if before.end_tick <= after.onset_tick:
                    assert end <= later_start or start == later_start


def test_a_short_note_does_not_grow_over_a_bar_line_off_the_grid():
    score = make_score("r:3 C4:0.125 r:0.375 | D4:0.5", metre="7/8")
    first, second = quantise(score, steps_per_qn=1).score.parts[0].notes
    assert (first.onset_tick, first.end_tick) == (1440, 1680)
    assert second.onset_tick == 1680


def test_another_resolution_is_exact_when_a_multiple():
    score = full_score()
    up = change_resolution(score, resolution=960)
    assert up.is_exact
    assert up.score.resolution == 960
    assert change_resolution(up.score, resolution=480).score == score


def test_rounding_is_reported():
    down = change_resolution(late(0, 110, 240), resolution=24)
    assert onsets(down) == [0, 6, 12]
    assert down.is_exact is False
    assert change_resolution(late(241), resolution=2).max_shift_qn == pytest.approx(1 / 480)


def test_rounded_marks_are_counted_too():
    score = Score(chords=(ChordSymbol(tick=0, symbol="C"), ChordSymbol(tick=7, symbol="G")))
    down = change_resolution(score, resolution=240)
    assert (down.is_exact, down.n_moved, down.n_marks_moved) == (False, 0, 1)


@settings(max_examples=20)
@given(scores(), st.sampled_from((24, 96, 100, 480, 960)))
def test_bars_keep_their_length_in_quarter_notes(score, resolution):
    out = change_resolution(score, resolution=resolution).score
    if resolution % 2 == 0 and resolution % score.resolution == 0:
        assert [bar.duration_tick * score.resolution for bar in out.bars] == [
            bar.duration_tick * resolution for bar in score.bars
        ]


@pytest.mark.parametrize("resolution", [0, 40_000])
def test_impossible_resolutions_are_refused(resolution):
    with pytest.raises(ParameterError, match="resolution"):
        change_resolution(late(0), resolution=resolution)
