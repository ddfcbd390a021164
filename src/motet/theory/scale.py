"""Scales, modes and keys.

Conventions: a scale is a tuple of semitones above its tonic, ascending, without the octave.
Degrees are written against the major scale: ``b3`` is a semitone below its third. A `Key` is a
tonic and a mode; the plain names are ``"major"`` and ``"minor"`` (natural minor).

Sources: Vincent Persichetti, Twentieth-Century Harmony (Norton, 1961), the chapter on scale
materials (modes, whole tone, Hungarian minor); Mark Levine, The Jazz Theory Book (Sher Music,
1995), the part on chord and scale theory (altered, lydian dominant, diminished, bebop, blues);
Li Chongguang (李重光), 音乐理论基础 (人民音乐出版社), the chapter on the Chinese pentatonic modes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from motet.errors import ParameterError
from motet.language import Language, say
from motet.theory.pitch import (
    clean_spelling,
    fifths_position,
    position_to_spelling,
    spelling_to_pc,
    transpose_spelling,
)

__all__ = [
    "SCALES",
    "Key",
    "degree_fifths",
    "degree_semi",
    "key_from_signature",
    "parse_key",
    "scale_spelling",
]

# name: (degrees, fifths of the signature above those of the major key, Chinese name)
_TABLE: dict[str, tuple[str, int, str]] = {
    "major": ("1 2 3 4 5 6 7", 0, "大调"),
    "minor": ("1 2 b3 4 5 b6 b7", -3, "小调"),
    "harmonic minor": ("1 2 b3 4 5 b6 7", -3, "和声小调"),
    "melodic minor": ("1 2 b3 4 5 6 7", -3, "旋律小调"),
    "harmonic major": ("1 2 3 4 5 b6 7", 0, "和声大调"),
    "ionian": ("1 2 3 4 5 6 7", 0, "伊奥尼亚调式"),
    "dorian": ("1 2 b3 4 5 6 b7", -2, "多利亚调式"),
    "phrygian": ("1 b2 b3 4 5 b6 b7", -4, "弗里几亚调式"),
    "lydian": ("1 2 3 #4 5 6 7", 1, "利底亚调式"),
    "mixolydian": ("1 2 3 4 5 6 b7", -1, "混合利底亚调式"),
    "aeolian": ("1 2 b3 4 5 b6 b7", -3, "爱奥利亚调式"),
    "locrian": ("1 b2 b3 4 b5 b6 b7", -5, "洛克里亚调式"),
    "phrygian dominant": ("1 b2 3 4 5 b6 b7", -4, "弗里几亚属调式"),
    "lydian dominant": ("1 2 3 #4 5 6 b7", 0, "利底亚属调式"),
    "lydian augmented": ("1 2 3 #4 #5 6 7", 1, "利底亚增调式"),
    "mixolydian b6": ("1 2 3 4 5 b6 b7", -1, "混合利底亚降六调式"),
    "dorian b2": ("1 b2 b3 4 5 6 b7", -2, "多利亚降二调式"),
    "locrian #2": ("1 2 b3 4 b5 b6 b7", -5, "洛克里亚升二调式"),
    "altered": ("1 b2 b3 b4 b5 b6 b7", -7, "变化音阶"),
    "major pentatonic": ("1 2 3 5 6", 0, "大调五声"),
    "minor pentatonic": ("1 b3 4 5 b7", -3, "小调五声"),
    "blues": ("1 b3 4 b5 5 b7", -3, "布鲁斯音阶"),
    "major blues": ("1 2 b3 3 5 6", 0, "大调布鲁斯音阶"),
    "whole tone": ("1 2 3 #4 #5 b7", 0, "全音音阶"),
    "diminished": ("1 2 b3 4 b5 b6 6 7", -3, "减音阶"),
    "dominant diminished": ("1 b2 b3 3 #4 5 6 b7", -1, "属减音阶"),
    "augmented": ("1 #2 3 5 #5 7", 0, "增音阶"),
    "hungarian minor": ("1 2 b3 #4 5 b6 7", -3, "匈牙利小调"),
    "neapolitan minor": ("1 b2 b3 4 5 b6 7", -3, "那不勒斯小调"),
    "neapolitan major": ("1 b2 b3 4 5 6 7", -3, "那不勒斯大调"),
    "double harmonic": ("1 b2 3 4 5 b6 7", 0, "双和声大调"),
    "bebop dominant": ("1 2 3 4 5 6 b7 7", -1, "比博普属音阶"),
    "bebop major": ("1 2 3 4 5 #5 6 7", 0, "比博普大调"),
    "in-sen": ("1 b2 4 5 b7", -4, "阴旋音阶"),
    "hirajoshi": ("1 2 b3 5 b6", -3, "平调子"),
    "chromatic": ("1 #1 2 #2 3 4 #4 5 #5 6 #6 7", 0, "半音阶"),
    "gong": ("1 2 3 5 6", 0, "宫调式"),
    "shang": ("1 2 4 5 b7", -2, "商调式"),
    "jue": ("1 b3 4 b6 b7", -4, "角调式"),
    "zhi": ("1 2 4 5 6", -1, "徵调式"),
    "yu": ("1 b3 4 5 b7", -3, "羽调式"),
    "qingyue": ("1 2 3 4 5 6 7", 0, "清乐宫调式"),
    "yayue": ("1 2 3 #4 5 6 7", 1, "雅乐宫调式"),
    "yanyue": ("1 2 3 4 5 6 b7", -1, "燕乐宫调式"),
}
_STEP_FIFTHS = {"1": 0, "2": 2, "3": 4, "4": -1, "5": 1, "6": 3, "7": 5}
_STEP_SEMI = (0, 2, 4, 5, 7, 9, 11)
_DEGREE = re.compile(r"([b#]*)(\d{1,2})")

_ALIASES = {
    "": "major",
    "maj": "major",
    "M": "major",
    "dur": "major",
    "大": "major",
    "m": "minor",
    "min": "minor",
    "moll": "minor",
    "natural minor": "minor",
    "自然小调": "minor",
    "自然大调": "major",
    "小": "minor",
    "宫": "gong",
    "商": "shang",
    "角": "jue",
    "徵": "zhi",
    "徵调": "zhi",
    "征": "zhi",
    "羽": "yu",
    "多利亚": "dorian",
    "弗里几亚": "phrygian",
    "利底亚": "lydian",
    "混合利底亚": "mixolydian",
    "洛克里亚": "locrian",
    "acoustic": "lydian dominant",
    "super locrian": "altered",
    "half-whole": "dominant diminished",
    "whole-half": "diminished",
    "byzantine": "double harmonic",
    "pentatonic": "major pentatonic",
    "五声": "gong",
}
_KEY = re.compile(r"([升降]?)\s*([A-Ga-g])\s*([#b♯♭]{0,2})(?!lues|ebop)\s*[-_]?\s*(.*)", re.DOTALL)


@lru_cache(maxsize=256)
def degree_fifths(degree: str) -> int:
    """Return how far a scale degree lies from its tonic on the line of fifths.

    Parameters
    ----------
    degree : str
        Against the major scale: ``"3"``, ``"b7"``, ``"#11"``.

    Returns
    -------
    int, fifths

    Raises
    ------
    ParameterError
        The text is no degree.

    Examples
    --------
    >>> degree_fifths("b3"), degree_fifths("#11")
    (-3, 6)
    """
    marks, number = _degree_parts(degree)
    step = str((number - 1) % 7 + 1)
    return _STEP_FIFTHS[step] + 7 * (marks.count("#") - marks.count("b"))


@lru_cache(maxsize=256)
def degree_semi(degree: str) -> int:
    """Return how many semitones a scale degree lies above its tonic.

    Parameters
    ----------
    degree : str
        Against the major scale; 9, 11 and 13 lie beyond the octave.

    Returns
    -------
    int, semitones

    Raises
    ------
    ParameterError
        The text is no degree.

    Examples
    --------
    >>> degree_semi("b3"), degree_semi("#11")
    (3, 18)
    """
    marks, number = _degree_parts(degree)
    octave, step = divmod(number - 1, 7)
    return 12 * octave + _STEP_SEMI[step] + marks.count("#") - marks.count("b")


def _degree_parts(degree: str) -> tuple[str, int]:
    """Split ``"b13"`` into its accidentals and its number."""
    match = _DEGREE.fullmatch(degree)
    if match is None or not 1 <= int(match[2]) <= 15:
        raise ParameterError(
            f"a degree is accidentals and a number 1 to 15, got {degree!r}; write b3 or #11",
            zh=f"音级由升降号和 1 到 15 的数字组成,收到 {degree!r};请写 b3 或 #11",
        )
    return match[1], int(match[2])


SCALES: dict[str, tuple[int, ...]] = {
    name: tuple(degree_semi(degree) for degree in row[0].split()) for name, row in _TABLE.items()
}
"""Scale name to semitones above the tonic, ascending."""


def _find_scale(name: str, whole: str) -> str:
    """Return the table's name of a scale written in any usual way."""
    plain = " ".join(name.replace("_", " ").split())
    if plain in _ALIASES:
        return _ALIASES[plain]
    lower = plain.lower()
    if lower in _TABLE:
        return lower
    if lower in _ALIASES:
        return _ALIASES[lower]
    for key, row in _TABLE.items():
        if plain in (row[2], row[2].removesuffix("式"), row[2].removesuffix("调式")):
            return key
    near = get_close_matches(lower, [*_TABLE, *(a for a in _ALIASES if a)], n=1)
    guess = near[0] if near else "minor"
    raise ParameterError(
        f"the mode in {whole!r} must be one of Motet's scales, got {name!r}; "
        f"did you mean {guess!r}?",
        zh=f"{whole!r} 中的调式必须是 Motet 的音阶之一,收到 {name!r};是否想写 {guess!r}?",
    )


