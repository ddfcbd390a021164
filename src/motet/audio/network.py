"""The note network: how likely each of 88 pitches begins, sounds, and where between the semitones.

Conventions: frame k stands for the sound around ``k * frame_s`` seconds, 86.13 frames a second; column
0 is MIDI 21 (27.5 Hz). Likelihoods lie between 0 and 1.

The network hears two seconds at a time. Windows overlap by 32 frames; the outermost 8 of each are
thrown away, as the network hears badly at an edge, and over the middle 16 one window fades into the
next. Frames are handed on as soon as no later window can change them, so memory does not grow.

Beside the network stands the plain loudness of each pitch (fundamental and first partials in a short
Fourier transform), because the network evens loudness out and says nothing of it.

Source: network "Basic Pitch" of Bittner et al., "A Lightweight Instrument-Agnostic Model for Polyphonic
Note Transcription and Multipitch Estimation", ICASSP 2022; Apache-2.0, see ``data/``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from motet.audio.recording import Audio
from motet.audio.stream import AudioStream, stream_audio

__all__ = [
    "FRAME_S",
    "LOWEST_MIDI",
    "RATE_HZ",
    "Posteriors",
    "Progress",
    "Stop",
    "join_posteriors",
    "note_posteriors",
    "posterior_blocks",
]

Float32 = NDArray[np.float32]
Progress = Callable[[float, str], None]

RATE_HZ: Final = 22050
_HOP: Final = 256
FRAME_S: Final = _HOP / RATE_HZ
"""Seconds from one frame to the next."""
LOWEST_MIDI: Final = 21
"""Pitch of the first column."""
_N_PITCHES: Final = 88
_WINDOW: Final = 43844
_N_FRAMES: Final = 172
_OVERLAP: Final = 32
_LEAD: Final = _OVERLAP // 2
_STEP: Final = _N_FRAMES - _OVERLAP
_BATCH: Final = 8
_ONSET: Final = "StatefulPartitionedCall:2"
_FRAME: Final = "StatefulPartitionedCall:1"
_CONTOUR: Final = "StatefulPartitionedCall:0"
_FFT: Final = 4096
_LEVEL_HOP: Final = 2
"""Frames from one spectrum of the loudness to the next; the frames between repeat it."""
_SOFT_PEAK: Final = 0.1
_MAX_GAIN: Final = 40.0
_FLOOR_DB: Final = -100.0
_PARTIALS: Final = ((1, 1.0), (2, 1.0), (3, 0.6))


class Stop(Protocol):
    """A wish to stop that may come from another thread."""

    @property
    def is_set(self) -> bool:
        """Whether it was asked."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Posteriors:
    """What the network hears, frame by frame.

    Parameters
    ----------
    onset : float32, shape (n, 88), 0 to 1
        How likely a note begins.
    frame : float32, shape (n, 88), 0 to 1
        How likely a note sounds.
    contour : float32, shape (n, 264), 0 to 1
        The same in thirds of a semitone; the middle third of a pitch is column 3 k + 1.
    frame_s : float, seconds
        From one frame to the next.
    level_db : float32, shape (n, 88), dB below full scale
        Loudness of fundamental and first partials of each pitch, -100 to about 0.
    """

    onset: Float32
    frame: Float32
    contour: Float32
    frame_s: float
    level_db: Float32

    @property
    def duration_s(self) -> float:
        """How long the frames last together, in seconds."""
        return len(self.frame) * self.frame_s


def note_posteriors(
    source: Path | str | Audio | AudioStream,
    *,
    on_progress: Progress | None = None,
    cancel: Stop | None = None,
) -> Posteriors:
    """Return what the note network hears in a recording.

    Parameters
    ----------
    source : path, Audio or AudioStream
    on_progress : callable or None
        Gets the share done, 0 to 1, and a text.
    cancel : object with `is_set`, or None
        Stops; what was heard until then comes back.

    Returns
    -------
    Posteriors
        Takes 150 kB a second; `posterior_blocks` gives the same piece by piece.

    Raises
    ------
    FormatError, ParameterError, BusyError
        As `motet.audio.stream_audio`.

    Source
    ------
    See the module. Cost: some 0.07 s of one core a second of sound.

    Examples
    --------
    >>> time_s = np.arange(22050) / 22050
    >>> tone = (0.3 * np.sin(2 * np.pi * 440 * time_s) * (time_s > 0.4)).astype(np.float32)
    >>> heard = note_posteriors(Audio(np.stack([tone, tone], axis=1), 22050))
    >>> heard.frame.shape, int(heard.frame[60].argmax()) + LOWEST_MIDI
    ((87, 88), 69)
    """
    return join_posteriors(tuple(posterior_blocks(source, on_progress=on_progress, cancel=cancel)))


