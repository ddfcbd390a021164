"""Chords: "over Am F C G", ii-V-I, 1645, and progressions that have a name.

Conventions: a value is a text that `motet.theory.parse_progression` reads; Roman numerals need the
brief's key.
"""

from __future__ import annotations

import re

from motet.errors import ParameterError
from motet.sentence.said import Said
from motet.sentence.text import Sentence
from motet.theory.chord import parse_chord

__all__ = ["read_chords"]

_CHORD = (
    r"[A-G](?:#|b)?(?:maj|min|mM|m|M|dim|aug|sus|add|°|ø|\+|-(?=\d))?\d{0,2}"
    r"(?:(?:maj|sus|add|alt|b|#|\+)\d{0,2}){0,3}(?:/[A-G](?:#|b)?(?![A-Za-z]))?"
)
_NOT_KEY = (
    r"(?!\s*-?(?:major|minor|maj\b|min\b|dorian|phrygian|lydian|mixolydian|flat|sharp|大调|小调|调"
    r"|多利亚|blues)"
    r"|[A-Za-z0-9#'])"
)
_GAP = r"(?:\s*[|,>\-/+]+\s*|\s+(?:(?:and|to|then|into)\s+)?)"
_RUN = rf"(?<![A-Za-z0-9#])(?:\|:?\s*)?({_CHORD}{_NOT_KEY}(?:{_GAP}{_CHORD}{_NOT_KEY}){{1,63}})(?:\s*:?\|)?"
_ONE = re.compile(_CHORD)
_CUE = re.compile(
    r"(?:over|chords?|progression|changes|harmony|vamp(?:ing)?|loop(?:ing)?|和弦|进行|走向|套路)\W{0,3}"
    r"(?:走向|进行|of|are|is|:|是|为|用)?\W{0,3}$",
    re.IGNORECASE,
)
_CUE_AFTER = re.compile(
    r"\W{0,2}的?(?:chords?|progression|changes|vamp|loop|turnaround|cadence|和弦|和声|进行|走向|套路)",
    re.IGNORECASE,
)
_NUMERAL = (
    r"[b#]?(?:VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i|[ⅠⅡⅢⅣⅤⅥⅦⅰⅱⅲⅳⅴⅵⅶ])(?:maj7|m7b5|m7"
    r"|ø7?|°7?|o7?|dim|sus4|7|6|9|\+)?"
)
_ROMANS = rf"(?<![A-Za-z'])({_NUMERAL}(?:(?:\s*[-|,>]+\s*|\s+){_NUMERAL}){{1,31}})(?![A-Za-z'])"
_ROMAN_LETTERS = {
    "Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "Ⅴ": "V", "Ⅵ": "VI", "Ⅶ": "VII", "ⅰ": "i",
    "ⅱ": "ii", "ⅲ": "iii", "ⅳ": "iv", "ⅴ": "v", "ⅵ": "vi", "ⅶ": "vii",
}  # fmt: skip
_DEGREES = ("", "I", "ii", "iii", "IV", "V", "vi", "vii°")
_DIGIT_ZH = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7"}
_DIGIT_EN = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
}
_SPOKEN = "(?:" + "|".join(_DIGIT_EN) + ")"
_KNOWN = frozenset(
    [
        "251",
        "145",
        "1564",
        "6415",
        "1645",
        "4536",
        "45362",
        "453625",
        "4536251",
        "1625",
        "6251",
        "36251",
        "3625",
        "2516",
        "1451",
        "1545",
        "4156",
        "6451",
        "1465",
        "1514",
        "4561",
        "15634145",
        "15634125",
        "1563",
        "6541",
        "4511",
        "1454",
        "4565",
        "456",
        "1456",
    ]
)
"""Progressions that players call by their digits."""
_BLUES = "I7 IV7 I7 I7 IV7 IV7 I7 I7 V7 IV7 I7 V7"
_MINOR_BLUES = "i7 i7 i7 i7 iv7 iv7 i7 i7 bVImaj7 V7 i7 V7"
_NAMED = (
    (r"(?:twelve|12)[ -]?bar minor blues|minor (?:twelve|12)[ -]?bar blues|十二小节小调(?:布鲁斯"
     r"|蓝调)", _MINOR_BLUES),
    (r"(?:twelve|12)[ -]?bar blues(?: form| progression| changes)?|blues (?:progression|changes|form)"
     r"|(?:十二|12)小节(?:的)?(?:布鲁斯|蓝调)(?:进行|和弦|曲式)?|(?:布鲁斯|蓝调)(?:进行|和弦|曲式)", _BLUES),
    (r"(?:pachelbel(?:'s)? )?canon (?:progression|chords|changes)"
     r"|pachelbel(?:'s canon)?(?: progression| chords)?"
     r"|卡农(?:和弦)?(?:进行|走向|和弦)", "I V vi iii IV I IV V"),
    (r"andalusian cadence|andalusian progression|安达卢西亚(?:终止|进行)", "i bVII bVI V"),
    (r"(?:the )?(?:four|4) (?:canon chords|chords (?:of|from|in) (?:the "
        r"|pachelbel'?s )?canon)", "I V vi iii"),
    (r"chords (?:of|from|to) (?:the |pachelbel'?s )?canon", "I V vi iii IV I IV V"),
    (r"(?:four|4)[ -]chords? pop (?:song|progression|tune|loop|hit)|(?:four|4)[ -]chord song progression"
     r"|pop four[ -]chords?", "I V vi IV"),
    (r"axis (?:progression|of awesome)|four[ -]chord song|pop[ -]punk progression|万能和弦|流行四和弦",
     "I V vi IV"),
    (r"doo[ -]?wop (?:progression|changes|chords)|(?:50s|fifties) progression|五十年代进行", "I vi IV V"),
    (r"royal road(?: progression)?|王道(?:进行|和弦)", "IV V iii vi"),
    (r"komuro(?: progression)?|小室(?:进行|和弦)", "vi IV V I"),
    (r"rhythm changes", "I vi ii V"),
    (r"circle[ -]of[ -]fifths(?: progression)?|五度圈(?:进行)?", "vi ii V I"),
)  # fmt: skip
_KEY_BEFORE = re.compile(r"(?<![a-z])(?:in|key of|key:?|key is|key=|调:?)\s*$")
_FORM_LETTERS = set("ABCD")


