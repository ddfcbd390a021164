"""Phrases turned into notes, chords found for them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from motet.score import Part, Score, make_score
from motet.tasks.melody.motif import Motif, Tone
from motet.tasks.melody.phrase import Phrase
from motet.tasks.melody.unfold import bend_notes, copy_bars, harmonise_bars, unfold_phrases
from motet.theory.scale import Key

ONE = Motif(
    (Tone(Fraction(0), Fraction(2), 0), Tone(Fraction(2), Fraction(1), 2), Tone(Fraction(3), Fraction(1), 4)),
    Fraction(4),
)  # fmt: skip


def phrase(bar: int, name: str, n_bars: int = 1, model: int = -1) -> Phrase:
    return Phrase(start_bar=bar, n_bars=n_bars, technique=name, section=0, model_bar=model)


def test_a_sequence_goes_where_the_given_chords_want_it() -> None:
    frame = replace(make_score("r:8", chords="C:4 Dm:4"), parts=(Part(),), length_tick=3840)
    plan = [phrase(0, "statement"), phrase(1, "sequence")]
    found, notes = unfold_phrases(ONE, plan, frame, Key("C"), low=55, high=79, has_chords=True)
    assert [note.pitch for note in notes] == [60, 64, 67, 62, 65, 69]
    assert [one.shape is not None for one in found] == [True, True]


def test_phrases_come_back_into_range() -> None:
    frame = Score(parts=(Part(),), length_tick=1920)
    _, notes = unfold_phrases(
        ONE, [phrase(0, "dominant")], frame, Key("C"), low=55, high=72, has_chords=False
    )
    assert all(55 <= note.pitch <= 72 for note in notes)


def test_a_chord_bends_the_tone_of_its_letter() -> None:
    score = make_score("A4:2 G4:2", chords="E7:4", fifths=0)
    bent = bend_notes(score, score.parts[0].notes, Key("A", "minor"))
    assert [(note.pitch, note.spelling) for note in bent] == [(69, "A"), (68, "G#")]


def test_cadences_get_their_chords_and_copies_those_of_their_bars() -> None:
    line = replace(make_score("C4:1 E4:1 G4:2 | F4:2 A4:2", fifths=0), length_tick=6 * 1920)
    plan = [
        phrase(0, "statement"), phrase(1, "sequence"), phrase(2, "cadence", 2), phrase(4, "copy", 1, 1),
        phrase(5, "cadence"),
    ]  # fmt: skip
    chords = [one.symbol for one in harmonise_bars(line, plan, Key("C"))]
    found = harmonise_bars(line, plan, Key("C"))
    by_bar = {one.tick // 1920: one.symbol for one in found}
    assert by_bar[2] == "G7"
    assert by_bar[3] == "C"
    assert by_bar[4] == by_bar[1]
    assert chords[-1] == "C"


def test_copies_replace_what_was_there() -> None:
    score = make_score("C4:4 D4:4")
    plan = [phrase(1, "copy", 1, 0)]
    once = copy_bars(score, plan)
    assert [note.pitch for note in once.parts[0].notes] == [60, 60]
    assert copy_bars(once, plan) == once
