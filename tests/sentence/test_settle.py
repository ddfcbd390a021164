"""Which of several words holds, and what is told of it."""

from __future__ import annotations

import pytest

from motet.sentence import understand
from motet.sentence.settle import style_facts


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("slow tango", 40, 110), ("fast waltz", 150, 240), ("andante", 70, 100), ("allegro", 115, 160),
        ("presto", 165, 210),
        ("largo", 40, 60), ("very slow", 36, 60), ("快板", 115, 160), ("慢板", 50, 76),
        ("not too fast", 70, 110),
        ("别太慢", 90, 130), ("medium tempo", 88, 120), ("fast reel", 200, 260), ("slow ballad", 46, 76),
        ("很快", 140, 200),
    ],
)  # fmt: skip
def test_words_for_tempo(text: str, low: float, high: float) -> None:
    qpm = understand(text).brief.qpm
    assert qpm is not None
    assert low <= qpm <= high


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("slow, 180 bpm", "qpm", 180), ("adagio at 140 bpm", "qpm", 140), ("waltz in 4/4", "metre", "4/4"),
        ("in C major... a minor key", "key", "C"), ("3/4, no, 6/8", "metre", "6/8"), ("16 bars, 32 bars",
        "bars", 32),
        ("AABA8, intro4 A8 B8, 10 bars", "bars", 20), ("straight feel, swung", "feel", "swing"),
    ],
)  # fmt: skip
def test_contradictions_are_said_and_decided(text: str, field: str, value: object) -> None:
    understood = understand(text)
    assert getattr(understood.brief, field) == value
    assert understood.clashes, text
    assert all("“" in en and "“" in zh for en, zh in understood.clashes)


@pytest.mark.parametrize(
    "text", ["slow blues, 70 bpm", "fast, 160 bpm", "waltz in 6/8", "A minor, sad", "allegro 132"]
)
def test_what_agrees_is_no_contradiction(text: str) -> None:
    assert understand(text).clashes == ()


def test_slow_then_fast_is_a_change_that_a_brief_cannot_say() -> None:
    understood = understand("先慢后快,小提琴")
    assert understood.clashes == ()
    assert understood.brief.qpm is not None
    assert understood.brief.qpm < 90
    assert any("tempo stays" in en for en, _ in understood.assumed)


def test_a_mode_takes_a_tonic_and_completes_one() -> None:
    assert understand("in a minor key").brief.key == "A minor"
    assert understand("mixolydian rock in A").brief.key == "A mixolydian"
    assert style_facts("") is None