def join_posteriors(blocks: tuple[Posteriors, ...]) -> Posteriors:
    """Return blocks that follow one another as one; empty for none.

    Parameters
    ----------
    blocks : tuple of Posteriors

    Returns
    -------
    Posteriors

    Examples
    --------
    >>> join_posteriors(()).frame.shape
    (0, 88)
    """
    if len(blocks) == 1:
        return blocks[0]
    shapes = {"onset": 88, "frame": 88, "contour": 264, "level_db": 88}
    joined = {
        name: np.concatenate(
            [np.zeros((0, width), np.float32), *(getattr(one, name) for one in blocks)]
        )
        for name, width in shapes.items()
    }
    return Posteriors(frame_s=FRAME_S, **joined)


def posterior_blocks(
    source: Path | str | Audio | AudioStream,
    *,
    on_progress: Progress | None = None,
    cancel: Stop | None = None,
) -> Iterator[Posteriors]:
    """Return what the note network hears, some 13 seconds at a time.

    Parameters
    ----------
    source : path, Audio or AudioStream
    on_progress : callable or None
        Gets the share done, 0 to 1, and a text.
    cancel : object with `is_set`, or None
        Stops between two blocks.

    Returns
    -------
    iterator of Posteriors
        One after the other, without gaps; together ``ceil(samples / 256)`` frames.

    Raises
    ------
    FormatError, ParameterError, BusyError
        As `motet.audio.stream_audio`.

    Source
    ------
    See the module.

    Examples
    --------
    >>> silence = Audio(np.zeros((22050, 2), np.float32), 22050)
    >>> [len(block.frame) for block in posterior_blocks(silence)]
    [87]
    """
    stream = stream_audio(source, rate_hz=RATE_HZ)
    tail: dict[str, Float32] = {}
    n_done = 0
    peak = 0.0
    for sound, n_windows, n_frames in _stretches(stream):
        peak = max(peak, float(np.abs(sound).max()))
        heard, tail = _hear(sound, n_windows, tail, gain=_gain(peak))
        first = _LEAD if n_done == 0 else 0
        block = Posteriors(
            onset=heard[_ONSET][first : first + n_frames],
            frame=heard[_FRAME][first : first + n_frames],
            contour=heard[_CONTOUR][first : first + n_frames],
            frame_s=FRAME_S,
            level_db=heard["level"][first : first + n_frames],
        )
        n_done += n_frames
        yield block
        if on_progress is not None:
            share = n_done * FRAME_S / max(stream.total_s, FRAME_S)
            on_progress(min(1.0, share), f"{n_done * FRAME_S:.0f} s")
        if cancel is not None and cancel.is_set:
            return


