"""Emotions that change."""

from __future__ import annotations

import pytest

from motet.brief.curve import curve_at
from motet.sentence import understand
from motet.sentence.curve import Point, lay_curve


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("starts calm and gets tense towards the end", (1, -1), (-1, 1)),
        ("from sad to hopeful", (-1, -1), (1, 0)),
        ("calm at first, then exciting, ending peacefully", (1, -1), (1, -1)),
        ("a quiet beginning that builds to a triumphant finale", (0, -1), (1, 1)),
        ("Happy -> sad -> happy", (1, 0), (1, 0)),
        ("先平静后紧张", (1, -1), (-1, 1)),
        ("由悲伤转为欢快", (-1, 0), (1, 0)),
        ("开头安静,中间激昂,结尾平静", (0, -1), (1, -1)),
        ("先抑后扬", (-1, 0), (1, 0)),
        ("1: calm, 9: angry. 12 bars", (1, -1), (-1, 1)),
        ("bars 1-8 peaceful, bars 9-16 scary", (1, -1), (-1, 1)),
        ("从愤怒到平静", (-1, 1), (1, -1)),
    ],
)
def test_curves(text: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    curve = understand(text).brief.emotion_curve
    assert len(curve) >= 2
    for signs, bar in ((first, 1), (last, curve[-1][0])):
        place = curve_at(curve, bar)
        assert all(s == 0 or s * v > 0 for s, v in zip(signs, place, strict=True)), (bar, place)


@pytest.mark.parametrize(
    "text", ["calm and peaceful", "a sad start to the day, piano", "tense", "happy, no drums, sad"]
)
def test_one_emotion_is_no_curve(text: str) -> None:
    assert understand(text).brief.emotion_curve == ()


def test_bars_that_were_named_are_kept() -> None:
    understood = understand("第1到8小节平静,第9到16小节恐怖")
    assert understood.brief.bars == 16
    assert [bar for bar, _, _ in understood.brief.emotion_curve] == [1, 8, 9, 16]


def test_points_are_laid_over_the_bars() -> None:
    points = [Point(0.0, (0, 0)), Point(0.5, (1, 1)), Point(1.0, (0, 0))]
    assert [bar for bar, _, _ in lay_curve(points, 17)] == [1, 9, 17]
