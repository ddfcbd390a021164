"""One token of a kern spine: a note, a chord or a rest.

Conventions: durations are exact, as numerator and denominator in quarter notes; 0 for grace notes.
Tokens repeat a great deal, so parsing is cached. Signs for print alone (beams, stems, editorial
signs) are passed over; only a token without recip or pitch is unreadable.

Source: David Huron, The Humdrum Toolkit: Reference Manual (1995), representation ``**kern``;
``q`` slashed and ``qq`` unslashed grace notes as Verovio and humlib read them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

__all__ = ["TIE_END", "TIE_MIDDLE", "TIE_NONE", "TIE_START", "Head", "Token", "parse_token"]

TIE_NONE, TIE_START, TIE_MIDDLE, TIE_END = range(4)

_RECIP = re.compile(r"(\d+)(?:%(\d+))?")
_PITCH = re.compile(r"([a-gA-G])(\1*)(#+|-+|n)?")
_LETTER_SEMI = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_MAX_RECIP = 1_000_000
_MAX_QN = 4096
_ORNAMENTS = {
    "T": "trill",
    "t": "trill",
    "M": "inverted-mordent",
    "m": "inverted-mordent",
    "W": "mordent",
    "w": "mordent",
    "S": "turn",
    "$": "inverted-turn",
    ":": "arpeggio",
    "H": "glissando",
}
_ARTICULATIONS = {
    "'": "staccato",
    "`": "staccatissimo",
    "~": "tenuto",
    "^": "accent",
    ";": "fermata",
    ",": "breath",
    "v": "up-bow",
    "u": "down-bow",
    "o": "harmonic",
    '"': "pizzicato",
}


@dataclass(frozen=True, slots=True)
class Head:
    """One note of a token: sounding pitch, how it is written, how it is tied and played."""

    pitch: int
    spelling: str
    tie: int = TIE_NONE
    articulations: tuple[str, ...] = ()
    ornaments: tuple[str, ...] = ()
    grace: str = ""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """A token that was read. ``heads`` is empty for a rest; ``fault`` says what was not read.

    ``numerator`` / ``denominator`` is the duration in quarter notes; a grace token has 0.
    """

    numerator: int = 0
    denominator: int = 1
    heads: tuple[Head, ...] = ()
    is_grace: bool = False
    slur_starts: int = 0
    slur_ends: int = 0
    fault: str = ""


@lru_cache(maxsize=65536)
def parse_token(text: str) -> Token:
    """Return what one token of a kern spine says.

    Parameters
    ----------
    text : str
        ``"4.cc#L"``, ``"2r"``, ``"8c 8e 8g"``.

    Returns
    -------
    Token
        With `fault` ``"none"``, ``"recip"`` or ``"pitch"``: no length, or an impossible length or
        pitch.

    Examples
    --------
    >>> token = parse_token("4.cc#L")
    >>> token.numerator, token.denominator, token.heads[0].pitch, token.heads[0].spelling
    (3, 2, 73, 'C#')
    >>> [head.pitch for head in parse_token("8C 8e- 8g").heads], parse_token("4r").heads
    ([48, 63, 67], ())
    """
    duration: Fraction | None = None
    heads: list[Head] = []
    fault = ""
    is_grace = is_rest = False
    for word in text.split():
        found = _RECIP.search(word)
        grace = "appoggiatura" if "qq" in word else "acciaccatura" if "q" in word else ""
        is_grace = is_grace or bool(grace)
        if found is not None and duration is None and not grace:
            duration = _length(found, word.count("."))
            if duration is None:
                fault = "recip"
        if "r" in word:
            is_rest = True
            continue
        head = _head(word, grace)
        if head is None:
            fault = fault or "pitch"
        else:
            heads.append(head)
    if is_grace and (heads or is_rest):
        duration = Fraction(0)
    elif duration is None:
        fault = fault or ("none" if heads or is_rest else "recip")
    if not heads and not is_rest:
        fault = fault or "pitch"
    exact = duration or Fraction(0)
    return Token(
        exact.numerator,
        exact.denominator,
        tuple(heads),
        is_grace,
        text.count("("),
        text.count(")"),
        fault,
    )


def _length(found: re.Match[str], dots: int) -> Fraction | None:
    """Return quarter notes of a recip: 4 is a quarter, 0 a breve, 00 a long, 3%2 two thirds."""
    digits, over = found.groups()
    if len(digits) > 7 or len(over or "") > 7 or dots > 8:
        return None
    number = int(digits)
    if number == 0:
        if len(digits) > 4:
            return None
        plain = Fraction(4 * 2 ** len(digits))
    elif number > _MAX_RECIP:
        return None
    else:
        plain = Fraction(4, number)
    if over:
        plain *= int(over)
    exact = plain * Fraction(2 ** (dots + 1) - 1, 2**dots)
    return exact if 0 < exact <= _MAX_QN else None


def _head(word: str, grace: str) -> Head | None:
    """Return the note of a word, or None when it has no pitch that sounds."""
    found = _PITCH.search(word)
    if found is None:
        return None
    letter, more, sign = found.groups()
    sign = "" if sign in (None, "n") else sign
    name = letter.upper()
    octave = 4 + len(more) if letter.islower() else 3 - len(more)
    alter = len(sign) if sign.startswith("#") else -len(sign)
    pitch = 12 * (octave + 1) + _LETTER_SEMI[name] + alter
    if not 0 <= pitch <= 127 or abs(alter) > 3:
        return None
    marks = word.replace(found[0], "", 1)
    ends = "_" in marks or "]" in marks
    starts = "_" in marks or "[" in marks
    tie = TIE_MIDDLE if ends and starts else TIE_END if ends else TIE_START if starts else TIE_NONE
    articulations = [name for sign_, name in _ARTICULATIONS.items() if sign_ in marks]
    if "^^" in marks:
        articulations[articulations.index("accent")] = "marcato"
    if "staccato" in articulations and "tenuto" in articulations:
        rest = [one for one in articulations if one not in ("staccato", "tenuto")]
        articulations = ["portato", *rest]
    ornaments = dict.fromkeys(name for sign_, name in _ORNAMENTS.items() if sign_ in marks)
    if "$" in marks:
        ornaments.pop("turn", None)
    return Head(
        pitch,
        name + sign.replace("-", "b"),
        tie,
        tuple(articulations),
        tuple(ornaments),
        grace,
        "yy" in marks,
    )
