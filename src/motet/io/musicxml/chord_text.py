"""Harmony elements as the text of chord symbols that `motet.theory.parse_chord` reads.

A harmony says its chord twice: by kind and degrees, and by the text that is printed. Where both can
be read and no degrees are said, the printed text is kept, for it is what the writer meant.

Source: MusicXML 4.0, elements harmony, kind, degree and inversion, data type kind-value.
"""

from __future__ import annotations

from functools import lru_cache
from xml.etree.ElementTree import Element

from motet.errors import ParameterError
from motet.io.musicxml.head import read_number
from motet.io.musicxml.journal import Journal
from motet.io.musicxml.pitch_table import move_spelling, read_spelling
from motet.theory.chord import Chord, make_chord, parse_chord

__all__ = ["read_harmony"]

_KINDS = {
    "major": "1 3 5", "minor": "1 b3 5", "augmented": "1 3 #5", "diminished": "1 b3 b5",
    "dominant": "1 3 5 b7", "major-seventh": "1 3 5 7", "minor-seventh": "1 b3 5 b7",
    "diminished-seventh": "1 b3 b5 bb7", "augmented-seventh": "1 3 #5 b7",
    "half-diminished": "1 b3 b5 b7", "major-minor": "1 b3 5 7",
    "major-sixth": "1 3 5 6", "minor-sixth": "1 b3 5 6",
    "dominant-ninth": "1 3 5 b7 9", "major-ninth": "1 3 5 7 9", "minor-ninth": "1 b3 5 b7 9",
    "dominant-11th": "1 5 b7 9 11", "major-11th": "1 3 5 7 9 11",
    "minor-11th": "1 b3 5 b7 9 11", "dominant-13th": "1 3 5 b7 9 13",
    "major-13th": "1 3 5 7 9 13", "minor-13th": "1 b3 5 b7 9 11 13",
    "suspended-second": "1 2 5", "suspended-fourth": "1 4 5", "power": "1 5",
    "Neapolitan": "1 3 5", "Italian": "1 3 #6", "French": "1 3 #4 #6", "German": "1 3 5 #6",
    "Tristan": "1 #4 #6 #9", "pedal": "1", "other": "1 3 5",
}  # fmt: skip
_OLD_KINDS = {"dominant-seventh": "dominant", "min": "minor", "maj": "major", "": "major"}
_SIGNS = {-2: "bb", -1: "b", 0: "", 1: "#", 2: "##"}


def read_harmony(
    element: Element, *, transposition_fifths: int, is_own: bool, journal: Journal
) -> str:
    """Return the chord symbol of a harmony element, sounding; empty when there is none.

    Parameters
    ----------
    element : Element
    transposition_fifths : int
        Of the part, from written to sounding.
    is_own : bool
        Whether Motet wrote the file: then the printed text says more than the kind.
    journal : Journal

    Returns
    -------
    str

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> text = '''<harmony><root><root-step>F</root-step><root-alter>1</root-alter></root>
    ... <kind text="m7">minor-seventh</kind><degree><degree-value>5</degree-value>
    ... <degree-alter>-1</degree-alter><degree-type>alter</degree-type></degree>
    ... <bass><bass-step>E</bass-step></bass></harmony>'''
    >>> read_harmony(fromstring(text), transposition_fifths=0, is_own=False, journal=Journal())
    'F#m7b5/E'
    """
    kind = element.find("kind")
    name = (kind.text or "").strip() if kind is not None else ""
    if name == "none":
        return "N.C."
    root_element = element.find("root")
    if root_element is None:
        journal.tell(
            "{n} harmonies by function or numeral, without a root, were left out",
            "略去了 {n} 个没有根音、只写功能或级数的和弦",
        )
        return ""
    if len(element.findall("root")) > 1:
        journal.tell(
            "{n} polychords were read by their first chord alone",
            "{n} 个复合和弦只读取了第一个和弦",
        )
    root = _read_tone(root_element, "root", transposition_fifths, journal)
    if not root:
        journal.mend("{n} chord symbols without a root were ignored", "忽略了 {n} 个没有根音的和弦")
        return ""
    bass = ""
    bass_element = element.find("bass")
    if bass_element is not None:
        bass = _read_tone(bass_element, "bass", transposition_fifths, journal)
    changes = tuple(_read_degree(one) for one in element.findall("degree"))
    text = (kind.get("text") or "") if kind is not None else ""
    symbol = _symbol(root, name, text, changes, bass, is_own)
    if not symbol:
        journal.mend(
            "{n} chord symbols of an unknown kind were read as plain chords",
            "{n} 个性质不明的和弦按普通三和弦读取",
        )
        symbol = root + (f"/{bass}" if bass else "")
    inversion = read_number(element.findtext("inversion"), 1, 6)
    if inversion is not None and not bass:
        tones = parse_chord(symbol).tones()
        if int(inversion) < len(tones):
            symbol = f"{symbol}/{tones[int(inversion)]}"
    return symbol


