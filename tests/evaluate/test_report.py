"""The report names every measure and is one of human music where it should be."""

from __future__ import annotations

import math

import motet
from motet.evaluate import MEASURES, measure_score
from motet.score import Score, make_score


def test_every_measure_is_there() -> None:
    found = measure_score(make_score("C4:1"))
    assert list(found) == list(MEASURES)
    assert all(isinstance(value, float) for value in found.values())


def test_an_empty_score_has_no_figures() -> None:
    assert all(math.isnan(value) for value in measure_score(Score()).values())


def test_arranged_music_is_tonal_and_consonant() -> None:
    found = measure_score(motet.arrange("| C | F | G | C |", style="pop", seed=1).score)
    assert found["scale_fit"] > 0.9
    assert found["consonance"] > 0.75
    assert found["chord_tone_share"] > 0.8
    assert 2.0 < found["pitch_class_entropy_bits"] < 3.0
    assert found["self_similarity"] > 0.3
    assert not any(math.isnan(value) for value in found.values())
