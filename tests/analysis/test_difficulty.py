"""Difficulty: only its order can be tested, for no graded corpus is at hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motet.analysis.difficulty import estimate_difficulty
from motet.score import Score, make_score

SCALE = "C4:0.5 D4:0.5 E4:0.5 F4:0.5 G4:0.5 A4:0.5 B4:0.5 C5:0.5 " * 4


def grade(score: Score) -> float:
    found = estimate_difficulty(score)[0]
    assert found is not None
    assert 1 <= found.grade <= 10
    return found.grade


@pytest.mark.parametrize("program", [0, 24, 40, 56, 73, 52])
def test_faster_is_never_easier(program: int) -> None:
    grades = [grade(make_score(SCALE, qpm=qpm, programs=(program,))) for qpm in (40, 80, 160, 320)]
    assert grades == sorted(grades)
    assert grades[0] < grades[-1]


def test_leaps_chords_keys_and_syncopation_are_harder() -> None:
    plain = grade(make_score(SCALE, fifths=0))
    assert grade(make_score("C4:0.5 C6:0.5 C4:0.5 A5:0.5 " * 8, fifths=0)) > plain
    assert grade(make_score("C4+G4+C5+E5:0.5 D4+A4+D5+F5:0.5 " * 16, fifths=0)) > plain
    assert grade(make_score(SCALE, fifths=6)) > plain
    assert grade(make_score("C4:0.5 D4:1 E4:1 F4:1 G4:0.5 " * 4, fifths=0)) > grade(
        make_score("D4:1 E4:1 F4:1 G4:1 " * 4, fifths=0)
    )


def test_families_and_silence() -> None:
    found = estimate_difficulty(make_score("C4:1", "drums 36:1", "", programs=(73, 0, 0)))
    assert found[2] is None
    assert [one.family for one in found if one] == ["wind", "drums"]


def test_reasons_are_told_in_both_languages() -> None:
    found = estimate_difficulty(make_score(SCALE, qpm=200))[0]
    assert found is not None
    assert found.reasons[0].text().startswith("fast notes (7.0 a second)")
    assert "每秒" in found.reasons[0].text(language="zh")
    points = [reason.points for reason in found.reasons]
    assert points == sorted(points, reverse=True)
    assert replace(found).grade == found.grade
