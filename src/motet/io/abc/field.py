"""Fields of ABC: metre, unit length, tempo and what follows a key or voice (``clef=bass``).

Conventions: lengths are fractions of a whole note, as ABC has them.

Source: The abc music standard 2.1 (December 2011), sections 3.1 and 4.6.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from motet.score import Clef, Metre

__all__ = ["Properties", "TempoMark", "parse_length", "parse_metre", "parse_tempo", "split_words"]

_MAX_FIELD = 500
_FRACTION = re.compile(r"(\d{1,4})\s*/\s*(\d{1,4})")
_METRE = re.compile(r"\(?\s*(\d{1,3}(?:\s*\+\s*\d{1,3})*)\s*\)?\s*/\s*(\d{1,3})")
_WORD = re.compile(r'([\w-]+)\s*=\s*("[^"]*"|\S+)|("[^"]*"|\S+)')
_CLEF = re.compile(r"(treble|bass|alto|tenor|perc|none|soprano|mezzosoprano|baritone|[GFCP])"
                   r"([1-5])?([+^_-]8|[+^_-]15)?\Z", re.IGNORECASE)  # fmt: skip
_CLEFS = {
    "treble": ("G", 2), "bass": ("F", 4), "alto": ("C", 3), "tenor": ("C", 4),
    "perc": ("percussion", 3), "p": ("percussion", 3), "soprano": ("C", 1),
    "mezzosoprano": ("C", 2), "baritone": ("F", 3), "g": ("G", 2), "f": ("F", 4), "c": ("C", 3),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TempoMark:
    """What ``Q:`` says. ``qpm`` is 0 when it has words only."""

    qpm: float = 0.0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Properties:
    """What follows the identifier of a voice or a key: clef, transposition, names.

    ``rest`` are the words that were not understood.
    """

    clef: Clef | None = None
    transpose_semi: int | None = None
    octave: int | None = None
    name: str = ""
    short_name: str = ""
    rest: tuple[str, ...] = ()


def parse_length(text: str) -> Fraction | None:
    """Return the unit length of ``L:``, or None when it is none.

    Examples
    --------
    >>> parse_length("1/8"), parse_length("x")
    (Fraction(1, 8), None)
    """
    if text.strip() == "1":
        return Fraction(1)
    found = _FRACTION.fullmatch(text.strip()) if len(text) <= _MAX_FIELD else None
    if not found or not int(found[1]) or not int(found[2]) or int(found[2]) > 1024:
        return None
    return Fraction(int(found[1]), int(found[2]))


def parse_metre(text: str) -> Metre | None:
    """Return the metre of ``M:`` at tick 0, or None when it cannot be.

    Examples
    --------
    >>> parse_metre("C|").symbol, parse_metre("(2+3)/8").groups, parse_metre("none").symbol
    ('cut', (2, 3), 'none')
    """
    plain = text.strip()
    if plain == "C":
        return Metre(tick=0, numerator=4, denominator=4, symbol="common")
    if plain == "C|":
        return Metre(tick=0, numerator=2, denominator=2, symbol="cut")
    if plain.lower() in ("none", ""):
        return Metre(tick=0, numerator=4, denominator=4, symbol="none")
    found = _METRE.match(plain) if len(plain) <= _MAX_FIELD else None
    if not found:
        return None
    groups = tuple(int(one) for one in found[1].split("+"))
    numerator, denominator = sum(groups), int(found[2])
    if not (1 <= numerator <= 255 and min(groups) and denominator in (1, 2, 4, 8, 16, 32, 64)):
        return None
    return Metre(
        tick=0,
        numerator=numerator,
        denominator=denominator,
        groups=groups if len(groups) > 1 else (),
    )


def parse_tempo(text: str, unit: Fraction) -> TempoMark | None:
    """Return the tempo of ``Q:``, or None when it says nothing.

    Parameters
    ----------
    text : str
        ``"1/4=120"``, ``'"Allegro" 3/8=80'``, ``"120"`` (unit lengths a minute).
    unit : Fraction
        The unit length.

    Examples
    --------
    >>> parse_tempo('"Allegro" 3/8=80', Fraction(1, 8))
    TempoMark(qpm=120.0, text='Allegro')
    >>> parse_tempo("240", Fraction(1, 8)).qpm
    120.0
    """
    if len(text) > _MAX_FIELD:
        return None
    words = " ".join(re.findall(r'"([^"]*)"', text)).strip()[:200]
    plain = re.sub(r'"[^"]*"?', " ", text).strip()
    beats, equals, speed_text = plain.rpartition("=")
    speed = re.match(r"\s*(\d{1,5}(?:\.\d{1,3})?)", speed_text)
    qpm = 0.0
    if speed:
        beat = unit
        if equals:
            found = _FRACTION.findall(beats)
            parts = [Fraction(int(up), int(down)) for up, down in found if int(down)]
            beat = sum(parts, Fraction(0)) or unit
            if not parts and (times := re.search(r"C(\d{1,2})", beats)):
                beat = unit * int(times[1])
        qpm = float(speed[1]) * float(beat) * 4
    if not 3.58 <= qpm <= 100_000:
        qpm = 0.0
    return TempoMark(qpm, words) if qpm or words else None


def split_words(text: str) -> Properties:
    """Return the properties that a voice or key field lists.

    Examples
    --------
    >>> found = split_words('clef=treble-8 transpose=-2 nm="Tenor" stem=up')
    >>> found.clef.octave, found.transpose_semi, found.name, found.rest
    (-1, -2, 'Tenor', ())
    """
    clef: Clef | None = None
    numbers: dict[str, int] = {}
    names: dict[str, str] = {}
    rest: list[str] = []
    for key, value, plain in _WORD.findall(text[:2000]):
        word, given = key.lower(), (value or plain).strip('"')
        if word in ("transpose", "octave", "t"):
            if re.fullmatch(r"[+-]?\d{1,3}", given):
                numbers[word] = int(given)
        elif word in ("name", "nm"):
            names["name"] = given.replace("\\n", " ")[:200]
        elif word in ("subname", "snm", "sname"):
            names["short"] = given[:80]
        elif word == "clef" or (not word and _CLEF.match(given)):
            clef = _clef(given) or clef
        elif not word:
            rest.append(plain)
    return Properties(
        clef,
        numbers.get("transpose", numbers.get("t")),
        numbers.get("octave"),
        names.get("name", ""),
        names.get("short", ""),
        tuple(rest),
    )


def _clef(text: str) -> Clef | None:
    found = _CLEF.match(text)
    if not found or found[1].lower() == "none":
        return None
    sign, line = _CLEFS[found[1].lower()]
    shift = found[3] or ""
    octaves = 2 if shift.endswith("15") else 1 if shift else 0
    if shift[:1] in ("-", "_"):
        octaves = -octaves
    return Clef(tick=0, sign=sign, line=int(found[2] or line), octave=octaves)
