"""Melody: the notes that one voice sings, hums or whistles.

Conventions: seconds, MIDI numbers, one note at a time; what a note's voice did around its pitch is
kept in `HeardNote.bend_semi`, so that nothing sung is lost.

How: the pitch line is fitted by stretches of one pitch each, at the least cost, where each note
costs something to begin, and less where the loudness dips and comes back, so that a tone sung again
is two notes while vibrato and glides are one (`motet.audio.stretch`). A note's pitch is its middle,
less how far the singer is off from A4 = 440 Hz just then (`motet.audio.tuning`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.heard import BEND_STEP_S, HeardNote, PitchTrack
from motet.audio.network import Stop
from motet.audio.pitch import Kind, VoiceTrack, find_pitch
from motet.audio.recording import Audio
from motet.audio.stream import AudioStream
from motet.audio.stretch import Stretch, find_stretches
from motet.audio.tuning import find_tuning
from motet.errors import ParameterError

__all__ = ["find_melody", "sung_pitch"]

Float64 = NDArray[np.float64]

_MAX_BEND_SEMI: Final = 12.0
_DB_PER_VELOCITY: Final = 0.4
_MIDDLE_VELOCITY: Final = 84


def find_melody(
    source: str | Path | Audio | AudioStream | PitchTrack,
    *,
    kind: Kind = "auto",
    min_note_s: float = 0.08,
    on_progress: Callable[[float, str], None] | None = None,
    cancel: Stop | None = None,
) -> tuple[HeardNote, ...]:
    """Return the notes that one voice sings, hums or whistles.

    Parameters
    ----------
    source : str, Path, Audio, AudioStream or PitchTrack
        A `VoiceTrack` tells of loudness too; without it, a tone sung again without a gap is one note.
    kind : {"auto", "voice", "whistle"}
        See `find_pitch`.
    min_note_s : float, seconds, 0.02 to 1
        Shorter ones belong to their neighbours or are no notes.
    on_progress, cancel
        See `find_pitch`.

    Returns
    -------
    tuple of HeardNote
        In order, without overlaps. The pitch is relative to the singer's own tuning; ``pitch`` plus
        ``bend_semi`` is what was sung, relative to A4 = 440 Hz.

    Raises
    ------
    ParameterError
        An argument is out of range, or the extra ``[audio]`` is not installed.
    FormatError
        The file is no sound.

    Examples
    --------
    >>> hz = np.repeat(np.float32([262, 294, 330]), 30)
    >>> track = PitchTrack(np.arange(90) * 0.016, hz, np.ones(90, np.float32))
    >>> [(note.pitch, round(note.duration_s, 2)) for note in find_melody(track)]
    [(60, 0.48), (62, 0.48), (64, 0.48)]
    """
    if not 0.02 <= min_note_s <= 1.0:
        raise ParameterError(
            f"min_note_s must be 0.02 to 1 seconds, got {min_note_s}; 0.08 is usual",
            zh=f"min_note_s 必须在 0.02 到 1 秒之间,收到 {min_note_s};常用 0.08",
        )
    if isinstance(source, PitchTrack):
        track = source
    else:
        track = find_pitch(source, kind=kind, on_progress=on_progress, cancel=cancel)
    if len(track.time_s) < 2:
        return ()
    semi = 69.0 + 12.0 * np.log2(np.maximum(track.hz.astype(np.float64), 1.0) / 440.0)
    level = track.level_db.astype(np.float64) if isinstance(track, VoiceTrack) else None
    frame_s = float(np.median(np.diff(track.time_s)))
    voiced = np.where(track.hz > 0, track.voiced.astype(np.float64), 0.0)
    stretches = find_stretches(semi, voiced, level, frame_s=frame_s, min_note_s=min_note_s)
    return _notes(stretches, track.time_s, semi, voiced, level, frame_s)


def _notes(
    stretches: Sequence[Stretch],
    time_s: Float64,
    semi: Float64,
    voiced: Float64,
    level: Float64 | None,
    frame_s: float,
) -> tuple[HeardNote, ...]:
    """Return the stretches as notes: tuned, with bends, loudness and confidence."""
    middle = np.array([one.pitch_semi for one in stretches])
    begin = np.array([time_s[one.first] for one in stretches])
    length = np.array([(one.end - one.first) * frame_s for one in stretches])
    tuning = find_tuning(middle, begin, np.minimum(length, 2.0))
    loud = np.zeros(len(stretches))
    if level is not None and len(stretches):
        loud = np.array([np.percentile(level[one.first : one.end], 80) for one in stretches])
        loud -= np.average(loud, weights=length)
    notes = []
    for k, one in enumerate(stretches):
        pitch = int(np.clip(np.rint(middle[k] - tuning.local_semi[k]), 0, 127))
        away = abs(middle[k] - tuning.local_semi[k] - pitch)
        sure = float(np.median(voiced[one.first : one.end])) * (1.0 - away)
        velocity = int(np.clip(np.rint(_MIDDLE_VELOCITY + loud[k] / _DB_PER_VELOCITY), 30, 120))
        onset = max(0.0, float(begin[k]) - frame_s / 2)
        bends = _bends(one, time_s, semi, pitch)
        notes.append(
            HeardNote(onset, onset + float(length[k]), pitch, velocity, min(1.0, sure), bends)
        )
    return tuple(notes)


def _bends(one: Stretch, time_s: Float64, semi: Float64, pitch: int) -> tuple[float, ...]:
    """Return how far the voice lies from a pitch, at the steps of `HeardNote.bend_semi`."""
    span = slice(one.first, one.end)
    count = max(1, round((time_s[one.end - 1] - time_s[one.first]) / BEND_STEP_S))
    at = time_s[one.first] + np.arange(count) * BEND_STEP_S
    away = np.interp(at, time_s[span], semi[span]) - pitch
    return tuple(float(x) for x in np.round(np.clip(away, -_MAX_BEND_SEMI, _MAX_BEND_SEMI), 3))


def sung_pitch(note: HeardNote) -> float:
    """Return the pitch that was sung, with its fraction: the middle of the note's steady part.

    Parameters
    ----------
    note : HeardNote

    Returns
    -------
    float, MIDI number
        The note's own pitch where it has no bends.

    Examples
    --------
    >>> round(sung_pitch(HeardNote(0.0, 1.0, 60, 80, 0.9, (-2.0, -0.3, -0.3, -0.3, -0.2))), 2)
    59.7
    """
    if not note.bend_semi:
        return float(note.pitch)
    n = len(note.bend_semi)
    first = n // 4 if n >= 8 else 0
    return note.pitch + float(np.median(note.bend_semi[first : n - n // 8]))
