"""Trim, extend, loop, concatenate."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.score import (
    Grid,
    Score,
    change_resolution,
    concatenate,
    extend,
    loop,
    make_score,
    trim,
)
from strategies import full_score, scores


def lengths(score):
    return [bar.duration_tick for bar in score.bars]


def test_a_trimmed_bar_says_all_that_holds_in_it():
    middle = trim(full_score(), start_bar=1, end_bar=2)
    assert lengths(middle) == [1920]
    assert [tempo.quarter_us for tempo in middle.tempos] == [400_000]
    assert [(key.tick, key.fifths) for key in middle.keys] == [(0, 1)]
    assert [(chord.tick, chord.symbol) for chord in middle.chords] == [(0, "G/B")]
    assert [(section.tick, section.label) for section in middle.sections] == [(0, "B")]
    assert [(r.tick, r.kind) for r in middle.repeats] == [(0, "start"), (1920, "end")]
    assert [(e.start_tick, e.end_tick) for e in middle.endings] == [(0, 1920)]
    assert [text.tick for text in middle.texts] == [0]
    assert [event.kind for event in middle.raw] == ["sysex", "meta-7F"]
    piano = middle.parts[0]
    assert [note.pitch for note in piano.notes] == [66, 67]
    assert [(clef.tick, clef.staff, clef.sign) for clef in piano.clefs] == [
        (0, 1, "G"),
        (0, 2, "G"),
    ]
    assert [(c.tick, c.kind, c.value) for c in piano.controls] == [(0, "cc", 0), (480, "bend", 100)]
    assert [(mark.tick, mark.mark) for mark in piano.dynamics] == [(0, "f")]
    assert [(span.start_tick, span.end_tick) for span in piano.spans] == [(0, 480)]
    assert [lyric.text for lyric in piano.lyrics] == ["lu"]


def test_states_from_before_are_said_at_the_start():
    last = trim(full_score(), start_bar=2)
    assert [tempo.quarter_us for tempo in last.tempos] == [400_000]
    assert [(c.kind, c.value) for c in last.parts[0].controls] == [("cc", 0), ("bend", 100)]
    assert last.chords[0].symbol == "G/B"
    assert last.repeats == ()


def test_notes_that_sound_in_come_on_request():
    kept = trim(full_score(), start_bar=1, end_bar=2, keep_sounding=True)
    e = next(note for note in kept.parts[0].notes if note.pitch == 64)
    assert (e.onset_tick, e.duration_tick, e.ties_tick) == (0, 960, ())


def test_notes_are_cut_at_the_end():
    assert trim(make_score("C4:6"), end_bar=1).parts[0].notes[0].duration_tick == 1920


def test_the_whole_range_is_the_whole_score():
    score = full_score()
    assert trim(score) == replace(score, bar_lengths=())


@pytest.mark.parametrize(("start_bar", "end_bar"), [(0, 0), (2, 1), (-1, 1), (0, 4), (3, None)])
def test_ranges_outside_the_score_are_refused(start_bar, end_bar):
    with pytest.raises(ParameterError, match="within 0 to 3"):
        trim(full_score(), start_bar=start_bar, end_bar=end_bar)


@settings(max_examples=30)
@given(scores(), st.data())
def test_bars_of_a_cut_are_those_of_the_score(score, data):
    start = data.draw(st.integers(0, score.n_bars - 1))
    end = data.draw(st.integers(start + 1, score.n_bars))
    cut = trim(score, start_bar=start, end_bar=end)
    assert lengths(cut) == lengths(score)[start:end]
    grid, cut_grid = Grid(score), Grid(cut)
    origin = score.bars[start].start_tick
    for bar in range(cut.n_bars):
        tick = cut.bars[bar].start_tick
        assert cut.metre_at(tick).bar_qn == score.metre_at(tick + origin).bar_qn
        assert [c.symbol for c in (cut.chord_at(tick),) if c] == [
            c.symbol for c in (score.chord_at(tick + origin),) if c
        ]
        for k in range(len(score.parts)):
            a, b = grid.cell(k, bar + start).notes, cut_grid.cell(k, bar).notes
            assert [(n.onset_tick, n.pitch) for n in a] == [(n.onset_tick, n.pitch) for n in b]


@settings(max_examples=20)
@given(scores(), st.integers(1, 3))
def test_every_round_of_a_loop_is_the_score(score, times):
    score = trim(score)
    looped = loop(score, times=times)
    assert lengths(looped) == lengths(score) * times
    length_s = score.time.tick_to_s(score.bars[-1].end_tick)
    whole_s = looped.time.tick_to_s(looped.bars[-1].end_tick)
    assert whole_s == pytest.approx(times * length_s)
    again = trim(looped, start_bar=(times - 1) * score.n_bars)
    assert [part.notes for part in again.parts] == [part.notes for part in score.parts]
    assert [part.lyrics for part in again.parts] == [part.lyrics for part in score.parts]
    assert [part.spans for part in again.parts] == [part.spans for part in score.parts]


@settings(max_examples=20)
@given(scores(), scores())
def test_the_second_of_two_scores_is_found_again(a, b):
    both = concatenate(a, b)
    assert both.n_notes == a.n_notes + b.n_notes
    scale = both.resolution // b.resolution
    assert lengths(both)[a.n_bars : a.n_bars + b.n_bars] == [scale * n for n in lengths(b)]


def test_players_go_on_in_their_own_part():
    both = concatenate(make_score("C4:4", "drums 36:1"), make_score("drums 38:1", "D4:4"))
    assert [part.name for part in both.parts] == ["Part 1", "Drums", "Part 2"]
    assert [note.pitch for note in both.parts[1].notes] == [36, 38]


def test_resolutions_meet_at_a_common_multiple():
    both = concatenate(make_score("C4:4", resolution=10), make_score("D4:4", resolution=24))
    assert both.resolution == 120
    with pytest.raises(ParameterError, match="change_resolution"):
        concatenate(make_score("C4:4", resolution=32767), make_score("D4:4", resolution=480))


@settings(max_examples=15)
@given(scores(), st.integers(0, 5))
def test_extending_adds_empty_bars(score, n_more):
    longer = extend(score, n_bars=score.n_bars + n_more)
    assert lengths(longer)[: score.n_bars] == lengths(score)
    assert longer.n_bars == score.n_bars + n_more
    assert longer.parts == score.parts


def test_extending_does_not_shorten():
    with pytest.raises(ParameterError, match="n_bars"):
        extend(make_score("C4:8"), n_bars=1)


@pytest.mark.parametrize("times", [0, 1001])
def test_impossible_loops_are_refused(times):
    with pytest.raises(ParameterError, match="times"):
        loop(Score(), times=times)


def test_resolution_and_trim_commute():
    score = full_score()
    one = trim(change_resolution(score, resolution=960).score, start_bar=1)
    other = change_resolution(trim(score, start_bar=1), resolution=960).score
    assert one == other
