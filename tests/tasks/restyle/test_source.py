"""What a score holds: tune, bass, chords, key."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motet.errors import ParameterError
from motet.score import Score, Section, make_score
from motet.tasks.restyle.source import find_line, read_source


def test_tune_bass_and_written_chords_are_found(song: Score) -> None:
    found = read_source(song)
    assert (found.melody_part, found.bass_part, found.chords_from) == (0, 1, "symbols")
    assert found.p_chords == 1.0
    assert [chord.symbol for _, chord in found.chords][:3] == ["C", "G7", "Am"]
    assert not found.is_top_line


def test_a_part_called_melody_is_the_melody() -> None:
    score = make_score("C5:1 D5:1 E5:1 F5:1", "E4:1 D4:1 C4:2")
    named = score.with_parts(score.parts[0], replace(score.parts[1], name="Melody"))
    assert read_source(named).melody_part == 1


def test_the_part_that_was_asked_for_is_sure(song: Score) -> None:
    found = read_source(song, melody=1)
    assert (found.melody_part, found.p_melody) == (1, 1.0)


def test_the_other_hand_is_not_the_tune() -> None:
    score = make_score("C5:1 C3+E3:1 E5:1 C3+G3:1 G5:1 C3+E3:1 E5:1 C5:1")
    assert {note.pitch for note in find_line(score, 0)} == {72, 76, 79}


def test_a_players_legato_loses_no_note() -> None:
    score = make_score("C5:1 B4:1 A4:1 G4:1 F4:2 E4:2")
    notes = tuple(replace(n, duration_tick=n.duration_tick + 60) for n in score.parts[0].notes)
    legato = score.with_parts(replace(score.parts[0], notes=notes))
    assert find_line(legato, 0) == notes


def test_marks_that_are_chords_are_read_as_chords() -> None:
    score = make_score("C4:4 F4:4 G4:4 C4:4")
    marks = tuple(
        Section(tick=1920 * k, label=label)
        for k, label in enumerate(("C M7", "Dm 7", "G 7", "C M7"))
    )
    found = read_source(replace(score, sections=marks))
    assert [chord.symbol for _, chord in found.chords] == ["Cmaj7", "Dm7", "G7", "Cmaj7"]
    assert found.score.sections == ()


def test_a_key_signature_that_nobody_plays_is_not_believed() -> None:
    tune = "F4:1 A4:1 C5:1 A4:1 | Bb4:2 D5:2 | C5:1 Bb4:1 A4:1 G4:1 | F4:4"
    score = make_score(tune, chords="F:4 Bb:4 C7:4 F:4", fifths=0)
    assert read_source(score).key.name() == "F major"


def test_drums_alone_are_refused() -> None:
    score = make_score("C2:4")
    drums = score.with_parts(replace(score.parts[0], is_drums=True))
    with pytest.raises(ParameterError, match="no pitched note"):
        read_source(drums)
    with pytest.raises(ParameterError, match="no melody"):
        read_source(score.with_parts(*score.parts, drums.parts[0]), melody=1)
