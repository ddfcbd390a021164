"""Bars as trees of beats: where values may stand and where notes are cut."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.io.notation.metre import UNITS_PER_QN as QN
from motet.io.notation.metre import VALUES, bar_tree, beat_spans, split_span
from motet.score import Metre

METRES = [(4, 4), (3, 4), (2, 4), (5, 4), (7, 8), (6, 8), (12, 8), (9, 8), (2, 2), (3, 8), (11, 16)]


def tree(upper: int, lower: int, groups: tuple[int, ...] = ()):
    return bar_tree(Metre(tick=0, numerator=upper, denominator=lower, groups=groups))


def cut(node, start: float, end: float, *, is_rest: bool = False) -> list[float]:
    return [at / QN for at in split_span(node, int(start * QN), int(end * QN), is_rest=is_rest)]


@pytest.mark.parametrize(
    ("metre", "start", "end", "cuts"),
    [
        ((4, 4), 0, 3, [0, 3]),  # a dotted half on beat 1
        ((4, 4), 1, 3, [1, 2, 3]),  # beat 3 is never hidden
        ((4, 4), 0.5, 1.5, [0.5, 1.5]),  # eighth quarter eighth
        ((4, 4), 0.5, 4, [0.5, 2, 4]),
        ((4, 4), 1.5, 3, [1.5, 2, 3]),
        ((3, 4), 0, 2.5, [0, 2, 2.5]),
        ((3, 4), 1.5, 3, [1.5, 3]),
        ((6, 8), 0, 2.5, [0, 1.5, 2.5]),
        ((12, 8), 1.5, 4.5, [1.5, 3, 4.5]),
        ((12, 8), 0, 6, [0, 6]),
        ((7, 8), 0, 3.5, [0, 2, 3.5]),
        ((7, 8), 1.5, 3.5, [1.5, 2, 3.5]),
        ((5, 4), 0, 5, [0, 3, 5]),
    ],
)
def test_notes_are_cut_where_the_beats_show(metre, start, end, cuts) -> None:
    assert cut(tree(*metre), start, end) == cuts


@pytest.mark.parametrize(
    ("metre", "start", "end", "cuts"),
    [
        ((4, 4), 1, 4, [1, 2, 4]),
        ((4, 4), 0.5, 2, [0.5, 1, 2]),
        ((3, 4), 1, 3, [1, 2, 3]),
        ((6, 8), 0, 1, [0, 1]),
        ((6, 8), 0.5, 1.5, [0.5, 1, 1.5]),
    ],
)
def test_rests_are_stricter_than_notes(metre, start, end, cuts) -> None:
    assert cut(tree(*metre), start, end, is_rest=True) == cuts


def test_given_groups_win() -> None:
    assert cut(tree(7, 8, (3, 2, 2)), 0, 3.5) == [0, 1.5, 3.5]


def test_beats_are_dotted_in_compound_metres() -> None:
    assert len(beat_spans(tree(12, 8))) == 4
    assert [end - start for start, end in beat_spans(tree(7, 8))] == [QN, QN, QN * 3 // 2]
    assert len(beat_spans(tree(2, 2))) == 4


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(METRES), st.integers(0, 60), st.integers(1, 60), st.booleans())
def test_each_piece_is_one_value_and_nothing_is_lost(metre, start, length, is_rest) -> None:
    node = tree(*metre)
    step = QN // 8
    start = start * step % node.duration
    end = min(start + length * step, node.duration)
    cuts = split_span(node, start, end, is_rest=is_rest)
    assert (cuts[0], cuts[-1]) == (start, end)
    assert all(high - low in VALUES for low, high in itertools.pairwise(cuts))
