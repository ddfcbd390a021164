"""Bars find their partners by what they hold."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from motet.analysis.bar_alignment import align_bars


def bars(text: str) -> list[frozenset[tuple[int, int, int]]]:
    """Return a bar a letter; neighbours in the alphabet share no note, but their rhythm."""
    return [frozenset({(0, k, ord(letter)) for k in range(4)}) for letter in text]


def test_inserted_removed_and_moved_bars() -> None:
    assert align_bars(bars("abcd"), bars("abxcd"))[2] == (None, 2)
    assert align_bars(bars("abcd"), bars("acd"))[1] == (1, None)
    assert align_bars(bars("abc"), bars("bcd")) == [(0, None), (1, 0), (2, 1), (None, 2)]


def test_bars_of_which_all_changed_are_paired_in_order() -> None:
    assert align_bars(bars("abc"), bars("xyz")) == [(0, 0), (1, 1), (2, 2)]
    empty = [frozenset[tuple[int, int, int]]()] * 3
    assert align_bars(bars("abc"), empty) == [(0, 0), (1, 1), (2, 2)]


def test_a_long_rewritten_stretch_is_paired_by_index() -> None:
    many = [frozenset({(0, k, 60)}) for k in range(600)]
    other = [frozenset({(0, k, 61)}) for k in range(600)]
    assert align_bars(many, other) == [(k, k) for k in range(600)]


@settings(max_examples=40, deadline=None)
@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_every_bar_comes_once_and_in_order(one: str, two: str) -> None:
    found = align_bars(bars(one), bars(two))
    assert [a for a, _ in found if a is not None] == list(range(len(one)))
    assert [b for _, b in found if b is not None] == list(range(len(two)))
    if one == two:
        assert all(a == b for a, b in found)
