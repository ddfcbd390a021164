"""The table of harmony: figures on songs made here."""

from __future__ import annotations

import pytest

from motet.errors import CorpusError
from motet.score import make_score
from motet.suite import harmonise as table
from motet.suite.song_sets import Song
from motet.suite.table import Request
from motet.tasks.harmonise.faults import Faults
from motet.tasks.harmony import read_harmony
from motet.theory import Key


def make_song() -> Song:
    text, chords = "C5:1 E5:1 G5:2 | A4:1 C5:1 F5:2 | B4:2 D5:2 | C5:4", "C:4 F:4 G:4 C:4"
    score = make_score(text)
    return Song(
        name="a", score=score, key=Key("C"), chords=read_harmony(make_score(text, chords=chords))
    )


def test_people_agree_with_themselves() -> None:
    found = table._measure_row("people", [make_song()])
    assert (found["root"], found["function"], found["balanced"]) == (1.0, 1.0, 1.0)
    assert found["strong"] == 1.0
    assert found["chords_a_bar"] == 1.0


def test_the_baseline_finds_plain_chords() -> None:
    found = table._measure_row("I, IV or V a bar", [make_song()])
    assert found["root"] == 1.0
    half = table._best_a_bar(make_song(), table._primary(Key("C"))[:1])
    assert len(half) == 1


def test_adventure_is_measured_in_bits() -> None:
    rows = [table._measure_row(f"adventure {k}", [make_song()]) for k in (1, 3)]
    assert rows[0]["root"] >= 0.75
    assert rows[0]["bits"] < rows[1]["bits"]


def test_faults_are_told_in_a_hundred() -> None:
    found = table._in_hundred([Faults(n_chords=50, parallels=1), Faults(n_chords=50, leading=2)])
    assert (found["parallels"], found["leading"], found["total"]) == (1.0, 2.0, 3.0)
    chorale = make_score("C5:1 D5:1 E5:2", "G4:1 G4:1 G4:2", "E4:1 B3:1 C4:2", "C3:1 G2:1 C3:2")
    rates = table._measure_voices([chorale])
    assert set(rates) >= {"Bach", "adventure 1"}


def test_the_page_says_what_falls_short() -> None:
    one = {
        "root": 0.5,
        "function": 0.6,
        "balanced": 0.5,
        "strong": 0.9,
        "bits": 2.0,
        "chords_a_bar": 1.0,
    }
    rate = dict.fromkeys(table._FAULTS, 0.0) | {"total": 0.0, "n_chords": 9.0}
    songs = {"people": one, "I, IV or V a bar": one | {"root": 0.7}, "adventure 1": one,
             "adventure 2": one, "adventure 3": one}  # fmt: skip
    facts = {"n": {"POP909": 1}, "keys": {"POP909": 1.0}, "songs": {"POP909": songs}, "n_chorales": 1,
             "faults": {"Bach": rate, "adventure 1": rate | {"total": 5.0}}}  # fmt: skip
    text = table.write_harmonising(facts)
    assert "surprise does not rise" in text
    assert "a baseline agrees" in text
    assert "more faults than Bach: adventure 1" in text


def test_inputs_are_needed() -> None:
    with pytest.raises(CorpusError):
        table.measure_harmonising(Request())
    assert table.TABLE.missing(Request())
