"""Chords of a text with open places, their key, and what a style says of its chords.

Conventions: a text has one word a chord; bar lines, commas and dashes between them do not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from motet.arranger.style_file import find_style
from motet.errors import ParameterError
from motet.tasks.harmonise.habits import guess_home
from motet.tasks.kin import kin_style
from motet.theory.chord import Chord, parse_chord
from motet.theory.roman import is_roman, roman_to_chord
from motet.theory.scale import Key, parse_key

__all__ = ["find_home", "read_chord", "read_chords", "style_colour", "style_name"]

_OPEN: Final = frozenset({"?", "\uff1f", "_", "\u2026"})
_BETWEEN: Final = str.maketrans({"|": " ", ",": " ", "\uff0c": " "})


def read_chords(text: str, key: str) -> list[Chord | None]:
    """Return the chords of a text, None for open places.

    Parameters
    ----------
    text : str
    key : str
        Needed for Roman numerals.

    Returns
    -------
    list of Chord or None

    Raises
    ------
    ParameterError
        A word is no chord.

    Examples
    --------
    >>> [chord and chord.symbol for chord in read_chords("| C | ? G7 |", "")]
    ['C', None, 'G7']
    """
    home = parse_key(key) if key else None
    found: list[Chord | None] = []
    for word in text.translate(_BETWEEN).split():
        if word == "-":
            continue
        if word in _OPEN:
            found.append(None)
        elif word == "%":
            found.append(found[-1] if found else None)
        else:
            found.append(read_chord(word, home))
    return found


def read_chord(word: str, key: Key | None) -> Chord:
    """Return the chord of a symbol or a Roman numeral.

    Parameters
    ----------
    word : str
    key : Key or None

    Returns
    -------
    Chord

    Raises
    ------
    ParameterError
        It cannot be read, or a numeral has no key.

    Examples
    --------
    >>> read_chord("ii7", Key("C")).symbol, read_chord("Bb", None).symbol
    ('Dm7', 'Bb')
    """
    if is_roman(word):
        if key is None:
            raise ParameterError(
                f"a Roman numeral needs a key, got {word!r}; add key='C'",
                zh=f"罗马数字和弦需要调,收到 {word!r};请加 key='C'",
            )
        return roman_to_chord(word, key)
    return parse_chord(word)


def find_home(chords: Sequence[Chord | None]) -> Key:
    """Return the key of what is given; C major without anything.

    Parameters
    ----------
    chords : sequence of Chord or None

    Returns
    -------
    Key

    Examples
    --------
    >>> find_home([None, parse_chord("G7")]).name()
    'C major'
    """
    return guess_home(tuple(chord for chord in chords if chord is not None))


def style_name(style: str) -> str:
    """Return the arranger's style that stands nearest; empty for none.

    Parameters
    ----------
    style : str

    Returns
    -------
    str

    Examples
    --------
    >>> style_name("bossa"), style_name("")
    ('bossa', '')
    """
    return kin_style(style).name if style else ""


def style_colour(name: str) -> str:
    """Return which upper tones the chords of a style have; empty for no style.

    Parameters
    ----------
    name : str
        Of `style_name`.

    Returns
    -------
    str

    Examples
    --------
    >>> style_colour("pop")
    'triads'
    """
    return find_style(name).colour if name else ""
