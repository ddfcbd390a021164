"""Chords of scores."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.analysis import estimate_chords
from motet.errors import ParameterError
from motet.score import Score, concatenate, make_score, transpose
from motet.theory import Key
from strategies import scores

SONG = make_score(
    "G4+E5:4 | A4+E5:2 A4+F5:2 | G4+D5:1 F4+D5:3 | E4+C5:4",
    "C3+E3:4 | A2+C4:2 D3+D4:2 | B2+G3:4 | C3+G3:4",
)


def symbols(score, **options):
    return [one.chord.symbol for one in estimate_chords(score, **options)]


def test_a_plain_song():
    found = estimate_chords(SONG)
    assert symbols(SONG) == ["C", "Am", "Dm", "G7/B", "C"]
    assert [one.start_tick for one in found] == [0, 1920, 2880, 3840, 5760]
    assert all(a.end_tick == b.start_tick for a, b in pairwise(found))
    assert found[-1].end_tick == SONG.end_tick
    assert {one.source for one in found} == {"notes"}


@pytest.mark.parametrize(
    ("notes", "bass", "expected"),
    [
        ("E4+G4+Bb4+D5:4", "C3:4", "C9"),
        ("D4+F4+C5:4", "Bb2:4", "Bbadd9"),
        ("C4+Eb4+G4:4", "C3:4", "Cm"),
        ("C4+F4+G4:4", "C3:4", "Csus4"),
        ("E4+G#4+C5:4", "C3:4", "Caug"),
        ("D4+F4+Ab4:4", "B2:4", "Bdim7"),
        ("C4+E4+G4:4", "E3:4", "C/E"),
    ],
)
def test_kinds_and_basses(notes, bass, expected):
    assert symbols(make_score(notes, bass), key=Key("C", "minor")) == [expected]


def test_broken_chords_and_passing_notes():
    score = make_score(
        "E5:1 F5:0.5 G5:0.5 E5:2 | F5:1 E5:0.5 D5:0.5 A4:2",
        "C3:0.5 G3:0.5 E4:0.5 G3:0.5 C3:0.5 G3:0.5 E4:0.5 G3:0.5 | "
        "F3:0.5 C4:0.5 A4:0.5 C4:0.5 F3:0.5 C4:0.5 A4:0.5 C4:0.5",
    )
    assert symbols(score) == ["C", "F"]


def test_written_symbols_are_given_back():
    score = make_score("C5:4 | D5:4", chords="C:2 F/A:2 N.C.:2 huh:2")
    found = estimate_chords(score)
    assert [one.chord.symbol for one in found] == ["C", "F/A", "N.C.", "N.C."]
    assert [one.confidence for one in found] == [1.0, 1.0, 1.0, 0.0]
    assert {one.source for one in found} == {"symbols"}
    assert {one.source for one in estimate_chords(score, use_symbols=False)} == {"notes"}


def test_silence_is_no_chord():
    score = make_score("C4+E4+G4:4 | r:4 | r:4 | G4+B4+D5:4", "C3:4 | r:8 | G2:4")
    found = estimate_chords(score)
    assert [one.chord.symbol for one in found] == ["C", "N.C.", "G"]
    assert (found[1].start_tick, found[1].end_tick) == (1920, 5760)
    assert found[1].confidence > 0.9


def test_a_short_rest_does_not_end_a_chord():
    score = make_score("C4+E4+G4:1 r:1 C4+E4+G4:1 r:1 | C4+E4+G4:4", "C3:1 r:3 | C3:4")
    assert symbols(score) == ["C"]


def test_nothing_pitched_has_no_chords():
    assert estimate_chords(Score()) == ()
    assert estimate_chords(make_score("drums 36:1 38:1")) == ()


def test_the_key_decides_the_spelling():
    score = make_score("F#4+A#4+C#5:4", "F#3:4")
    assert symbols(score, key=Key("F#")) == ["F#"]
    assert symbols(score, key=Key("Db")) == ["Gb"]


def test_the_window_bounds_the_changes():
    busy = make_score("C4+E4+G4:1 F4+A4+C5:1 G4+B4+D5:1 C4+E4+G4:1", "C3:1 F3:1 G2:1 C3:1")
    assert symbols(busy) == ["C", "F", "G", "C"]
    assert len(symbols(busy, window="bar")) == 1
    with pytest.raises(ParameterError, match="window"):
        estimate_chords(busy, window="minute")


@pytest.mark.parametrize("shift_semi", [-5, 1, 4, 6])
def test_transposing_moves_the_chords(shift_semi):
    home = estimate_chords(SONG)
    moved = estimate_chords(transpose(SONG, shift_semi=shift_semi))
    assert [(one.chord.root_pc + shift_semi) % 12 for one in home] == [
        one.chord.root_pc for one in moved
    ]
    assert [one.chord.quality for one in home] == [one.chord.quality for one in moved]


def test_playing_twice_gives_the_chords_twice():
    once, twice = symbols(SONG), symbols(concatenate(SONG, SONG))
    assert twice[: len(once) - 1] == once[:-1]
    assert twice[-len(once) + 1 :] == once[1:]


@settings(max_examples=25)
@given(scores(), st.sampled_from(["auto", "half-beat", "half-bar", "bar"]))
def test_spans_cover_the_score(score, window):
    found = estimate_chords(score, window=window, use_symbols=False)
    if not found:
        return
    assert found[0].start_tick == 0
    assert found[-1].end_tick == score.end_tick
    for before, after in pairwise(found):
        assert before.end_tick == after.start_tick
    assert all(0.0 <= one.confidence <= 1.0 for one in found)
    assert all(one.start_tick < one.end_tick for one in found)
