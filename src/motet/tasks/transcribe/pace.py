"""The beat of a tune that someone sings alone: no drum tells it, and nobody wants ten tempo marks.

Conventions: as `motet.audio.beats.find_beats`, from the notes alone. Beats that are nearly even become
even; beats that fall into three parts nearly everywhere become dotted ones: 6/8, 9/8.

Source: own rules; the thresholds were set on melodies of the corpus (validation), see
``tools/measure_hum.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.beats import find_beats
from motet.audio.heard import HeardBeats, HeardNote

__all__ = ["even_out", "find_pace", "with_dotted_beats"]

Float64 = NDArray[np.float64]

_EVEN_SHARE: Final = 0.15
_NEAR: Final = 0.09
_OFF: Final = 0.14
_LEAST_OFF: Final = 3
_TRIPLE_SHARE: Final = 0.7
_EARLY_SHARE: Final = 0.03
_COMPOUND: Final = {2: (2, (6, 8)), 3: (3, (9, 8)), 4: (2, (6, 8))}


def find_pace(
    notes: Sequence[HeardNote],
    *,
    qpm: float | None = None,
    metre: tuple[int, int] | str | None = None,
) -> HeardBeats:
    """Return the beats of a tune that is sung alone.

    Parameters
    ----------
    notes : sequence of HeardNote
    qpm : float or None, quarter notes a minute
    metre : (int, int), str or None

    Returns
    -------
    HeardBeats

    Raises
    ------
    ParameterError
        The tempo or the metre is not allowed.

    Examples
    --------
    >>> onsets = [0.5 * k + 0.01 * (k % 2) for k in range(16)]
    >>> tune = [HeardNote(t, t + 0.4, 60 + 4 * (k % 4 == 0), 80, 1.0) for k, t in enumerate(onsets)]
    >>> len(set(np.diff(find_pace(tune).time_s).round(6)))
    1
    """
    beats = find_beats(None, notes=notes, qpm=qpm, metre=metre)
    if metre is None and qpm is None:
        beats = with_dotted_beats(beats, notes)
    return even_out(beats)


def even_out(beats: HeardBeats) -> HeardBeats:
    """Return beats on one tempo, where none of them is moved by more than an eighth of itself.

    Parameters
    ----------
    beats : HeardBeats

    Returns
    -------
    HeardBeats

    Examples
    --------
    >>> free = HeardBeats(np.array([0.0, 0.51, 1.0, 1.5]), np.arange(4), 4, 1.0, (4, 4), 120.0, 0.5, 0.9)
    >>> even_out(free).time_s.round(3).tolist()
    [0.004, 0.503, 1.002, 1.501]
    """
    time = beats.time_s
    if len(time) < 3:
        return beats
    count = np.arange(len(time), dtype=np.float64)
    slope, start = np.polyfit(count, time, 1)
    even = start + slope * count
    if float(np.abs(even - time).max()) > _EVEN_SHARE * slope:
        return beats
    even += max(0.0, -float(even[0]))
    return replace(beats, time_s=even, qpm=round(60.0 / float(slope) * beats.beat_qn, 2))


def with_dotted_beats(beats: HeardBeats, notes: Sequence[HeardNote]) -> HeardBeats:
    """Return beats as dotted ones, where the notes between them stand at thirds.

    Parameters
    ----------
    beats : HeardBeats
        Of a metre in quarter notes; others come back as they are.
    notes : sequence of HeardNote

    Returns
    -------
    HeardBeats
        A long note before each short one is swing, not a dotted beat: that stays.

    Examples
    --------
    >>> even = HeardBeats(np.arange(9) * 0.6, np.arange(9) % 4, 4, 1.0, (4, 4), 100.0, 0.5, 0.9)
    >>> jig = [HeardNote(0.2 * k, 0.2 * k + 0.2, 60, 80, 1.0) for k in range(24)]
    >>> found = with_dotted_beats(even, jig)
    >>> found.metre, found.qpm, found.place.tolist()
    ((6, 8), 150.0, [0, 1, 0, 1, 0, 1, 0, 1, 0])
    """
    if beats.beat_qn != 1.0 or beats.beats_per_bar not in _COMPOUND or len(beats.time_s) < 3:
        return beats
    onset = np.array([note.onset_s for note in notes])
    place = np.interp(onset, beats.time_s, np.arange(len(beats.time_s)))
    within = place - np.floor(place)
    off = within[(within > _OFF) & (within < 1 - _OFF)]
    early = int((np.abs(off - 1 / 3) < _NEAR).sum())
    late = int((np.abs(off - 2 / 3) < _NEAR).sum())
    if len(off) < _LEAST_OFF or early + late < _TRIPLE_SHARE * len(off):
        return beats
    if early < _EARLY_SHARE * len(off):
        return beats
    count, metre = _COMPOUND[beats.beats_per_bar]
    return replace(
        beats,
        place=beats.place % count,
        beats_per_bar=count,
        beat_qn=1.5,
        metre=metre,
        qpm=round(beats.qpm * 1.5, 2),
        swing=0.5,
    )
