"""Chords as Roman numerals of a key, and what they do in it.

Conventions: capitals are major, small letters minor, ``°`` (or ``o``) diminished, ``ø``
half-diminished, ``+`` augmented. A flat counts from the major scale on the tonic in every mode
(bIII, bVI, bVII), so in minor it is a courtesy; without a sign the degree is the key's own, but
vii° stands on the raised seventh. Sevenths are said in full: I7 is a dominant seventh, Imaj7 a
major one. Figures 6 64 65 43 42 are inversions; add6 is an added sixth; V7/ii is V7 of ii.
A letter after the last slash is the bass (V13/ii/E).

Source: Aldwell and Schachter, Harmony and Voice Leading (figures, Neapolitan, augmented sixths);
Stefan Kostka and Dorothy Payne, Tonal Harmony (secondary functions, borrowed chords).
"""

from __future__ import annotations

import re
from functools import lru_cache

from motet.errors import ParameterError
from motet.theory.chord import Chord, make_chord, parse_chord
from motet.theory.chord_symbol import read_symbol
from motet.theory.pitch import (
    fifths_position,
    position_to_spelling,
    spelling_to_pc,
    transpose_spelling,
)
from motet.theory.scale import SCALES, Key, degree_fifths

__all__ = ["chord_to_roman", "is_roman", "roman_to_chord"]

_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII")
_ROMAN = re.compile(r"([b#♭♯]?)(VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)(.*)")
_START = re.compile(r"[b#♭♯]?(?:VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)|It|Fr\d|Fr$|Ger|N\d|N$")
_FIGURES = (("6/5", "65"), ("6/4", "64"), ("4/3", "43"), ("4/2", "42"))
_BASS = re.compile(r"(.+)/([A-G](?:##|bb|#|b)?)")
_FIGURE = re.compile(r"(|[°oø+]|dim|aug|maj|M)(65|64|43|42|6|2)")
_SPECIAL = re.compile(r"(It|Fr|Ger|N)(6|65|64|43|42)?")
_INVERSION = {"6": 1, "65": 1, "64": 2, "43": 2, "42": 3, "2": 3}


def is_roman(text: str) -> bool:
    """Return whether a chord word is a Roman numeral rather than a letter symbol.

    Parameters
    ----------
    text : str

    Returns
    -------
    bool

    Examples
    --------
    >>> is_roman("bVII7"), is_roman("Bb7"), is_roman("Ger65")
    (True, False, True)
    """
    return _START.match(text) is not None


def _degree_root(sign: str, numeral: str, key: Key, *, is_leading: bool) -> str:
    """Return the spelling of a degree's root."""
    index = _NUMERALS.index(numeral.upper())
    degree = str(index + 1)
    own = _own_degree(index, key)
    if sign == "b":
        degree = "b" + degree
    elif sign == "#":
        degree = degree if own.startswith("b") else "#" + degree
    elif not (is_leading and index == 6):
        degree = own
    return transpose_spelling(key.tonic, shift_fifths=degree_fifths(degree))


@lru_cache(maxsize=1024)
def _own_degree(index: int, key: Key) -> str:
    """Return a step of the key (0 to 6) as a degree of the major scale, natural minor in minor."""
    scale = SCALES[key.mode]
    if len(scale) != 7 or key.mode in ("harmonic minor", "melodic minor"):
        scale = SCALES["minor" if key.is_minor else "major"]
    shift = scale[index] - SCALES["major"][index]
    return ("#" * shift if shift > 0 else "b" * -shift) + str(index + 1)


