"""Mandarin tones: how characters are read, and what a melody may not do."""

from __future__ import annotations

import pytest

from motet.tasks.melody.tone import contradicts, read_tones, tone_height


def test_characters_are_read_in_their_words() -> None:
    assert read_tones("妈麻马骂") == (1, 2, 3, 4)
    assert read_tones("银行") == (2, 2)
    assert read_tones("不要") == (2, 4)
    assert read_tones("知道吗")[-1] == 5
    assert read_tones("") == ()


@pytest.mark.parametrize(
    ("tone", "following", "interval", "is_bad"),
    [
        (3, 1, -2, True), (3, 1, 2, False), (1, 3, 2, True), (1, 3, -5, False), (1, 1, -7, False),
        (2, 1, -1, True), (4, 1, -1, True), (3, 5, 3, False), (3, 5, -3, False), (0, 1, -3, False),
        (1, 4, 0, False),
    ],
)  # fmt: skip
def test_moving_against_the_tones_contradicts(
    tone: int, following: int, interval: int, is_bad: bool
) -> None:
    assert contradicts(tone, following, interval) is is_bad


def test_the_third_tone_is_lowest_and_the_first_highest() -> None:
    heights = [tone_height(tone) for tone in (1, 2, 3, 4, 5)]
    assert max(heights) == heights[0]
    assert min(heights) == heights[2]
