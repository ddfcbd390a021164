"""Measures of pitch on scores small enough to count by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.evaluate import (
    chromatic_share,
    entropy_bits,
    interval_shares,
    mean_interval_semi,
    pitch_class_entropy_bits,
    pitch_span_semi,
    pitched_notes,
    scale_fit,
)
from motet.score import Score, make_score, transpose

EVERY = " ".join(
    f"{name}4:1" for name in ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]
)
MEASURES = (scale_fit, chromatic_share, pitch_class_entropy_bits, mean_interval_semi)


@pytest.mark.parametrize("measure", [*MEASURES, pitch_span_semi])
def test_without_pitched_notes_it_is_undefined(measure: object) -> None:
    assert callable(measure)
    assert math.isnan(measure(Score()))
    assert math.isnan(measure(make_score("drums 36:1 38:1")))


def test_equal_pitch_classes_fit_a_scale_by_seven_twelfths() -> None:
    assert scale_fit(make_score(EVERY)) == pytest.approx(7 / 12)
    assert pitch_class_entropy_bits(make_score(EVERY)) == pytest.approx(math.log2(12))


def test_time_counts_for_the_scale_not_the_number_of_notes() -> None:
    assert scale_fit(make_score("C4+E4+G4+B4+D4+F4+A4:4 C#4:4")) == pytest.approx(7 / 8)
    assert scale_fit(make_score("C4+E4+G4+B4+D4+F4+A4:7 C#4:1")) == pytest.approx(49 / 50)


def test_harmonic_minor_is_a_scale() -> None:
    assert scale_fit(make_score("A4:1 B4:1 C5:1 D5:1 E5:1 F5:1 G#5:1")) == 1.0


def test_chromatic_share_follows_the_key_signature() -> None:
    assert chromatic_share(make_score("Bb4:1 C5:1", fifths=-1)) == 0.0
    assert chromatic_share(make_score("Bb4:1 C5:1", fifths=0)) == 0.5


def test_the_line_is_the_highest_note_of_each_onset() -> None:
    score = make_score("C4+G4:1 C4+A4:1 D4:1", "C2:1")
    assert mean_interval_semi(score) == (2 + 7) / 2
    shares = interval_shares(score)
    assert shares[12 + 2] == shares[12 - 7] == 0.5
    assert shares.sum() == 1.0


def test_wide_leaps_count_as_octaves() -> None:
    shares = interval_shares(make_score("C2:1 C5:1 C2:1"))
    assert shares[0] == shares[24] == 0.5
    assert interval_shares(make_score("C4:1")).sum() == 0.0


def test_span_is_a_mean_over_parts() -> None:
    assert pitch_span_semi(make_score("C4:1 C5:1", "E3:1 G3:1")) == 7.5


def test_drums_have_no_pitch() -> None:
    assert len(pitched_notes(make_score("C4:1", "drums 36:1"))) == 1


@pytest.mark.parametrize(("counts", "bits"), [([5], 0.0), ([1, 1], 1.0), ([0, 2, 2, 2, 2], 2.0)])
def test_entropy(counts: list[int], bits: float) -> None:
    assert entropy_bits(counts) == bits
    assert math.isnan(entropy_bits([0, 0]))


@settings(max_examples=15)
@given(st.lists(st.integers(40, 80), min_size=2, max_size=12), st.integers(-11, 11))
def test_transposing_changes_nothing(pitches: list[int], shift: int) -> None:
    names = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]
    score = make_score(" ".join(f"{names[p % 12]}{p // 12 - 1}:1" for p in pitches))
    moved = transpose(score, shift_semi=shift)
    for measure in (scale_fit, pitch_class_entropy_bits, mean_interval_semi):
        assert measure(moved) == pytest.approx(measure(score))
