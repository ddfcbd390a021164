"""The microphone: some seconds of sound from this machine's input.

Conventions: the input gives one channel, which becomes two equal ones; seconds; levels in dB below
full scale. Nothing is kept on disk.

Source: PortAudio through the package sounddevice, which is in the extra ``[audio]``.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from motet.audio.extra import need
from motet.audio.recording import Audio
from motet.errors import ParameterError

__all__ = ["LONGEST_S", "Sounds", "check_microphone", "count_in", "record_audio"]

Float32 = NDArray[np.float32]
LONGEST_S: Final = 600.0
"""Longest take, in seconds."""
_RATE_HZ: Final = 44100
_WAIT_S: Final = 3.0
_LEAST_S: Final = 0.3
_CLICK_S: Final = 0.04


class Sounds(Protocol):
    """What is used of the package sounddevice; anything of its shape can stand in."""

    PortAudioError: type[Exception]

    def InputStream(self, **options: Any) -> Any:  # noqa: N802
        """Return an open input, as a context."""
        ...

    def query_devices(self, device: Any = None, kind: str | None = None) -> Any:
        """Return what is known of a device."""
        ...

    def play(self, data: Any, samplerate: int, **options: Any) -> None:
        """Play samples without waiting."""
        ...


def check_microphone(
    seconds: float, *, device: str | int | None = None, sounds: Sounds | None = None
) -> int:
    """Return the sample rate at which the microphone would record, or say why it would not.

    Parameters
    ----------
    seconds : float, seconds, 0.5 to 600
        How long a take is wanted.
    device, sounds
        See `record_audio`.

    Returns
    -------
    int, Hz

    Raises
    ------
    ParameterError
        As for `record_audio`.

    Examples
    --------
    >>> check_microphone(3600)
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: seconds must be 0.5 to 600, got 3600; 10 is usual
    """
    if not 0.5 <= seconds <= LONGEST_S:
        raise ParameterError(
            f"seconds must be 0.5 to {LONGEST_S:g}, got {seconds:g}; 10 is usual",
            zh=f"seconds 必须在 0.5 到 {LONGEST_S:g} 秒之间,收到 {seconds:g};常用 10",
        )
    backend: Any = sounds or _load()
    try:
        found = backend.query_devices(_number(device), kind="input")
    except (backend.PortAudioError, ValueError) as error:
        if device is None:
            raise _no_input("this machine has no sound input", "本机没有声音输入设备") from error
        raise _no_input(f"no input is called {device!r}", f"没有名为 {device!r} 的输入") from error
    return round(float(found.get("default_samplerate") or _RATE_HZ))


def _number(device: str | int | None) -> str | int | None:
    """Return the device, as a number if it is written as one."""
    return int(device) if isinstance(device, str) and device.isdigit() else device


def record_audio(
    seconds: float,
    *,
    device: str | int | None = None,
    on_level: Callable[[float, float], None] | None = None,
    sounds: Sounds | None = None,
) -> Audio:
    """Return what the microphone hears.

    Parameters
    ----------
    seconds : float, seconds, 0.5 to 600
    device : str, int or None
        Part of the name of an input, or its number; None takes the system's.
    on_level : callable or None
        Called some ten times a second with (seconds done, level in dB below full scale).
    sounds : Sounds or None
        In place of the package sounddevice.

    Returns
    -------
    Audio
        Ctrl-C ends it early: what came before is kept, if it is at least 0.3 s.

    Raises
    ------
    ParameterError
        `seconds` is out of range; sounddevice or PortAudio is missing; there is no input, or it gives
        no sound.

    Examples
    --------
    >>> record_audio(0)
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: seconds must be 0.5 to 600, got 0; 10 is usual
    """
    rate_hz = check_microphone(seconds, device=device, sounds=sounds)
    backend: Any = sounds or _load()
    chosen = _number(device)
    blocks: queue.Queue[Float32] = queue.Queue()

    def take(data: Any, frames: int, clock: Any, status: Any) -> None:  # noqa: ARG001
        blocks.put(np.array(data[:, 0], np.float32))

    kept: list[Float32] = []
    wanted = round(seconds * rate_hz)
    try:
        with backend.InputStream(
            samplerate=rate_hz, channels=1, dtype="float32", device=chosen,
            blocksize=rate_hz // 10, callback=take,
        ):  # fmt: skip
            _gather(blocks, kept, wanted, rate_hz, on_level)
    except backend.PortAudioError as error:
        raise _no_input(str(error), str(error)) from error
    except KeyboardInterrupt:
        if sum(map(len, kept)) < _LEAST_S * rate_hz:
            raise
    sound = np.concatenate(kept)[:wanted] if kept else np.zeros(0, np.float32)
    return Audio(np.stack([sound, sound], axis=1), rate_hz)


def _load() -> Any:
    """Return the package sounddevice, or say what is missing and where to get it."""
    try:
        return need("sounddevice")
    except ParameterError as error:
        if isinstance(error.__cause__, ImportError):
            raise
        raise ParameterError(
            "the microphone needs the library PortAudio, which is not installed; on Debian and Ubuntu: "
            "sudo apt install libportaudio2; or give a recording: motet hum FILE",
            zh="使用话筒需要 PortAudio 库,但尚未安装;Debian 与 Ubuntu 上请运行 "
            "sudo apt install libportaudio2;或给出录音文件:motet hum 文件",
        ) from error


def _gather(
    blocks: queue.Queue[Float32],
    kept: list[Float32],
    wanted: int,
    rate_hz: int,
    on_level: Callable[[float, float], None] | None,
) -> None:
    """Collect blocks until there are enough samples."""
    have = 0
    while have < wanted:
        try:
            block = blocks.get(timeout=_WAIT_S)
        except queue.Empty as error:
            raise _no_input(
                f"no sound came for {_WAIT_S:g} s", f"{_WAIT_S:g} 秒内没有声音"
            ) from error
        kept.append(block)
        have += len(block)
        if on_level is not None:
            power = float(np.mean(block.astype(np.float64) ** 2)) if len(block) else 0.0
            on_level(min(have, wanted) / rate_hz, 10.0 * float(np.log10(max(power, 1e-10))))


def _no_input(reason: str, reason_zh: str) -> ParameterError:
    short, short_zh = (" ".join(one.split())[:160] for one in (reason, reason_zh))
    return ParameterError(
        f"the microphone cannot be used: {short}; plug one in, allow it in the system's settings, or "
        "give a recording: motet hum FILE",
        zh=f"无法使用话筒:{short_zh};请接好话筒并在系统设置中允许使用,或给出录音文件:motet hum 文件",
    )


def count_in(
    beats: int,
    *,
    qpm: float,
    on_beat: Callable[[int], None],
    is_heard: bool = True,
    sounds: Sounds | None = None,
) -> None:
    """Count beats before a take: `on_beat` is called at each, and a click sounds where it can.

    Parameters
    ----------
    beats : int, 0 to 16
    qpm : float, beats a minute, 20 to 400
    on_beat : callable
        Called with how many beats are still to come, this one too.
    is_heard : bool
        Whether clicks are played; a machine without an output stays silent.
    sounds : Sounds or None
        In place of the package sounddevice.

    Raises
    ------
    ParameterError
        A number is out of range, or sounddevice is missing.

    Examples
    --------
    >>> count_in(0, qpm=120, on_beat=print)
    """
    if not (0 <= beats <= 16 and 20 <= qpm <= 400):
        raise ParameterError(
            f"a count-in has 0 to 16 beats at 20 to 400 a minute, got {beats} at {qpm:g}",
            zh=f"预备拍为 0 到 16 拍,每分钟 20 到 400 拍,收到 {beats} 拍、每分钟 {qpm:g} 拍",
        )
    backend: Any = (sounds or _load()) if beats and is_heard else None
    t = np.arange(round(_CLICK_S * _RATE_HZ)) / _RATE_HZ
    click = (0.3 * np.sin(2 * np.pi * 1500 * t) * np.exp(-t * 90)).astype(np.float32)
    start = time.monotonic()
    for k in range(beats):
        on_beat(beats - k)
        if backend is not None:
            try:
                backend.play(click, _RATE_HZ)
            except backend.PortAudioError:
                backend = None
        time.sleep(max(0.0, start + (k + 1) * 60.0 / qpm - time.monotonic()))