def read_chords(sentence: Sentence) -> list[Said]:
    """Return the progressions that a sentence names, claimed.

    Parameters
    ----------
    sentence : Sentence

    Returns
    -------
    list of Said

    Examples
    --------
    >>> [one.value for one in read_chords(Sentence("over Am-F-C-G, ii-V-I, 4536进行"))]
    ['Am F C G', 'ii V I', 'IV V iii vi']
    """
    found: list[Said] = []

    def add(value: str, start: int, end: int, confidence: float = 1.0) -> None:
        found.append(Said("chords", value, start, end, confidence=confidence))
        sentence.claim(start, end)

    for pattern, value in _NAMED:
        for match in sentence.find(rf"(?<![a-z])(?:{pattern})(?![a-z])"):
            add(value, *match.span())
            if value in (_BLUES, _MINOR_BLUES):
                found.append(Said("style", "blues", *match.span()))
                found.append(Said("blues_bars", 12, *match.span()))
    for match in sentence.find(_RUN, keep_case=True):
        words = _ONE.findall(match[1])
        start = match.start()
        if _KEY_BEFORE.search(sentence.low[max(0, start - 12) : start]) and len(words[0]) <= 2:
            start = sentence.text.index(words[1], start + len(words[0]))
            words = words[1:]
        if _are_chords(words, sentence.text, start, match.end()):
            has_bars = "|" in match[1] and _has_shared_bars(match[1])
            add(_bars_text(match[1]) if has_bars else " ".join(words), start, match.end())
    for match in sentence.find(
        rf"(?<![A-Za-z])(?:over|on)(?: an?| one)? ({_CHORD})(?= (?:vamp|drone|pedal|chord|groove|loop))",
        keep_case=True,
    ):
        if _is_chord(match[1]):
            add(match[1], match.start(1), match.end())
    for match in sentence.find(_ROMANS, keep_case=True):
        words = [_plain_roman(one) for one in re.findall(_NUMERAL, match[1])]
        is_joined = re.search(r"[-|>]", match[1]) is not None
        is_cued = _is_cued(sentence.text, *match.span())
        if len(words) >= 3 or is_joined or is_cued or any(len(one) > 1 for one in words[1:]):
            add(" ".join(_as_diatonic(words)), *match.span())
    for match in sentence.find(
        r"(?<![\d.])([1-7](?:\s*[-,>]?\s*[1-7]){2,11})(?![\d.%]|\s*/)|([一二三四五六七]{3,8})"
    ):
        cue = _is_cued(sentence.text, *match.span())
        text = match[1] or "".join(_DIGIT_ZH[one] for one in match[2])
        digits = re.findall(r"[1-7]", text)
        if (
            cue
            or _is_known(sentence.low, match, digits)
            or (match[1] and re.fullmatch(r"\d(?:-\d){2,}", match[1].replace(" ", "")))
        ):
            add(" ".join(_DEGREES[int(one)] for one in digits), *match.span())
    for match in sentence.find(rf"(?<![a-z])({_SPOKEN}(?:[ ,-]+{_SPOKEN}){{2,7}})(?![a-z])"):
        digits = [_DIGIT_EN[one] for one in re.findall(_SPOKEN, match[1])]
        if "".join(digits) in _KNOWN or _is_cued(sentence.text, *match.span()):
            add(" ".join(_DEGREES[int(one)] for one in digits), *match.span())
    return sorted(found, key=lambda one: one.start)


