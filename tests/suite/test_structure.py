"""Pieces that come back to themselves are told from those that do not."""

from __future__ import annotations

import pytest

from motet.suite import Request
from motet.suite.rows import MARKOV, PEOPLE, SHUFFLED
from motet.suite.structure import RUNS, measure_returns, measure_structure, write_structure
from motet.tokens import GridScore


def test_a_tune_played_twice_returns_by_the_section(jig: GridScore) -> None:
    found = measure_returns([jig, None])
    assert len(found["bar"]) == 1
    assert found["section of 8"] == [1.0]
    assert found["phrase of 4"][0] < 1.0


@pytest.mark.slow
def test_shuffling_takes_sections_away(small_request: Request) -> None:
    facts = measure_structure(small_request)
    rows = facts["lengths"]["32"]
    assert rows[PEOPLE]["section of 8"] > rows[SHUFFLED]["section of 8"]
    assert rows[PEOPLE]["section of 8"] > rows[MARKOV]["section of 8"]
    text = write_structure(facts)
    assert text.count("| people (held out) |") == 2
    assert all(name in text for name in RUNS)
