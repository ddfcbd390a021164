import numpy as np
import pytest

from motet.render.envelope import modulation_curve, volume_curve
from motet.render.region import Envelope


def test_volume_goes_through_its_stages() -> None:
    envelope = Envelope(0.1, 0.2, 0.3, 0.96, 20.0, 1.0)
    curve = volume_curve(envelope, key=60, n=2000, rate_hz=1000)
    assert not curve[:100].any()
    assert curve[199] == pytest.approx(0.5, abs=0.01)
    assert curve[300:600] == pytest.approx(1.0)
    assert curve[700] == pytest.approx(10 ** (-10 / 20), rel=0.02)
    assert curve[900:] == pytest.approx(0.1, rel=0.01)
    assert len(curve) == 2000


def test_a_sound_that_dies_is_cut() -> None:
    curve = volume_curve(Envelope(0.0, 0.0, 0.0, 0.5, 100.0, 1.0), key=60, n=9000, rate_hz=1000)
    assert len(curve) <= 502
    assert curve[-1] < 1e-4


def test_higher_keys_decay_faster() -> None:
    envelope = Envelope(0.0, 0.0, 0.0, 1.0, 100.0, 1.0, 0.0, 100.0)
    low = volume_curve(envelope, key=48, n=9000, rate_hz=1000)
    high = volume_curve(envelope, key=72, n=9000, rate_hz=1000)
    assert len(low) == pytest.approx(4 * len(high), rel=0.02)


def test_modulation_stays_between_0_and_1() -> None:
    curve = modulation_curve(Envelope(0.05, 0.3, 0.1, 0.5, 0.25, 1.0), key=60, n=60, rate_hz=4000)
    assert curve.min() == 0.0
    assert curve.max() == pytest.approx(1.0, abs=0.01)
    assert curve[-1] == pytest.approx(0.25)
    assert np.all(np.diff(curve[3:18]) >= 0)
