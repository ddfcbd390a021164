"""What is heard in a recording: notes, beats, chords, a key, a line of pitch.

Conventions: times are seconds from the recording's beginning; pitches are MIDI numbers; a confidence
lies between 0 (a guess) and 1 (sure). Nothing is quantised here.

Offers `HeardNote`, `HeardBeats`, `HeardChord`, `HeardKey`, `PitchTrack`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["BEND_STEP_S", "HeardBeats", "HeardChord", "HeardKey", "HeardNote", "PitchTrack"]

BEND_STEP_S: Final = 256 / 22050
"""Seconds between two values of `HeardNote.bend_semi`."""


@dataclass(frozen=True, slots=True)
class HeardNote:
    """One note in a recording.

    Parameters
    ----------
    onset_s, offset_s : float, seconds
        When it begins and ends.
    pitch : int, 0 to 127
        MIDI number; 60 is C4.
    velocity : int, 1 to 127
        From its loudness in the recording.
    confidence : float, 0 to 1
    bend_semi : tuple of float, semitones
        How far the sound lies from `pitch`, one value each `BEND_STEP_S` from the onset on; empty
        where that was not looked for.

    Examples
    --------
    >>> HeardNote(0.5, 0.75, 60, 80, 0.9).duration_s
    0.25
    """

    onset_s: float
    offset_s: float
    pitch: int
    velocity: int
    confidence: float
    bend_semi: tuple[float, ...] = ()

    @property
    def duration_s(self) -> float:
        """How long it sounds, in seconds."""
        return self.offset_s - self.onset_s


@dataclass(frozen=True, slots=True, eq=False)
class HeardBeats:
    """The beats of a recording and how they stand in bars.

    Parameters
    ----------
    time_s : float64, shape (n,), seconds
        One a beat, rising.
    place : int64, shape (n,), 0 to `beats_per_bar` - 1
        Place in the bar; 0 is the downbeat.
    beats_per_bar : int
    beat_qn : float, quarter notes
        Length of a beat: 1 in 4/4, 1.5 in 6/8.
    metre : (int, int)
        As in a time signature.
    qpm : float, quarter notes a minute
        The tempo in the middle (median).
    swing : float, 0.5 to about 0.667
        Where the second of two eighths stands in its beat: 0.5 straight, 0.667 as triplets.
    confidence : float, 0 to 1
    """

    time_s: NDArray[np.float64]
    place: NDArray[np.int64]
    beats_per_bar: int
    beat_qn: float
    metre: tuple[int, int]
    qpm: float
    swing: float
    confidence: float


@dataclass(frozen=True, slots=True)
class HeardChord:
    """One chord in a recording.

    Parameters
    ----------
    start_s, end_s : float, seconds
    symbol : str
        As a lead sheet writes it: ``"C"``, ``"F#m7"``; ``"N"`` where no chord sounds.
    confidence : float, 0 to 1
    """

    start_s: float
    end_s: float
    symbol: str
    confidence: float


@dataclass(frozen=True, slots=True)
class HeardKey:
    """The key of a recording.

    Parameters
    ----------
    tonic : int, 0 to 11
        Pitch class; 0 is C.
    mode : {"major", "minor"}
    name : str
        ``"Eb major"``.
    confidence : float, 0 to 1
    """

    tonic: int
    mode: Literal["major", "minor"]
    name: str
    confidence: float


@dataclass(frozen=True, slots=True, eq=False)
class PitchTrack:
    """The pitch of one voice over time.

    Parameters
    ----------
    time_s : float64, shape (n,), seconds
        Rising.
    hz : float32, shape (n,), Hz
        Means nothing where no voice sounds.
    voiced : float32, shape (n,), 0 to 1
        How sure it is that a voice sounds.
    """

    time_s: NDArray[np.float64]
    hz: NDArray[np.float32]
    voiced: NDArray[np.float32]
