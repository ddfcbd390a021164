"""Tests of motet.originality.neighbour."""

from __future__ import annotations

import json
import math

import pytest

from motet.originality import Neighbour
from motet.originality.neighbour import judge

PEOPLE = {"bits": [0.0, 10.0, 20.0, 30.0, 40.0], "alike": 28.0, "copy": 39.0}


@pytest.mark.parametrize(
    ("bits", "percentile", "verdict"),
    [
        (-3.0, 0.0, "original"),
        (25.0, 60.0, "original"),
        (28.0, 60.0, "alike"),
        (99.0, 100.0, "copy"),
    ],
)
def test_verdicts_by_people(bits: float, percentile: float, verdict: str) -> None:
    assert judge(bits, PEOPLE) == (percentile, verdict)


def test_without_people_nothing_is_said() -> None:
    percentile, verdict = judge(99.0, {})
    assert math.isnan(percentile)
    assert verdict == "original"


def test_plain_values_for_json() -> None:
    one = Neighbour(
        piece="a", source="s", their_bars=(1, 2), own_bars=(3, 4), part=0, n_notes=9,
        n_verbatim=9, shift_semi=0, tempo_ratio=1.0, bits=20.04,
    )  # fmt: skip
    told = json.loads(json.dumps(one.to_dict(), allow_nan=False))
    assert (told["percentile"], told["bits"], told["their_bars"]) == (None, 20.0, [1, 2])