@lru_cache(maxsize=4096)
def roman_to_chord(text: str, key: Key) -> Chord:
    """Return the chord that a Roman numeral stands for in a key.

    Parameters
    ----------
    text : str
        ``"V7/ii"``, ``"bVII"``, ``"#iv°7"``, ``"iiø7"``, ``"I64"``, ``"N6"``, ``"Ger65"``.
    key : Key

    Returns
    -------
    Chord

    Raises
    ------
    ParameterError
        The numeral cannot be read.

    Examples
    --------
    >>> from motet.theory.scale import parse_key
    >>> [roman_to_chord(one, parse_key("Am")).symbol for one in ("V7/iv", "vii°7", "VI")]
    ['A7', 'G#dim7', 'F']
    """
    word = text.strip()
    for long, short in _FIGURES:
        word = word.replace(long, short)
    special = _SPECIAL.fullmatch(word)
    if special is not None:
        return _special(special[1], special[2] or "", key)
    bass = ""
    slash_bass = _BASS.fullmatch(word)
    if slash_bass is not None:
        word, bass = slash_bass[1], slash_bass[2]
    match = _ROMAN.fullmatch(word)
    if match is None:
        raise _roman_error(text)
    sign, numeral, rest = match[1].replace("♭", "b").replace("♯", "#"), match[2], match[3]
    rest, slash, target = rest.partition("/")
    while slash and target[:1] == "9" and rest.endswith("6"):
        rest, (more, slash, target) = rest + "9", target[1:].partition("/")
        rest += more
    if slash:
        if not is_roman(target):
            raise _roman_error(text)
        goal = roman_to_chord(target, key)
        key = Key(goal.root, "minor" if 3 in goal.intervals else "major")
    is_small = numeral.islower()
    is_dim = rest[:1] in ("°", "o", "ø", "º", "Ø") or rest.startswith(("dim", "7b5", "m7b5"))
    root = _degree_root(sign, numeral, key, is_leading=is_small and is_dim)
    figure = _FIGURE.fullmatch(rest)
    inversion = 0
    if figure is not None:
        rest, inversion = figure[1], _INVERSION[figure[2]]
        if figure[2] in ("65", "43", "42", "2") and not rest.endswith("7"):
            rest += "7"
    degrees = _quality_degrees(rest, text, is_small=is_small)
    return _inverted(root, degrees, inversion, bass)


def _inverted(root: str, degrees: tuple[str, ...], inversion: int, bass: str) -> Chord:
    """Return a chord with its third, fifth or seventh lowest."""
    if inversion and inversion < len(degrees):
        bass = transpose_spelling(root, shift_fifths=degree_fifths(degrees[inversion]))
    return make_chord(root, degrees, bass)


def _special(name: str, figures: str, key: Key) -> Chord:
    """Return a Neapolitan or augmented sixth chord."""
    if name == "N":
        root = transpose_spelling(key.tonic, shift_fifths=-5)
        return _inverted(root, ("1", "3", "5"), _INVERSION.get(figures, 0), "")
    root = transpose_spelling(key.tonic, shift_fifths=-4)
    return make_chord(root, {"It": "It6", "Fr": "Fr6", "Ger": "Ger6"}[name])


def _quality_degrees(rest: str, text: str, *, is_small: bool) -> tuple[str, ...]:
    """Return the tones of what follows the numeral."""
    word = rest.replace("º", "°").replace("Ø", "ø")
    word = "°" + word[1:] if word.startswith("o") and not word.startswith("omit") else word
    is_own = word.startswith(("°", "ø", "dim", "+", "m7", "min", "aug")) or word[:2] == "m("
    try:
        symbol = read_symbol(("Cm" if is_small and not is_own else "C") + word)
    except ParameterError as error:
        raise _roman_error(text) from error
    if symbol is None or symbol[2]:
        raise _roman_error(text)
    return symbol[1]


def _roman_error(text: str) -> ParameterError:
    return ParameterError(
        "a Roman numeral is I to VII or i to vii with a quality, figures and /target, "
        f"got {text!r}; write V7/ii, bVII, #iv°7 or I64",
        zh="罗马数字和弦为 I 到 VII 或 i 到 vii,可加性质、转位数字和 /目标,"
        f"收到 {text!r};请写 V7/ii、bVII、#iv°7 或 I64",
    )


_SMALL = {"min": "", "m7b5": "ø7", "dim": "°", "dim7": "°7", "m6": "add6", "m9b5": "ø9"}
_SMALL |= {"dim9": "°9", "m69": "69", "dimMaj7": "°(maj7)", "mMaj7": "(maj7)", "mMaj9": "(maj9)"}
_LARGE = {"maj": "", "aug": "+", "6": "add6", "7#5": "+7", "maj7#5": "+maj7", "69": "69"}
_TRIADS = {"maj", "min", "dim", "aug"}
_SEVENTHS = {"7", "m7", "maj7", "m7b5", "dim7", "7#5", "mMaj7"}


def chord_to_roman(chord: Chord, key: Key, *, following: Chord | None = None) -> str:
    """Return the Roman numeral of a chord in a key.

    Parameters
    ----------
    chord : Chord
    key : Key
    following : Chord or None
        What comes next: a dominant seventh on the tonic is V7/IV only before IV, else I7.

    Returns
    -------
    str
        ``"N.C."`` for no chord; a secondary dominant or leading-tone chord where the chord is
        outside the key and leads to one of its triads.

    Examples
    --------
    >>> from motet.theory.chord import parse_chord
    >>> from motet.theory.scale import parse_key
    >>> [chord_to_roman(parse_chord(one), parse_key("C")) for one in ("D7", "Fm", "Bb", "G7/B")]
    ['V7/V', 'iv', 'bVII', 'V65']
    """
    if not chord.root:
        return "N.C."
    if chord.quality in ("It6", "Fr6", "Ger6"):
        if (chord.root_pc - key.tonic_pc) % 12 == 8 and not chord.bass:
            return {"It6": "It6", "Fr6": "Fr43", "Ger6": "Ger65"}[chord.quality]
        chord = parse_chord(chord.symbol)
    position = fifths_position(chord.root) - fifths_position(key.tonic)
    if not -8 <= position <= 10:
        position = (position + 5) % 12 - 5
    is_neapolitan = position == -5 and chord.quality == "maj" and chord.bass_pc == chord.third_pc
    if is_neapolitan:
        return "N6"
    return _secondary(chord, position, key, following) or _plain(chord, position, key)