@lru_cache(maxsize=1024)
def scale_spelling(tonic: str, scale: str) -> tuple[str, ...]:
    """Return the note names of a scale.

    Parameters
    ----------
    tonic : str
    scale : str
        A name in `SCALES`.

    Returns
    -------
    tuple of str, ascending from the tonic

    Raises
    ------
    ParameterError
        The tonic or the scale is not known.

    Examples
    --------
    >>> scale_spelling("D", "zhi")
    ('D', 'E', 'G', 'A', 'B')
    """
    degrees = _TABLE[_find_scale(scale, scale)][0].split()
    return tuple(transpose_spelling(tonic, shift_fifths=degree_fifths(one)) for one in degrees)


@dataclass(frozen=True, slots=True)
class Key:
    """A tonic and a mode.

    Parameters
    ----------
    tonic : str
        Spelling. A tonic whose signature would need more than seven accidentals (G# major) is
        replaced by its enharmonic twin (Ab major).
    mode : str
        A name in `SCALES`, ``"major"`` or ``"minor"`` as a rule.

    Raises
    ------
    ParameterError
        Tonic or mode is not known.

    Examples
    --------
    >>> key = Key("F#", "minor")
    >>> key.fifths, key.is_minor, key.name(language="zh")
    (3, True, '升F小调')
    >>> " ".join(key.spelled_scale())
    'F# G# A B C# D E'
    """

    tonic: str
    mode: str = "major"

    def __post_init__(self) -> None:
        mode = _find_scale(self.mode, self.mode)
        tonic = clean_spelling(self.tonic)
        signature = fifths_position(tonic) + _TABLE[mode][1]
        if not -7 <= signature <= 7:
            shift = -12 if signature > 7 else 12
            tonic = position_to_spelling(fifths_position(tonic) + shift)
        object.__setattr__(self, "mode", mode)
        object.__setattr__(self, "tonic", tonic)

    @property
    def tonic_pc(self) -> int:
        """Pitch class of the tonic."""
        return spelling_to_pc(self.tonic)

    @property
    def fifths(self) -> int:
        """Key signature, -7 (flats) to 7 (sharps)."""
        return fifths_position(self.tonic) + _TABLE[self.mode][1]

    @property
    def pcs(self) -> tuple[int, ...]:
        """Pitch classes of the scale, ascending from the tonic."""
        return tuple((self.tonic_pc + semi) % 12 for semi in SCALES[self.mode])

    @property
    def is_minor(self) -> bool:
        """Whether the third above the tonic is minor (and no major third is in the scale)."""
        return 3 in SCALES[self.mode] and 4 not in SCALES[self.mode]

    def spelled_scale(self) -> tuple[str, ...]:
        """Return the note names of the scale, from the tonic."""
        return scale_spelling(self.tonic, self.mode)

    def name(self, *, language: Language = "en") -> str:
        """Return the key's name, ``"F# minor"`` or ``"升F小调"``."""
        sign = {"#": "升", "##": "重升", "b": "降", "bb": "重降"}.get(self.tonic[1:], "")
        return say(
            f"{self.tonic} {self.mode}",
            f"{sign}{self.tonic[0]}{_TABLE[self.mode][2]}",
            language=language,
        )


