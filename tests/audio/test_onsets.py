import numpy as np
import pytest

from motet.audio.heard import HeardNote
from motet.audio.onsets import (
    FRAME_S,
    curve_of_notes,
    curve_of_sound,
    level_curve,
    weigh_notes,
)
from motet.audio.recording import Audio
from motet.audio.stream import stream_audio


def clicks(times: list[float], *, rate: int = 22050, seconds: float = 4.0) -> Audio:
    rng = np.random.default_rng(0)
    sound = np.zeros((round(rate * seconds), 2), np.float32)
    for time in times:
        at = round(time * rate)
        burst = rng.normal(size=(400, 1)).astype(np.float32) * np.linspace(0.5, 0, 400)[:, None]
        sound[at : at + 400] += burst.astype(np.float32)
    return Audio(sound, rate)


@pytest.mark.parametrize("rate", [22050, 44100])
def test_the_flux_peaks_where_something_begins(rate: int) -> None:
    times = [0.5, 1.25, 2.03, 3.1]
    curve = curve_of_sound(clicks(times, rate=rate))
    for time in times:
        near = slice(round((time - 0.1) / FRAME_S), round((time + 0.1) / FRAME_S))
        top = (near.start + int(np.argmax(curve.flux[near]))) * FRAME_S
        assert abs(top - time) < 0.02


def test_blocks_make_no_difference() -> None:
    sound = clicks([0.31, 0.99, 1.5, 2.7])
    whole = curve_of_sound(sound)
    pieces = curve_of_sound(stream_audio(sound, block_s=0.37))
    assert np.allclose(whole.flux, pieces.flux, atol=1e-5)
    assert np.allclose(whole.level, pieces.level, atol=1e-6)


def test_low_sound_counts_as_low() -> None:
    rate = 22050
    t = np.arange(rate) / rate
    tone = np.zeros(2 * rate, np.float32)
    tone[rate:] = 0.4 * np.sin(2 * np.pi * 80 * t)
    low = curve_of_sound(Audio(np.stack((tone, tone), 1), rate)).low
    assert abs(float(np.argmax(low)) * FRAME_S - 1.0) < 0.04


def test_the_curve_is_as_long_as_the_recording() -> None:
    curve = curve_of_sound(Audio(np.zeros((22050 * 3, 2), np.float32), 22050))
    assert abs(curve.duration_s - 3.0) < FRAME_S
    assert not curve.flux.any()


def test_a_chord_counts_less_than_its_notes() -> None:
    one = curve_of_notes(np.array([0.5]), np.array([1.0]), n_frames=90).max()
    four = curve_of_notes(np.full(4, 0.5), np.ones(4), n_frames=90).max()
    assert one < four < 3 * one


def test_quiet_stretches_are_brought_up() -> None:
    beat = np.arange(4000) % 50 == 0
    curve = np.where(beat, np.where(np.arange(4000) < 2000, 1.0, 0.1), 0.0).astype(np.float32)
    flat = level_curve(curve)
    assert flat[3500] > 0.4 * flat[500]


def test_a_flat_curve_is_nothing() -> None:
    assert not level_curve(np.full(50, 3.0, np.float32)).any()
    assert len(level_curve(np.zeros(0, np.float32))) == 0


def test_unsure_and_quiet_notes_weigh_less() -> None:
    _, weight = weigh_notes(
        [
            HeardNote(0.0, 1.0, 60, 80, 1.0),
            HeardNote(0.0, 1.0, 60, 80, 0.2),
            HeardNote(0.0, 1.0, 60, 20, 1.0),
        ]
    )
    assert weight[0] == 1.0
    assert weight[1] < weight[0]
    assert weight[2] == 0.5
