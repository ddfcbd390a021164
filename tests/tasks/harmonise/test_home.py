"""The key of a melody."""

from __future__ import annotations

import pytest

from motet.score import Part, Score, make_score
from motet.tasks.harmonise.home import find_melody_key


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("C5:1 D5:1 E5:1 F5:1 | G5:2 E5:2 | D5:2 B4:2 | C5:4", "C major"),
        ("A4:1 B4:1 C5:1 D5:1 | E5:2 C5:2 | B4:2 G#4:2 | A4:4", "A minor"),
        ("D5:1 F5:1 A5:2 | G5:1 E5:1 C5:2 | D5:1 E5:1 F5:2 | E5:2 D5:2", "D minor"),
    ],
)
def test_the_end_decides(text: str, name: str) -> None:
    score = make_score(text)
    assert find_melody_key(score, score.parts[0]).name() == name


def test_a_signature_that_does_not_fit_is_not_believed() -> None:
    text = "F#5:1 A5:1 C#6:2 | B5:1 G#5:1 E5:2 | A5:2 G#5:1 F#5:1 | E5:2 A5:2"
    score = make_score(text, fifths=0)
    assert find_melody_key(score, score.parts[0]).fifths == 3


def test_nothing_is_in_c() -> None:
    assert find_melody_key(Score(), Part()).name() == "C major"
