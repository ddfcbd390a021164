"""Tempo: the source's, drawn towards the style's."""

from __future__ import annotations

import pytest

from motet.arranger.style_file import find_style
from motet.score import make_score
from motet.tasks.restyle.tempo import choose_tempo


def tempo(qpm: float, style: str, strength: float, text: str = "C4:1 D4:1 E4:2") -> float:
    score = make_score(text, qpm=qpm)
    melody = score.parts[0].notes
    return choose_tempo(score, find_style(style), strength=strength, melody=melody)


def test_a_tempo_of_the_style_stays() -> None:
    assert tempo(128, "bossa", 0.0) == 128
    assert tempo(128, "bossa", 1.0) == 128


@pytest.mark.parametrize(("qpm", "low", "high"), [(60, 104, 128), (220, 128, 160)])
def test_full_strength_reaches_the_styles_range(qpm: float, low: float, high: float) -> None:
    assert low <= tempo(qpm, "bossa", 1.0) <= high


def test_little_strength_moves_little() -> None:
    assert 60 < tempo(60, "bossa", 0.1) < tempo(60, "bossa", 0.7)


def test_a_busy_tune_is_not_hurried() -> None:
    busy = "C4:0.125 D4:0.125 " * 32
    assert tempo(60, "salsa", 1.0, busy) <= 60
