"""Keys and modes: "in E flat major", F#m, 升F小调, D dorian, "in a minor key", 1=F.

Conventions: a key is a text that `motet.theory.parse_key` reads (``"Eb major"``); a mode without a tonic
is the field ``mode``, a name in `motet.theory.scale.SCALES`.
"""

from __future__ import annotations

import re

from motet.errors import ParameterError
from motet.sentence.said import Said
from motet.sentence.text import Sentence
from motet.theory.scale import SCALES, parse_key

__all__ = ["read_key"]

_MODES = {
    "major": "major", "maj": "major", "dur": "major", "minor": "minor", "min": "minor",
    "moll": "minor", "natural minor": "minor", "mixo": "mixolydian", "minor blues": "blues",
    "pentatonic": "major pentatonic", "pentatonic minor": "minor pentatonic",
    "pentatonic major": "major pentatonic", "blues scale": "blues",
    "pentatonic scale": "major pentatonic", "minor pentatonic scale": "minor pentatonic",
}  # fmt: skip
_MODES |= {name: name for name in SCALES if name.isascii() and name not in ("blues", "altered")}
_MODE = "|".join(
    re.escape(one).replace(r"\ ", "[ -]") for one in sorted(_MODES, key=len, reverse=True)
)
_ZH_MODES = {
    "自然小调": "minor", "和声小调": "harmonic minor", "旋律小调": "melodic minor", "自然大调": "major",
    "和声大调": "harmonic major", "大调五声": "major pentatonic", "小调五声": "minor pentatonic",
    "大调": "major", "小调": "minor", "多利亚": "dorian", "多利安": "dorian", "弗里几亚": "phrygian",
    "弗里吉亚": "phrygian", "混合利底亚": "mixolydian", "米索利底亚": "mixolydian",
    "混合里底亚": "mixolydian", "利底亚": "lydian", "里底亚": "lydian", "洛克里亚": "locrian",
    "爱奥利亚": "aeolian", "伊奥尼亚": "ionian", "宫": "gong", "商": "shang", "角": "jue",
    "徵": "zhi", "羽": "yu", "布鲁斯音阶": "blues", "五声音阶": "major pentatonic",
    "五声": "major pentatonic", "全音音阶": "whole tone",
}  # fmt: skip
_ZH_MODE = "|".join(sorted(_ZH_MODES, key=len, reverse=True))
_ACCIDENTAL = r"(?:[ -]?(sharps?|flats?|升|降)(?![a-z])|-?(#|b(?![a-z])))?"
_EDGE = r"(?=\s*(?:[,.;:!?)|/]|$|[一-鿿]|and\b|with\b|at\b|for\b|over\b|then\b|please\b))"
_MODE_ONLY = {
    name: name for name in ("dorian", "phrygian", "lydian", "mixolydian", "locrian", "aeolian",
                            "harmonic minor", "melodic minor", "whole tone")
}  # fmt: skip


def _tonic(letter: str, word: str | None, sign: str | None, before: str = "") -> str:
    """Return the spelling of a tonic."""
    told = before or word or ""
    mark = sign or ("#" if told.startswith(("sharp", "升")) else "b" if told else "")
    return letter.upper() + mark


def _key(tonic: str, mode: str) -> str | None:
    """Return the text of a key that Motet knows."""
    text = tonic if mode == "major" else f"{tonic} {mode}"
    try:
        parse_key(text)
    except ParameterError:
        return None
    return text


