"""Chords in their bars."""

from __future__ import annotations

from dataclasses import replace

from motet.score import ChordSymbol, make_score
from motet.tasks.harmony import HeldHarmony, chord_tones, read_harmony
from motet.theory import parse_chord, parse_key


def test_a_slash_bass_belongs_to_its_chord() -> None:
    assert chord_tones(parse_chord("Am7/D")) == {9, 0, 4, 7, 2}
    assert chord_tones(parse_chord("N.C.")) == frozenset()


def test_chords_hold_over_bar_lines_and_are_cut_there() -> None:
    held = HeldHarmony(make_score("C4:8", chords="C:3 G7:5"))
    assert [(one.start_tick, one.end_tick, one.chord.symbol) for one in held.in_bar(0)] == [
        (0, 1440, "C"),
        (1440, 1920, "G7"),
    ]
    assert [one.chord.symbol for one in held.in_bar(1)] == ["G7"]
    assert held.at(1439).symbol == "C"


def test_strong_places_are_beats_and_changes_under_a_chord() -> None:
    held = HeldHarmony(make_score("C4:4 C4:4", chords="C:3 G7:5"))
    assert held.strong_ticks(0) == (0, 960, 1440)
    assert held.strong_ticks(1) == (1920, 2880)
    assert HeldHarmony(make_score("C4:4", chords="N.C.:4")).strong_ticks(0) == ()


def test_a_chord_bends_the_key() -> None:
    held = HeldHarmony(make_score("C4:4", chords="A7:4"))
    assert held.allowed(parse_key("C"), 0) == {0, 2, 4, 5, 7, 9, 11, 1}


def test_symbols_that_nobody_can_read_ask_for_nothing() -> None:
    score = make_score("C4:4", chords="C:4")
    score = replace(score, chords=(ChordSymbol(tick=0, symbol="??"),))
    assert [one.chord.root for one in read_harmony(score)] == [""]
