"""The report holds every fact, as data without nan and as words in both languages."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from motet.analysis.difference import diff_scores
from motet.analysis.report import analyse
from motet.analysis.report_words import tell_report
from motet.score import Score, make_score
from strategies import scores

BARS = "C4+E4+G4:2 F4+A4+C5:2 | G4+B4+D5+F5:2 C4+E4+G4:2 | "
SCORE = make_score("E5:2 F5:2 D5:2 C5:2 " * 4, BARS * 4, "drums 36:4", fifths=0)


def test_facts_are_right_and_plain() -> None:
    facts = analyse(SCORE).as_dict()
    json.dumps(facts, allow_nan=False)
    assert facts["key"]["key"] == "C major"
    assert [(one["bar"], one["beat"], one["roman"]) for one in facts["chords"][:3]] == [
        (1, 1.0, "I"),
        (1, 3.0, "IV"),
        (2, 1.0, "V7"),
    ]
    assert facts["melody"]["part"] == 0
    assert facts["sections"][0]["start_bar"] == 1
    assert sum(one["n_bars"] for one in facts["sections"]) == 8
    assert len(facts["features"]["density"]) == 3


def test_an_empty_score_is_no_accident() -> None:
    facts = analyse(make_score()).as_dict()
    assert facts["key"] is None
    assert facts["melody"] is None
    assert facts["chords"] == []
    assert any("none" in line for line in tell_report(analyse(make_score())))


@pytest.mark.parametrize(("language", "word"), [("en", "Key: C major"), ("zh", "调:C大调")])
def test_words(language: str, word: str) -> None:
    lines = tell_report(analyse(SCORE), language=language)  # type: ignore[arg-type]
    assert any(line.startswith(word) for line in lines)
    assert any("V7" in line for line in lines)


def test_a_pickup_that_is_not_written_is_told() -> None:
    waltz = "C3:1 E4+G4:1 E4+G4:1 G2:1 D4+F4:1 D4+F4:1 "
    lines = tell_report(analyse(make_score("G4:1 " + waltz * 8, metre="3/4")))
    assert any("pickup of 1 quarter notes, not 0" in line for line in lines)


@settings(max_examples=25, deadline=None)
@given(scores())
def test_any_score_can_be_told(score: Score) -> None:
    report = analyse(score)
    json.dumps(report.as_dict(), allow_nan=False)
    assert tell_report(report)
    assert tell_report(report, language="zh")
    assert diff_scores(score, score).is_same
