"""The key of a score, from how long each pitch class sounds.

Conventions: 24 keys, C major to B major, then C minor to B minor; each gets the correlation of its
profile with the music (-1 to 1) and a bonus where the music begins or ends on its tonic. Drums do
not count; a score without pitches and chord symbols has no key.

Measured (share of pieces whose key signature is found, pieces with one signature): OpenEWLD lead
sheets 93.7 % of 493, on which the bonuses were tuned; Nottingham tunes 97.1 % of 975 and
Bach chorales 87.9 % of 404, whose signatures are partly modal. Within a fifth: over 99 % in each. With
the profiles of Krumhansl and Kessler instead: 89.9, 92.2 and 83.9 %.

Source: profiles of Temperley, "What's Key for Key? The Krumhansl-Schmuckler Key-Finding Algorithm
Reconsidered", Music Perception 17 (1999), 65-100; repeated in The Cognition of Basic Musical
Structures (2001), chapter 7.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.score.note import Note
from motet.score.part import Part
from motet.score.score import Score
from motet.theory.chord import Chord, parse_chord
from motet.theory.pitch import fifths_position
from motet.theory.scale import Key, key_from_signature

__all__ = ["MAJOR_PROFILE", "MINOR_PROFILE", "KeyEstimate", "estimate_key"]

MAJOR_PROFILE = (5.0, 2.0, 3.5, 2.0, 4.5, 4.0, 2.0, 4.5, 2.0, 3.5, 1.5, 4.0)
"""Weight of each pitch class above the tonic in major (Temperley 1999)."""
MINOR_PROFILE = (5.0, 2.0, 3.5, 4.5, 2.0, 4.0, 2.0, 4.5, 3.5, 2.0, 1.5, 4.0)
"""The same in minor."""

_FIRST_BONUS = 0.05  # tuned on OpenEWLD, with the two below
_LAST_BONUS = 0.10
_CHORD_SHARE = 0.5
_MAX_NOTE_QN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEstimate:
    """The most likely key.

    Parameters
    ----------
    tonic_pc : int, pitch class, 0 to 11
    mode : ``"major"`` or ``"minor"``
    fifths : int, -7 to 7
        Its key signature; among enharmonic ones the one nearest to how the music is spelled.
    margin : float, >= 0
        How much better it fits than the next; below 0.05 is a guess.
    scores : tuple of float, 24
        Fit of C major to B major, then of C minor to B minor.
    """

    tonic_pc: int
    mode: str
    fifths: int
    margin: float
    scores: tuple[float, ...]

    @property
    def key(self) -> Key:
        """The key as theory knows it, with its tonic spelled."""
        return key_from_signature(self.fifths, self.mode)


def estimate_key(
    score_or_part: Score | Part,
    *,
    start_tick: int | None = None,
    end_tick: int | None = None,
) -> KeyEstimate | None:
    """Return the key that fits the notes and chord symbols best.

    Parameters
    ----------
    score_or_part : Score or Part
        Written key signatures are not looked at.
    start_tick, end_tick : int or None, ticks
        Only what sounds in this half-open stretch counts; for the whole piece, first and last bass
        note and chord count extra.

    Returns
    -------
    KeyEstimate or None
        None when nothing pitched sounds.

    Raises
    ------
    ParameterError
        `end_tick` is before `start_tick`.

    Source
    ------
    Krumhansl, Cognitive Foundations of Musical Pitch (1990), chapter 4: correlation of profiles with
    durations. The bonuses and the share of chord symbols are our own.

    Examples
    --------
    >>> from motet.score import make_score
    >>> found = estimate_key(make_score("D4:1 E4:1 F#4:1 G4:1 A4:1 B4:1 C#5:1 D5:1"))
    >>> found.tonic_pc, found.mode, found.fifths
    (2, 'major', 2)
    """
    score = score_or_part if isinstance(score_or_part, Score) else Score(parts=(score_or_part,))
    start = 0 if start_tick is None else start_tick
    end = max(score.end_tick, start) if end_tick is None else end_tick
    if end < start:
        raise ParameterError(
            f"end_tick must not be before start_tick, got {start} to {end}",
            zh=f"end_tick 不能早于 start_tick,收到 {start} 到 {end}",
        )
    is_whole = start_tick is None and end_tick is None
    notes = [
        note
        for note in _pitched(score)
        if start <= note.onset_tick < end or (note.onset_tick < start < note.end_tick)
    ]
    chords = list(_chords(score, start, end, is_whole=is_whole))
    if not notes and not chords:
        return None
    weights = _note_weights(notes, start, end, _MAX_NOTE_QN * score.resolution)
    if chords:
        from_chords = _chord_weights(chords)
        share = _CHORD_SHARE if notes else 1.0
        weights = (1.0 - share) * weights + share * from_chords
    fits = _correlations(weights)
    if is_whole:
        fits += _bonuses(notes, [chord for chord, _ in chords], score.resolution)
    order = np.argsort(-fits, kind="stable")
    best = int(order[0])
    tonic_pc, mode = best % 12, "major" if best < 12 else "minor"
    return KeyEstimate(
        tonic_pc=tonic_pc,
        mode=mode,
        fifths=_signature(tonic_pc, mode, notes, [chord for chord, _ in chords]),
        margin=float(fits[best] - fits[int(order[1])]),
        scores=tuple(float(fit) for fit in fits),
    )


def _pitched(score: Score) -> Iterator[Note]:
    for part in score.parts:
        if not part.is_drums:
            yield from part.notes


def _chords(score: Score, start: int, end: int, *, is_whole: bool) -> Iterator[tuple[Chord, int]]:
    """Yield chords that sound in a stretch with their ticks there; unreadable symbols are no chord."""
    for k, symbol in enumerate(score.chords):
        is_last = k + 1 == len(score.chords)
        until = end if is_last else score.chords[k + 1].tick
        low, high = max(symbol.tick, start), min(until, end)
        if is_whole and is_last:
            high = max(high, low + 1)
        if high <= low:
            continue
        try:
            chord = parse_chord(symbol.symbol)
        except ParameterError:
            continue
        if chord.root:
            yield chord, high - low


def _note_weights(
    notes: list[Note], start: int, end: int, cap_tick: int
) -> npt.NDArray[np.float64]:
    """Return how long each pitch class sounds, as shares of 1; long notes are capped."""
    weights = np.zeros(12)
    for note in notes:
        sounding = min(note.end_tick, end) - max(note.onset_tick, start)
        weights[note.pitch % 12] += min(max(sounding, 1), cap_tick)
    total = weights.sum()
    return weights / total if total > 0 else weights


def _chord_weights(chords: list[tuple[Chord, int]]) -> npt.NDArray[np.float64]:
    weights = np.zeros(12)
    for chord, ticks in chords:
        for pc in chord.pcs:
            weights[pc] += ticks
    total: float = weights.sum()
    return np.asarray(weights / total, dtype=np.float64)


def _correlations(weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the correlation with each of the 24 profiles; 0 where all pitch classes are equal."""
    centred = weights - weights.mean()
    size = float(np.sqrt((centred**2).sum()))
    fits = np.zeros(24)
    if size < 1e-12:
        return fits
    for m, profile in enumerate((MAJOR_PROFILE, MINOR_PROFILE)):
        shape = np.array(profile) - np.mean(profile)
        shape /= np.sqrt((shape**2).sum())
        for tonic in range(12):
            fits[12 * m + tonic] = np.roll(shape, tonic) @ centred / size
    return fits


