"""Chords for a melody in a score."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from motet.errors import ParameterError
from motet.score import KeySignature, make_score
from motet.tasks.harmonise.choose import choose_chords, find_line, tell_spans
from motet.theory import Key


def test_spans_fill_the_piece() -> None:
    score = make_score("C5:4 | D5:4 | B4:4 | C5:4")
    plans, key = choose_chords(score, score.parts[0])
    spans = plans[0].spans
    assert key == Key("C")
    assert (spans[0].start_tick, spans[-1].end_tick) == (0, 4 * 1920)
    assert all(a.end_tick == b.start_tick for a, b in itertools.pairwise(spans))


def test_transposing_moves_the_chords_with_it() -> None:
    low = make_score("C5:1 D5:1 E5:2 | F5:1 E5:1 D5:2 | G4:2 B4:2 | C5:4")
    high = make_score("E5:1 F#5:1 G#5:2 | A5:1 G#5:1 F#5:2 | B4:2 D#5:2 | E5:4")
    one = choose_chords(low, low.parts[0], adventure=2)[0][0].spans
    two = choose_chords(high, high.parts[0], adventure=2)[0][0].spans
    assert [(s.chord.root_pc + 4) % 12 for s in one] == [s.chord.root_pc for s in two]
    assert [s.chord.quality for s in one] == [s.chord.quality for s in two]


def test_a_change_of_signature_changes_the_key() -> None:
    score = make_score("C5:2 E5:2 | G5:2 C5:2 | Eb5:2 G5:2 | Bb5:2 Eb5:2")
    keys = (
        KeySignature(tick=0, fifths=0, mode="major"),
        KeySignature(tick=3840, fifths=-3, mode="major"),
    )
    score = replace(score, keys=keys)
    spans = choose_chords(score, score.parts[0])[0][0].spans
    late = {s.chord.root for s in spans if s.start_tick >= 3840}
    assert late <= {"Eb", "Ab", "Bb", "Cm", "C", "F", "G"}
    assert "Eb" in late


def test_other_parts_are_heeded() -> None:
    alone = make_score("C5:4 | C5:4 | C5:4 | C5:4")
    bass = make_score("C5:4 | C5:4 | C5:4 | C5:4", "C3:4 | F2+A2:4 | A2+E3:4 | C3:4")
    one = choose_chords(alone, alone.parts[0], chords_per_bar=1)[0][0].spans
    two = choose_chords(bass, bass.parts[0], chords_per_bar=1)[0][0].spans
    assert [s.chord.symbol for s in two] != [s.chord.symbol for s in one]
    assert "F" in [s.chord.symbol for s in two]


def test_the_melody_is_found_or_named() -> None:
    score = make_score("C3:2 G3:2", "E5:1 F5:1 G5:2")
    assert find_line(score)[0] == 1
    assert find_line(score, 0)[0] == 0
    for bad in (make_score("drums 36:4"), make_score("r:4")):
        with pytest.raises(ParameterError, match="melody"):
            find_line(bad)


def test_stories_name_bars_and_goals() -> None:
    score = make_score("C4:4 | D4:4 | G4:4")
    from motet.tasks.harmony import HeldChord
    from motet.theory import parse_chord

    spans = [
        HeldChord(k * 1920, (k + 1) * 1920, parse_chord(one))
        for k, one in enumerate(("C", "D7", "G7"))
    ]
    stories = tell_spans(score, spans, Key("C"))
    assert [one.bar for one in stories] == [1, 2, 3]
    assert stories[1].function[0].startswith("secondary dominant")
    assert all(one.function[1] != one.function[0] for one in stories)
