"""Rows answer the same windows, and are made once."""

from __future__ import annotations

import pytest

from motet.suite import Request
from motet.suite.rows import (
    ARRANGER,
    EARLIER,
    MARKOV,
    MODEL_ROWS,
    OTHERS,
    PEOPLE,
    SHUFFLED,
    Row,
    arrange_like,
    compose_like,
    make_rows,
)
from motet.tokens import GridScore


@pytest.fixture(scope="module")
def rows(small_request: Request) -> dict[str, Row]:
    return make_rows(small_request, n=2, n_bars=16)


@pytest.mark.slow
def test_every_row_answers_every_window(rows: dict[str, Row], small_request: Request) -> None:
    assert list(rows) == [PEOPLE, OTHERS, SHUFFLED, MARKOV, ARRANGER, *MODEL_ROWS]
    assert EARLIER not in rows
    for name, row in rows.items():
        assert len(row.grids) == 2, name
        assert all(score.n_bars == 16 for score in row.scores), name
        if name != OTHERS:
            assert row.styles == rows[PEOPLE].styles
    again = make_rows(small_request, n=2, n_bars=16)
    assert again[MARKOV] is rows[MARKOV]


def test_the_arranger_answers_in_the_style(small_request: Request, jig: GridScore) -> None:
    (made,) = arrange_like([jig], n_bars=4)
    assert made is not None
    assert (made.n_bars, made.style) == (4, jig.style)
    assert small_request.n == 2


def test_what_is_refused_leaves_a_gap(jig: GridScore) -> None:
    told: list[str] = []
    made = compose_like([jig], None, n_bars=9999, ground="arranger", seed=0, say=told.append)  # type: ignore[arg-type]
    assert made == [None]
    assert "bars must be" in told[0]
