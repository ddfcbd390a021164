"""The microphone: a take from an input that plays a known sound, and what is said where there is none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from motet.audio.microphone import check_microphone, count_in, record_audio
from motet.errors import ParameterError


class FakeError(Exception):
    """What PortAudio raises."""


class Sounds:
    """An input that hears a rising line, in the shape of the package sounddevice."""

    PortAudioError = FakeError

    def __init__(self, *, n_blocks: int = 100, has_input: bool = True) -> None:
        self.n_blocks = n_blocks
        self.has_input = has_input
        self.played = 0
        self.device: Any = None

    def query_devices(self, device: Any = None, kind: str | None = None) -> dict[str, float]:
        if not self.has_input or device == "tuba":
            raise FakeError("Error querying device -1")
        assert kind == "input"
        return {"default_samplerate": 8000.0}

    def InputStream(self, **options: Any) -> Any:  # noqa: N802
        self.device = options["device"]
        sounds = self

        class Stream:
            def __enter__(self) -> None:
                size = options["blocksize"]
                for k in range(sounds.n_blocks):
                    block = np.full((size, 1), 0.001 * (k + 1), np.float32)
                    options["callback"](block, size, None, None)

            def __exit__(self, *args: object) -> None:
                return None

        return Stream()

    def play(self, *_: Any, **__: Any) -> None:
        self.played += 1
        if not self.has_input:
            raise FakeError("no output")


def test_a_take_has_the_length_asked_for() -> None:
    told: list[tuple[float, float]] = []
    sounds = Sounds()
    take = record_audio(1.25, device="3", on_level=lambda *one: told.append(one), sounds=sounds)
    assert take.samples.shape == (10000, 2)
    assert take.sample_rate_hz == 8000
    assert take.samples[0, 0] == pytest.approx(0.001)
    assert told[-1][0] == pytest.approx(1.25)
    assert told[0][1] == pytest.approx(-60.0, abs=0.1)
    assert sounds.device == 3


def test_no_input_is_said_in_both_languages() -> None:
    with pytest.raises(ParameterError, match="no sound input; plug one in") as caught:
        check_microphone(10, sounds=Sounds(has_input=False))
    assert "本机没有声音输入设备" in caught.value.localised("zh")
    with pytest.raises(ParameterError, match="no input is called 'tuba'"):
        record_audio(1, device="tuba", sounds=Sounds())


def test_ctrl_c_keeps_what_was_sung() -> None:
    def stop(done: float, level: float) -> None:  # noqa: ARG001
        if done > 0.5:
            raise KeyboardInterrupt

    take = record_audio(9, on_level=stop, sounds=Sounds())
    assert 0.5 < take.duration_s < 0.8

    def at_once(done: float, level: float) -> None:  # noqa: ARG001
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        record_audio(9, on_level=at_once, sounds=Sounds())


def test_the_count_goes_down_and_clicks_where_it_can() -> None:
    counted: list[int] = []
    loud, mute = Sounds(), Sounds(has_input=False)
    count_in(3, qpm=400, on_beat=counted.append, sounds=loud)
    count_in(2, qpm=400, on_beat=counted.append, sounds=mute)
    assert counted == [3, 2, 1, 2, 1]
    assert (loud.played, mute.played) == (3, 1)
    with pytest.raises(ParameterError, match="0 to 16 beats at 20 to 400 a minute"):
        count_in(99, qpm=120, on_beat=counted.append)


@pytest.mark.parametrize("seconds", [0, 0.4, 601])
def test_takes_too_short_or_long(seconds: float) -> None:
    with pytest.raises(ParameterError, match=r"seconds must be 0.5 to 600"):
        record_audio(seconds)
