"""Infilling is measured on a model of random weights: nothing else may change."""

from __future__ import annotations

import pytest

from motet.suite import Request
from motet.suite.infill import ARRANGER, COPY, MODEL, NATS, PEOPLE, measure_infill, write_infill


@pytest.mark.slow
def test_every_other_note_stays(small_request: Request) -> None:
    facts = measure_infill(small_request)
    assert facts["pieces"] == 2
    assert facts["changed"] == []
    assert facts["other_notes"] > 0
    rows = facts["rows"]
    assert rows[PEOPLE]["pitch_match"] == 1.0
    assert rows[COPY]["likeness"] == 1.0
    assert all(rows[name][NATS] > 0 for name in (PEOPLE, MODEL, COPY, ARRANGER))
    assert set(facts["true_bars"]) == {"unigram", "Markov, order 2", "Markov, order 3", "model"}
    text = write_infill(facts)
    assert "all identical" in text
    assert "nearer to the composer" in text