@lru_cache(maxsize=512)
def parse_key(text: str) -> Key:
    """Return the key that a text names.

    Parameters
    ----------
    text : str
        ``"F# minor"``, ``"Am"``, ``"Bb"``, ``"D dorian"``, ``"降E大调"``, ``"D徵调式"``.

    Returns
    -------
    Key

    Raises
    ------
    ParameterError
        The text names no key; a lone small letter is refused, for it means C major to some and
        C minor to others.

    Examples
    --------
    >>> parse_key("Am"), parse_key("降E大调")
    (Key(tonic='A', mode='minor'), Key(tonic='Eb', mode='major'))
    """
    match = _KEY.fullmatch(text.strip())
    if match is None:
        raise ParameterError(
            f"a key is a note name and a mode, got {text!r}; write C major, F# minor or D dorian",
            zh=f"调由音名和调式组成,收到 {text!r};请写 C大调、升F小调 或 D dorian",
        )
    sign, letter, marks, mode = match.groups()
    mode = mode.strip()
    if letter.islower() and not mode:
        raise ParameterError(
            f"a key needs a capital letter or its mode, got {text!r}; "
            f"write {letter.upper()}{marks} major or {letter.upper()}{marks}m",
            zh=f"调名须用大写字母或写明调式,收到 {text!r};"
            f"请写 {letter.upper()}{marks} major 或 {letter.upper()}{marks}m",
        )
    tonic = clean_spelling(letter.upper() + marks + {"升": "#", "降": "b", "": ""}[sign])
    return Key(tonic, _find_scale(mode, text))


def key_from_signature(fifths: int, mode: str = "major") -> Key:
    """Return the key of a key signature.

    Parameters
    ----------
    fifths : int, -7 to 7
        Flats negative, sharps positive.
    mode : str
        Empty counts as major.

    Returns
    -------
    Key

    Raises
    ------
    ParameterError
        `fifths` is out of range, or the mode is not known.

    Examples
    --------
    >>> key_from_signature(3, "minor"), key_from_signature(-1, "dorian")
    (Key(tonic='F#', mode='minor'), Key(tonic='G', mode='dorian'))
    """
    if not -7 <= fifths <= 7:
        raise ParameterError(
            f"fifths must be -7 (flats) to 7 (sharps), got {fifths}; 0 is C major",
            zh=f"fifths 必须在 -7(降号)到 7(升号)之间,收到 {fifths};0 为 C 大调",
        )
    found = _find_scale(mode, mode)
    return Key(position_to_spelling(fifths - _TABLE[found][1]), found)
