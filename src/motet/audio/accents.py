"""How strongly each twelfth of a pulse is accented, in several ways: the ground for finding bar lines.

Conventions: a step is a twelfth of the time from one pulse to the next. Each row is centred and scaled
to unit spread over pulses and half pulses; a row without any spread, or without its evidence, is 0.

Source: the cues are those of Lerdahl and Jackendoff, A Generative Theory of Tonal Music (1983),
chapter 4, metrical preference rules 3 to 6 (event, stress, length, bass and harmony).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.heard import HeardNote
from motet.audio.onsets import FRAME_S, SoundCurve, level_curve

__all__ = ["ROWS", "STEPS", "find_accents"]

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]
STEPS: Final = 12
"""Steps a pulse."""
ROWS: Final = ("flux", "low", "count", "length", "bass", "harmony", "loud", "deep")
"""Sound that begins, low sound that begins, notes that begin, the longest of them, a new bass, a change
of harmony, how loud the notes are, how low they are."""
_TENT: Final = (0.35, 0.75, 1.0, 1.0, 1.0, 0.75, 0.35)
_LONGEST_S: Final = 2.5
_MEMORY_S: Final = 1.6
_FLOOR_S: Final = 1.6
_BASS_SEMI: Final = 7


def find_accents(pulse_s: Float64, sound: SoundCurve | None, notes: Sequence[HeardNote]) -> Float64:
    """Return the accents at each step from the first pulse to the last.

    Parameters
    ----------
    pulse_s : float64, shape (p,), seconds, rising, p >= 2
    sound : SoundCurve or None
    notes : sequence of HeardNote

    Returns
    -------
    float64, shape (8, (p - 1) * 12 + 1)
        Rows as `ROWS`.

    Examples
    --------
    >>> notes = [HeardNote(0.5 * k, 0.5 * k + 0.4, 48 if k % 4 == 0 else 64, 80, 1.0)
    ...          for k in range(16)]
    >>> rows = find_accents(np.arange(17) * 0.5, None, notes)
    >>> rows.shape, bool(rows[7, 0] > rows[7, STEPS])
    ((8, 193), True)
    """
    n_steps = (len(pulse_s) - 1) * STEPS + 1
    at = np.interp(np.arange(n_steps) / STEPS, np.arange(len(pulse_s)), pulse_s)
    rows = np.zeros((len(ROWS), n_steps))
    n_frames = int(np.ceil(pulse_s[-1] / FRAME_S)) + 4
    places = at / FRAME_S
    if sound is not None and len(sound.flux):
        rows[0] = _read(level_curve(sound.flux), places)
        rows[1] = _read(level_curve(sound.low), places)
    if notes:
        _add_note_rows(rows, places, n_frames, notes)
        _add_harmony(rows, at, pulse_s, notes)
        if sound is None or not len(sound.flux):
            rows[0] = rows[2]
    chosen = rows[:, :: STEPS // 2]
    spread = chosen.std(axis=1, keepdims=True)
    scaled = (rows - chosen.mean(axis=1, keepdims=True)) / np.maximum(spread, 1e-9)
    return np.where(spread > 1e-9, np.clip(scaled, -4.0, 4.0), 0.0)


def _read(curve: Float32, places: Float64) -> Float64:
    """Return the highest values of a curve within a frame or so of some places."""
    frames = np.arange(len(curve))
    near = [np.interp(places + away, frames, curve, left=0.0, right=0.0) for away in (-1.5, 0, 1.5)]
    found: Float64 = np.max(near, axis=0)
    return found


def _spread(struck: Float64, places: Float64) -> Float64:
    """Return impulses as they are heard at some places: a tent around each, the highest counts."""
    half = len(_TENT) // 2
    wide = np.zeros(len(struck) + 2 * half)
    for k, share in enumerate(_TENT):
        np.maximum(wide[k : k + len(struck)], share * struck, out=wide[k : k + len(struck)])
    return np.interp(places, np.arange(len(struck)), wide[half : half + len(struck)])


def _add_note_rows(
    rows: Float64, places: Float64, n_frames: int, notes: Sequence[HeardNote]
) -> None:
    """Fill the rows of notes, their length, bass, loudness and depth."""
    ordered = sorted(notes, key=lambda note: (note.onset_s, note.pitch))
    onset = np.array([note.onset_s for note in ordered])
    pitch = np.array([note.pitch for note in ordered])
    loud = np.array([note.velocity for note in ordered], np.float64)
    trust = np.array([0.3 + 0.7 * note.confidence for note in ordered])
    length = np.minimum([note.duration_s for note in ordered], _LONGEST_S)
    frame = np.clip(np.rint(onset / FRAME_S).astype(np.int64), 0, n_frames - 1)
    struck = np.zeros((5, n_frames))
    np.add.at(struck[0], frame, trust)
    struck[0] = np.log1p(np.maximum(struck[0], np.convolve(struck[0], np.ones(3), "same") * 0.8))
    np.maximum.at(struck[1], frame, length * trust)
    np.maximum.at(struck[3], frame, loud / 64.0 * trust)
    np.maximum.at(struck[4], frame, np.maximum(0.0, 72.0 - pitch) / 24.0 * trust)
    sounding: list[tuple[float, int]] = []
    floor = _local_floor(onset, pitch)
    before = -1
    for k, note in enumerate(ordered):
        sounding = [one for one in sounding if one[0] > note.onset_s + 0.05]
        low = min((one[1] for one in sounding), default=128)
        chord = [one.pitch for one in ordered[k : k + 12] if one.onset_s - note.onset_s < 0.04]
        if note.pitch <= low and note.pitch == min(chord):
            worth = 1.0 if note.pitch % 12 != before else 0.4
            if note.pitch > floor[k] + _BASS_SEMI:
                worth = 0.2
            else:
                before = note.pitch % 12
            struck[2, frame[k]] = max(struck[2, frame[k]], worth * trust[k])
        sounding.append((min(note.offset_s, note.onset_s + _MEMORY_S), note.pitch))
    for row, one in zip((2, 3, 4, 6, 7), struck, strict=True):
        rows[row] = _spread(one, places)


def _local_floor(onset: Float64, pitch: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the lowest pitch within some seconds of each note."""
    low = np.searchsorted(onset, onset - _FLOOR_S)
    high = np.searchsorted(onset, onset + _FLOOR_S)
    return np.array([pitch[a:b].min() for a, b in zip(low, high, strict=True)])


