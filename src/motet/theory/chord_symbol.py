"""Reading chord symbols: a small grammar over everything people write after a root.

Conventions: the answer is a root, degrees above it (``"b3"``, ``"13"``) and a bass, all cleaned.
The way: straighten the signs, take root and slash bass off, read triad kind and number, then any
number of changes (b9, #11, sus4, add9, no3, alt, maj7).

Sources: see `chord_table`.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

from motet.errors import ParameterError
from motet.theory.chord_table import QUALITIES
from motet.theory.scale import degree_semi

__all__ = ["read_symbol"]

_ROOT = re.compile(r"([A-G])(##|bb|#|b)?(.*)", re.DOTALL)
_BASS = re.compile(r"(.*)/\s*([A-Ga-g])(##|bb|#|b)?\s*", re.DOTALL)
_SIGNS = str.maketrans(
    {
        "♯": "#",
        "♭": "b",
        "△": "^",
        "Δ": "^",
        "∆": "^",
        "Ø": "ø",
        "⌀": "ø",
        "∅": "ø",
        "º": "°",
        "˚": "°",
        "−": "-",
        "–": "-",
        "(": " ",
        ")": " ",
        "[": " ",
        "]": " ",
        ",": " ",
        "/": "/",
        "♮": "",
    }
)
_NO_CHORD = {"n.c.", "nc", "n.c", "n/c", "no chord", "nochord"}
_KIND = re.compile(
    r"(?P<maj>maj(?:or)?|Maj(?:or)?|MAJ|Ma|ma(?!dd)|M|\^|j)"
    r"|(?P<half>ø|h(?:alf-?)?dim|half-diminished)"
    r"|(?P<dim>dim(?:inished)?|Dim|°|o(?!m))"
    r"|(?P<aug>aug(?:mented)?|Aug|\+)"
    r"|(?P<min>min(?:or)?|Min(?:or)?|MIN|mi|Mi|m|-)"
    r"|(?P<dom>dom(?:inant)?)"
)
_NUMBER = re.compile(r"6\s*/?\s*9|69|13|11|9|7|6|5|4|2")
_CHANGE = re.compile(
    r"(?P<sus>sus(?:pended)?)\s*(?P<susn>2\s*/?\s*4|2\s*sus\s*4|4\s*/?\s*2|[24]?)"
    r"|(?P<add>add)\s*(?P<addn>(?:bb|b|#|\+|-)?(?:13|11|9|7|6|5|4|3|2|1))"
    r"|(?P<no>no|omit|drop)\s*(?P<non>(?:bb|b|#)?(?:13|11|9|7|6|5|4|3|1))"
    r"|(?P<alt>alt(?:ered)?)"
    r"|(?P<maj>maj|Maj|ma|Ma|M|\^)\s*(?P<majn>7|9|11|13)?"
    r"|(?P<mark>b|#|\+|-)\s*(?P<markn>13|11|9|7|6|5|4)"
    r"|(?P<plus>\+|aug)(?!\d)"
    r"|(?P<ext>13|11|9|6)(?!\d)"
)


def read_symbol(text: str) -> tuple[str, tuple[str, ...], str] | None:
    """Return root, degrees and bass of a chord symbol, or None for "N.C.".

    Parameters
    ----------
    text : str
        One symbol.

    Returns
    -------
    tuple of str, tuple of str, str; or None
        Root spelling, degrees in rising order, bass spelling (empty when the root is lowest).

    Raises
    ------
    ParameterError
        The symbol cannot be read.

    Examples
    --------
    >>> read_symbol("F#m7b5/E")
    ('F#', ('1', 'b3', 'b5', 'b7'), 'E')
    """
    plain = text.strip()
    if plain.lower() in _NO_CHORD:
        return None
    signs = plain.translate(_SIGNS)
    match = _ROOT.fullmatch(signs)
    if match is None:
        raise _root_error(plain, signs)
    root, rest, bass = match[1] + (match[2] or ""), match[3], ""
    slash = _BASS.fullmatch(rest)
    if slash is not None:
        rest, bass = slash[1], slash[2].upper() + (slash[3] or "")
    degrees = _read_quality(rest.strip())
    if degrees is None:
        raise _quality_error(plain, root, rest.strip())
    return root, degrees, bass


def _root_error(plain: str, signs: str) -> ParameterError:
    """Explain why a symbol has no root."""
    hint = "Am7"
    first = signs[:1]
    if first in tuple("abcdefg") and _ROOT.fullmatch(first.upper() + signs[1:]):
        hint = first.upper() + plain[1:]
    elif first in ("H", "h"):
        hint = "B" + plain[1:]
    return ParameterError(
        f"a chord begins with a capital letter A to G, got {plain!r}; did you mean {hint!r}?",
        zh=f"和弦以大写字母 A 到 G 开头,收到 {plain!r};是否想写 {hint!r}?",
    )


def _quality_error(plain: str, root: str, rest: str) -> ParameterError:
    """Explain that what follows the root is unknown, and offer the nearest."""
    known = {one.identifier: one.suffix for one in QUALITIES.values()}
    names = [name for name in (*known, *known.values()) if name]
    near = get_close_matches(rest, names, n=1, cutoff=0.3)
    guess = f"{root}{near[0]}" if near else f"{root}m7"
    return ParameterError(
        f"the chord quality after {root} must be a known one such as m7, maj7 or 7b9, "
        f"got {plain!r}; did you mean {guess!r}?",
        zh=f"{root} 之后须是已知的和弦性质,如 m7、maj7、7b9,收到 {plain!r};是否想写 {guess!r}?",
    )


def _read_quality(rest: str) -> tuple[str, ...] | None:
    """Return the degrees of what follows the root, or None when it cannot be read."""
    known = QUALITIES.get(rest)
    if known is not None:
        return known.degrees
    if rest.endswith("/"):
        return None
    kind, where = "", 0
    match = _KIND.match(rest)
    if match is not None:
        kind, where = str(match.lastgroup), match.end()
        if kind == "aug" and rest[:1] == "+" and rest[1:2] in ("9", "1", "5", "4", "6"):
            kind, where = "", 0
    number_match = _NUMBER.match(rest, _skip(rest, where))
    number = ""
    if number_match is not None:
        number = re.sub(r"[\s/]", "", number_match[0])
        where = number_match.end()
    tones = _base(kind, number, is_triangle=rest[:1] == "^")
    if tones is None:
        return None
    while where < len(rest):
        where = _skip(rest, where)
        if where >= len(rest):
            break
        change = _CHANGE.match(rest, where)
        if change is None or not _apply(tones, change):
            return None
        where = change.end()
    return tuple(sorted(tones, key=lambda one: (degree_semi(one), one)))


def _skip(rest: str, where: int) -> int:
    """Return the next place that is no blank and no loose slash."""
    while where < len(rest) and rest[where] in " /":
        where += 1
    return where


def _base(kind: str, number: str, *, is_triangle: bool) -> set[str] | None:
    """Return the tones of a triad kind with a number; a bare triangle is a major seventh."""
    if number == "5":
        return {"1", "5"} if kind in ("", "maj") else None
    triads = {"min": ("b3", "5"), "dim": ("b3", "b5"), "half": ("b3", "b5"), "aug": ("3", "#5")}
    tones = {"1", *triads.get(kind, ("3", "5"))}
    seventh = {"maj": "7", "dim": "bb7"}.get(kind, "b7")
    if number == "2":
        tones.add("9")
    elif number == "4":
        return {"1", "4", "5"} if kind in ("", "maj") else tones | {"11"}
    elif number == "6":
        tones.add("6")
    elif number == "69":
        tones |= {"6", "9"}
    elif number:
        tones.add(seventh)
        if number in ("9", "11", "13"):
            tones.add("9")
        if number == "11" or (number == "13" and kind == "min"):
            tones.add("11")
        if number == "11" and kind in ("", "dom"):
            tones.discard("3")
        if number == "13":
            tones.add("13")
    elif kind == "half":
        tones.add("b7")
    elif is_triangle:
        tones.add("7")
    elif kind == "dom":
        return None
    return tones


def _apply(tones: set[str], change: re.Match[str]) -> bool:
    """Change the tones by one modifier; say whether it makes sense."""
    if change["sus"] is not None:
        tones -= {"3", "b3", "11"}
        which = re.sub(r"[^24]", "", change["susn"]) or "4"
        tones |= set(which)
        if "2" in which:
            tones -= {"9"}
    elif change["add"] is not None:
        marked = change["addn"].replace("+", "#").replace("-", "b")
        tones.add({"2": "9", "4": "11", "b2": "b9", "#4": "#11", "7": "b7"}.get(marked, marked))
    elif change["no"] is not None:
        number = re.sub(r"\D", "", change["non"])
        gone = {one for one in tones if re.sub(r"\D", "", one) == number}
        tones -= {change["non"]} if change["non"] in tones else gone
    elif change["alt"] is not None:
        tones -= {"5", "9"}
        tones |= {"b7", "b9", "#9", "b13"}
    elif change["maj"] is not None:
        tones -= {"b7", "bb7"}
        tones.add("7")
        extra = {"9": ("9",), "11": ("9", "11"), "13": ("9", "13")}
        tones |= set(extra.get(change["majn"] or "", ()))
    elif change["plus"] is not None:
        tones -= {"5"}
        tones.add("#5")
    elif change["ext"] is not None:
        tones.add(change["ext"])
    else:
        return _alter(tones, change["mark"], change["markn"])
    return True


def _alter(tones: set[str], mark: str, number: str) -> bool:
    """Flatten or sharpen one degree."""
    sign = {"+": "#", "-": "b"}.get(mark, mark)
    if number == "7":
        tones.add("b7")
        return sign == "b"
    if number == "4":
        number = "11"
    if number == "6" and sign == "#":
        return False
    tones.discard(number)
    tones.add(sign + number)
    if sign + number == "b6":
        tones.discard("b13")
    return True
