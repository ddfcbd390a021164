"""Ranges are percentiles of what was measured, by style and in all."""

from __future__ import annotations

import json
import math
from pathlib import Path

from motet.evaluate import MEASURES
from motet.suite.reference import count_ranges, write_reference


def test_styles_with_too_little_have_no_range() -> None:
    rows = [("jig", {"consonance": k / 10}) for k in range(11)] + [
        ("reel", {"consonance": math.nan})
    ]
    found = count_ranges(rows, least=5)
    assert set(found) == {"all", "jig"}
    assert found["all"]["n"] == 12
    assert found["jig"]["ranges"] == {"consonance": [0.1, 0.5, 0.9]}


def test_a_corpus_is_counted(long_shards: Path, tmp_path: Path) -> None:
    write_reference(long_shards, tmp_path / "people.json", per_style=3)
    facts = json.loads((tmp_path / "people.json").read_text(encoding="utf-8"))
    assert set(facts["styles"]) == {"all", "hymn", "jig", "guitar"}
    assert facts["styles"]["all"]["n"] == 9
    ranges = facts["styles"]["jig"]["ranges"]
    assert set(ranges) <= set(MEASURES)
    assert all(low <= middle <= high for low, middle, high in ranges.values())
