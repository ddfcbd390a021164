"""The table of composed music judges by people, and says what does not hold."""

from __future__ import annotations

import pytest

from motet.evaluate import MEASURES
from motet.suite import Request
from motet.suite.composer import judge_rows, measure_composer, write_composer
from motet.suite.rows import MODEL_ROWS, PEOPLE


@pytest.mark.slow
def test_every_row_is_measured(small_request: Request) -> None:
    facts = measure_composer(small_request)
    assert set(facts["within_5_percent"]) == set(MODEL_ROWS)
    assert facts["n"][PEOPLE] == 2
    for row in facts["rows"].values():
        assert set(MEASURES) < set(row)
    text = write_composer(facts)
    assert text.startswith("2 windows of 16 bars in 2 styles")
    assert text.count("figures (") == len(MODEL_ROWS)


def test_five_percent_is_the_limit() -> None:
    people = dict.fromkeys(MEASURES, 1.0)
    rows = {PEOPLE: people, "compose": {**people, "consonance": 0.94, "scale_fit": 1.04}}
    found = judge_rows(rows)["compose"]
    assert (found["consonance"], found["scale_fit"]) == (False, True)
