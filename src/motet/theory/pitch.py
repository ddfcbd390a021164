"""Pitches and how they are spelled.

Conventions: a pitch is a MIDI number (60 is C4, middle C); a pitch class (pc) is 0 to 11, C is 0;
a spelling is a letter and up to two accidentals, ``"F#"``, ``"Bb"``, ``"C##"``. The line of
fifths numbers spellings: F -1, C 0, G 1, D 2, ..., F# 6; adding 7 sharpens, taking 7 flattens.

Source: David Temperley, The Cognition of Basic Musical Structures (MIT Press, 2001), the chapter
on pitch spelling, for the idea that spellings stay close together on the line of fifths; the
window used here (three fifths below the major tonic to eight above) is our own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from motet.errors import ParameterError

__all__ = [
    "clean_spelling",
    "fifths_position",
    "octave_of",
    "parse_pitch",
    "pitch_name",
    "position_to_spelling",
    "spell_line",
    "spell_pitch",
    "spelling_to_pc",
    "transpose_spelling",
]

_LETTERS = "FCGDAEB"
_SPELLING = re.compile(r"([A-G])(#{0,2}|b{0,2})")
_PITCH = re.compile(r"([A-Ga-g])([#b♯♭𝄪𝄫x]{0,2})(-?\d{1,2})")
_UNICODE = str.maketrans({"♯": "#", "♭": "b", "𝄪": "##", "𝄫": "bb", "x": "##"})


def clean_spelling(text: str) -> str:
    """Return a note name in Motet's way of writing: ``"F♯"`` as ``"F#"``, ``"Fx"`` as ``"F##"``.

    Parameters
    ----------
    text : str
        A letter A to G and up to two sharps or flats.

    Returns
    -------
    str

    Raises
    ------
    ParameterError
        The text is not a note name.

    Examples
    --------
    >>> clean_spelling("B♭"), clean_spelling("Fx")
    ('Bb', 'F##')
    """
    cleaned = text.strip().translate(_UNICODE)
    if _SPELLING.fullmatch(cleaned) is None:
        hint = ""
        if cleaned and _SPELLING.fullmatch(cleaned[0].upper() + cleaned[1:]):
            hint = cleaned[0].upper() + cleaned[1:]
        raise ParameterError(
            "a note name is a capital letter A to G and up to two # or b, "
            f"got {text!r}; write {hint or 'F# or Bb'}",
            zh=f"音名是大写字母 A 到 G 加至多两个 # 或 b,收到 {text!r};请写 {hint or 'F# 或 Bb'}",
        )
    return cleaned


@lru_cache(maxsize=256)
def fifths_position(spelling: str) -> int:
    """Return the place of a spelling on the line of fifths (C is 0, G 1, F -1, F# 6).

    Parameters
    ----------
    spelling : str

    Returns
    -------
    int, fifths above C, -15 (Fbb) to 19 (B##)

    Raises
    ------
    ParameterError
        The text is not a note name.

    Examples
    --------
    >>> fifths_position("F#"), fifths_position("Bb")
    (6, -2)
    """
    name = clean_spelling(spelling)
    return _LETTERS.index(name[0]) - 1 + 7 * (name.count("#") - name[1:].count("b"))


@lru_cache(maxsize=256)
def spelling_to_pc(spelling: str) -> int:
    """Return the pitch class of a spelling.

    Parameters
    ----------
    spelling : str

    Returns
    -------
    int, 0 to 11

    Raises
    ------
    ParameterError
        The text is not a note name.

    Examples
    --------
    >>> spelling_to_pc("F#"), spelling_to_pc("Cb")
    (6, 11)
    """
    return fifths_position(spelling) * 7 % 12


@lru_cache(maxsize=256)
def position_to_spelling(position: int) -> str:
    """Return the spelling at a place on the line of fifths.

    Parameters
    ----------
    position : int, fifths above C
        Beyond two accidentals the enharmonic twin nearest to C is taken.

    Returns
    -------
    str

    Examples
    --------
    >>> position_to_spelling(6), position_to_spelling(-3), position_to_spelling(20)
    ('F#', 'Eb', 'Ab')
    """
    if not -15 <= position <= 19:
        position = (position + 5) % 12 - 5
    alter, letter = divmod(position + 1, 7)
    return _LETTERS[letter] + ("#" * alter if alter > 0 else "b" * -alter)


def transpose_spelling(spelling: str, *, shift_fifths: int) -> str:
    """Return a spelling moved along the line of fifths.

    Parameters
    ----------
    spelling : str
    shift_fifths : int, fifths
        1 is a fifth up, 2 a whole tone up, -3 a minor third up, 7 a chromatic semitone up.

    Returns
    -------
    str

    Raises
    ------
    ParameterError
        The text is not a note name.

    Examples
    --------
    >>> transpose_spelling("C", shift_fifths=4), transpose_spelling("Bb", shift_fifths=-3)
    ('E', 'Db')
    """
    return position_to_spelling(fifths_position(spelling) + shift_fifths)


@lru_cache(maxsize=4096)
def octave_of(pitch: int, spelling: str) -> int:
    """Return the octave number that a spelled pitch is written with.

    Parameters
    ----------
    pitch : int, MIDI number
    spelling : str
        Must name the same pitch class.

    Returns
    -------
    int
        4 for middle C; B# below it is in octave 3, Cb just below it in octave 4.

    Raises
    ------
    ParameterError
        Spelling and pitch do not agree.

    Examples
    --------
    >>> octave_of(60, "B#"), octave_of(59, "Cb"), octave_of(60, "C")
    (3, 4, 4)
    """
    if spelling_to_pc(spelling) != pitch % 12:
        raise ParameterError(
            f"spelling must name pitch {pitch} ({pitch_name(pitch)}), got {spelling!r}",
            zh=f"拼写必须对应音高 {pitch}({pitch_name(pitch)}),收到 {spelling!r}",
        )
    name = clean_spelling(spelling)
    return (pitch - name.count("#") + name[1:].count("b")) // 12 - 1


def pitch_name(pitch: int, spelling: str = "") -> str:
    """Return the name of a pitch with its octave.

    Parameters
    ----------
    pitch : int, MIDI number
    spelling : str
        Empty for the usual spelling in C major.

    Returns
    -------
    str

    Raises
    ------
    ParameterError
        Spelling and pitch do not agree.

    Examples
    --------
    >>> pitch_name(66), pitch_name(66, "Gb"), pitch_name(60, "B#")
    ('F#4', 'Gb4', 'B#3')
    """
    name = clean_spelling(spelling) if spelling else spell_pitch(pitch)
    return f"{name}{octave_of(pitch, name)}"


def parse_pitch(text: str) -> tuple[int, str]:
    """Return the MIDI number and the spelling of a pitch name.

    Parameters
    ----------
    text : str
        Letter (either case), accidentals, octave: ``"F#4"``, ``"bb3"``, ``"C-1"``.

    Returns
    -------
    tuple of int (0 to 127) and str

    Raises
    ------
    ParameterError
        The text is not a pitch name, or lies outside MIDI's range.

    Examples
    --------
    >>> parse_pitch("F#4"), parse_pitch("Cb4")
    ((66, 'F#'), (59, 'Cb'))
    """
    match = _PITCH.fullmatch(text.strip())
    if match is None:
        raise ParameterError(
            f"a pitch is a letter, accidentals and an octave, got {text!r}; write F#4 or Bb3",
            zh=f"音高由字母、升降号和八度组成,收到 {text!r};请写 F#4 或 Bb3",
        )
    spelling = clean_spelling(match[1].upper() + match[2])
    alter = spelling.count("#") - spelling[1:].count("b")
    pitch = 12 * (int(match[3]) + 1) + fifths_position(spelling[0]) * 7 % 12 + alter
    if not 0 <= pitch <= 127:
        raise ParameterError(
            f"a pitch must lie between C-1 (0) and G9 (127), got {text!r} ({pitch})",
            zh=f"音高必须在 C-1(0)到 G9(127)之间,收到 {text!r}({pitch})",
        )
    return pitch, spelling


@lru_cache(maxsize=8192)
def spell_pitch(pitch: int, *, fifths: int = 0, chord_tones: tuple[str, ...] = ()) -> str:
    """Return how a pitch is written in a key, under a chord.

    Parameters
    ----------
    pitch : int, MIDI number or pitch class
    fifths : int, -7 to 7
        Key signature: sharps positive.
    chord_tones : tuple of str
        Spellings of the chord that sounds; where one fits, it wins.

    Returns
    -------
    str
        The spelling from three fifths below the major tonic to eight above it, so C major has
        Eb, Bb, F#, C#, G#.

    Examples
    --------
    >>> spell_pitch(68), spell_pitch(68, fifths=-3), spell_pitch(68, chord_tones=("F", "Ab", "C"))
    ('G#', 'Ab', 'Ab')
    """
    pc = pitch % 12
    for tone in chord_tones:
        if spelling_to_pc(tone) == pc:
            return tone
    lowest = fifths - 3
    return position_to_spelling(lowest + (pc * 7 - lowest) % 12)


def spell_line(
    pitches: Sequence[int],
    *,
    fifths: int = 0,
    chord_tones: Sequence[tuple[str, ...]] = (),
) -> tuple[str, ...]:
    """Return how each pitch of a melodic line is written.

    A note outside the key that no chord explains is a sharpened note when the line goes up a
    semitone from it, a flattened one when it goes down a semitone.

    Parameters
    ----------
    pitches : sequence of int, MIDI numbers
        In the order in which they sound.
    fifths : int, -7 to 7
        Key signature.
    chord_tones : sequence of tuple of str
        Spelled tones of the chord under each pitch, or empty for none at all.

    Returns
    -------
    tuple of str, one for each pitch

    Raises
    ------
    ParameterError
        `chord_tones` is given and has another length than `pitches`.

    Examples
    --------
    >>> spell_line((60, 61, 62, 61, 60))
    ('C', 'C#', 'D', 'Db', 'C')
    """
    if chord_tones and len(chord_tones) != len(pitches):
        raise ParameterError(
            f"chord_tones must have one entry for each of the {len(pitches)} pitches, "
            f"got {len(chord_tones)}",
            zh=f"chord_tones 必须与 {len(pitches)} 个音一一对应,收到 {len(chord_tones)} 个",
        )
    names = []
    for index, pitch in enumerate(pitches):
        tones = chord_tones[index] if chord_tones else ()
        name = spell_pitch(pitch, fifths=fifths, chord_tones=tones)
        if name not in tones and not fifths - 1 <= fifths_position(name) <= fifths + 5:
            step = pitches[index + 1] - pitch if index + 1 < len(pitches) else 0
            if step in (1, -1):
                target = spell_pitch(pitches[index + 1], fifths=fifths)
                if fifths - 1 <= fifths_position(target) <= fifths + 5:
                    name = transpose_spelling(target, shift_fifths=5 * step)
        names.append(name)
    return tuple(names)
