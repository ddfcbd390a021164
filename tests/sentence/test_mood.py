"""Moods, weighed."""

from __future__ import annotations

import pytest

from motet.brief.emotion import tell_emotion
from motet.sentence import understand
from motet.sentence.mood import choose_mood, hint_place
from motet.sentence.said import Said


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("nostalgic", (-1, -1)), ("epic", (1, 1)), ("spooky", (-1, 1)), ("playful", (1, 1)),
        ("dreamy", (1, -1)),
        ("lonely", (-1, -1)), ("heroic", (1, 1)), ("怀旧", (-1, -1)), ("史诗", (1, 1)), ("阴森", (-1, 1)),
        ("俏皮", (1, 1)), ("梦幻", (1, -1)), ("孤独", (-1, -1)), ("英勇", (1, 1)), ("furious", (-1, 1)),
        ("hopeful", (1, -1)), ("romantic mood", (1, -1)), ("治愈", (1, -1)), ("催眠曲", (1, -1)),
        ("funeral", (-1, -1)),
        ("not sad", (1, 0)), ("别太悲伤", (1, 0)), ("quiet", (1, -1)), ("热血", (1, 1)),
    ],
)  # fmt: skip
def test_moods(text: str, signs: tuple[int, int]) -> None:
    emotion = understand(text).brief.emotion
    assert emotion is not None
    assert all(sign == 0 or sign * value > 0 for sign, value in zip(signs, emotion, strict=True))


def test_a_weak_word_counts_less_and_a_wanted_word_beats_an_unwanted() -> None:
    slight = choose_mood([Said("mood", (-0.7, -0.4), 0, 3, polarity="slight")], [])[0]
    assert slight is not None
    assert -0.7 < slight[0] < 0
    both = [Said("mood", (-0.7, -0.4), 0, 3, polarity="no"), Said("mood", (0.4, -0.7), 5, 9)]
    assert choose_mood(both, [])[0] == (0.4, -0.7)
    assert choose_mood([], []) == (None, [])


def test_hints_have_places_that_can_be_told() -> None:
    assert tell_emotion(hint_place("sad"))[0] == "sad"