def read_key(sentence: Sentence) -> list[Said]:
    """Return the keys and modes that a sentence names, claimed.

    Parameters
    ----------
    sentence : Sentence

    Returns
    -------
    list of Said

    Examples
    --------
    >>> [one.value for one in read_key(Sentence("in E flat major, 升F小调, D dorian, F#m"))]
    ['Eb', 'F# minor', 'D dorian', 'F# minor']
    >>> [one.field for one in read_key(Sentence("a tune in a minor key"))]
    ['mode']
    """
    found: list[Said] = []

    def add(field: str, value: str | None, start: int, end: int) -> None:
        if value is not None and sentence.is_free(start, end):
            found.append(Said(field, value, start, end))
            sentence.claim(start, end)

    for match in sentence.find(
        r"relative minor of ([a-g])" + _ACCIDENTAL + r"(?: major)?(?![a-z])"
    ):
        home = parse_key(_tonic(match[1], match[2], match[3]))
        spelled = home.spelled_scale()
        add("key", _key(spelled[5], "minor"), match.start(), match.end())
    _read_chinese(sentence, add)
    for match in sentence.find(
        rf"(?<![a-z#])(?:(in|key of|key:?|key is"
        rf"|key=)\s+(?:the key of\s+)?)?([a-g]){_ACCIDENTAL}[ -]?({_MODE})(?![a-z])"
    ):
        if _is_article(sentence, match):
            continue
        mode = _MODES[match[5].replace("-", " ")]
        tonic = _tonic(match[2], match[3], match[4])
        add("key", _key(tonic, mode), match.start(2), match.end())
    for match in sentence.find(
        rf"(?<![a-z])({_MODE})(?: mode| scale)? on ([a-g]){_ACCIDENTAL}(?![a-z0-9#'])"
    ):
        mode = _MODES[match[1].replace("-", " ")]
        add("key", _key(_tonic(match[2], match[3], match[4]), mode), *match.span())
    for match in sentence.find(
        r"[Kk]ey\s*[:=]\s*([A-G])([#b])?(m)?(?![A-Za-z0-9#])", keep_case=True
    ):
        mode = "minor" if match[3] else "major"
        if not re.match(rf"[ -]?(?:{_MODE})", sentence.low[match.end() :]):
            add("key", _key(match[1] + (match[2] or ""), mode), *match.span())
    for match in sentence.find(
        rf"(?<![A-Za-z#])(?:(?:[Ii]n|[Kk]ey of|[Kk]ey\s*[:=]|[Kk]ey|调性?\s*[:=]?"
        rf"|[Tt]onality:?)\s*)?([A-G])([#b])?m(?:in)?{_EDGE}",
        keep_case=True,
    ):
        if _is_alone(sentence, match) or match.start(1) > match.start():
            add("key", _key(match[1] + (match[2] or ""), "minor"), match.start(), match.end())
    for match in sentence.find(
        rf"(?<![a-z])(?:in(?: the)?(?: key)?(?: of)?|key of|key\s*[:=]|key|调性?\s*[:=]"
        rf"|tonality:?)\s*([a-g]){_ACCIDENTAL}(?![a-z0-9#'])"
    ):
        is_small_a = sentence.text[match.start(1)] == "a"
        cue = match[0].strip()
        if (is_small_a and "key" not in cue and "调" not in cue) or (
            cue.startswith("in") and match[0][-1] == "a" and is_small_a
        ):
            continue
        add("key", _key(_tonic(match[1], match[2], match[3]), "major"), match.start(), match.end())
    for match in sentence.find(
        rf"(?<![A-Za-z0-9#/])([A-G]){_ACCIDENTAL}(?! ?(?:段|部分|乐段)){_EDGE}", keep_case=True
    ):
        if _is_alone(sentence, match):
            add("key", _key(_tonic(match[1], match[2], match[3]), "major"), *match.span())
    for match in sentence.find(
        r"(?<![A-Za-z0-9#/])(?<!drop )([A-G])([#b])?(?= (?:blues|shuffle|boogie|riff|drone|vamp)\b)",
        keep_case=True,
    ):
        if match[1] != "A" or match[2]:
            add("key", _key(match[1] + (match[2] or ""), "major"), *match.span())
    for match in sentence.find(r"(?<![a-z0-9#])([b-g][#b]?)m(?=\s*(?:[,.;!?]|$))"):
        if _is_alone(sentence, match):
            add("key", _key(match[1][0].upper() + match[1][1:], "minor"), *match.span())
    short = list(
        sentence.find(r"(?<![A-Za-z0-9#/])([B-G][#b]?|A[#b])m(?![A-Za-z0-9#/])", keep_case=True)
    )
    if len(short) == 1 and not found:
        add("key", _key(short[0][1], "minor"), *short[0].span())
    _read_modes(sentence, add)
    return sorted(found, key=lambda one: one.start)


