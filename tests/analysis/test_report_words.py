"""Words of the report: every feel has its words; unsure chords carry a question mark."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motet.analysis.report import analyse
from motet.analysis.report_words import tell_report
from motet.score import make_score


@pytest.mark.parametrize("feel", ["straight", "swing", "swing-16", "compound", "unknown"])
def test_every_feel_has_words(feel: str) -> None:
    report = analyse(make_score("C4:1 " * 8))
    felt = replace(report, feel=replace(report.feel, feel=feel))
    for language in ("en", "zh"):
        assert tell_report(felt, language=language)  # type: ignore[arg-type]


def test_unsure_chords_are_marked() -> None:
    report = analyse(make_score("C4+E4+G4:4 G4+B4+D5:4 " * 2))
    sure = tuple(replace(one, confidence=0.9) for one in report.chords)
    unsure = (*sure[:-1], replace(sure[-1], confidence=0.2))
    text = "\n".join(tell_report(replace(report, chords=unsure)))
    assert "4: G? " in text
    assert "C I" in text
