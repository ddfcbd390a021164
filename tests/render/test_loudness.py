import math

import numpy as np
import pytest

from motet.render.loudness import (
    cell_peaks,
    k_weighting,
    measure_loudness_lufs,
    measure_true_peak_db,
)


def tone(hz: float, seconds: float, *, rate_hz: int = 48000, level: float = 1.0) -> np.ndarray:
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    return (level * np.sin(2 * np.pi * hz * t)).astype(np.float32)[None]


@pytest.mark.parametrize("rate_hz", [44100, 48000, 96000])
def test_the_standard_s_calibration_tone(rate_hz: int) -> None:
    one = tone(997, 5, rate_hz=rate_hz)
    assert measure_loudness_lufs(one, rate_hz=rate_hz) == pytest.approx(-3.01, abs=0.03)
    both = np.repeat(one, 2, axis=0)
    assert measure_loudness_lufs(both, rate_hz=rate_hz) == pytest.approx(0.0, abs=0.03)


def test_coefficients_are_those_of_the_standard() -> None:
    shelf, low_cut = k_weighting(48000)
    assert shelf[:3] == pytest.approx(
        [1.53512485958697, -2.69169618940638, 1.19839281085285], abs=1e-6
    )
    assert shelf[4:] == pytest.approx([-1.69065929318241, 0.73248077421585], abs=1e-6)
    assert low_cut[4:] == pytest.approx([-1.99004745483398, 0.99007225036621], abs=1e-6)


def test_silence_is_gated_away() -> None:
    sound = np.concatenate([tone(997, 5, level=0.1), np.zeros((1, 480000), np.float32)], axis=1)
    assert measure_loudness_lufs(sound, rate_hz=48000) == pytest.approx(-23.0, abs=0.2)
    assert measure_loudness_lufs(sound[:, 300000:], rate_hz=48000) == -math.inf
    assert measure_loudness_lufs(sound[:, :1000], rate_hz=48000) == -math.inf


def test_relative_gate_leaves_out_the_quiet() -> None:
    sound = np.concatenate([tone(997, 10, level=0.1), tone(997, 10, level=0.01)], axis=1)
    assert measure_loudness_lufs(sound, rate_hz=48000) == pytest.approx(-23.0, abs=0.2)


def test_chunks_do_not_matter() -> None:
    rng = np.random.default_rng(3)
    noise = rng.normal(0, 0.1, (2, 48000 * 21)).astype(np.float32)
    whole = measure_loudness_lufs(noise, rate_hz=48000)
    assert measure_loudness_lufs(noise[:, : 48000 * 9], rate_hz=48000) == pytest.approx(
        whole, abs=0.05
    )


@pytest.mark.parametrize("phase", [0.0, 0.25, 0.5])
def test_true_peak_lies_between_samples(phase: float) -> None:
    t = np.arange(20000)
    fade = np.minimum(1.0, np.minimum(t, t[::-1]) / 500)
    x = (0.8 * fade * np.sin(np.pi / 2 * t + phase * np.pi))[None].astype(np.float32)
    assert measure_true_peak_db(x) == pytest.approx(20 * np.log10(0.8), abs=0.1)
    assert measure_true_peak_db(np.zeros((2, 100), np.float32)) == -math.inf


def test_cells_find_their_own_peak() -> None:
    x = np.zeros((1, 9000), np.float32)
    x[0, 5003] = 0.9
    peaks = cell_peaks(x, floor=0.5)
    assert len(peaks) == 563
    assert peaks.argmax() == 5003 // 16
    assert peaks.max() == pytest.approx(0.9, abs=0.02)
