"""Chords, sections, tempo, metre and key as the lanes write them."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.score import Score, make_score
from motet.server.ops_frame import set_chord, set_key, set_metre, set_section, set_tempo
from motet.server.schemas.op import SetChord, SetKey, SetMetre, SetSection, SetTempo

SCORE = make_score("C4:4 " * 8, chords="C:16 G:16")


def _sections(score: Score) -> list[tuple[int, str]]:
    return [(score.bar_at(one.tick), one.label) for one in score.sections]


def test_chords_are_written_replaced_and_taken_out() -> None:
    made = set_chord(SCORE, SetChord(op="set_chord", tick=1920, symbol=" F#m7b5 "))
    made = set_chord(made, SetChord(op="set_chord", tick=0, symbol="Am"))
    assert [(one.tick, one.symbol) for one in made.chords] == [
        (0, "Am"), (1920, "F#m7b5"), (7680, "G"),
    ]  # fmt: skip
    assert set_chord(made, SetChord(op="set_chord", tick=0, symbol="")).chords[0].tick == 1920
    assert (
        set_chord(SCORE, SetChord(op="set_chord", tick=0, symbol="nc")).chords[0].symbol == "N.C."
    )
    for op in (SetChord(op="set_chord", tick=0, symbol="Hugo"),
               SetChord(op="set_chord", tick=10**6, symbol="C")):  # fmt: skip
        with pytest.raises(ParameterError):
            set_chord(SCORE, op)


def test_sections_are_begun_bounded_and_taken_out() -> None:
    made = set_section(SCORE, SetSection(op="set_section", bar=0, label="A"))
    made = set_section(made, SetSection(op="set_section", bar=4, label="B"))
    made = set_section(made, SetSection(op="set_section", bar=2, label="C", n_bars=4))
    assert _sections(made) == [(0, "A"), (2, "C"), (6, "B")]
    assert _sections(set_section(made, SetSection(op="set_section", bar=2, label=""))) == [
        (0, "A"), (6, "B"),
    ]  # fmt: skip


def test_a_tempo_holds_from_its_place() -> None:
    made = set_tempo(SCORE, SetTempo(op="set_tempo", tick=1920, qpm=60))
    assert made.time.tick_to_s(3840) == pytest.approx(2.0 + 4.0)


def test_a_metre_holds_to_the_next_and_notes_stay() -> None:
    made = set_metre(SCORE, SetMetre(op="set_metre", bar=4, metre="3/4"))
    assert [bar.end_tick - bar.start_tick for bar in made.bars] == [1920] * 4 + [1440] * 6
    assert made.parts == SCORE.parts
    back = set_metre(made, SetMetre(op="set_metre", bar=6, metre="4/4"))
    assert [bar.metre.numerator for bar in back.bars][:7] == [4, 4, 4, 4, 3, 3, 4]
    for metre in ("4", "0/4", "3/5", "99/4"):
        with pytest.raises(ParameterError):
            set_metre(SCORE, SetMetre(op="set_metre", bar=0, metre=metre))


def test_a_key_is_a_signature() -> None:
    made = set_key(SCORE, SetKey(op="set_key", key="Bb major"))
    assert (made.keys[0].fifths, made.keys[0].mode) == (-2, "major")
    assert set_key(made, SetKey(op="set_key", key="f小调")).keys[0].fifths == -4
    with pytest.raises(ParameterError):
        set_key(SCORE, SetKey(op="set_key", key="H dur"))
