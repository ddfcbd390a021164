"""Tandem interpretations: keys, metres, clefs, tempos, transposition.

Conventions: each function returns None for a text that does not say a value that can be.

Source: David Huron, The Humdrum Toolkit: Reference Manual (1995), tandem interpretations of
``**kern``.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = [
    "parse_clef",
    "parse_key_name",
    "parse_metre",
    "parse_signature",
    "parse_tempo",
    "parse_transposition",
]

_METRE = re.compile(r"^\*M(\d{1,3})[/\\](\d{1,3})$")
_SIGNATURE = re.compile(r"^\*k\[(.*)\]$")
_KEY = re.compile(r"^\*([A-Ga-g])([#-]*):(\w*)")
_CLEF = re.compile(r"^\*clef([GFCX])(v+|\^+)?([1-5])?")
_TEMPO = re.compile(r"^\*MM\[?[^\d\]]*(\d+(?:\.\d+)?)")
_SHIFT = re.compile(r"^\*ITr(?:d(-?\d+))?c(-?\d+)$")
_FIFTHS = {"C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5, "F": -1}
_MODES = {
    "ion": "ionian",
    "dor": "dorian",
    "phr": "phrygian",
    "lyd": "lydian",
    "mix": "mixolydian",
    "aeo": "aeolian",
    "loc": "locrian",
}
_MODE_FIFTHS = {
    "major": 0,
    "minor": -3,
    "ionian": 0,
    "dorian": -2,
    "phrygian": -4,
    "lydian": 1,
    "mixolydian": -1,
    "aeolian": -3,
    "locrian": -5,
}


@lru_cache(maxsize=1024)
def parse_metre(text: str) -> tuple[int, int] | None:
    """Return numerator and denominator of a metre; a breve as the unit becomes two semibreves.

    Examples
    --------
    >>> parse_metre("*M6/8"), parse_metre("*M3/0"), parse_metre("*M0/4")
    ((6, 8), (6, 1), None)
    """
    found = _METRE.match(text)
    if found is None:
        return None
    numerator, denominator = int(found[1]), int(found[2])
    if denominator == 0:
        numerator, denominator = numerator * 2, 1
    is_power = denominator in (1, 2, 4, 8, 16, 32, 64)
    return (numerator, denominator) if is_power and 1 <= numerator <= 255 else None


@lru_cache(maxsize=1024)
def parse_signature(text: str) -> int | None:
    """Return the fifths of a key signature: sharps minus flats, each letter counted once.

    Examples
    --------
    >>> parse_signature("*k[f#c#]"), parse_signature("*k[b-]"), parse_signature("*k[]")
    (2, -1, 0)
    """
    found = _SIGNATURE.match(text)
    if found is None:
        return None
    signs = re.findall(r"([a-gA-G])([#\-n]?)", found[1])
    by_letter = {letter.lower(): sign for letter, sign in signs}
    fifths = list(by_letter.values()).count("#") - list(by_letter.values()).count("-")
    return fifths if -7 <= fifths <= 7 else None


@lru_cache(maxsize=1024)
def parse_key_name(text: str) -> tuple[int, str] | None:
    """Return the usual fifths and the mode of a named key.

    Examples
    --------
    >>> parse_key_name("*e:"), parse_key_name("*D:"), parse_key_name("*d:dor")
    ((1, 'minor'), (2, 'major'), (0, 'dorian'))
    """
    found = _KEY.match(text)
    if found is None:
        return None
    letter, sign, mode_text = found.groups()
    mode = _MODES.get(mode_text[:3].lower(), "major" if letter.isupper() else "minor")
    alter = sign.count("#") - sign.count("-")
    return _FIFTHS[letter.upper()] + 7 * alter + _MODE_FIFTHS[mode], mode


@lru_cache(maxsize=1024)
def parse_clef(text: str) -> tuple[str, int, int] | None:
    """Return sign, line and octave shift of a clef.

    Examples
    --------
    >>> parse_clef("*clefF4"), parse_clef("*clefGv2"), parse_clef("*clefX")
    (('F', 4, 0), ('G', 2, -1), ('percussion', 2, 0))
    """
    found = _CLEF.match(text)
    if found is None:
        return None
    sign, shift, line = found.groups()
    octave = 0 if not shift else -len(shift) if shift[0] == "v" else len(shift)
    if sign == "X":
        return "percussion", 2, 0
    return sign, int(line or {"G": 2, "F": 4, "C": 3}[sign]), octave


@lru_cache(maxsize=1024)
def parse_tempo(text: str) -> float | None:
    """Return quarter notes a minute, or None when the text has no number.

    Examples
    --------
    >>> parse_tempo("*MM72"), parse_tempo("*MM[Allegro]")
    (72.0, None)
    """
    found = _TEMPO.match(text)
    if found is None or len(found[1]) > 9:
        return None
    qpm = float(found[1])
    return qpm if 4 <= qpm <= 6000 else None


@lru_cache(maxsize=1024)
def parse_transposition(text: str) -> int | None:
    """Return how many semitones an instrument sounds above what is written for it.

    Examples
    --------
    >>> parse_transposition("*ITrd1c2"), parse_transposition("*ITrd-2c-3")
    (-2, 3)
    """
    found = _SHIFT.match(text)
    if found is None or len(found[2]) > 3 or abs(int(found[2])) > 48:
        return None
    return -int(found[2])
