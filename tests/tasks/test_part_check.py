"""The checks of one part."""

from __future__ import annotations

from typing import Any

import pytest

from motet.brief import PartBrief
from motet.score import Score, make_score
from motet.tasks.part_check import check_part


def missed(score: Score, bars: list[int], **wish: Any) -> list[str]:
    """Names of the checks that a part fails."""
    found = check_part(score, 0, PartBrief(instrument="piano", **wish), bars, is_whole=True)
    return [one.name for one in found if one.ok is False]


SCORE = make_score("C4+E4:2 G4:2 | C5:4 | C4:4")


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ({"low": 60, "high": 72}, ""),
        ({"high": 71}, "range"),
        ({"low": 61}, "range"),
        ({"polyphony": 1}, "polyphony"),
        ({"polyphony": 2}, ""),
        ({"density": [2, 3]}, "density"),
        ({"density": [0.3, 0.5]}, ""),
        ({"rhythm": "xx | x- | x-"}, ""),
        ({"rhythm": "xx"}, "rhythm"),
        ({"rests": "2"}, "rests"),
    ],
)
def test_each_bound_is_measured(wish: dict[str, Any], name: str) -> None:
    assert missed(SCORE, [0, 1, 2], **wish) == ([name] if name else [])


def test_silence_and_the_wrong_instrument_are_seen() -> None:
    assert missed(make_score("r:4"), [0]) == ["plays"]
    found = check_part(SCORE, 0, PartBrief(instrument="flute"), [0], is_whole=True)
    assert "program" in [one.name for one in found if one.ok is False]


def test_without_a_wish_only_its_notes_count() -> None:
    found = check_part(SCORE, 0, None, [0], is_whole=False)
    assert [(one.name, one.measured[0]) for one in found] == [("plays", "3")]
