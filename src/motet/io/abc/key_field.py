"""``K:`` fields: tonic, mode, explicit accidentals, bagpipes, clef.

Source: The abc music standard 2.1, section 4.6.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from motet.io.abc.field import Properties, split_words

__all__ = ["KeyField", "parse_key", "signature_alters"]

_ORDER = "FCGDAEB"
_TONICS = {"F": -1, "C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5}
_MODES = {
    "": (0, "major"), "maj": (0, "major"), "ion": (0, "ionian"), "mix": (-1, "mixolydian"),
    "dor": (-2, "dorian"), "m": (-3, "minor"), "min": (-3, "minor"), "aeo": (-3, "aeolian"),
    "phr": (-4, "phrygian"), "loc": (-5, "locrian"), "lyd": (1, "lydian"),
}  # fmt: skip
_KEY = re.compile(r"([A-G])([#b♯♭]?)\s*([A-Za-z]*)")
_ACCIDENTAL = re.compile(r"(?<!\S)(\^\^?|__?|=)([A-Ga-g])(?![A-Za-z0-9])")
_ALTERS = {"^": 1, "^^": 2, "_": -1, "__": -2, "=": 0}


@dataclass(frozen=True, slots=True)
class KeyField:
    """What a ``K:`` field says; ``fifths`` None when it names no key. ``alters`` by letter."""

    fifths: int | None = 0
    mode: str = "major"
    alters: dict[str, int] = field(default_factory=dict)
    properties: Properties = field(default_factory=Properties)
    is_known: bool = True


def signature_alters(fifths: int) -> dict[str, int]:
    """Return the letters that a key signature alters.

    Examples
    --------
    >>> signature_alters(2), signature_alters(-1)
    ({'F': 1, 'C': 1}, {'B': -1})
    """
    if fifths >= 0:
        return dict.fromkeys(_ORDER[:fifths], 1)
    return dict.fromkeys(_ORDER[fifths:], -1)


def parse_key(text: str) -> KeyField:
    """Return what a key field says.

    Parameters
    ----------
    text : str
        ``"Edor"``, ``"D mix ^g"``, ``"none"``, ``"HP"``, ``"G clef=bass"``, ``"D exp ^f"``.

    Returns
    -------
    KeyField

    Examples
    --------
    >>> parse_key("Edor").fifths, parse_key("F#m").fifths, parse_key("none").alters
    (2, 3, {})
    >>> parse_key("D mix ^g").alters
    {'F': 1, 'G': 1}
    """
    plain = text.strip()[:500]
    if plain[:2] in ("HP", "Hp"):
        # Pipes sound F and C sharp; HP prints no signature.
        is_shown = plain[1] == "p"
        return KeyField(2 if is_shown else 0, "mixolydian", {"F": 1, "C": 1},
                        split_words(plain[2:]))  # fmt: skip
    if not plain or plain.lower().startswith("none"):
        return _with_accidentals(plain[4:], 0, "", is_explicit=True)
    found = _KEY.match(plain)
    rest = plain
    fifths: int | None = None
    mode = ""
    if found:
        word = found[3].lower()
        short = "m" if word in ("m", "minor") else word[:3]
        is_explicit = short == "exp"
        if short in _MODES or is_explicit:
            turn, mode = _MODES.get(short, (0, ""))
            rest = plain[found.end() :]
        else:
            turn, mode = 0, "major"
            rest = plain[found.end(2) :]
            if found.end(3) > found.end(2) and found[3] and plain[found.end(2)].isalpha():
                return KeyField(None, "", {}, split_words(plain), is_known=False)
        sign = {"#": 7, "♯": 7, "b": -7, "♭": -7}.get(found[2], 0)
        fifths = _TONICS[found[1]] + sign + turn
        while abs(fifths) > 7:
            fifths -= 12 if fifths > 0 else -12
        if is_explicit:
            return _with_accidentals(rest, 0, "", is_explicit=True)
        return _with_accidentals(rest, fifths, mode, is_explicit=False)
    properties = split_words(plain)
    marks = _ACCIDENTAL.findall(plain)
    if marks:
        return _with_accidentals(plain, 0, "", is_explicit=True)
    understood = properties.clef is not None or properties.octave is not None
    understood = understood or properties.transpose_semi is not None
    return KeyField(None, "", {}, properties, is_known=understood)


def _with_accidentals(rest: str, fifths: int, mode: str, *, is_explicit: bool) -> KeyField:
    """Return the key with accidentals of its own; they become a signature where one is the same."""
    if re.match(r"\s*exp\b", rest):
        is_explicit = True
    alters = {} if is_explicit else signature_alters(fifths)
    for sign, letter in _ACCIDENTAL.findall(rest):
        alters[letter.upper()] = _ALTERS[sign]
    shown = {letter: alter for letter, alter in alters.items() if alter}
    same = next((n for n in range(-7, 8) if signature_alters(n) == shown), None)
    if same is not None and same != fifths:
        fifths, mode = same, ""
    return KeyField(fifths, mode, alters, split_words(_ACCIDENTAL.sub(" ", rest)))
