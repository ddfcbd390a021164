"""Sung pitches to the tones of a key: what is near enough goes to the scale, what is clearly chromatic stays.

Conventions: pitches are MIDI numbers with a fraction, relative to the singer's own tuning. How unsure
a singer is, is measured on the tune itself: the usual distance of the notes from the nearest tone.

How: each note takes the tone that is most probable: a normal distribution around the tone, as wide as
the singer is unsure, times how usual the tone is in the key. A sure singer's chromatic notes stay; an
unsure one's doubtful notes go to the scale.

Source: Bayes' rule; the shares of the tones are our own choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.analysis import estimate_key
from motet.audio.heard import HeardKey, HeardNote
from motet.audio.key import heard_key
from motet.audio.melody import sung_pitch
from motet.audio.tuning import find_tuning
from motet.score import Note, Part, Score
from motet.theory import Key, parse_key

__all__ = ["Snapped", "snap_to_key"]

Float64 = NDArray[np.float64]

_IN: Final = 0.13
_OUT: Final = 0.008
_RAISED: Final = {11: 0.07, 9: 0.04}
_LEAST_SEMI: Final = 0.08
_MOST_SEMI: Final = 0.35
_TICKS_PER_S: Final = 960
_SURE_MARGIN: Final = 0.04


@dataclass(frozen=True, slots=True)
class Snapped:
    """Notes on the tones of a key.

    Parameters
    ----------
    notes : tuple of HeardNote
        ``pitch`` plus ``bend_semi`` is still what was sung.
    key : HeardKey
    offset_semi : float, semitones
        How far the singer is from A4 = 440 Hz.
    drift_semi : float, semitones
        How far the tuning went from the first note to the last.
    unsure_semi : float, semitones
        Usual distance of a note from its tone.
    moved : tuple of int
        Indices of the notes that took a tone of the key though another was nearer.
    """

    notes: tuple[HeardNote, ...]
    key: HeardKey
    offset_semi: float
    drift_semi: float
    unsure_semi: float
    moved: tuple[int, ...]


def snap_to_key(notes: Sequence[HeardNote], *, key: str | Key | None = None) -> Snapped:
    """Return sung notes on the tones that they most probably stand for, and the key.

    Parameters
    ----------
    notes : sequence of HeardNote
        Of `motet.audio.find_melody`, with their bends.
    key : str, Key or None
        Taken as given; None finds a major or minor key.

    Returns
    -------
    Snapped

    Raises
    ------
    ParameterError
        The key cannot be understood.

    Examples
    --------
    >>> notes = [HeardNote(0.5 * k, 0.5 * k + 0.4, round(p), 80, 1.0, (p - round(p),) * 20)
    ...          for k, p in enumerate((60.1, 61.9, 64.1, 65.2, 66.6, 63.9, 61.8, 60.1))]
    >>> found = snap_to_key(notes)
    >>> found.key.name, [note.pitch for note in found.notes], found.moved
    ('C major', [60, 62, 64, 65, 67, 64, 62, 60], ())
    """
    given = parse_key(key) if isinstance(key, str) else key
    if not notes:
        return Snapped((), _heard(given) if given else heard_key(0, 0.0), 0.0, 0.0, 0.0, ())
    sung = np.array([sung_pitch(note) for note in notes])
    begin = np.array([note.onset_s for note in notes])
    length = np.array([max(0.02, min(2.0, note.duration_s)) for note in notes])
    tuning = find_tuning(sung, begin, length)
    own = sung - tuning.local_semi
    nearest = np.rint(own).astype(np.int64)
    unsure = float(np.clip(1.48 * np.median(np.abs(own - nearest)), _LEAST_SEMI, _MOST_SEMI))
    pitches = nearest
    found = _heard(given) if given else _find_key(notes, nearest)
    for _ in range(2):
        pitches = _choose(own, unsure, _shares(given, found))
        if given:
            break
        found = _find_key(notes, pitches)
    snapped = tuple(
        _moved_to(note, int(pitch)) for note, pitch in zip(notes, pitches.tolist(), strict=True)
    )
    moved = tuple(int(k) for k in np.flatnonzero(pitches != nearest))
    drift = float(tuning.local_semi[-1] - tuning.local_semi[0])
    return Snapped(snapped, found, tuning.offset_semi, drift, unsure, moved)


def _heard(key: Key) -> HeardKey:
    """Return a key that the caller knows."""
    plain = heard_key(key.tonic_pc + (12 if key.is_minor else 0), 1.0)
    return replace(plain, name=key.name())


def _find_key(notes: Sequence[HeardNote], pitches: NDArray[np.int64]) -> HeardKey:
    """Return the key of the notes; durations in seconds stand for ticks."""
    line = tuple(
        Note(
            onset_tick=round(note.onset_s * _TICKS_PER_S),
            duration_tick=max(1, round(note.duration_s * _TICKS_PER_S)),
            pitch=int(np.clip(pitch, 0, 127)),
        )
        for note, pitch in zip(notes, pitches.tolist(), strict=True)
    )
    found = estimate_key(Score(parts=(Part(notes=line),)))
    if found is None:
        return heard_key(0, 0.0)
    sure = 1.0 - 0.5 * float(np.exp(-found.margin / _SURE_MARGIN))
    return heard_key(found.tonic_pc + (12 if found.mode == "minor" else 0), round(sure, 3))


def _shares(given: Key | None, found: HeardKey) -> Float64:
    """Return how usual each of the twelve tones is."""
    shares = np.full(12, _OUT)
    key = given or parse_key(found.name)
    shares[list(key.pcs)] = _IN
    if key.is_minor:
        for above, share in _RAISED.items():
            pc = (key.tonic_pc + above) % 12
            shares[pc] = max(shares[pc], share)
    return shares


def _choose(own: Float64, unsure: float, shares: Float64) -> NDArray[np.int64]:
    """Return the most probable tone of each note."""
    options = np.floor(own)[:, None] + np.array([0.0, 1.0])
    away = (own[:, None] - options) / unsure
    score = np.log(shares[options.astype(np.int64) % 12]) - 0.5 * away**2
    best = options[np.arange(len(own)), score.argmax(axis=1)]
    return np.asarray(np.clip(best, 0, 127), np.int64)


def _moved_to(note: HeardNote, pitch: int) -> HeardNote:
    """Return a note at another pitch, with the bends that keep what was sung."""
    if pitch == note.pitch or not note.bend_semi:
        return replace(note, pitch=pitch)
    shift = note.pitch - pitch
    return replace(note, pitch=pitch, bend_semi=tuple(round(x + shift, 3) for x in note.bend_semi))
