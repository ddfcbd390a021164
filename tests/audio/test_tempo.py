import numpy as np
import pytest

from motet.audio.onsets import FRAME_S, curve_of_notes, level_curve
from motet.audio.tempo import LONGEST_S, SHORTEST_S, find_periods


def curve(times: np.ndarray) -> np.ndarray:
    onsets = curve_of_notes(times, np.ones(len(times)), n_frames=int(times[-1] / FRAME_S) + 10)
    return level_curve(onsets)


@pytest.mark.parametrize("period", [0.3, 0.45, 0.6])
def test_an_even_pulse_is_found_within_two_percent(period: float) -> None:
    found = find_periods(curve(np.arange(60) * period))
    inner = found[4:-4]
    ratio = inner / period
    assert np.all(np.abs(ratio - np.round(ratio * 2) / 2) < 0.025 * ratio)
    assert np.ptp(inner) / period < 0.06


def test_the_period_follows_a_slow_change() -> None:
    steps = np.linspace(0.40, 0.56, 80)
    times = np.cumsum(steps)
    found = find_periods(curve(times))
    early, late = np.median(found[6:12]), np.median(found[-16:-8])
    assert 1.12 < late / early < 1.45


def test_a_known_tempo_holds_the_period_near_it() -> None:
    times = np.arange(80) * 0.3
    found = find_periods(curve(times), near_s=0.6)
    assert np.all(np.abs(np.log2(found / 0.6)) <= 0.17)


def test_a_known_tempo_out_of_range_goes_by_its_half() -> None:
    found = find_periods(curve(np.arange(40) * 1.2), near_s=1.2)
    assert np.all((found > 0.5) & (found < 0.7))


def test_an_empty_curve_still_has_a_period() -> None:
    found = find_periods(np.zeros(5, np.float32))
    assert len(found) == 1
    assert SHORTEST_S <= found[0] <= LONGEST_S * 1.01
