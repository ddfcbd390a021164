"""The pitch of a voice: what is heard, what is refused, and that windows leave no seam."""

from __future__ import annotations

import numpy as np
import pytest

from motet.audio import Audio, stream_audio
from motet.audio.pitch import FRAME_S, VoiceTrack, find_pitch
from motet.errors import BusyError, FormatError, ParameterError


def tone(hz: float, seconds: float, *, rate_hz: int = 32000, n_harmonics: int = 4) -> np.ndarray:
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    return sum(np.sin(2 * np.pi * hz * k * t) / k**2 for k in range(1, n_harmonics + 1)) * 0.3


def audio(sound: np.ndarray, rate_hz: int = 32000) -> Audio:
    return Audio(np.stack([sound, sound], axis=1).astype(np.float32), rate_hz)


def heard_hz(track: VoiceTrack) -> float:
    return float(np.median(track.hz[track.voiced >= 0.5]))


@pytest.mark.parametrize("hz", [82.0, 220.0, 523.0, 1047.0])
def test_a_voice(hz: float) -> None:
    track = find_pitch(audio(tone(hz, 1.0)))
    assert abs(12 * np.log2(heard_hz(track) / hz)) < 0.15
    assert (track.voiced >= 0.5).mean() > 0.9


@pytest.mark.parametrize("hz", [900.0, 1600.0, 2300.0, 3000.0, 4000.0])
def test_a_whistle_far_above_the_network(hz: float) -> None:
    track = find_pitch(audio(tone(hz, 1.0, n_harmonics=1)))
    assert abs(12 * np.log2(heard_hz(track) / hz)) < 0.05


@pytest.mark.parametrize("rate_hz", [8000, 16000, 44100, 96000])
def test_any_rate(rate_hz: int) -> None:
    track = find_pitch(audio(tone(330.0, 0.6, rate_hz=rate_hz), rate_hz))
    assert abs(12 * np.log2(heard_hz(track) / 330.0)) < 0.15
    assert abs(len(track.time_s) - 0.6 / FRAME_S) <= 2


def test_silence_and_noise_have_no_voice() -> None:
    rng = np.random.default_rng(1)
    assert not (find_pitch(audio(np.zeros(32000))).voiced >= 0.5).any()
    assert (find_pitch(audio(0.1 * rng.normal(size=32000))).voiced >= 0.5).mean() < 0.1


def test_nothing_and_a_few_samples() -> None:
    with pytest.raises(FormatError, match="holds no sound"):
        find_pitch(audio(np.zeros(0)))
    assert len(find_pitch(audio(np.zeros(100))).time_s) == 1


def test_windows_leave_no_seam() -> None:
    t = np.arange(44 * 32000) / 32000
    glide = np.sin(2 * np.pi * np.cumsum(200 + 3 * t) / 32000) + 0.3 * np.sin(
        4 * np.pi * np.cumsum(200 + 3 * t) / 32000
    )
    track = find_pitch(audio(0.3 * glide))
    assert np.allclose(np.diff(track.time_s), FRAME_S)
    wanted = 200 + 3 * track.time_s[20:-20]
    assert np.abs(12 * np.log2(track.hz[20:-20] / wanted)).max() < 0.4


def test_stopping_and_a_wrong_kind() -> None:
    class Stopped:
        is_set = True

    with pytest.raises(BusyError, match="stopped"):
        find_pitch(audio(tone(220, 0.5)), cancel=Stopped())
    with pytest.raises(
        ParameterError, match="kind must be one of auto, voice, whistle, got 'tuba'"
    ):
        find_pitch(audio(tone(220, 0.5)), kind="tuba")  # type: ignore[arg-type]


def test_progress_is_told_and_streams_are_taken() -> None:
    told: list[float] = []
    stream = stream_audio(audio(tone(220, 0.5)))
    find_pitch(stream, on_progress=lambda share, _: told.append(share))
    assert told
    assert 0 < told[-1] <= 1.0


def test_a_soft_take_is_heard_and_its_level_told() -> None:
    loud = find_pitch(audio(tone(220.0, 1.0)))
    soft = find_pitch(audio(0.008 * tone(220.0, 1.0)))
    assert (soft.voiced >= 0.5).mean() > 0.9
    assert np.median(loud.level_db - soft.level_db) == pytest.approx(41.9, abs=0.5)
