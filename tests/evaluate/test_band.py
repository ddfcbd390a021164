"""Figures of a band's phrases, on music small enough to count by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from motet.errors import ParameterError
from motet.evaluate.band import BAND_FIGURES, describe_phrases, measure_band, measure_cover
from motet.phrases.band import BandOptions, extract_band
from motet.score import make_score
from motet.tokens import score_to_grid


def _phrases(*parts: str, chords: str = "C:16") -> list[dict[str, np.ndarray]]:
    grid = score_to_grid(make_score(*parts, chords=chords), key="none").grid
    return extract_band(grid, BandOptions(least_tracks=1))


def test_figures_are_those_counted_by_hand() -> None:
    drums = "drums 36:1 38:0.5 38:0.25 38:0.25 r:2 | 36:4 | r:4 | 36:4"
    found = measure_band(_phrases("C5:1 D5:1 E5:0.5 r:1.5 | C5:4 | C5:4 | F5:4", drums))
    assert found["empty bars"] == pytest.approx(1 / 8)
    assert found["pitch classes a bar"] == pytest.approx((3 + 1 + 1 + 1) / 4)
    assert found["notes of 3 steps"] == pytest.approx(5 / 6)
    assert found["drums on eighths"] == pytest.approx(5 / 6)
    assert found["chord tones"] == pytest.approx(4 / 6)
    assert found["onsets a bar"] == pytest.approx(6 / 4)
    assert math.isnan(found["tonal distance"])  # one pitched track


def test_the_same_tones_are_at_no_tonal_distance() -> None:
    tune = "C5:4 | E5:4 | G5:4 | C5:4"
    same = _phrases(tune, "C4+C5:4 | E4+E5:4 | G4+G5:4 | C4+C5:4")
    other = _phrases(tune, "C#4+C#5:4 | D#4+D#5:4 | F#4+F#5:4 | C#4+C#5:4")
    assert measure_band(same)["tonal distance"] == pytest.approx(0)
    assert measure_band(other)["tonal distance"] > 0.5


def test_nothing_has_no_figures() -> None:
    assert all(math.isnan(measure_band([])[name]) for name in BAND_FIGURES)


def test_a_collapsed_model_is_precise_and_covers_little(rng: np.random.Generator) -> None:
    people = rng.normal(size=(60, 4))
    collapsed = people[:1] + 0.01 * rng.normal(size=(30, 4))
    found = measure_cover(collapsed, people)
    assert found["precision"] == 1
    assert found["recall"] < 0.2
    with pytest.raises(ParameterError, match="more than 3"):
        measure_cover(people[:3], people)


def test_descriptions_tell_phrases_apart() -> None:
    one = _phrases("C5:4 | E5:4 | G5:4 | C5:4", "drums 36:4 | 36:4 | 36:4 | 36:4")
    two = _phrases("C5:4 | E5:4 | G5:4 | C5:4", "drums 38:4 | 38:4 | 38:4 | 38:4")
    rows = describe_phrases(one + two + one)
    assert np.array_equal(rows[0], rows[2])
    assert not np.allclose(rows[0], rows[1])
