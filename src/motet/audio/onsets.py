"""How strongly something begins at each moment of a recording, or of notes heard in it.

Conventions: frame k stands for the time ``k * FRAME_S``. Curves are at least 0 and have no unit.

How: sound by spectral flux: what each band gains over the loudest of its neighbours two frames before
(so that vibrato is no onset), on a logarithmic scale; notes by a narrow bell at each onset.

Source: Boeck and Widmer, "Maximum Filter Vibrato Suppression for Onset Detection", DAFx 2013; mel bands
as in librosa.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.extra import need
from motet.audio.heard import HeardNote
from motet.audio.recording import Audio
from motet.audio.stream import AudioStream, stream_audio

__all__ = [
    "FRAME_S",
    "RATE_HZ",
    "SoundCurve",
    "curve_of_notes",
    "curve_of_sound",
    "level_curve",
    "weigh_notes",
]

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]
RATE_HZ: Final = 22050
_HOP: Final = 256
FRAME_S: Final = _HOP / RATE_HZ
"""Seconds from one frame to the next."""
_SIZE: Final = 1024
_N_BANDS: Final = 48
_LAG: Final = 2
_GAIN: Final = 5000.0
_LOW_BINS: Final = slice(1, 8)  # 21 to 150 Hz
_LEVEL_S: Final = 4.0
_DELAY_FRAMES: Final = 0.6
"""How much later than the onset the flux has its peak: measured on clicks and rendered notes."""
_BELL: Final = (0.15, 0.6, 1.0, 0.6, 0.15)


@dataclass(frozen=True, slots=True, eq=False)
class SoundCurve:
    """Onsets of a recording, frame by frame.

    Parameters
    ----------
    flux : float32, shape (n,)
        All bands.
    low : float32, shape (n,)
        Below 150 Hz: bass and bass drum.
    level : float32, shape (n,), full scale 1
        Root mean square.
    """

    flux: Float32
    low: Float32
    level: Float32

    @property
    def duration_s(self) -> float:
        """How long the recording lasts, in seconds."""
        return len(self.flux) * FRAME_S


def curve_of_sound(source: Path | str | Audio | AudioStream) -> SoundCurve:
    """Return the onset curves of a recording, block by block, so that memory stays flat.

    Parameters
    ----------
    source : path, Audio or AudioStream

    Returns
    -------
    SoundCurve
        Empty when the recording is.

    Raises
    ------
    ParameterError
        The extra ``[audio]`` is not installed.
    FormatError
        The file cannot be read.

    Source
    ------
    See the module. Cost: 60 bytes and one Fourier transform a frame.

    Examples
    --------
    >>> sound = np.zeros((22050, 2), np.float32)
    >>> sound[11025:11400] = 0.5
    >>> curve = curve_of_sound(Audio(sound, 22050))
    >>> abs(float(np.argmax(curve.flux)) * FRAME_S - 0.5) < 0.03
    True
    """
    bands = need("librosa").filters.mel(
        sr=RATE_HZ, n_fft=_SIZE, n_mels=_N_BANDS, fmin=30.0, fmax=10000.0, norm=None
    )
    bands = (bands / np.maximum(bands.sum(axis=1, keepdims=True), 1e-9)).astype(np.float32)
    window = np.hanning(_SIZE + 1)[:-1].astype(np.float32) * (2.0 / _SIZE)
    waiting = np.zeros(_SIZE // 2, np.float32)
    before = np.zeros((_LAG, _N_BANDS), np.float32)
    before_low = np.zeros((_LAG, 7), np.float32)
    pieces: list[tuple[Float32, Float32, Float32]] = []
    n_samples = 0
    for block in itertools.chain(stream_audio(source, rate_hz=RATE_HZ), (None,)):
        if block is None:
            waiting = np.concatenate((waiting, np.zeros(_SIZE, np.float32)))
        else:
            n_samples += len(block)
            waiting = np.concatenate((waiting, block))
        n_frames = (len(waiting) - _SIZE) // _HOP + 1
        if n_frames < 1:
            continue
        frames = np.lib.stride_tricks.sliding_window_view(waiting, _SIZE)[: n_frames * _HOP : _HOP]
        level = np.sqrt(np.mean(np.square(frames), axis=1))
        size = np.abs(np.fft.rfft(frames * window, axis=1)).astype(np.float32)
        rows = np.concatenate((before, np.log1p(_GAIN * (size @ bands.T))))
        lows = np.concatenate((before_low, np.log1p(_GAIN * size[:, _LOW_BINS])))
        pieces.append((_gain(rows), _gain(lows), level.astype(np.float32)))
        before, before_low = rows[-_LAG:], lows[-_LAG:]
        waiting = waiting[n_frames * _HOP :].copy()
    n = -(-n_samples // _HOP)
    if not n:
        empty = np.zeros(0, np.float32)
        return SoundCurve(empty, empty, empty)
    flux, low, level = (np.concatenate(one) for one in zip(*pieces, strict=True))
    return SoundCurve(_earlier(flux)[:n], _earlier(low)[:n], level[:n])


def _gain(rows: Float32) -> Float32:
    """Return what each frame gains over the strongest neighbouring band `_LAG` frames before."""
    past = rows[:-_LAG]
    widest = past.copy()
    widest[:, 1:] = np.maximum(widest[:, 1:], past[:, :-1])
    widest[:, :-1] = np.maximum(widest[:, :-1], past[:, 1:])
    gained: Float32 = np.maximum(0.0, rows[_LAG:] - widest).mean(axis=1)
    return gained


def _earlier(curve: Float32) -> Float32:
    """Return a curve moved to the front by the delay of the flux."""
    places = np.arange(len(curve)) + _DELAY_FRAMES
    moved: Float32 = np.interp(places, np.arange(len(curve)), curve).astype(np.float32)
    return moved


def curve_of_notes(onset_s: Float64, weight: Float64, *, n_frames: int) -> Float32:
    """Return the onset curve of notes: a narrow bell at each onset, chords counted less than in full.

    Parameters
    ----------
    onset_s : float64, shape (n,), seconds
    weight : float64, shape (n,), >= 0
    n_frames : int

    Returns
    -------
    float32, shape (n_frames,)

    Examples
    --------
    >>> curve = curve_of_notes(np.array([0.5]), np.array([1.0]), n_frames=100)
    >>> int(np.argmax(curve)), round(0.5 / FRAME_S)
    (43, 43)
    """
    struck = np.zeros(n_frames + 4)
    place = onset_s / FRAME_S
    low = np.floor(place).astype(np.int64)
    for frame, share in ((low, 1.0 - (place - low)), (low + 1, place - low)):
        ok = (frame >= 0) & (frame < n_frames)
        np.add.at(struck, frame[ok], (weight * share)[ok])
    smooth = np.convolve(struck, _BELL, mode="same")[:n_frames]
    return np.asarray(np.log1p(smooth), np.float32)


def level_curve(curve: Float32) -> Float32:
    """Return a curve with its loud and quiet stretches brought to one level, mean 0 and spread 1.

    Parameters
    ----------
    curve : float32, shape (n,), >= 0

    Returns
    -------
    float32, shape (n,)
        All 0 for a curve without any spread.

    Examples
    --------
    >>> flat = level_curve(np.tile(np.float32([0, 0, 0, 1]), 100))
    >>> float(flat.max()) > 1.5, abs(float(flat.mean())) < 1e-5
    (True, True)
    """
    n = len(curve)
    if not n:
        return curve
    half = max(1, round(_LEVEL_S / FRAME_S))
    total = np.concatenate(([0.0], np.cumsum(curve, dtype=np.float64)))
    places = np.arange(n)
    low, high = np.maximum(places - half, 0), np.minimum(places + half, n)
    mean = (total[high] - total[low]) / (high - low)
    scaled = curve / (mean + 0.25 * float(curve.mean()) + 1e-9)
    spread = float(scaled.std())
    if spread < 1e-6:
        return np.zeros(n, np.float32)
    return np.asarray((scaled - scaled.mean()) / spread, np.float32)


def weigh_notes(notes: Sequence[HeardNote]) -> tuple[Float64, Float64]:
    """Return onsets in seconds and weights (loudness times confidence) of notes.

    Parameters
    ----------
    notes : sequence of HeardNote, length n

    Returns
    -------
    float64, shape (n,), seconds, and float64, shape (n,)

    Examples
    --------
    >>> onset, weight = weigh_notes([HeardNote(0.5, 1.0, 60, 80, 1.0)])
    >>> onset.tolist(), weight.tolist()
    ([0.5], [1.0])
    """
    onset = np.array([note.onset_s for note in notes], np.float64)
    weight = np.array(
        [np.sqrt(note.velocity / 80.0) * (0.3 + 0.7 * note.confidence) for note in notes],
        np.float64,
    )
    return onset, weight
