"""Which bars a document holds, and which cells are holes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as settings_of
from hypothesis import strategies as st

from motet.engine.window import (
    Costs,
    find_holes,
    measure_costs,
    plan_holes,
    plan_span,
    split_cells,
)
from motet.errors import ParameterError
from motet.score import make_score
from motet.tokens import GridScore, encode, score_to_grid


@pytest.fixture
def duet() -> GridScore:
    score = make_score("C4:4 D4:4 r:4 F4:4", "r:4 C3:2 C3:2 r:8", chords="C:4 G:12")
    return score_to_grid(score, key="none").grid


def test_costs_add_up_to_the_document(duet: GridScore) -> None:
    costs = measure_costs(duet)
    assert costs.of(0, 4, 4) == len(encode(duet)) - 1  # without EOS
    assert len(costs.plan) == len(costs.notes) == 4
    assert costs.notes.tolist() == [4, 8, 1, 4]


def test_a_hole_has_known_notes_of_its_part_after_it(duet: GridScore) -> None:
    cells = {(2, 0), (2, 1), (3, 1), (0, 1)}
    assert find_holes(duet, cells) == {(2, 0), (0, 1)}


def test_cells_are_split_as_they_were_written(duet: GridScore) -> None:
    cells = split_cells(encode(duet, order=[1, 0]))
    assert sorted(cells) == [(0, 0), (1, 0), (1, 1), (3, 0)]
    assert len(cells[1, 1]) == 3  # DUR PITCH PITCH


@settings_of(max_examples=60)
@given(
    st.integers(1, 300),
    st.integers(1, 8),
    st.integers(5, 120),
    st.sets(st.integers(0, 299), min_size=1, max_size=40),
)
def test_every_hole_is_answered_once_and_fits(
    n_bars: int, plan: int, notes: int, bars: set[int]
) -> None:
    holes = {(bar % n_bars, bar % 3) for bar in bars}
    costs = Costs(40, np.full(n_bars, plan), np.full(n_bars, notes))
    spans = plan_holes(costs, holes, limit=1024)
    for bar, _ in holes:
        assert sum(span.first <= bar <= span.last for span in spans) == 1
    for span in spans:
        assert 0 <= span.start <= span.first <= span.last < span.end <= n_bars
        assert span.end - span.start <= 64
        n_answers = sum(span.first <= bar <= span.last for bar, _ in holes)
        assert costs.of(span.start, span.end, span.end) + 48 * n_answers <= 1024


@settings_of(max_examples=60)
@given(st.integers(1, 300), st.integers(1, 8), st.integers(5, 120), st.integers(0, 299))
def test_writing_goes_on_within_the_limits(n_bars: int, plan: int, notes: int, bar: int) -> None:
    bar %= n_bars
    costs = Costs(40, np.full(n_bars, plan), np.full(n_bars, notes))
    span = plan_span(costs, bar, n_bars - 1, limit=1024)
    assert 0 <= span.start <= bar < span.end <= n_bars
    assert span.end - span.start <= 64
    assert costs.of(span.start, span.end, bar) <= 768
    known = min(bar, 3)
    assert bar - span.start >= known  # some bars before, even where they are full


def test_a_bar_that_is_too_full_is_named() -> None:
    costs = Costs(40, np.full(3, 2), np.array([10, 5000, 10]))
    with pytest.raises(ParameterError, match="bar 2 needs 50"):
        plan_holes(costs, {(1, 0)}, limit=1024)
    with pytest.raises(ParameterError, match="bar 2 needs 50"):
        plan_span(costs, 1, 2, limit=1024)
