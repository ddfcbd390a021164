"""A track of chords."""

from __future__ import annotations

from dataclasses import replace

from motet.render.daw.chord_track import chord_part
from motet.score import ChordSymbol, make_score
from motet.theory.chord import parse_chord


def test_each_chord_sounds_its_own_notes_until_the_next() -> None:
    score = make_score("C4:8", chords="Am7:4 D7:2 G:2")
    part = chord_part(score)
    assert part is not None
    for symbol, start, end in (("Am7", 0, 1920), ("D7", 1920, 2880), ("G", 2880, 3840)):
        own = [note for note in part.notes if note.onset_tick == start]
        assert {note.pitch % 12 for note in own} == set(parse_chord(symbol).pcs)
        assert {note.end_tick for note in own} == {end}
    assert [(one.tick, one.text) for one in part.lyrics] == [(0, "Am7"), (1920, "D7"), (2880, "G")]


def test_a_symbol_that_is_no_chord_stays_as_a_word() -> None:
    score = replace(make_score("C4:8"), chords=(ChordSymbol(tick=0, symbol="what?"),))
    part = chord_part(score)
    assert part is not None
    assert (part.notes, [one.text for one in part.lyrics]) == ((), ["what?"])


def test_a_score_without_chords_has_no_track() -> None:
    assert chord_part(make_score("C4:4")) is None
