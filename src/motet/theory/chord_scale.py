"""Which notes fit a chord in a key: the key's scale, bent where the chord leaves it.

Conventions: pitch classes, ascending from the chord's root (from the tonic under no chord).

Source: own definition, after the common practice of altering the scale step of the same letter.
"""

from __future__ import annotations

from functools import lru_cache

from motet.theory.chord import Chord
from motet.theory.pitch import fifths_position, spell_pitch, spelling_to_pc
from motet.theory.scale import SCALES, Key

__all__ = ["available_tensions", "chord_scale", "chord_scale_spelling"]


@lru_cache(maxsize=4096)
def chord_scale_spelling(chord: Chord, key: Key) -> tuple[str, ...]:
    """Return the note names that fit a chord in a key.

    Parameters
    ----------
    chord : Chord
    key : Key

    Returns
    -------
    tuple of str
        Ascending from the chord's root.

    Examples
    --------
    >>> from motet.theory.chord import parse_chord
    >>> from motet.theory.scale import parse_key
    >>> " ".join(chord_scale_spelling(parse_chord("A7"), parse_key("C")))
    'A B C# D E F G'
    """
    notes = list(key.spelled_scale())
    if not chord.root:
        return tuple(notes)
    tones = [
        spell_pitch(spelling_to_pc(name), fifths=key.fifths)
        if abs(fifths_position(name) - key.fifths - 2) > 11
        else name
        for name in (*chord.tones(), *((chord.bass,) if chord.bass else ()))
    ]
    tone_pcs = {spelling_to_pc(name) for name in tones}
    is_fifth = (chord.root_pc - key.tonic_pc) % 12 == 7
    if key.is_minor and is_fifth and 3 not in chord.intervals and 10 in SCALES[key.mode]:
        leading = spell_pitch(key.tonic_pc + 11, fifths=key.fifths)
        _bend(notes, leading, tone_pcs)
    for name in tones:
        _bend(notes, name, tone_pcs)
    root_pc = chord.root_pc
    return tuple(sorted(notes, key=lambda name: (spelling_to_pc(name) - root_pc) % 12))


def _bend(notes: list[str], name: str, tone_pcs: set[int]) -> None:
    """Put a note into a scale in place of the step of the same letter that it alters."""
    pc = spelling_to_pc(name)
    for index, old in enumerate(notes):
        if spelling_to_pc(old) == pc:
            notes[index] = name
            return
    same = [old for old in notes if old[0] == name[0] and spelling_to_pc(old) not in tone_pcs]
    if same:
        notes[notes.index(same[0])] = name
        return
    notes.append(name)
    if len(notes) > 8:
        near = [
            old
            for old in notes
            if (spelling_to_pc(old) - pc) % 12 in (1, 11) and spelling_to_pc(old) not in tone_pcs
        ]
        if near:
            notes.remove(near[0])


@lru_cache(maxsize=4096)
def chord_scale(chord: Chord, key: Key) -> tuple[int, ...]:
    """Return the pitch classes that fit a chord in a key.

    The key's own scale, in which each chord tone replaces the step of the same letter: under A7 in
    C major C# stands for C, under Fm Ab stands for A. On the dominant of a minor key the seventh
    step is raised unless the chord has its natural form.

    Parameters
    ----------
    chord : Chord
    key : Key

    Returns
    -------
    tuple of int, 0 to 11
        Ascending from the chord's root; it holds every chord tone and the slash bass.

    Examples
    --------
    >>> from motet.theory.chord import parse_chord
    >>> from motet.theory.scale import parse_key
    >>> chord_scale(parse_chord("A7"), parse_key("C"))
    (9, 11, 1, 2, 4, 5, 7)
    """
    return tuple(spelling_to_pc(name) for name in chord_scale_spelling(chord, key))


@lru_cache(maxsize=4096)
def available_tensions(chord: Chord, key: Key) -> tuple[int, ...]:
    """Return the pitch classes that may colour a chord: scale notes that clash with no chord tone.

    Parameters
    ----------
    chord : Chord
    key : Key

    Returns
    -------
    tuple of int, 0 to 11
        Notes of `chord_scale` outside the chord that do not lie a semitone above a chord tone
        (over a dominant the flat ninth and flat thirteenth stay allowed), ascending from the root.

    Examples
    --------
    >>> from motet.theory.chord import parse_chord
    >>> from motet.theory.scale import parse_key
    >>> available_tensions(parse_chord("Cmaj7"), parse_key("C"))
    (2, 9)
    """
    found = []
    for pc in chord_scale(chord, key):
        above = (pc - chord.root_pc) % 12
        is_altered = chord.is_dominant and above in (1, 8) and key.is_minor
        if pc in chord.pcs or ((pc - 1) % 12 in chord.pcs and not is_altered):
            continue
        if chord.is_dominant and 4 in chord.intervals and above in (5, 11):
            continue
        found.append(pc)
    return tuple(found)
