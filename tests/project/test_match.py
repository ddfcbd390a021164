"""Parts that belong together, chords laid together."""

from __future__ import annotations

from motet.project.match import chords_from, match_parts
from motet.score import make_score, rename


def test_names_come_before_places() -> None:
    one = rename(make_score("C4:4", "C3:4"), part=0, name="Flute")
    two = one.with_parts(one.parts[1], one.parts[0])
    assert match_parts(one, two) == {0: 1, 1: 0}


def test_what_was_renamed_keeps_its_place() -> None:
    one = make_score("C4:4", "C3:4")
    assert match_parts(one, rename(one, part=1, name="Cello")) == {0: 0, 1: 1}


def test_a_part_that_is_gone_has_no_partner() -> None:
    one = make_score("C4:4", "C3:4")
    assert match_parts(one, one.with_parts(one.parts[1])) == {1: 0}


def test_a_held_chord_is_said_again_behind_a_foreign_bar() -> None:
    base = make_score("C4:12", chords="C:12")
    made = make_score("C4:12", chords="F:4 G:8")
    found = [(one.tick // 1920, one.symbol) for one in chords_from(base, made, [1])]
    assert found == [(0, "F"), (1, "C"), (2, "G")]


def test_a_tune_on_another_instrument_is_the_same_tune() -> None:
    one = rename(make_score("C5:4 D5:4", "C3:8"), part=0, name="Piano")
    two = make_score("E4:8", "C5:4 D5:4", "C2:8")
    two = rename(rename(two, part=0, name="Piano"), part=1, name="Sax")
    assert match_parts(one, two) == {0: 1}
