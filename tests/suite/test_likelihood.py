"""The table of likelihood adds up, and names what falls short."""

from __future__ import annotations

import pytest

from motet.suite import Request
from motet.suite.likelihood import CHAINS, measure_likelihood, write_likelihood


@pytest.mark.slow
def test_all_is_the_sum_of_the_styles(small_request: Request) -> None:
    facts = measure_likelihood(small_request)
    rows = dict(facts["rows"])
    whole = rows.pop("all")
    assert set(rows) == {"hymn", "jig", "guitar"}
    assert whole["windows"] == sum(row["windows"] for row in rows.values())
    nats = sum(row["a_note"]["model"] * row["notes"] for row in rows.values())
    assert whole["a_note"]["model"] == pytest.approx(nats / whole["notes"])
    assert all(whole["a_bar"][name] > whole["a_note"][name] for name in CHAINS)
    text = write_likelihood(facts)
    assert "| jig | 2* |" in text
    assert "not in guitar, hymn, jig." in text


def row(model: float, mixed: float) -> dict[str, object]:
    nats = {**dict.fromkeys(CHAINS, 4.0), "model": model, "model, bars shuffled": mixed}
    return {"windows": 9, "notes": 90, "a_note": nats, "a_bar": nats}


def test_exceptions_are_named() -> None:
    rows = {"jig": row(3.0, 3.5), "reel": row(3.5, 3.4), "all": row(3.2, 3.4)}
    text = write_likelihood({"split": "test", "context": 768, "rows": rows})
    assert "in 1 of 2 styles; not in reel." in text
    assert "worse in all but reel" in text
    assert "9*" not in text