def _bonuses(notes: list[Note], chords: list[Chord], resolution: int) -> npt.NDArray[np.float64]:
    """Return what first and last bass notes and chords add to each key."""
    bonus = np.zeros(24)
    if notes:
        first = min(note.onset_tick for note in notes)
        last = max(note.end_tick for note in notes) - resolution // 4
        opening = min(note.pitch for note in notes if note.onset_tick == first)
        closing = min(note.pitch for note in notes if note.end_tick >= last)
        for pitch, extra in ((opening, _FIRST_BONUS), (closing, _LAST_BONUS)):
            bonus[[pitch % 12, 12 + pitch % 12]] += extra
    if chords:
        for chord, extra in ((chords[0], _FIRST_BONUS), (chords[-1], _LAST_BONUS)):
            bonus[chord.root_pc + (12 if chord.is_minor else 0)] += extra
    return bonus


def _signature(tonic_pc: int, mode: str, notes: list[Note], chords: list[Chord]) -> int:
    """Return the key signature, nearest to the spelling of notes and chords, else to C."""
    fifths = 7 * (tonic_pc + (3 if mode == "minor" else 0)) % 12
    choices = [one for one in (fifths - 12, fifths) if -7 <= one <= 7]
    names = Counter(note.spelling for note in notes if note.spelling)
    names.update(chord.root for chord in chords)
    total = sum(names.values())
    centre = 0.0
    if total:
        centre = sum(fifths_position(name) * count for name, count in names.items()) / total - 2
    return min(choices, key=lambda one: (abs(one - centre), abs(one)))
