"""Taking a candidate, or some of its cells."""

from __future__ import annotations

import pytest

from motet.errors import ConstraintError, ParameterError
from motet.project.accept import Picked, choose_cells, pick
from motet.project.lock import Lock
from motet.project.node import Candidate
from motet.score import Score, make_score

BASE = make_score("C4:4 D4:4 E4:4", "C3:4 D3:4 E3:4", chords="C:12")
MADE = make_score("G4:4 A4:4 B4:4", "C3:4 A3:4 E3:4", chords="C:4 F:8")
TOLD = Candidate(score="", written=("mmm", "hah"))


def take(current: Score = BASE, **known: object) -> Picked:
    options = {"base": BASE, "chosen": None, "taken": (), "locks": (), **known}
    return pick(current, ["hhh", "hhh"], MADE, TOLD, **options)  # type: ignore[arg-type]


def test_all_of_it_is_the_candidate_itself() -> None:
    found = take()
    assert found.score == MADE
    assert found.written == ("mmm", "hah")
    assert found.cells == {(0, 0), (1, 0), (2, 0), (1, 1)}


def test_some_cells() -> None:
    found = take(chosen=choose_cells(MADE, bars="1-2", parts=["Part 1"]))
    assert [n.pitch for n in found.score.parts[0].notes] == [67, 69, 64]
    assert found.score.parts[1] == BASE.parts[1]
    assert found.score.chords == BASE.chords
    assert found.written == ("mmh", "hhh")


def test_whole_bars_bring_their_chords() -> None:
    found = take(chosen=choose_cells(MADE, bars="2", parts=None))
    assert [(one.tick // 1920, one.symbol) for one in found.score.chords] == [
        (0, "C"),
        (1, "F"),
        (2, "C"),
    ]
    assert found.written == ("hmh", "hah")


def test_the_rest_leaves_what_was_taken() -> None:
    first = make_score("F5:4 D4:4 E4:4", "C3:4 D3:4 E3:4", chords="C:12")
    found = take(first, taken={(0, 0)})
    assert [n.pitch for n in found.score.parts[0].notes] == [77, 69, 71]


def test_locks_that_came_later_hold() -> None:
    found = take(locks=(Lock("Part 1:1-2"), Lock("", "harmony")))
    assert [n.pitch for n in found.score.parts[0].notes] == [60, 62, 71]
    assert found.score.chords == BASE.chords


def test_nothing_to_take_is_said() -> None:
    with pytest.raises(ParameterError, match="changes nothing there"):
        take(chosen=choose_cells(MADE, bars="1", parts=["Part 2"]))
    with pytest.raises(ConstraintError, match="locked"):
        take(locks=(Lock(""), Lock("", "harmony")))
    with pytest.raises(ParameterError):
        choose_cells(MADE, bars="7", parts=None)