def _add_harmony(rows: Float64, at: Float64, pulse_s: Float64, notes: Sequence[HeardNote]) -> None:
    """Fill the row of changes of harmony: how unlike the pitch classes before and after are."""
    hop = 4 * FRAME_S
    n = int(np.ceil((pulse_s[-1] + 4.0) / hop)) + 2
    edges = np.zeros((n + 1, 12))
    for note in notes:
        low = min(max(0, round(note.onset_s / hop)), n)
        high = min(max(low + 1, round(min(note.offset_s, note.onset_s + _MEMORY_S) / hop)), n)
        weight = (0.3 + 0.7 * note.confidence) * (1.5 if note.pitch < 55 else 1.0)
        edges[low, note.pitch % 12] += weight
        edges[high, note.pitch % 12] -= weight
    total = np.concatenate((np.zeros((1, 12)), np.cumsum(np.cumsum(edges[:-1], axis=0), axis=0)))
    width = 2.0 * float(np.median(np.diff(pulse_s)))
    frames = np.arange(len(total)) * hop

    def until(seconds: Float64) -> Float64:
        return np.stack([np.interp(seconds, frames, total[:, k]) for k in range(12)])

    here = until(at)
    after, past = until(at + width) - here, here - until(at - width)
    size = np.linalg.norm(after, axis=0) * np.linalg.norm(past, axis=0)
    alike = np.where(size > 1e-6, (after * past).sum(axis=0) / np.maximum(size, 1e-9), 1.0)
    rows[5] = 1.0 - alike
