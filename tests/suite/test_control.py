"""What was asked for is judged on the score and on the file; a breach is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motet.score import Tempo
from motet.suite import Request
from motet.suite.control import HARD, measure_control, read_back, write_control
from motet.tasks.compose import compose


def test_a_wrong_tempo_in_the_file_is_seen() -> None:
    piece = compose(
        key="D", qpm=90, metre="3/4", bars=4, ground="arranger", parts="flute", candidates=1
    )
    assert all(read_back(piece).values())
    slow = replace(piece.score, tempos=(Tempo(tick=0, quarter_us=1_000_000),))
    wrong = read_back(replace(piece, score=slow))
    assert (wrong["tempo"], wrong["tempo bin"], wrong["metre"]) == (False, False, True)


def test_a_model_of_random_weights_obeys(small_request: Request) -> None:
    facts = measure_control(replace(small_request, shards=None, n=3))
    assert facts["pieces"] + len(facts["refused"]) == 3
    for name in HARD:
        one = facts["checks"].get(name, {"asked": 0, "met": 0})
        assert one["asked"] == one["met"], facts["missed"]
    text = write_control(facts)
    assert "Every hard constraint held" in text
    assert "none is a dead end" in text


@pytest.mark.parametrize("name", ["key", "density"])
def test_a_broken_guarantee_is_told(name: str) -> None:
    facts = {
        "briefs": 2,
        "pieces": 2,
        "all_met": 1,
        "seed": 0,
        "refused": [],
        "missed": {name: ["brief 1: low"]},
        "checks": {name: {"asked": 2, "met": 1}},
        "file": {},
    }
    assert f"did not always hold: {name} (brief 1: low)" in write_control(facts)
