"""What a chord does in a key: tonic, subdominant, dominant, and the colours beside them.

Conventions: ``kind`` is one of the names in `FUNCTIONS`.

Source: Hugo Riemann's three functions as taught today (Diether de la Motte, Harmonielehre);
secondary, borrowed, Neapolitan and augmented sixth chords as in Kostka and Payne, Tonal Harmony.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from motet.language import Language, say
from motet.theory.chord import Chord
from motet.theory.roman import chord_to_roman
from motet.theory.scale import Key

__all__ = ["FUNCTIONS", "HarmonicFunction", "function_of"]

FUNCTIONS: dict[str, tuple[str, str]] = {
    "tonic": ("tonic: home, rest", "主功能:稳定、归宿"),
    "subdominant": ("subdominant: leads away from home", "下属功能:离开主和弦"),
    "dominant": ("dominant: wants to go home", "属功能:倾向回到主和弦"),
    "secondary dominant": (
        "secondary dominant: leads to {target} as if it were home",
        "副属和弦:暂以 {target} 为主并导向它",
    ),
    "borrowed": ("borrowed from the parallel key", "借用和弦:借自同名调"),
    "neapolitan": ("Neapolitan: a coloured subdominant", "那不勒斯和弦:下属功能的变化"),
    "augmented sixth": ("augmented sixth: opens out to the dominant", "增六和弦:扩张进行到属和弦"),
    "chromatic": ("outside the key", "调外和弦"),
    "none": ("no harmony", "无和声"),
}
"""Kind to its words in English and Chinese."""


@dataclass(frozen=True, slots=True)
class HarmonicFunction:
    """What a chord does.

    Parameters
    ----------
    kind : str
        A name in `FUNCTIONS`.
    target : str
        Roman numeral that a secondary dominant leads to, else empty.

    Examples
    --------
    >>> HarmonicFunction("tonic").text(language="zh")
    '主功能:稳定、归宿'
    """

    kind: str
    target: str = ""

    def text(self, *, language: Language = "en") -> str:
        """Return the function in words."""
        en, zh = FUNCTIONS[self.kind]
        return say(en, zh, language=language).format(target=self.target)


_BY_STEP = {
    0: "tonic",
    2: "subdominant",
    3: "tonic",
    4: "tonic",
    5: "subdominant",
    7: "dominant",
    8: "subdominant",
    9: "tonic",
    10: "dominant",
    11: "dominant",
}


@lru_cache(maxsize=4096)
def function_of(chord: Chord, key: Key) -> HarmonicFunction:
    """Return what a chord does in a key.

    Parameters
    ----------
    chord : Chord
    key : Key

    Returns
    -------
    HarmonicFunction

    Examples
    --------
    >>> from motet.theory.chord import parse_chord
    >>> from motet.theory.scale import parse_key
    >>> [function_of(parse_chord(one), parse_key("C")).kind for one in ("Am", "Dm7", "G7", "Fm")]
    ['tonic', 'subdominant', 'dominant', 'borrowed']
    >>> function_of(parse_chord("D7"), parse_key("C")).text()
    'secondary dominant: leads to V as if it were home'
    """
    if not chord.root:
        return HarmonicFunction("none")
    if chord.quality in ("It6", "Fr6", "Ger6"):
        return HarmonicFunction("augmented sixth")
    roman = chord_to_roman(chord, key)
    above = (chord.root_pc - key.tonic_pc) % 12
    head, slash, target = roman.partition("/")
    if slash and head[:1] in "Vv" and target[:1] in "IVivb#":
        return HarmonicFunction("secondary dominant", target)
    scale = set(key.pcs)
    if key.is_minor:
        scale |= {(key.tonic_pc + 11) % 12}
    if set(chord.pcs) <= scale or (above in (0, 5) and chord.quality in ("7", "9", "13")):
        return HarmonicFunction(_BY_STEP.get(above, "chromatic"))
    if above == 1 and 4 in chord.intervals and not chord.is_dominant:
        return HarmonicFunction("neapolitan")
    if above in (7, 11) and (4 in chord.intervals or 6 in chord.intervals):
        return HarmonicFunction("dominant")
    other = set(Key(key.tonic, "major" if key.is_minor else "minor").pcs)
    return HarmonicFunction("borrowed" if set(chord.pcs) <= other else "chromatic")
