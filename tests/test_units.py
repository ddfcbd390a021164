"""Conversions of time and pitch."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.units import (
    DEFAULT_RESOLUTION,
    GRID_STEPS_PER_QN,
    pitch_to_hz,
    qn_to_tick,
    qpm_to_quarter_us,
    quarter_us_to_qpm,
)


def test_the_default_resolution_holds_the_grid_exactly():
    assert DEFAULT_RESOLUTION % GRID_STEPS_PER_QN == 0


def test_concert_pitch_and_octaves():
    assert pitch_to_hz(69) == 440.0
    assert pitch_to_hz(81) == pytest.approx(880.0)
    assert pitch_to_hz(69, a4_hz=415.0) == 415.0


def test_quarter_notes_become_the_nearest_tick():
    assert qn_to_tick(0.25, resolution=480) == 120
    assert qn_to_tick(1 / 3, resolution=480) == 160


@pytest.mark.parametrize("qn", [float("nan"), float("inf")])
def test_quarter_notes_must_be_finite(qn):
    with pytest.raises(ParameterError, match="finite"):
        qn_to_tick(qn, resolution=480)


def test_resolution_must_be_positive():
    with pytest.raises(ParameterError, match="resolution"):
        qn_to_tick(1.0, resolution=0)


@pytest.mark.parametrize("qpm", [0.0, -1.0, 1e9, float("nan")])
def test_impossible_tempos_are_refused(qpm):
    with pytest.raises(ParameterError, match="qpm"):
        qpm_to_quarter_us(qpm)


def test_zero_microseconds_are_refused():
    with pytest.raises(ParameterError, match="quarter_us"):
        quarter_us_to_qpm(0)


@given(st.integers(1, 16_750_000))
def test_tempo_comes_back(quarter_us):
    assert qpm_to_quarter_us(quarter_us_to_qpm(quarter_us)) == quarter_us