def _is_article(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the a of "a minor" is an article: "in a minor key", "a minor tune"."""
    if match[2] != "a" or match[3] or match[4]:
        return False
    rest = sentence.low[match.end() :].lstrip()
    if re.match(r"(?:key|mode|tonality|scale|feel|sound|sonority|triad|chord)", rest):
        return sentence.text[match.start(2)] == "a" or not match[1]
    letter = sentence.text[match.start(2)]
    if match[1] or (letter == "A" and sentence.text[: match.start(2)].strip()):
        return False
    return not re.match(r"(?:[,.;:!?)]|$|and\b|with\b|at\b|over\b|for\b|\d|in\b|[一-鿿])", rest)


def _is_alone(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether a short name of a key stands between commas or the like."""
    before = sentence.text[: match.start()].rstrip()
    return not before or before[-1] in ",.;:!?(|\n" or bool(re.search(r"[一-鿿]$", before))


def _read_chinese(sentence: Sentence, add: object) -> None:
    """Read keys as they are written in Chinese."""
    put = add
    for match in sentence.find(
        rf"([升降]?)\s*([a-g])\s*([#b]?)\s*(?:自然|的)?({_ZH_MODE})(?:调式?|音阶)?(?![a-z])"
    ):
        mode = _ZH_MODES[match[4]]
        sign = match[3] or {"升": "#", "降": "b"}.get(match[1], "")
        put("key", _key(match[2].upper() + sign, mode), match.start(), match.end())  # type: ignore[operator]
    for match in sentence.find(r"1\s*=\s*([b#]?)\s*([a-g])([b#]?)(?![a-z])"):
        put("key", _key(match[2].upper() + (match[1] or match[3]), "major"), *match.span())  # type: ignore[operator]
    for match in sentence.find(r"([升降])\s*([a-g])(?![a-z])\s*调?(?!式)"):
        sign = "#" if match[1] == "升" else "b"
        put("key", _key(match[2].upper() + sign, "major"), *match.span())  # type: ignore[operator]
    for match in sentence.find(r"(?<![a-z])([a-g])\s*([#b]?)(m)?\s*调(?!式)"):
        mode = "minor" if match[3] else "major"
        put("key", _key(match[1].upper() + match[2], mode), *match.span())  # type: ignore[operator]


def _read_modes(sentence: Sentence, add: object) -> None:
    """Read modes without a tonic."""
    put = add
    for name in _MODE_ONLY:
        for match in sentence.find(
            rf"(?<![a-z]){name.replace(' ', '[ -]')}(?: mode| scale)?(?![a-z])"
        ):
            put("mode", name, *match.span())  # type: ignore[operator]
    for match in sentence.find(
        r"(?<![a-z])(minor|major)(?:[ -](?:key|mode|tonality|scale|sounding|feel))s?(?![a-z])"
        r"|(?<![a-z])(minor|major)(?= (?:[a-z]+ )?(?:blues|swing|jazz|waltz|ballad|bossa|tango|hymn|march|funk"
        r"|groove|vamp|loop|song|tune|melody|piece)(?![a-z]))"
        r"|(?<![a-z])in (?:a )?(minor|major)(?=\s*(?:[,.;!?]|$|with\b|at\b|and\b))"
        r"|(?:(?<=^)|(?<=[,.;:!?] )|(?<=[,;]))(minor|major)(?=\s*(?:[,.;!?]|$))"
    ):
        put("mode", next(filter(None, match.groups())), *match.span())  # type: ignore[operator]
    for match in sentence.find(
        rf"(?:(?<![一-鿿])|(?<=[用是在的为走要]))({_ZH_MODE})(?:调式|音阶|式)?(?=[,.;!?的 ]|$)"
    ):
        word = match[1]
        if len(word) > 1:
            put("mode", _ZH_MODES[word], *match.span())  # type: ignore[operator]
