"""Bars put in, taken out and doubled: chords and sections once, metres with their bars."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.score import Score, make_score
from motet.server.ops_bars import duplicate_bars, insert_bars, remove_bars
from motet.server.ops_frame import set_metre, set_section
from motet.server.schemas.op import DuplicateBars, InsertBars, RemoveBars, SetMetre, SetSection

SCORE = make_score("C4:4 D4:4 E4:4 F4:4", "C3:16", chords="C:8 G:8")


def _bars(score: Score) -> list[tuple[int, int]]:
    return [(score.bar_at(note.onset_tick), note.pitch) for note in score.parts[0].notes]


def test_empty_bars_come_between_and_at_both_ends() -> None:
    for at, bars in ((0, [2, 3, 4, 5]), (1, [0, 3, 4, 5]), (4, [0, 1, 2, 3])):
        made = insert_bars(SCORE, InsertBars(op="insert_bars", at=at, n=2))
        assert made.n_bars == 6
        assert [bar for bar, _ in _bars(made)] == bars


def test_chords_are_not_said_twice_at_a_seam() -> None:
    gone = remove_bars(SCORE, RemoveBars(op="remove_bars", start=0, end=1))
    assert [(one.tick // 1920, one.symbol) for one in gone.chords] == [(0, "C"), (1, "G")]
    twice = duplicate_bars(SCORE, DuplicateBars(op="duplicate_bars", start=1, end=2))
    assert [(one.tick // 1920, one.symbol) for one in twice.chords] == [(0, "C"), (3, "G")]
    assert _bars(twice) == [(0, 60), (1, 62), (2, 62), (3, 64), (4, 65)]


def test_a_section_that_is_doubled_begins_again() -> None:
    score = set_section(SCORE, SetSection(op="set_section", bar=0, label="A"))
    score = set_section(score, SetSection(op="set_section", bar=2, label="B"))
    made = duplicate_bars(score, DuplicateBars(op="duplicate_bars", start=0, end=2, at=4))
    assert [(made.bar_at(one.tick), one.label) for one in made.sections] == [
        (0, "A"), (2, "B"), (4, "A"),
    ]  # fmt: skip


def test_metres_go_with_their_bars() -> None:
    score = set_metre(SCORE, SetMetre(op="set_metre", bar=2, metre="2/4"))
    made = insert_bars(score, InsertBars(op="insert_bars", at=1, n=1))
    assert [bar.metre.numerator for bar in made.bars] == [4, 4, 4, 2, 2, 2, 2]
    late = insert_bars(score, InsertBars(op="insert_bars", at=3, n=1))
    assert [bar.metre.numerator for bar in late.bars] == [4, 4, 2, 2, 2, 2, 2]


def test_places_that_are_not_there() -> None:
    for op in (
        RemoveBars(op="remove_bars", start=0, end=4),
        RemoveBars(op="remove_bars", start=2, end=2),
    ):
        with pytest.raises(ParameterError):
            remove_bars(SCORE, op)
    with pytest.raises(ParameterError):
        insert_bars(SCORE, InsertBars(op="insert_bars", at=5, n=1))
    with pytest.raises(ParameterError):
        duplicate_bars(SCORE, DuplicateBars(op="duplicate_bars", start=0, end=9))
