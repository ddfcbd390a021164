"""The record in plain words."""

from __future__ import annotations

import motet
from motet.provenance import record_of
from motet.server.provenance_view import tell_record
from motet.server.schemas.why import ProvenanceView


def test_writers_steps_and_parts_are_told() -> None:
    piece = motet.arrange("| C | G |", style="pop", bars=2, seed=1)
    told = tell_record(record_of(piece))
    ProvenanceView.model_validate(told)
    total = sum(len(one["written"].replace(".", "")) for one in told["parts"])
    assert [(one["letter"], one["n_bars"]) for one in told["writers"]] == [("a", total)]
    assert told["paragraphs"][0]["en"] == "Written by, in bars of parts: arranger 100 %."
    assert told["steps"][0]["zh"] == "编配"
    assert told["models"] == []
    assert "没有模型参与。" in {one["zh"] for one in told["paragraphs"]}
