"""The table of planted copies says what falls short."""

from __future__ import annotations

from typing import Any

import pytest

from motet.errors import CorpusError
from motet.originality.index import DATA
from motet.suite import Request
from motet.suite.planted import TABLE, measure_planted, write_planted

ROW = {"n": 9, "recall": 1.0, "right_piece": 0.9, "share_rich": 0.5, "recall_poor": None}
FACTS: dict[str, Any] = {
    "threshold_bits": 60.0, "n_valid": 9, "seed": 0, "n_windows": 200, "false_alarms": 0.01,
    "n_kin": 4, "kin_alarms": 0.5,
    "rows": {"transposed": ROW, "splice": {**ROW, "recall": 0.5}},
}  # fmt: skip


def test_what_falls_short_is_named() -> None:
    text = write_planted(FACTS)
    assert text.endswith("Short of 95 %: 4 bars spliced in.")
    assert "False alarms: 1.0 % of 200 windows" in text
    good = write_planted({**FACTS, "rows": {"transposed": ROW}})
    assert good.endswith("No kind falls short of 95 %.")


def test_it_needs_a_corpus() -> None:
    assert TABLE.missing(Request())
    with pytest.raises(CorpusError):
        measure_planted(Request())


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_file(), reason="the index is not built")
def test_every_kind_is_measured(small_request: Request) -> None:
    facts = measure_planted(small_request)
    assert set(facts["rows"]) == {"transposed", "rhythm", "edited", "splice"}
    assert facts["n_windows"] + facts["n_kin"] > 0
    assert write_planted(facts)
