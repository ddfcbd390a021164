"""Chords as token values and back.

Conventions: a CHORD value is root * 20 + index in `CHORD_QUALITIES`; a bass is -1 where the root is
lowest. Of the kinds of `motet.theory.QUALITIES` those outside the table are written as the nearest
one, which keeps third, fifth and seventh (or suspension) before it keeps anything above them: 13 is
written as 9, 7#9 and 7b13 as 7, 11 as 7sus4, 7alt as 7#5, m9 as m7, 69 as 6, dim(maj7) as dim.

Source: own definition; tests/tokens/test_harmony.py spells out the whole mapping.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from motet.errors import ParameterError
from motet.theory import NO_CHORD, QUALITIES, Chord, make_chord, spell_pitch
from motet.tokens.vocab import CHORD_QUALITIES

__all__ = ["chord_of", "chord_pcs", "chord_value", "nearest_quality"]

_INDEX: Final = {name: index for index, name in enumerate(CHORD_QUALITIES)}
_N: Final = len(CHORD_QUALITIES)
_MAX_CHORD: Final = 12 * _N - 1


def nearest_quality(chord: Chord) -> str:
    """Return the member of `CHORD_QUALITIES` that is nearest to a chord's kind.

    Parameters
    ----------
    chord : Chord
        Not `NO_CHORD`.

    Returns
    -------
    str

    Examples
    --------
    >>> from motet.theory import parse_chord
    >>> [nearest_quality(parse_chord(one)) for one in ("C13", "Cm9", "C7#9", "C7alt")]
    ['9', 'm7', '7', '7#5']
    """
    return chord.quality if chord.quality in _INDEX else _nearest(chord.intervals)


@lru_cache(maxsize=1024)
def _nearest(intervals: tuple[int, ...]) -> str:
    """Return the nearest quality to tones given in semitones above the root."""
    tones = {semi % 12 for semi in intervals}
    if 4 in tones:
        return _nearest_major(tones)
    if 3 in tones:
        return _nearest_minor(tones)
    if 10 in tones:
        return "7sus4" if tones & {5, 2} else "7"
    if 5 in tones:
        return "sus4"
    if 2 in tones:
        return "sus2"
    return "maj7" if 11 in tones else "5"


def _nearest_major(tones: set[int]) -> str:
    """Return the nearest quality to tones with a major third."""
    if 10 in tones:
        if 8 in tones and 7 not in tones:
            return "7#5"
        if 1 in tones:
            return "7b9"
        return "9" if 2 in tones else "7"
    if 11 in tones:
        return "maj7"
    if 9 in tones:
        return "6"
    if 2 in tones:
        return "add9"
    return "aug" if 8 in tones and 7 not in tones else "maj"


def _nearest_minor(tones: set[int]) -> str:
    """Return the nearest quality to tones with a minor third."""
    if 6 in tones and 7 not in tones:
        if 10 in tones:
            return "m7b5"
        return "dim7" if 9 in tones else "dim"
    if 10 in tones:
        return "m7"
    if 11 in tones:
        return "mMaj7"
    return "m6" if 9 in tones else "min"


def chord_value(symbol: Chord) -> tuple[int, int]:
    """Return the CHORD and BASS values of a chord.

    Parameters
    ----------
    symbol : Chord

    Returns
    -------
    tuple of int
        CHORD value 0 to 239, or -1 for `NO_CHORD`; bass 0 to 11, or -1 where it is the root.

    Examples
    --------
    >>> from motet.theory import parse_chord
    >>> chord_value(parse_chord("C/E")), chord_value(parse_chord("N.C.")), chord_value(parse_chord("Dm7"))
    ((0, 4), (-1, -1), (44, -1))
    """
    if not symbol.root:
        return -1, -1
    bass = symbol.bass_pc
    value = symbol.root_pc * _N + _INDEX[nearest_quality(symbol)]
    return value, -1 if bass == symbol.root_pc else bass


def chord_of(value: int, bass: int = -1, *, fifths: int = 0) -> Chord:
    """Return the chord of a CHORD and a BASS value.

    Parameters
    ----------
    value : int, -1 to 239
    bass : int, -1 to 11
    fifths : int, -7 to 7
        Key signature, for the spelling.

    Returns
    -------
    Chord

    Raises
    ------
    ParameterError
        A value is out of range.

    Examples
    --------
    >>> chord_of(44).symbol, chord_of(0, 4).symbol, chord_of(200, fifths=-3).symbol
    ('Dm7', 'C/E', 'Bb')
    """
    if not (-1 <= value <= _MAX_CHORD and -1 <= bass <= 11):
        raise ParameterError(
            f"a CHORD value is -1 to {_MAX_CHORD} and a bass -1 to 11, got {value} and {bass}",
            zh=f"CHORD 的取值为 -1 到 {_MAX_CHORD},低音为 -1 到 11,收到 {value} 和 {bass}",
        )
    return _chord_of(value, bass, fifths)


@lru_cache(maxsize=4096)
def _chord_of(value: int, bass: int, fifths: int) -> Chord:
    """Return the chord; values were checked."""
    if value < 0:
        return NO_CHORD
    chord = make_chord(spell_pitch(value // _N, fifths=fifths), CHORD_QUALITIES[value % _N])
    if bass in (-1, chord.root_pc):
        return chord
    lowest = spell_pitch(bass, fifths=fifths, chord_tones=chord.tones())
    return make_chord(chord.root, CHORD_QUALITIES[value % _N], lowest)


_PCS: Final = tuple(
    frozenset((root + semi) % 12 for semi in QUALITIES[name].intervals)
    for root in range(12)
    for name in CHORD_QUALITIES
)


def chord_pcs(value: int) -> frozenset[int]:
    """Return the pitch classes of a CHORD value, none for -1.

    Parameters
    ----------
    value : int, -1 to 239

    Returns
    -------
    frozenset of int, 0 to 11

    Raises
    ------
    ParameterError
        The value is out of range.

    Examples
    --------
    >>> sorted(chord_pcs(44)), chord_pcs(-1)
    ([0, 2, 5, 9], frozenset())
    """
    if not -1 <= value <= _MAX_CHORD:
        raise ParameterError(
            f"a CHORD value is -1 to {_MAX_CHORD}, got {value}",
            zh=f"CHORD 的取值为 -1 到 {_MAX_CHORD},收到 {value}",
        )
    return frozenset() if value < 0 else _PCS[value]
