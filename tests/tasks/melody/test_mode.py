"""Minore and maggiore."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.score import make_score
from motet.tasks.melody.mode import change_mode
from motet.theory.scale import Key


def test_major_turns_minor_with_its_chords_and_its_leading_note() -> None:
    score = make_score("C4:1 E4:1 A4:1 B4:1 | B4:4", fifths=0, chords="C:2 Am:2 G7:4")
    done, home = change_mode(score, Key("C"))
    assert [note.pitch for note in done.parts[0].notes] == [60, 63, 68, 70, 71]
    assert [one.symbol for one in done.chords][0::2] == ["Cm", "G7"]
    assert home.name() == "C minor"
    assert (done.keys[0].fifths, done.keys[0].mode) == (-3, "minor")


def test_minor_turns_major() -> None:
    score = make_score("A4:1 C5:1 F5:1 G5:1", fifths=0, chords="Am:4")
    done, home = change_mode(score, Key("A", "minor"))
    assert [note.pitch for note in done.parts[0].notes] == [69, 73, 78, 80]
    assert done.chords[0].symbol == "A"
    assert home.name() == "A major"


def test_drums_and_foreign_tones_stay() -> None:
    score = make_score("C4:1 F#4:1", "drums 36:1 40:1", fifths=0)
    done, _ = change_mode(score, Key("C"))
    assert [note.pitch for note in done.parts[0].notes] == [60, 66]
    assert done.parts[1] == score.parts[1]


def test_other_modes_are_refused() -> None:
    with pytest.raises(ParameterError, match="dorian"):
        change_mode(make_score("D4:4"), Key("D", "dorian"))
