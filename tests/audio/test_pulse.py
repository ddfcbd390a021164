import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.audio.onsets import FRAME_S, curve_of_notes, level_curve
from motet.audio.pulse import cover, find_pulses, smooth_times


def test_pulses_lie_on_the_onsets() -> None:
    times = 0.4 + np.arange(30) * 0.52
    curve = level_curve(curve_of_notes(times, np.ones(30), n_frames=1500))
    found = find_pulses(curve, np.array([0.52]))
    near = np.abs(found[:, None] - times[None, :]).min(axis=1)
    inside = (found > 0.3) & (found < times[-1] + 0.1)
    assert inside.sum() >= 29
    assert near[inside].max() < 0.012


def test_a_missing_onset_does_not_move_the_pulse() -> None:
    times = np.delete(0.2 + np.arange(30) * 0.5, [10, 11, 17])
    curve = level_curve(curve_of_notes(times, np.ones(len(times)), n_frames=1400))
    found = find_pulses(curve, np.array([0.5]))
    assert np.abs(np.diff(found) - 0.5).max() < 0.05


def test_no_curve_has_no_pulse() -> None:
    assert len(find_pulses(np.zeros(0, np.float32), np.array([0.5]))) == 0


def test_cover_drops_pulses_far_from_all_sound() -> None:
    found = cover(np.arange(20) * 0.5, start_s=3.0, end_s=6.0)
    assert found[0] == 3.0
    assert found[-1] == 6.0


@settings(max_examples=30, deadline=None)
@given(st.floats(0.0, 3.0), st.floats(4.0, 9.0))
def test_cover_reaches_both_ends(start: float, end: float) -> None:
    found = cover(2.0 + np.arange(6) * 0.4, start_s=start, end_s=end)
    assert found[0] <= start + 0.4 * 0.35
    assert found[-1] >= end - 1e-6
    assert np.all(np.diff(found) > 0)


def test_jitter_round_a_steady_beat_is_taken_out() -> None:
    rng = np.random.default_rng(1)
    times = np.arange(64) * 0.5
    smooth = smooth_times(times + rng.normal(size=64) * 0.012, np.ones(64))
    assert np.abs(np.diff(smooth) - np.diff(smooth)[0]).max() < 1e-9
    assert np.abs(smooth - times).max() < 0.012


def test_a_ritardando_stays() -> None:
    steps = np.concatenate((np.full(30, 0.5), np.linspace(0.5, 0.9, 10)))
    times = np.cumsum(steps)
    smooth = smooth_times(times, np.ones(len(times)))
    assert np.abs(smooth - times).max() < 0.03
    assert np.diff(smooth)[-1] > 0.8


def test_an_onset_far_off_weighs_little() -> None:
    times = np.arange(40) * 0.5
    bent = times.copy()
    bent[20] += 0.2
    assert np.abs(smooth_times(bent, np.ones(40)) - times).max() < 0.03


def test_pulse_frames_are_seconds() -> None:
    curve = np.where(np.arange(600) % 50 == 5, 5.0, -0.1).astype(np.float32)
    found = find_pulses(curve, np.array([50 * FRAME_S]))
    assert abs(float(np.median(np.diff(found))) - 50 * FRAME_S) < 1e-3
