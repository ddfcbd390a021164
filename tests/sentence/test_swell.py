"""Changes that name no two moods."""

from __future__ import annotations

import pytest

from motet.sentence import understand
from motet.sentence.swell import read_swell
from motet.sentence.text import Sentence


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("build up slowly to a huge climax", -1, 1), ("crescendo throughout", -1, 1), ("音乐渐强", -1, 1),
        ("情绪层层递进", -1, 1), ("由弱到强", -1, 1), ("diminuendo to nothing", 1, -1),
        ("energy drops toward the end", 1, -1), ("calm down at the end", 1, -1),
    ],
)  # fmt: skip
def test_swells_change_how_stirred_it_is(text: str, first: int, last: int) -> None:
    curve = understand(text).brief.emotion_curve
    assert curve[0][2] * first > 0
    assert curve[-1][2] * last > 0
    assert understand(text).brief.qpm is None  # "slowly" is how it builds, no tempo


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("from darkness to light", -1, 1),
        ("从黑暗走向光明", -1, 1),
        ("先悲后喜", -1, 1),
        ("先喜后悲", 1, -1),
    ],
)
def test_swells_change_how_pleasant_it_is(text: str, first: int, last: int) -> None:
    curve = understand(text).brief.emotion_curve
    assert curve[0][1] * first > 0
    assert curve[-1][1] * last > 0


def test_a_peak_lies_in_the_middle() -> None:
    curve = understand("peaks in the middle, 17 bars").brief.emotion_curve
    assert [bar for bar, _, _ in curve] == [1, 9, 17]
    assert curve[1][2] > curve[0][2] == curve[2][2]


@pytest.mark.parametrize("text", ["no crescendo", "不要渐强", "built in 1900", "a building"])
def test_what_is_refused_or_something_else_is_no_swell(text: str) -> None:
    assert read_swell(Sentence(text)) is None
