"""The table of copying compares with people."""

from __future__ import annotations

from typing import Any

import pytest

from motet.originality.index import DATA
from motet.suite import Request
from motet.suite.copying import TABLE, measure_copying, write_copying
from motet.suite.rows import FREE, MARKOV, PEOPLE


def facts_with(p95: float) -> dict[str, Any]:
    run = {"mean": 9.0, "p95": 14.0}
    row = {"n": 2, "copies": 0.0, "train": run, "sample": run, "held_out": run}
    model = {**row, "train": {"mean": 12.0, "p95": p95}}
    rows = {PEOPLE: row, MARKOV: model, FREE: model}
    return {"rows": rows, "bars": 16, "seed": 0, "n_held_out": 5}


def test_who_copies_more_than_people_is_named() -> None:
    assert write_copying(facts_with(20.0)).endswith(f"(95th percentile): {FREE}.")
    assert write_copying(facts_with(14.0)).endswith("than people have.")


def test_it_needs_a_corpus() -> None:
    assert TABLE.missing(Request())


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_file(), reason="the index is not built")
def test_every_row_is_measured(small_request: Request) -> None:
    facts = measure_copying(small_request)
    assert facts["rows"][PEOPLE]["n"] == 2
    assert all(row["train"]["mean"] >= 0 for row in facts["rows"].values())
    assert write_copying(facts)