def _stretches(stream: AudioStream) -> Iterator[tuple[Float32, int, int]]:
    """Yield sound for some windows, how many they are, and how many frames they finish.

    The sound begins at the first window; the first of all begins `_LEAD` frames before the recording.
    """
    held = np.zeros(_LEAD * _HOP, np.float32)
    n_samples = n_given = 0
    size = _BATCH * _STEP * _HOP
    need = size + _OVERLAP * _HOP  # of sound for a whole batch, the next window's head included
    for block in stream:
        n_samples += len(block)
        held = np.concatenate((held, block))
        while len(held) > need:
            n_frames = _BATCH * _STEP - (_LEAD if n_given == 0 else 0)
            yield held[:need], _BATCH, n_frames
            n_given += n_frames
            held = held[size:]
    n_left = -(-n_samples // _HOP) - n_given
    if n_left > 0:
        lead = _LEAD if n_given == 0 else 0
        n_windows = max(1, -(-(n_left + lead) // _STEP))
        sound = np.zeros(n_windows * _STEP * _HOP + _OVERLAP * _HOP, np.float32)
        sound[: len(held)] = held[: len(sound)]
        yield sound, n_windows, n_left


@cache
def _network() -> Any:
    """Return the network, loaded once."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(4, os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    path = Path(__file__).parent / "data" / "basic_pitch.onnx"
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@cache
def _fade() -> Float32:
    """Return how much each frame of a window counts: 0 at the edges, sums of 1 where two overlap."""
    rise = np.clip((np.arange(_OVERLAP) - _OVERLAP // 4 + 0.5) / (_OVERLAP // 2), 0.0, 1.0)
    weight = np.ones(_N_FRAMES)
    weight[:_OVERLAP], weight[-_OVERLAP:] = rise, 1.0 - rise
    return weight[:, None].astype(np.float32)


def _gain(peak: float) -> float:
    """Return how much a recording is turned up for the network, which hears soft sound badly.

    On four rendered pieces turned down by 30 dB, F (onset) was 0.71 without, and 0.79 at full level.
    """
    return min(_MAX_GAIN, _SOFT_PEAK / peak) if 0.0 < peak < _SOFT_PEAK else 1.0


def _hear(
    sound: Float32, n_windows: int, tail: dict[str, Float32], *, gain: float
) -> tuple[dict[str, Float32], dict[str, Float32]]:
    """Return the frames of some windows faded into each other, and the unfinished end."""
    network = _network()
    loud = sound if gain == 1.0 else sound * np.float32(gain)
    windows = np.stack(
        [_window(loud[k * _STEP * _HOP : k * _STEP * _HOP + _WINDOW]) for k in range(n_windows)]
    )
    names = (_ONSET, _FRAME, _CONTOUR)
    answers = network.run(names, {network.get_inputs()[0].name: windows[:, :, None]})
    done: dict[str, Float32] = {}
    rest: dict[str, Float32] = {}
    for name, answer in zip(names, answers, strict=True):
        out = np.zeros((n_windows * _STEP + _OVERLAP, answer.shape[2]), np.float32)
        for k in range(n_windows):
            out[k * _STEP : k * _STEP + _N_FRAMES] += answer[k] * _fade()
        if name in tail:
            out[:_OVERLAP] += tail[name]
        else:
            out[:_OVERLAP] += answer[0, :_OVERLAP] * (1.0 - _fade()[:_OVERLAP])
        done[name], rest[name] = out[: n_windows * _STEP], out[n_windows * _STEP :]
    level = _level_db(sound)
    if "level" in tail:
        level[:_LEAD] = tail["level"][:_LEAD]
    done["level"], rest["level"] = level[: n_windows * _STEP], level[n_windows * _STEP :]
    return done, rest


def _window(sound: Float32) -> Float32:
    """Return sound of the network's length."""
    return np.pad(sound, (0, _WINDOW - len(sound))) if len(sound) < _WINDOW else sound


@cache
def _bands() -> Float32:
    """Return the weights that gather a power spectrum into pitches, shape (bins, 88)."""
    hz = np.arange(_FFT // 2 + 1) * RATE_HZ / _FFT
    bands = np.zeros((len(hz), _N_PITCHES))
    for k in range(_N_PITCHES):
        tone_hz = 440.0 * 2.0 ** ((k + LOWEST_MIDI - 69) / 12)
        for partial, strength in _PARTIALS:
            # A partial is gathered within a quarter tone, or within the window's main lobe.
            width = max(0.03 * partial * tone_hz, 1.5 * RATE_HZ / _FFT)
            near = np.clip(1.0 - np.abs(hz - partial * tone_hz) / width, 0.0, 1.0)
            bands[:, k] += strength * near
    return bands.astype(np.float32)


def _level_db(sound: Float32) -> Float32:
    """Return the loudness of each pitch around each frame, shape (frames, 88)."""
    hop = _HOP * _LEVEL_HOP
    padded = np.pad(sound, (_FFT // 2, _FFT // 2))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _FFT)[::hop]
    window = np.hanning(_FFT + 1)[:-1].astype(np.float32) * np.float32(4.0 / _FFT)
    size = np.abs(np.fft.rfft(frames * window, axis=1)).astype(np.float32)
    power = np.square(size) @ _bands()
    level = 10.0 * np.log10(np.maximum(power, 10.0 ** (_FLOOR_DB / 10)))
    return np.repeat(level, _LEVEL_HOP, axis=0).astype(np.float32)
