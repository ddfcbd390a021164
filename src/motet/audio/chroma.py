"""Chroma: how much of each pitch class sounds, frame by frame, in the whole range and in the bass.

Conventions: frame k stands for the sound around ``k * frame_s`` seconds; column 0 is C. Values are at
least 0, have no unit, and the loudest frame of a recording has a largest value of 1; silence is 0.
What the recording is tuned to is found first and taken out.

How: a constant-Q transform of three bins a semitone, whose short strokes are taken off by median
filters; tuning from where in a semitone its peaks lie; partials explained by the tones below them, by
a few steps of a non-negative least squares fit; the tones' strengths folded to twelve. Long recordings
go through in blocks, so that memory does not grow with the sound, only with the answer.

Sources: constant-Q transform, tuning and harmonic-percussive medians as in librosa; approximate
transcription before folding after Mauch and Dixon, "Approximate Note Transcription for the Improved
Identification of Difficult Chords", ISMIR 2010. The constants are our own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.extra import need
from motet.audio.recording import Audio
from motet.audio.stream import AudioStream, stream_audio

__all__ = ["FRAME_S", "Chroma", "find_chroma", "fold_chroma"]

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]

_RATE_HZ: Final = 22050
_HOP: Final = 1024
FRAME_S: Final = _HOP / _RATE_HZ
"""Seconds from one frame to the next."""
_LOWEST: Final = 24  # MIDI number of the lowest tone, C1
_N_TONES: Final = 84
_PER_SEMI: Final = 3
_WINDOW: Final = 512 * _HOP
_MARGIN: Final = 32 * _HOP
_SHORTEST: Final = 64 * _HOP
_MEDIANS: Final = (9, 21)
_PARTIALS: Final = ((0, 1.0), (12, 0.7), (19, 0.5), (24, 0.35), (28, 0.25), (31, 0.18), (34, 0.12))
_FIT_STEPS: Final = 10
_WHITEN: Final = 0.5
_NEAR: Final = 6  # semitones to each side that a tone is compared with
_RANGES: Final = ((33, 48, 84, 100), (22, 28, 47, 58))
_LEAK: Final = 0.25
_QUIET: Final = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Chroma:
    """Strength of the pitch classes over time.

    Parameters
    ----------
    values : float32, shape (n, 12), 0 to 1
        All that is heard, C first.
    frame_s : float, seconds
        From one frame to the next.
    tuning_semi : float, semitones, -0.5 to 0.5
        How much higher than A = 440 Hz the recording is tuned; taken out of `values`.
    bass : float32, shape (n, 12), >= 0
        The same of the low tones alone, about MIDI 28 to 52; same scale.
    """

    values: Float32
    frame_s: float
    tuning_semi: float
    bass: Float32

    @property
    def duration_s(self) -> float:
        """How long the frames last together, in seconds."""
        return len(self.values) * self.frame_s


def find_chroma(source: Path | str | Audio | AudioStream) -> Chroma:
    """Return the chroma of a recording, its tuning taken out.

    Parameters
    ----------
    source : path, Audio or AudioStream

    Returns
    -------
    Chroma

    Raises
    ------
    ParameterError
        The packages of ``motet[audio]`` are missing.
    FormatError
        The file cannot be read as audio.

    Source
    ------
    See the module. Cost: about the length of the recording; memory for 20 seconds of sound and the
    answer.

    Examples
    --------
    >>> time_s = np.arange(44100) / 22050
    >>> tone = 0.2 * np.sin(2 * np.pi * 220.0 * time_s).astype(np.float32)
    >>> chroma = find_chroma(Audio(np.stack([tone, tone], axis=1), 22050))
    >>> chroma.values.shape, int(chroma.values.sum(axis=0).argmax())
    ((44, 12), 9)
    """
    need("librosa")
    if isinstance(source, AudioStream):
        return fold_chroma(source.at_rate(_RATE_HZ))
    return fold_chroma(stream_audio(source, rate_hz=_RATE_HZ))


def fold_chroma(blocks: Iterable[Float32]) -> Chroma:
    """Return the chroma of mono sound that comes in blocks.

    Parameters
    ----------
    blocks : iterable of float32, shape (n,)
        At 22,050 Hz, one after the other.

    Returns
    -------
    Chroma

    Examples
    --------
    >>> fold_chroma([np.zeros(22050, np.float32)]).values.any()
    np.False_
    """
    phasor = 0j
    whole: list[Float32] = []
    low: list[Float32] = []
    for spectrum in _spectra(blocks):
        phasor += _tuning_phasor(spectrum)
        tones = _find_tones(spectrum @ _semitones(_tuning_of(phasor)))
        treble, bass = _folds()
        whole.append(_sharpen(tones @ treble).astype(np.float32))
        low.append(_sharpen(tones @ bass).astype(np.float32))
    values = np.concatenate(whole) if whole else np.zeros((0, 12), np.float32)
    deep = np.concatenate(low) if low else np.zeros((0, 12), np.float32)
    peak = float(values.max(initial=0.0))
    if peak > 0:
        values, deep = values / peak, deep / peak
    return Chroma(values, FRAME_S, round(_tuning_of(phasor), 4), deep)


def _spectra(blocks: Iterable[Float32]) -> Iterator[Float32]:
    """Yield constant-Q magnitudes, shape (frames, bins), without seams between the windows."""
    held = np.zeros(0, np.float32)
    lead = 0  # samples at the beginning that are there as a margin only
    for block in blocks:
        held = np.concatenate([held, np.asarray(block, np.float32)])
        while len(held) >= lead + _WINDOW + _MARGIN:
            yield _transform(held[: lead + _WINDOW + _MARGIN], lead, lead + _WINDOW)
            drop = lead + _WINDOW - _MARGIN
            held, lead = held[drop:], _MARGIN
    if len(held) > lead:
        yield _transform(held, lead, len(held))


def _transform(sound: Float32, start: int, end: int) -> Float32:
    """Return the magnitudes of the frames that begin from `start` to `end`, strokes taken off."""
    import librosa

    if len(sound) < _SHORTEST:
        sound = np.pad(sound, (0, _SHORTEST - len(sound)))
    first, last = start // _HOP, -(-end // _HOP)
    if float(np.abs(sound).max()) < _QUIET:
        return np.zeros((last - first, _N_TONES * _PER_SEMI), np.float32)
    found = librosa.cqt(
        sound,
        sr=_RATE_HZ,
        hop_length=_HOP,
        fmin=float(librosa.midi_to_hz(_LOWEST)),
        n_bins=_N_TONES * _PER_SEMI,
        bins_per_octave=12 * _PER_SEMI,
        filter_scale=0.5,
        tuning=0.0,
    )
    steady, _ = librosa.decompose.hpss(np.abs(found), kernel_size=_MEDIANS)
    return np.ascontiguousarray(steady.T[first:last], dtype=np.float32)


def _tuning_phasor(spectrum: Float32) -> complex:
    """Return where in their semitones the peaks lie, as a vector on the circle."""
    level = np.log(spectrum[:, 12 * _PER_SEMI : 72 * _PER_SEMI].astype(np.float64) + 1e-9)
    before, here, after = level[:, :-2], level[:, 1:-1], level[:, 2:]
    frame, place = np.nonzero((here > before) & (here >= after) & (here > np.log(_QUIET)))
    left, top, right = before[frame, place], here[frame, place], after[frame, place]
    shift = 0.5 * (left - right) / (left - 2.0 * top + right)
    turns = np.exp(2j * np.pi * (place + 1 + shift) / _PER_SEMI)
    return complex(np.exp(2.0 * top) @ turns)


def _tuning_of(phasor: complex) -> float:
    """Return the tuning in semitones that a vector stands for."""
    return float(np.angle(phasor)) / (2 * np.pi) if phasor else 0.0


def _semitones(tuning_semi: float) -> Float64:
    """Return the weights that gather bins into semitones of a tuning, shape (bins, tones)."""
    place = np.arange(_N_TONES * _PER_SEMI)[:, None]
    centre = _PER_SEMI * (np.arange(_N_TONES)[None, :] + tuning_semi)
    weights = np.exp(-0.5 * np.square((place - centre) / 0.8))
    return np.asarray(weights / weights.sum(axis=0, keepdims=True), dtype=np.float64)


@cache
def _dictionary() -> tuple[Float64, Float64]:
    """Return the spectrum of each tone over semitones, shape (tones, tones), and its Gram matrix."""
    tones = np.zeros((_N_TONES, _N_TONES))
    for up, strength in _PARTIALS:
        for tone in range(_N_TONES - up):
            tones[tone, tone + up] = strength
    return tones, tones @ tones.T


def _find_tones(spectrum: Float64) -> Float64:
    """Return how strong each tone is that could make up a spectrum, shape (frames, tones)."""
    if not spectrum.any():
        return np.zeros_like(spectrum)
    sums = np.cumsum(np.pad(spectrum, ((0, 0), (_NEAR + 1, _NEAR)), mode="edge"), axis=1)
    near = (sums[:, 2 * _NEAR + 1 :] - sums[:, : -2 * _NEAR - 1]) / (2 * _NEAR + 1)
    floor = 1e-3 * float(spectrum.max())
    flat = spectrum / (near + floor) ** _WHITEN
    tones, gram = _dictionary()
    target = flat @ tones.T
    found = flat.copy()
    for _ in range(_FIT_STEPS):
        found *= target / (found @ gram + 1e-9)
    return found


def _sharpen(values: Float64) -> Float64:
    """Return pitch classes without what each bin takes of its neighbours."""
    beside = np.roll(values, 1, axis=1) + np.roll(values, -1, axis=1)
    return np.asarray(np.maximum(values - _LEAK * beside, 0.0))


@cache
def _folds() -> tuple[Float64, Float64]:
    """Return the weights that fold tones to pitch classes, of the whole range and of the bass."""
    pitch = np.arange(_LOWEST, _LOWEST + _N_TONES)
    folded = []
    for rise, full, fall, end in _RANGES:
        weight = np.interp(pitch, (rise, full, fall, end), (0.0, 1.0, 1.0, 0.0))
        folded.append(np.eye(12)[pitch % 12] * weight[:, None])
    return folded[0], folded[1]
