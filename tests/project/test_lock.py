"""Locks: where they hold, what unlocking a part leaves, and what cannot be locked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.project.lock import Lock, add_lock, find_locked, read_layer, remove_lock, tell_cells
from motet.score import Score, make_score, trim

SCORE = make_score("C4:4 D4:4 E4:4 F4:4", "E3:4 F3:4 G3:4 A3:4", chords="C:16")
CELLS = st.sets(st.tuples(st.integers(0, 3), st.integers(0, 1)), max_size=8)


def held(score: Score, locks: tuple[Lock, ...]) -> set[tuple[int, int]]:
    return set(find_locked(score, locks)[0])


@pytest.mark.parametrize(
    ("where", "n"),
    [("Part 1", 4), ("Part 2:2-3", 2), ("2", 2), ("", 8), ("*", 8), ("Part 1:1, 4", 2)],
)
def test_where_a_lock_holds(where: str, n: int) -> None:
    assert len(Lock(where).cells(SCORE)) == n


@settings(max_examples=30)
@given(CELLS, CELLS)
def test_unlocking_is_taking_cells_away(
    locked: set[tuple[int, int]], gone: set[tuple[int, int]]
) -> None:
    locks: tuple[Lock, ...] = ()
    for text in tell_cells(SCORE, locked):
        locks = add_lock(SCORE, locks, text, "rhythm")
    for text in tell_cells(SCORE, gone):
        locks = remove_lock(SCORE, locks, text)
    assert held(SCORE, locks) == locked - gone


def test_a_whole_part_stays_locked_in_a_longer_score() -> None:
    lock = Lock("Part 1")
    assert len(lock.cells(trim(SCORE, start_bar=0, end_bar=2))) == 2
    assert len(lock.cells(SCORE)) == 4


def test_a_lock_on_bars_that_are_gone_holds_the_rest() -> None:
    short = trim(SCORE, start_bar=0, end_bar=2)
    assert Lock("Part 1:2-4").cells(short) == {(1, 0)}
    assert Lock("Flute:1").cells(short) == set()


def test_rhythm_and_pitch_together_are_all() -> None:
    cells, bars = find_locked(
        SCORE, [Lock("1", "rhythm"), Lock("Part 1:1", "pitch"), Lock("2", "harmony")]
    )
    assert cells == {(0, 0): {"all"}, (0, 1): {"rhythm"}}
    assert bars == {1}


def test_harmony_is_locked_by_bars() -> None:
    locks = add_lock(SCORE, (), "Part 2:2-3", "harmony")
    assert locks == (Lock("2-3", "harmony"),)
    assert remove_lock(SCORE, locks, "3") == (Lock("2", "harmony"),)


def test_unlocking_a_layer_leaves_the_others() -> None:
    locks = (Lock("1", "rhythm"), Lock("1"))
    assert remove_lock(SCORE, locks, layer="rhythm") == (Lock("1"),)
    assert remove_lock(SCORE, locks) == ()


@pytest.mark.parametrize("where", ["Flute", "Part 1:9", "x", "Part 1:3-1"])
def test_what_is_not_there_cannot_be_locked(where: str) -> None:
    with pytest.raises(ParameterError):
        add_lock(SCORE, (), where, "all")


def test_harmony_needs_chord_symbols() -> None:
    with pytest.raises(ParameterError, match="no chord symbols") as caught:
        add_lock(make_score("C4:4"), (), "", "harmony")
    assert "和弦" in caught.value.zh


def test_layers_have_names_in_both_languages() -> None:
    assert [read_layer(one) for one in ("全部", "Rhythm", "音高", "chords")] == [
        "all", "rhythm", "pitch", "harmony"
    ]  # fmt: skip
    with pytest.raises(ParameterError, match="layer must be"):
        read_layer("tempo")
