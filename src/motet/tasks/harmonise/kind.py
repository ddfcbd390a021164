"""The kinds of chord that habits of harmony tell apart, and chords as states of a key.

Conventions: a state is ``root * 10 + kind``, the root in semitones above the tonic (0 to 11). Ninths,
thirteenths and altered dominants count as their seventh chord, sixths and added ninths as their triad.

Source: own definition.
"""

from __future__ import annotations

from typing import Final

from motet.theory.chord import Chord, make_chord
from motet.theory.chord_table import QUALITIES
from motet.theory.pitch import fifths_position, spell_pitch, transpose_spelling
from motet.theory.scale import Key

__all__ = ["KINDS", "N_STATES", "chord_state", "degree_spelling", "kind_of", "state_chord"]

KINDS: Final = ("maj", "min", "7", "maj7", "m7", "dim", "m7b5", "dim7", "aug", "sus4")
"""Identifiers of `motet.theory.QUALITIES`."""
N_STATES: Final = 12 * len(KINDS)

_FALLING: Final = {1: -5, 2: 2, 3: -3, 4: 4, 5: -1, 6: -6, 7: 1, 8: -4, 9: 3, 10: -2, 11: 5}
_RISING: Final = {**_FALLING, 1: 7, 3: 9, 6: 6, 8: 8, 10: 10}
"""Fifths from the tonic, by semitones above it."""


def kind_of(quality: str) -> int:
    """Return the index in `KINDS` of a quality's kind.

    Parameters
    ----------
    quality : str
        A name in `motet.theory.QUALITIES`, or a spelled-out one (a major triad then).

    Returns
    -------
    int, 0 to 9

    Examples
    --------
    >>> [KINDS[kind_of(one)] for one in ("13", "m9", "69", "m6", "9sus4", "mMaj7", "7#5")]
    ['7', 'm7', 'maj', 'min', 'sus4', 'min', '7']
    """
    known = QUALITIES.get(quality)
    return 0 if known is None else _kind_of_tones(frozenset(one % 12 for one in known.intervals))


def _kind_of_tones(tones: frozenset[int]) -> int:
    """Return the kind of the tones above a root."""
    if 4 in tones:
        if 10 in tones:
            return 2
        if 11 in tones:
            return 3
        return 8 if 8 in tones and 7 not in tones else 0
    if 3 in tones:
        if 6 in tones and 7 not in tones:
            return 6 if 10 in tones else 7 if 9 in tones else 5
        return 4 if 10 in tones else 1
    return 9 if tones & {2, 5} else 0


def chord_state(chord: Chord, key: Key) -> int:
    """Return the state of a chord in a key; -1 for no chord.

    Parameters
    ----------
    chord : Chord
    key : Key

    Returns
    -------
    int, -1 to 119

    Examples
    --------
    >>> from motet.theory import parse_chord
    >>> chord_state(parse_chord("G13"), Key("C")), chord_state(parse_chord("Am7"), Key("A", "minor"))
    (72, 4)
    """
    if not chord.root:
        return -1
    tones = frozenset(one % 12 for one in chord.intervals)
    return (chord.root_pc - key.tonic_pc) % 12 * len(KINDS) + _kind_of_tones(tones)


def state_chord(state: int, key: Key) -> Chord:
    """Return the chord of a state in a key, spelled as its degree is.

    Parameters
    ----------
    state : int, 0 to 119
    key : Key

    Returns
    -------
    Chord

    Examples
    --------
    >>> [state_chord(one, Key("Eb")).symbol for one in (0, 72, 13, 102)]
    ['Eb', 'Bb7', 'Emaj7', 'Db7']
    """
    root, kind = divmod(state, len(KINDS))
    return make_chord(degree_spelling(root, key, rises=KINDS[kind] in ("dim", "dim7")), KINDS[kind])


def degree_spelling(above: int, key: Key, *, rises: bool = False) -> str:
    """Return the name of a degree of a key: flat where it is altered, sharp where it leads upwards.

    Parameters
    ----------
    above : int, semitones above the tonic, 0 to 11
    key : Key
    rises : bool
        Whether the tone resolves a semitone up.

    Returns
    -------
    str

    Examples
    --------
    >>> degree_spelling(8, Key("C")), degree_spelling(8, Key("C"), rises=True), degree_spelling(1, Key("Db"))
    ('Ab', 'G#', 'D')
    """
    fifths = (_RISING if rises else _FALLING).get(above % 12, 0)
    place = fifths_position(key.tonic) + fifths
    if not -7 <= place <= 11:
        return spell_pitch((key.tonic_pc + above) % 12, fifths=key.fifths)
    return transpose_spelling(key.tonic, shift_fifths=fifths)
