"""A curve of emotion: read from text, tables and pairs, straight between its points."""

from __future__ import annotations

import pytest

from motet.brief.brief import Brief
from motet.brief.curve import curve_at, is_curve, mean_emotion, read_curve, tell_curve
from motet.brief.read import brief_from_dict, brief_from_toml
from motet.errors import ParameterError

POINTS = ((1, 0.4, -0.7), (9, 0.6, 0.9), (17, -0.7, -0.4))


@pytest.mark.parametrize(
    "value",
    [
        "1: calm, 9: excited, 17: sad", "1:calm,9:excited,17:sad,", "1: 0.4,-0.7; 9: 0.6 0.9; 17: sad",
        "1\uff1a平静\uff0c9\uff1a激动\uff0c17\uff1a悲伤", POINTS, [list(one) for one in POINTS],
        [(1, "calm"), (9, (0.6, 0.9)), (17, "sad")], {1: "calm", "9": "激动", 17: [-0.7, -0.4]},
    ],
)  # fmt: skip
def test_all_ways_of_saying_a_curve_mean_the_same(value: object) -> None:
    assert is_curve(value)
    assert read_curve(value) == POINTS


@pytest.mark.parametrize(
    "value",
    ["calm, 9: sad", "9: sad, 1: calm", "1: hungry", "0: calm", "1:", 7, [(1, 0.4)], [("x", "sad")],
     {1: None}, [(True, "sad")], [(1, 0.2, 3.0)], "1: calm, 1: sad"],
)  # fmt: skip
def test_what_is_no_curve_is_refused_in_both_languages(value: object) -> None:
    with pytest.raises(ParameterError) as caught:
        read_curve(value)
    assert caught.value.localised("zh") != str(caught.value)


def test_it_is_straight_between_points_and_stays_outside() -> None:
    curve = read_curve("3: 0,0, 7: 0.8,-0.4")
    assert curve_at(curve, 1) == curve_at(curve, 3) == (0.0, 0.0)
    assert curve_at(curve, 5) == pytest.approx((0.4, -0.2))
    assert curve_at(curve, 40) == (0.8, -0.4)
    assert mean_emotion(curve, 7) == pytest.approx((0.286, -0.143), abs=1e-3)


def test_told_curves_are_read_back() -> None:
    for text in tell_curve(POINTS):
        assert read_curve(text) == POINTS


def test_a_brief_keeps_the_curve_and_its_mean() -> None:
    brief = Brief(emotion="1: 0,0, 3: 1,-1", bars=5)
    assert brief.emotion == pytest.approx((0.7, -0.7))
    assert brief.emotion_curve == ((1, 0.0, 0.0), (3, 1.0, -1.0))
    assert brief_from_dict(brief.to_dict()) == brief
    assert brief_from_toml('emotion = "1: calm, 9: excited, 17: sad"').emotion_curve == POINTS
    assert brief_from_toml("emotion = [[1, 0.4, -0.7], [9, 0.6, 0.9]]").emotion_curve == POINTS[:2]
    assert brief.with_(emotion="sad").emotion_curve == ()
    assert brief.with_(seed=3).emotion_curve == brief.emotion_curve
    assert brief.with_(bars=9).emotion == pytest.approx((0.833, -0.833), abs=1e-3)


def test_a_curve_past_the_end_is_refused() -> None:
    with pytest.raises(ParameterError, match="bar 9"):
        Brief(emotion="1: calm, 9: excited", bars=8)