def _letters(position: int, key: Key, *, is_small: bool, is_dim: bool) -> str:
    """Return sign and numeral of a root so many fifths above the tonic."""
    name = position_to_spelling(position)
    index = "CDEFGAB".index(name[0])
    mark = name[1:]
    own = _own_degree(index, key)
    own_mark = own.rstrip("1234567")
    numeral = _NUMERALS[index].lower() if is_small else _NUMERALS[index]
    is_leading = is_dim and index == 6
    if mark == ("" if is_leading else own_mark):
        return numeral
    if mark == "" and own_mark == "b":
        return "#" + numeral
    return mark + numeral


def _plain(chord: Chord, position: int, key: Key) -> str:
    """Return the numeral without regard to where the chord leads."""
    is_dim = 3 in chord.intervals and 6 in chord.intervals and 7 not in chord.intervals
    is_small = chord.is_minor
    letters = _letters(position, key, is_small=is_small, is_dim=is_dim)
    return letters + _suffix(chord, is_small=is_small)


def _suffix(chord: Chord, *, is_small: bool) -> str:
    """Return quality and inversion as written after the numeral."""
    table = _SMALL if is_small else _LARGE
    if chord.quality in table:
        text = table[chord.quality]
    else:
        text = chord.transposed(shift_fifths=0).symbol[len(chord.root) :].partition("/")[0]
        if is_small and text.startswith("m") and not text.startswith("maj"):
            text = text[1:]
    if not chord.bass:
        return text
    above = (chord.bass_pc - chord.root_pc) % 12
    place = chord.intervals.index(above) if above in chord.intervals else -1
    if chord.quality in _TRIADS and place in (1, 2):
        return text + ("6", "64")[place - 1]
    if chord.quality in _SEVENTHS and place in (1, 2, 3):
        stem = text.removesuffix("7") if chord.quality in ("7", "m7", "dim7", "m7b5") else text
        figure = ("65", "43", "42")[place - 1]
        if stem == text:
            return f"{text}/{chord.bass}"
        return stem + figure
    return f"{text}/{chord.bass}"


def _secondary(chord: Chord, position: int, key: Key, following: Chord | None) -> str:
    """Return ``"V7/ii"`` and the like, or nothing."""
    pcs = set(key.pcs)
    if key.is_minor:
        pcs |= {(key.tonic_pc + 11) % 12, (key.tonic_pc + 9) % 12}
    if set(chord.pcs) <= pcs:
        return ""
    is_dominant = chord.is_dominant and 4 in chord.intervals
    if is_dominant or (chord.quality == "maj" and not key.is_minor):
        goal, head = position - 1, "V"
    elif chord.quality in ("dim", "dim7", "m7b5"):
        goal, head = position - 5, "vii"
    else:
        return ""
    if goal == 0 or (position == 0 and not (following and following.root_pc == _pc(key, -1))):
        return ""
    target = _diatonic_triad(goal, key)
    if target == "":
        return ""
    if head == "V" and chord.quality == "maj" and goal not in (1, 2, 3, 4, 5):
        return ""
    suffix, slash, bass = _suffix(chord, is_small=head == "vii").partition("/")
    return f"{head}{suffix}/{target}{slash}{bass}"


def _pc(key: Key, position: int) -> int:
    """Return the pitch class so many fifths above the tonic."""
    return spelling_to_pc(transpose_spelling(key.tonic, shift_fifths=position))


def _diatonic_triad(position: int, key: Key) -> str:
    """Return the numeral of the key's own major or minor triad on a root, or nothing."""
    scale = key if len(key.pcs) == 7 else Key(key.tonic, "minor" if key.is_minor else "major")
    if key.is_minor and position == 1:
        return "V"
    root = _pc(key, position)
    if root not in scale.pcs or not -5 <= position <= 5:
        return ""
    for is_small, third in ((False, 4), (True, 3)):
        if (root + third) % 12 in scale.pcs and (root + 7) % 12 in scale.pcs:
            return _letters(position, key, is_small=is_small, is_dim=False)
    return ""
