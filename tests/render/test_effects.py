import numpy as np
import pytest

from motet.errors import ParameterError
from motet.render.effects import ROOMS, chorus, high_pass, limit, reverberate
from motet.render.loudness import measure_true_peak_db

RATE = 44100


def click(seconds: float) -> np.ndarray:
    out = np.zeros((2, round(seconds * RATE)), np.float32)
    out[:, 100] = 1.0
    return out


def band_db(x: np.ndarray, low: float, high: float) -> float:
    power = np.abs(np.fft.rfft(x)) ** 2
    hz = np.fft.rfftfreq(len(x), 1 / RATE)
    return float(10 * np.log10(power[(hz >= low) & (hz < high)].mean()))


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_rooms_decay_in_their_time(room: str) -> None:
    wet = reverberate(click(3.0), room, rate_hz=RATE)
    decay_s = ROOMS[room].decay_s[1]
    start = 0.12 * decay_s + 0.05
    windows = [
        wet[0, round(t * RATE) :][: round(0.05 * RATE)] for t in (start, start + decay_s / 3)
    ]
    early, late = (float(10 * np.log10(np.mean(x**2))) for x in windows)
    assert early - late == pytest.approx(20.0, abs=5.0)
    assert abs(float(wet.mean())) < 1e-5


def test_rooms_are_wide_and_the_same_every_time() -> None:
    wet = reverberate(click(1.0), "room", rate_hz=RATE)
    assert np.array_equal(wet, reverberate(click(1.0), "room", rate_hz=RATE))
    assert abs(np.corrcoef(wet)[0, 1]) < 0.45
    assert band_db(wet[0], 20, 80) < band_db(wet[0], 400, 2000) - 12


def test_rooms_are_linear_and_do_not_see_blocks() -> None:
    rng = np.random.default_rng(5)
    a = rng.normal(0, 0.1, (2, 4 * RATE)).astype(np.float32)
    b = rng.normal(0, 0.1, (2, 4 * RATE)).astype(np.float32)
    both = reverberate(a + b, "hall", rate_hz=RATE)
    parts = reverberate(a, "hall", rate_hz=RATE) + reverberate(b, "hall", rate_hz=RATE)
    assert np.abs(both - parts).max() < 1e-4
    late = np.zeros((2, 4 * RATE), np.float32)
    late[:, 131000] = 1.0
    early = np.zeros((2, 4 * RATE), np.float32)
    early[:, 1000] = 1.0
    shifted = reverberate(late, "room", rate_hz=RATE)[:, 131000:]
    assert np.abs(shifted - reverberate(early, "room", rate_hz=RATE)[:, 1000:46400]).max() < 1e-5


def test_an_unknown_room_is_refused() -> None:
    with pytest.raises(ParameterError, match="reverb must be one of none"):
        reverberate(click(0.1), "cathedral", rate_hz=RATE)


def test_high_pass_across_chunks() -> None:
    n = 600_000
    t = np.arange(n) / RATE
    low = np.sin(2 * np.pi * 30 * t).astype(np.float32)
    high = np.sin(2 * np.pi * 1000 * t).astype(np.float32)
    sound = np.stack([low, high])
    high_pass(sound, 120.0, rate_hz=RATE)
    assert np.abs(sound[0, 20000:]).max() == pytest.approx((30 / 120) ** 2, rel=0.1)
    assert np.abs(sound[1, 20000:]).max() == pytest.approx(1.0, abs=0.01)
    assert np.abs(np.diff(sound[1, 520_000:530_000])).max() < 0.15


def test_chorus_widens_and_has_no_steps() -> None:
    t = np.arange(RATE * 2) / RATE
    x = np.sin(2 * np.pi * 440 * t).astype(np.float32)
    wet = chorus(np.stack([x, x]), rate_hz=RATE)
    assert not np.allclose(wet[0], wet[1], atol=0.2)
    assert np.abs(np.diff(wet[:, 2000:])).max() < 0.07
    assert not wet[:, :400].any()


@pytest.mark.parametrize("gain", [0.5, 1.5, 6.0])
def test_limiter_holds_the_true_peak(gain: float) -> None:
    rng = np.random.default_rng(2)
    sound = (rng.normal(0, 0.2, (2, RATE)) * gain).astype(np.float32)
    quiet = sound.copy()
    taken = limit(sound, rate_hz=RATE)
    assert measure_true_peak_db(sound) <= -1.0 + 0.05
    if gain == 0.5:
        assert taken == pytest.approx(0.0, abs=1.5)
        assert np.abs(sound - quiet).max() < 0.1


def test_limiter_leaves_quiet_sound_alone() -> None:
    sound = np.full((2, 5000), 0.5, np.float32)
    assert limit(sound, rate_hz=RATE) == 0.0
    assert (sound == 0.5).all()
    assert limit(np.zeros((2, 0), np.float32), rate_hz=RATE) == 0.0


def test_limiter_meets_itself_in_a_loop() -> None:
    sound = np.full((2, RATE), 0.3, np.float32) * np.sin(np.arange(RATE) * 0.2).astype(np.float32)
    sound[:, :300] *= 8.0
    limit(sound, rate_hz=RATE, is_loop=True)
    before_seam = np.abs(sound[:, -100:]).max()
    assert before_seam < 0.29