def _read_tone(element: Element, name: str, fifths: int, journal: Journal) -> str:
    found = read_spelling(
        element.findtext(f"{name}-step"), element.findtext(f"{name}-alter"), journal
    )
    if found is None or not found[0]:
        return ""
    return move_spelling(found[0], fifths) if fifths else found[0]


def _read_degree(element: Element) -> tuple[str, int, int]:
    """Return type, number and alteration of a degree."""
    number = read_number(element.findtext("degree-value"), 1, 13)
    alter = read_number(element.findtext("degree-alter") or "0", -2, 2)
    kind = (element.findtext("degree-type") or "").strip()
    return kind, int(number or 0), round(alter or 0)


@lru_cache(maxsize=4096)
def _symbol(
    root: str,
    name: str,
    text: str,
    changes: tuple[tuple[str, int, int], ...],
    bass: str,
    is_own: bool,
) -> str:
    """Return the symbol that kind, text and degrees amount to; empty when they cannot be read."""
    slash = f"/{bass}" if bass else ""
    printed = text.replace("♭", "b").replace("♯", "#").strip()
    by_text = _read(root + printed + slash) if printed or is_own else None
    degrees = _KINDS.get(_OLD_KINDS.get(name, name))
    if by_text is not None and (not changes or degrees is None or name == "other"):
        by_kind = degrees.split() if degrees else []
        is_same = not changes and set(by_kind) <= set(by_text.degrees) | {"5"}
        if is_own or name == "other" or degrees is None or is_same:
            return root + printed + slash
    if degrees is None:
        return ""
    tones = _change(degrees.split(), changes)
    if not tones:
        return ""
    chord = make_chord(root, tones, bass)
    if by_text is not None and set(by_text.degrees) == set(tones):
        return root + printed + slash
    known = _read(chord.symbol)
    return chord.symbol if known is not None and known.pcs == chord.pcs else ""


def _read(symbol: str) -> Chord | None:
    try:
        return parse_chord(symbol)
    except ParameterError:
        return None


def _change(degrees: list[str], changes: tuple[tuple[str, int, int], ...]) -> tuple[str, ...]:
    """Return degrees after what is added, altered and left out."""
    tones = list(degrees)
    for kind, number, alter in changes:
        if not number:
            continue
        there = next((one for one in tones if int(one.lstrip("#b")) == number), None)
        if kind == "subtract":
            if there is not None:
                tones.remove(there)
            continue
        if kind == "alter" and there is not None:
            tones.remove(there)
            alter += there.count("#") - there.count("b")
        elif number == 7:
            alter -= 1  # a seventh that is added is a minor one unless it says otherwise
        spelled = f"{_SIGNS.get(alter, '')}{number}"
        if kind != "alter":
            spelled = {"2": "9", "4": "11"}.get(spelled, spelled)
        if spelled not in tones:
            tones.append(spelled)
    return tuple(tones)