def _is_known(text: str, match: re.Match[str], digits: list[str]) -> bool:
    """Whether digits are a progression that players call by them, and no year or number."""
    name = "".join(digits)
    before, after = (
        text[max(0, match.start() - 8) : match.start()],
        text[match.end() : match.end() + 4],
    )
    if re.search(
        r"(?:in|of|from|year|since|around|about|at|no\.?|bpm|=|#) ?$", before
    ) or after.startswith(("年", "%", "拍")):
        return False
    if (
        match[0] == name
        and match[1]
        and (len(name) < 4 or (len(name) == 4 and name[0] == "1" and after[:1] == "s"))
    ):
        return False
    if re.match(r"\s*(?:bars?|小节|bpm|beats|秒|分|sec|min|个|月|号|日)", text[match.end() :]):
        return False
    return name in _KNOWN or (
        match[0] == name and match[1] is not None and len(name) in (6, 7, 8) and name[0] in "14"
    )


def _is_chord(word: str) -> bool:
    try:
        parse_chord(word)
    except ParameterError:
        return False
    return True


def _is_cued(text: str, start: int, end: int) -> bool:
    """Whether chords are spoken of right before or after."""
    before = text[max(0, start - 24) : start]
    return _CUE.search(before) is not None or _CUE_AFTER.match(text[end : end + 16]) is not None


def _are_chords(words: list[str], text: str, start: int, end: int) -> bool:
    """Whether a run of words is a progression, not a form or a list of letters."""
    if len(words) < 2 or not all(_is_chord(one) for one in words):
        return False
    if any(len(one) > 1 for one in words) or "|" in text[start:end]:
        return True
    if _is_cued(text, start, end):
        return True
    return len(words) >= 3 and not set(words) <= _FORM_LETTERS


def _has_shared_bars(text: str) -> bool:
    """Whether some bar holds several chords."""
    return any(len(_ONE.findall(bar)) > 1 for bar in text.split("|"))


def _bars_text(text: str) -> str:
    """Return the progression with its bar lines."""
    bars = [" ".join(_ONE.findall(bar)) for bar in text.split("|")]
    return "| " + " | ".join(bar for bar in bars if bar) + " |"


def _plain_roman(word: str) -> str:
    return "".join(_ROMAN_LETTERS.get(one, one) for one in word)


def _as_diatonic(words: list[str]) -> list[str]:
    """Return numerals all in capitals (II-V-I, as jazz players write) in the major key's own kinds."""
    plain = [re.match(r"[b#]?([IViv]+)(.*)", one) for one in words]
    names = [one[1] for one in plain if one]
    if not all(name.isupper() for name in names) or not set(names) & {"II", "III", "VI"}:
        return words
    small = {"II": "ii", "III": "iii", "VI": "vi", "VII": "vii°"}
    return [
        small[one[1]] + one[2] if one and one[1] in small and one[0][0] not in "b#" and not one[2]
        else word
        for one, word in zip(plain, words, strict=True)
    ]  # fmt: skip
