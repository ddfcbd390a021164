"""Chord symbols as MusicXML says them: root, kind, altered and added degrees, bass.

Programs print the kind's text and then the degrees, so a symbol is either said by both, or by its
text alone ("7sus4", "6/9") with the nearest kind.

Source: MusicXML 4.0, data type kind-value and element degree (W3C Music Notation Community Group).
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from motet.errors import ParameterError
from motet.io.notation.writing import Transposition
from motet.theory.chord import Chord, parse_chord
from motet.theory.pitch import fifths_position

__all__ = ["chord_kind", "chord_tones", "harmony_xml"]

_KINDS = {
    "major": "1 3 5", "minor": "1 b3 5", "augmented": "1 3 #5", "diminished": "1 b3 b5",
    "dominant": "1 3 5 b7", "major-seventh": "1 3 5 7", "minor-seventh": "1 b3 5 b7",
    "diminished-seventh": "1 b3 b5 bb7", "augmented-seventh": "1 3 #5 b7",
    "half-diminished": "1 b3 b5 b7", "major-minor": "1 b3 5 7",
    "major-sixth": "1 3 5 6", "minor-sixth": "1 b3 5 6",
    "dominant-ninth": "1 3 5 b7 9", "major-ninth": "1 3 5 7 9", "minor-ninth": "1 b3 5 b7 9",
    "dominant-11th": "1 3 5 b7 9 11", "major-11th": "1 3 5 7 9 11",
    "minor-11th": "1 b3 5 b7 9 11", "dominant-13th": "1 3 5 b7 9 11 13",
    "major-13th": "1 3 5 7 9 11 13", "minor-13th": "1 b3 5 b7 9 11 13",
    "suspended-second": "1 2 5", "suspended-fourth": "1 4 5", "power": "1 5",
}  # fmt: skip
_TEXTS = {
    "major": "", "minor": "m", "dominant": "7", "major-seventh": "maj7", "minor-seventh": "m7",
    "dominant-ninth": "9", "major-ninth": "maj9", "minor-ninth": "m9", "dominant-13th": "13",
    "major-13th": "maj13", "minor-11th": "m11", "minor-13th": "m13",
}  # fmt: skip
_ROOT = re.compile(r"^\s*[A-Ga-g](?:#|b|♯|♭|x)*")
_BASS = re.compile(r"/\s*[A-Ga-g](?:#|b|♯|♭)*\s*$")


def chord_tones(symbol: str) -> tuple[str, ...]:
    """Return the spelled tones of a chord symbol, none when it cannot be read.

    Examples
    --------
    >>> chord_tones("Ebm7"), chord_tones("?")
    (('Eb', 'Gb', 'Bb', 'Db'), ())
    """
    chord = _read(symbol)
    return chord.tones() if chord else ()


@lru_cache(maxsize=4096)
def _read(symbol: str) -> Chord | None:
    try:
        return parse_chord(symbol)
    except ParameterError:
        return None


@lru_cache(maxsize=1024)
def chord_kind(degrees: tuple[str, ...]) -> tuple[str, tuple[tuple[str, int, int], ...]]:
    """Return the MusicXML kind of a chord and what it adds, alters and leaves out.

    Parameters
    ----------
    degrees : tuple of str
        As in `motet.theory.chord.Chord.degrees`.

    Returns
    -------
    tuple of str and tuple of (``"add"``, ``"alter"`` or ``"subtract"``, degree, alter)

    Examples
    --------
    >>> chord_kind(("1", "3", "5", "b7", "b9")), chord_kind(("1", "4", "5", "b7"))
    (('dominant', (('add', 9, -1),)), ('suspended-fourth', (('add', 7, 0),)))
    """
    best: tuple[int, str, tuple[tuple[str, int, int], ...]] | None = None
    for kind, text in _KINDS.items():
        own = text.split()
        changes = _changes(own, list(degrees))
        weight = sum(2 if action == "subtract" else 1 for action, _, _ in changes)
        if best is None or weight < best[0]:
            best = (weight, kind, changes)
    return (best[1], best[2]) if best else ("other", ())


def _split(degree: str) -> tuple[int, int]:
    number = int(degree.lstrip("#b"))
    return number, degree.count("#") - degree.count("b")


def _changes(own: list[str], wanted: list[str]) -> tuple[tuple[str, int, int], ...]:
    missing = [_split(degree) for degree in own if degree not in wanted]
    extra = [_split(degree) for degree in wanted if degree not in own]
    out = []
    for number, alter in extra:
        same = next((one for one in missing if one[0] == number), None)
        if same:
            missing.remove(same)
            out.append(("alter", number, alter - same[1]))
        else:
            out.append(("add", number, alter + (1 if number == 7 else 0)))
    out += [("subtract", number, 0) for number, _ in missing]
    return tuple(out)


def _note_xml(tag: str, spelling: str) -> str:
    alter = (fifths_position(spelling) + 1) // 7
    body = f"<{tag}-step>{spelling[0]}</{tag}-step>"
    if alter:
        body += f"<{tag}-alter>{alter}</{tag}-alter>"
    return f"<{tag}>{body}</{tag}>"


def harmony_xml(symbol: str, *, transposition: Transposition, fifths: int, offset: str = "") -> str:
    """Return the XML of a chord symbol; words where it cannot be read as a chord.

    Parameters
    ----------
    symbol : str
    transposition : Transposition
        Of the part that the symbol stands above.
    fifths : int
        Sounding key signature.
    offset : str
        XML of an offset element, or empty.

    Returns
    -------
    str

    Examples
    --------
    >>> harmony_xml("Gm", transposition=Transposition(), fifths=0)
    '<harmony><root><root-step>G</root-step></root><kind text="m">minor</kind></harmony>'
    """
    chord = _read(symbol)
    if chord is None or not chord.root:
        words = "N.C." if chord is not None else symbol
        return (
            f'<direction placement="above"><direction-type><words>{escape(words)}</words>'
            f"</direction-type>{offset}</direction>"
        )
    suffix = symbol
    if _ROOT.match(symbol):
        suffix = _ROOT.sub("", symbol)
        suffix = _BASS.sub("", suffix) if chord.bass else suffix
    else:  # a Roman numeral, printed as the chord it stands for
        suffix = re.sub(r"/.*$", "", _ROOT.sub("", chord.symbol))
    root = transposition.spell(chord.root, fifths)
    kind, changes = chord_kind(chord.degrees)
    text = re.sub(r"b(?=\d)", "♭", suffix)
    text = re.sub(r"#(?=\d)", "♯", text)
    if _prints_degrees(kind, changes):
        text = _TEXTS[kind]
    else:
        changes = ()
    out = [f"<harmony>{_note_xml('root', root)}<kind text={quoteattr(text)}>{kind}</kind>"]
    if chord.bass:
        out.append(_note_xml("bass", transposition.spell(chord.bass, fifths)))
    for action, number, alter in changes:
        out.append(
            f"<degree><degree-value>{number}</degree-value>"
            f"<degree-alter>{alter}</degree-alter><degree-type>{action}</degree-type></degree>"
        )
    return "".join([*out, offset, "</harmony>"])


def _prints_degrees(kind: str, changes: tuple[tuple[str, int, int], ...]) -> bool:
    """Tell whether programs print the changes after the kind's own text as a musician would."""
    if kind not in _TEXTS or not changes:
        return False
    if kind in ("major", "minor"):
        return changes in ((("add", 9, 0),), (("add", 11, 0),))
    return all(action != "subtract" and alter and number != 7 for action, number, alter in changes)
