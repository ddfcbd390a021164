"""Values, dots, ties, tuplets and rests of one bar."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from motet.io.notation.metre import UNITS_PER_QN as QN
from motet.io.notation.metre import bar_tree
from motet.io.notation.rhythm import count_symbols, write_rhythm
from motet.score import Metre

FOUR = bar_tree(Metre(tick=0, numerator=4, denominator=4))


def write(*edges: float, tree=FOUR):
    places = [round(edge * QN) for edge in edges]
    spans = list(itertools.pairwise(places))
    return write_rhythm(tree, spans, start=0, end=tree.duration)


def test_a_silent_bar_is_one_rest() -> None:
    (rest,) = write_rhythm(FOUR, [], start=0, end=FOUR.duration)
    assert rest.is_bar_rest


def test_a_note_over_the_middle_is_tied() -> None:
    symbols = write(0, 1.5, 3, 4)
    assert [(s.name, s.dots, s.tie_in, s.tie_out) for s in symbols] == [
        ("quarter", 1, False, False),
        ("eighth", 0, False, True),
        ("quarter", 0, True, False),
        ("quarter", 0, False, False),
    ]


def test_triplets() -> None:
    symbols = write(0, 1 / 3, 2 / 3, 1, 5 / 3, 2)
    assert [(s.name, s.actual, s.normal, s.tuplet) for s in symbols[:5]] == [
        ("eighth", 3, 2, 1),
        ("eighth", 3, 2, 1),
        ("eighth", 3, 2, 1),
        ("quarter", 3, 2, 2),
        ("eighth", 3, 2, 2),
    ]


def test_quarter_triplets_share_one_bracket() -> None:
    symbols = write(0, 2 / 3, 4 / 3, 2)
    assert [(s.name, s.tuplet) for s in symbols[:3]] == [("quarter", 1)] * 3


def test_sextuplets_quintuplets_and_a_half_beat_triplet() -> None:
    six = write(*[k / 6 for k in range(7)])
    assert [(s.name, s.actual, s.normal) for s in six[:6]] == [("16th", 6, 4)] * 6
    five = write(*[k / 5 for k in range(6)])
    assert [(s.name, s.actual, s.normal) for s in five[:5]] == [("16th", 5, 4)] * 5
    half = write(0, 1 / 6, 2 / 6, 0.5, 1)
    assert [(s.name, s.actual) for s in half[:4]] == [("16th", 3)] * 3 + [("eighth", 1)]


def test_a_note_into_a_tuplet_is_tied_at_its_edge() -> None:
    symbols = write(0, 4 / 3, 5 / 3, 2)
    assert [(s.name, s.tuplet, s.tie_out) for s in symbols[:2]] == [
        ("quarter", 0, True),
        ("eighth", 1, False),
    ]


def test_forced_cuts_are_kept() -> None:
    symbols = write_rhythm(FOUR, [(0, 2 * QN)], start=0, end=FOUR.duration, cuts=(QN,))
    assert [s.name for s in symbols] == ["quarter", "quarter", "half"]


def test_counting_agrees_with_writing() -> None:
    assert count_symbols(FOUR, QN // 2, 4 * QN, is_rest=False) == 2
    assert count_symbols(FOUR, QN, QN, is_rest=True) == 0


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([(4, 4), (3, 4), (7, 8), (6, 8), (5, 4)]),
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from([2, 3, 4, 6, 8])), max_size=12),
)
def test_symbols_fill_the_bar_without_gap(metre, places) -> None:
    tree = bar_tree(Metre(tick=0, numerator=metre[0], denominator=metre[1]))
    edges = sorted({k * QN // n % tree.duration for k, n in places})
    spans = list(itertools.pairwise(edges))[::2]
    symbols = write_rhythm(tree, spans, start=0, end=tree.duration)
    now = 0
    for symbol in symbols:
        assert symbol.start == now
        assert symbol.duration > 0
        now = symbol.end
    assert now == tree.duration
    for index, (start, end) in enumerate(spans):
        mine = [s for s in symbols if s.span == index]
        assert (mine[0].start, mine[-1].end) == (start, end)
        assert [s.tie_out for s in mine] == [True] * (len(mine) - 1) + [False]
