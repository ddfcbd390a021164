"""Pitch: how high a voice is, or a whistle, frame by frame.

Conventions: a frame each `FRAME_S` seconds, frame k around ``k * FRAME_S``; hertz; one voice sounds
at a time. Long recordings go through in windows of 20 s, so that memory does not grow with the sound.

How: the network of swift-f0 hears 62 to 2,094 Hz. What lies higher, as whistles do, is played to it at
half speed. Frames that came out an octave off are moved by their harmonics and their neighbours
(`motet.audio.octave`).

Source: swift-f0, https://swift-f0.github.io, MIT; its network comes with its package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from motet.audio.extra import need
from motet.audio.heard import PitchTrack
from motet.audio.network import Stop
from motet.audio.octave import OCTAVES, harmonic_evidence, mend_octaves
from motet.audio.recording import Audio
from motet.audio.stream import AudioStream, stream_audio
from motet.errors import BusyError, ParameterError

__all__ = ["FRAME_S", "KINDS", "RATE_HZ", "VoiceTrack", "find_pitch"]

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]
Kind = Literal["auto", "voice", "whistle"]

KINDS: Final = ("auto", "voice", "whistle")
"""What may be asked for: a voice, a whistle, or whichever is heard."""
RATE_HZ: Final = 32000
"""Sample rate at which a voice is listened to."""
_HOP: Final = 512
FRAME_S: Final = _HOP / RATE_HZ
"""Seconds from one frame to the next."""
_CORE: Final = 1250
_MARGIN: Final = 16
_LOOK: Final = 480
_FFT: Final = 2048
_BIN_HZ: Final = RATE_HZ / _FFT
_LOWEST_HZ: Final = {"auto": 62.0, "voice": 62.0, "whistle": 400.0}
_SPLIT_HZ: Final = 1500.0
_PURE_HZ: Final = 900.0
_PURE_FROM_HZ: Final = 180.0
_PURE_SHARE: Final = 0.93
_PURE_VOICED: Final = 0.9
_FAINT_DB: Final = -60.0
_WANTED_PEAK: Final = 0.1
_MOST_GAIN: Final = 20.0
_HIGH_SHARE: Final = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class VoiceTrack(PitchTrack):
    """The pitch of one voice, and how loud it is.

    Parameters
    ----------
    level_db : float32, shape (n,), dB below full scale
        Of the softest 15 ms around each frame; -140 for silence.
    """

    level_db: Float32


def find_pitch(
    source: str | Path | Audio | AudioStream,
    *,
    kind: Kind = "auto",
    on_progress: Callable[[float, str], None] | None = None,
    cancel: Stop | None = None,
) -> VoiceTrack:
    """Return the pitch of the one voice in a recording.

    Parameters
    ----------
    source : str, Path, Audio or AudioStream
    kind : {"auto", "voice", "whistle"}
        A voice is looked for from 62 to 2,094 Hz, a whistle from 400 to 4,187 Hz; ``"auto"``
        looks for both.
    on_progress : callable or None
        Called with (share done, label).
    cancel : object with `is_set`, or None
        A wish to stop, from another thread.

    Returns
    -------
    VoiceTrack
        ``voiced`` of at least 0.5 means that a voice sounds.

    Raises
    ------
    ParameterError
        `kind` is unknown, or the extra ``[audio]`` is not installed.
    FormatError
        The file is no sound.
    BusyError
        It was stopped.

    Examples
    --------
    >>> t = np.arange(16000) / 16000
    >>> hum = sum(np.sin(2 * np.pi * 220 * k * t) / k**2 for k in (1, 2, 3))
    >>> sound = Audio(np.stack([hum, hum], axis=1).astype(np.float32) / 4, 16000)
    >>> track = find_pitch(sound)
    >>> abs(float(np.median(track.hz[track.voiced >= 0.5])) - 220) < 2
    True
    """
    if kind not in KINDS:
        raise ParameterError(
            f"kind must be one of {', '.join(KINDS)}, got {kind!r}",
            zh=f"kind 必须是 {'、'.join(KINDS)} 之一,收到 {kind!r}",
        )
    stream = stream_audio(source, rate_hz=RATE_HZ)
    found: list[tuple[Float32, ...]] = []
    done = 0
    for window, first, count in _windows(iter(stream)):
        if cancel is not None and cancel.is_set:
            raise BusyError("stopped before all was heard", zh="未听完即已停止")
        frames = _hear(window, kind)
        found.append(tuple(values[first : first + count] for values in frames))
        done += count
        if on_progress is not None:
            on_progress(min(1.0, done * FRAME_S / max(stream.total_s, FRAME_S)), "")
    empty: tuple[Float32, ...] = tuple(np.zeros(shape, np.float32) for shape in (0, 0, 0, (0, 3)))
    hz, voiced, level, evidence = (
        np.concatenate([part[k] for part in found]) if found else empty[k] for k in range(4)
    )
    hz = mend_octaves(hz, voiced, evidence)
    return VoiceTrack(np.arange(len(hz), dtype=np.float64) * FRAME_S, hz, voiced, level)


@cache
def _detector() -> Any:
    return need("swift_f0").SwiftF0(threads=2, spin=False)


def _windows(blocks: Iterator[Float32]) -> Iterator[tuple[Float32, int, int]]:
    """Yield (sound, its first frame that is new, how many are), with margins on both sides."""
    held: list[Float32] = []
    size = 0
    first = 0
    for block in blocks:
        held.append(block)
        size += len(block)
        while size >= (first + _CORE + _MARGIN) * _HOP:
            whole = np.concatenate(held)
            yield whole[: (first + _CORE + _MARGIN) * _HOP], first, _CORE
            whole = whole[(first + _CORE - _MARGIN) * _HOP :]
            held, size, first = [whole], len(whole), _MARGIN
    whole = np.concatenate(held) if held else np.zeros(0, np.float32)
    count = len(whole) // _HOP - first
    if count > 0:
        yield whole[: (first + count) * _HOP], first, count
    elif first == 0 and len(whole):
        yield np.pad(whole, (0, _HOP - len(whole))), 0, 1


def _hear(window: Float32, kind: Kind) -> tuple[Float32, Float32, Float32, Float32]:
    """Return pitch, voicing, level and octave evidence of a window's frames."""
    n = len(window) // _HOP
    peak = float(np.abs(window).max(initial=0.0))
    gain = np.float32(np.clip(_WANTED_PEAK / max(peak, 1e-9), 1.0, _MOST_GAIN))
    window = window * gain  # the network takes what is softer than -60 dB for silence
    low = _detector().detect(window, RATE_HZ, fmin=_LOWEST_HZ[kind])
    hz = np.asarray(low.pitch_hz[:n], np.float32)
    voiced = np.asarray(low.confidence[:n], np.float32)
    level = _level(window, n)
    spectrum = _spectrum(window, n)
    if kind != "voice" and (kind == "whistle" or _has_high_tones(spectrum, level)):
        high = _detector().detect(window, RATE_HZ // 2, fmin=_SPLIT_HZ / 4)
        hz, voiced = _choose(hz, voiced, high.pitch_hz * 2, high.confidence, spectrum)
    hz = _refine(hz, spectrum)
    is_pure = (_purity(hz, spectrum) > _PURE_SHARE) & (hz > _PURE_FROM_HZ) & (level > _FAINT_DB)
    voiced = np.where(is_pure, np.maximum(voiced, _PURE_VOICED), voiced)
    evidence = np.stack(
        [harmonic_evidence(spectrum, hz * np.float32(k), bin_hz=_BIN_HZ) for k in OCTAVES], axis=1
    )
    return hz, voiced, level - np.float32(20.0 * np.log10(gain)), evidence


def _refine(hz: Float32, spectrum: Float32) -> Float32:
    """Return pitches from `_PURE_HZ` on at the top of their peak: the network is 20 cents off there."""
    rows = np.arange(len(hz))
    top = np.clip(spectrum.argmax(axis=1), 1, spectrum.shape[1] - 2)
    logs = np.log(np.maximum(spectrum, 1e-9))
    before, at, after = (logs[rows, top + k] for k in (-1, 0, 1))
    bend = before - 2 * at + after
    shift = np.where(bend < -1e-6, 0.5 * (before - after) / np.minimum(bend, -1e-6), 0.0)
    peak = (top + np.clip(shift, -0.5, 0.5)) * _BIN_HZ
    near = np.abs(12.0 * np.log2(np.maximum(hz, 1.0) / peak)) < 0.6
    return np.asarray(np.where((hz > _PURE_HZ) & near, peak, hz), np.float32)


def _purity(hz: Float32, spectrum: Float32) -> Float32:
    """Return the share of each frame's power that lies on the first three harmonics of its pitch.

    The network was made for voices, and half doubts a tone without overtones, as whistles and hums
    through closed lips are.
    """
    power = spectrum.astype(np.float64) ** 2
    total = np.concatenate([np.zeros((len(hz), 1)), np.cumsum(power, axis=1)], axis=1)
    rows = np.arange(len(hz))
    on = np.zeros(len(hz))
    for k in (1, 2, 3):
        middle = np.rint(hz * k / _BIN_HZ).astype(np.int64)
        low = np.clip(middle - 3, 0, spectrum.shape[1])
        high = np.clip(middle + 4, 0, spectrum.shape[1])
        on += total[rows, high] - total[rows, low]
    return np.asarray(on / np.maximum(total[:, -1], 1e-12), np.float32)


def _level(window: Float32, n: int) -> Float32:
    """Return how loud `n` frames are: the softest of three short looks, so that dips show whole."""
    total = np.concatenate([[0.0], np.cumsum(window.astype(np.float64) ** 2)])
    middle = np.arange(n)[:, None] * _HOP + np.array([-_HOP // 3, 0, _HOP // 3])
    first = np.clip(middle - _LOOK // 2, 0, len(window) - 1)
    last = np.clip(middle + _LOOK // 2, first + 1, len(window))
    softest = ((total[last] - total[first]) / (last - first)).min(axis=1)
    return np.asarray(10.0 * np.log10(np.maximum(softest, 1e-14)), np.float32)


def _spectrum(window: Float32, n: int) -> Float32:
    """Return magnitudes of `n` frames around multiples of the hop."""
    padded = np.pad(window, (_FFT // 2, _FFT))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _FFT)[::_HOP][:n]
    windowed = frames * np.hanning(_FFT).astype(np.float32)
    return np.asarray(np.abs(np.fft.rfft(windowed, axis=1)), np.float32)


def _has_high_tones(spectrum: Float32, level: Float32) -> bool:
    """Whether frames with their loudest tone above the voice's range are more than a few."""
    peak = spectrum.argmax(axis=1) * _BIN_HZ
    loud = level > max(-60.0, float(level.max(initial=-140.0)) - 35.0)
    return bool((loud & (peak > _SPLIT_HZ)).sum() > _HIGH_SHARE * max(1, loud.sum()))


def _choose(
    hz: Float32, voiced: Float32, high_hz: Float64, high_voiced: Float64, spectrum: Float32
) -> tuple[Float32, Float32]:
    """Return the better of two hearings, frame by frame; the second has two frames for each."""
    n = len(hz)
    pairs = np.arange(n) * 2
    other = np.asarray(high_hz[pairs], np.float32)
    other_voiced = np.asarray(high_voiced[pairs], np.float32)
    support = harmonic_evidence(spectrum, hz, bin_hz=_BIN_HZ)
    other_support = harmonic_evidence(spectrum, other, bin_hz=_BIN_HZ)
    peak = spectrum.argmax(axis=1) * np.float32(_BIN_HZ)
    is_tone = np.abs(12.0 * np.log2(np.maximum(other, 1.0) / np.maximum(peak, 1.0))) < 0.7
    better = (
        (other > _SPLIT_HZ)
        & (other_voiced >= 0.5)
        & is_tone
        & ((voiced < 0.5) | (other_support > support + 0.1) | (hz > _SPLIT_HZ))
    )
    return np.where(better, other, hz), np.where(better, other_voiced, voiced)
