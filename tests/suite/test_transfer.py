"""The table of style transfer: content by hand, and the whole on a small corpus."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motet.score import make_score
from motet.suite import Request
from motet.suite.transfer import TARGETS, measure_content, measure_transfer, tell_transfer
from motet.suite.transfer_rows import KEPT, ROWS, SWAPPED
from motet.tasks.restyle.source import read_source

TUNE = "E5:1 D5:1 C5:2 | D5:2 G4:2 | E5:1 F5:1 G5:2 | C5:4"
CHORDS = "C4+E4+G4:4 | G3+B3+D4:4 | C4+E4+G4:4 | C4+E4+G4:4"


def test_a_score_keeps_all_of_itself() -> None:
    source = read_source(make_score(TUNE, CHORDS, fifths=0))
    found = measure_content(source.score, source)
    assert found["melody_exact"] == 1.0
    assert found["chords_kept"] > 0.99
    assert found["contour"] == pytest.approx(1.0)


def test_another_tune_over_other_chords_keeps_little() -> None:
    source = read_source(make_score(TUNE, CHORDS, fifths=0))
    other = make_score(
        "C5:1 G5:1 D5:2 | E5:2 A5:2 | C5:1 B4:1 A4:2 | F5:4", "F3+A3+C4:4 | A3+C4+E4:4 | " * 2
    )
    found = measure_content(other, source)
    assert found["melody_exact"] < 0.2
    assert found["chords_kept"] < 0.5
    assert found["contour"] < 0.6


@pytest.mark.slow
def test_the_table_on_a_small_corpus(small_request: Request) -> None:
    facts = measure_transfer(replace(small_request, n=2))
    assert set(facts["rows"]) == set(ROWS)
    assert facts["made"][KEPT] == facts["n"] * len(TARGETS)
    rows = facts["rows"]
    assert rows[KEPT]["all"]["melody_exact"] == 1.0
    assert rows[KEPT]["all"]["groove_rules"] > rows[SWAPPED]["all"]["groove_rules"]
    text = tell_transfer(facts)
    assert all(f"| {row} |" in text for row in ROWS)
