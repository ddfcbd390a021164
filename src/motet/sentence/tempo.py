"""Tempi in numbers: 120 bpm, ♩=96, 每分钟90拍, "between 80 and 100", a number that stands alone.

Conventions: values are quarter notes a minute. Words such as slow and allegro are in the lexicon.
"""

from __future__ import annotations

import re

from motet.sentence.number import NUMBER, read_number
from motet.sentence.said import Said
from motet.sentence.text import Sentence

__all__ = ["read_bare_tempo", "read_tempo"]

_UNITS = {"whole": 4.0, "half": 2.0, "minim": 2.0, "quarter": 1.0, "crotchet": 1.0, "eighth": 0.5,
          "quaver": 0.5, "𝅗𝅥": 2.0, "♩": 1.0, "♪": 0.5, "q": 1.0, "二分音符": 2.0, "四分音符": 1.0,
          "八分音符": 0.5}  # fmt: skip
_ABOUT = (
    r"(?:\s*(?:about|around|approximately|approx\.?|roughly|circa|ca\.?|maybe|near|大概|大约"
    r"|约为?|左右|差不多|在))*"
)
_TO = r"\s*(?:-|to|and|到|至)\s*"
_UNIT = (
    r"(?:b\.?\s?p\.?\s?m\.?(?![a-z])|beats?\s*(?:per|a|/|each)\s*min(?:ute)?s?|拍每分钟?|拍/分钟?|拍一分钟"
    r"|quarter notes? (?:per|a) minute|qpm)"
)
_END = r"(?:\s*-?ish|\s*左右|\s*上下)?"
_PATTERNS = (
    rf"(?:每分钟|一分钟|每分){_ABOUT}\s*({NUMBER})(?:(?:{_TO})({NUMBER}))?\s*(?:个)?(?:拍|下|四分音符|bpm)?",
    rf"({NUMBER}){_END}\s*(?:(?:{_TO})({NUMBER}){_END})?\s*{_UNIT}{_END}",
    rf"(?:bpm|tempo|speed|qpm|速度|拍速|节拍|曲速)(?:\s+of|\s+is|\s+at|\s*为|\s*是|\s*在|\s*定在"
    rf"|\s*设为)?\s*[:=]?"
    rf"{_ABOUT}\s*(?:between\s+)?({NUMBER})(?:(?:{_TO})({NUMBER}))?{_END}(?:\s*{_UNIT})?(?:\s*之间)?"
    r"(?![ -]?(?:bars?|小节|/))",
    rf"({NUMBER})\s*(?:的速度|(?:to|per) the (?:quarter|beat)|per minute|的拍速|一分钟的速度)",
    rf"(?<![a-z])(?:at|@)(?:\s+(?:a\s+)?(?:tempo of|about|around|roughly|maybe))?\s*({NUMBER}){_END}"
    r"(?=\s*(?:[,.;!?)]|$|in |and |with |for |on ))",
    rf"({NUMBER})\s*(?:来|多)?拍(?!子)",
)  # fmt: skip


def read_tempo(sentence: Sentence) -> list[Said]:
    """Return the tempi in numbers, claimed.

    Parameters
    ----------
    sentence : Sentence

    Returns
    -------
    list of Said
        Field ``qpm``; several where the sentence says several.

    Examples
    --------
    >>> [one.value for one in read_tempo(Sentence("80 to 100 bpm, 每分钟九十拍, dotted quarter = 60"))]
    [90.0, 90.0, 90.0]
    """
    found: list[Said] = []

    def add(qpm: float, match: re.Match[str]) -> bool:
        if not 20 <= qpm <= 400:
            return False
        found.append(Said("qpm", round(qpm, 2), match.start(), match.end()))
        sentence.claim(match.start(), match.end())
        return True

    names = "|".join(_UNITS)
    for match in sentence.find(
        rf"(?<![a-z])(dotted[ -]|附点)?({names})(?:[ -]?notes?)?\s*(?:=|equals|is|at|为"
        rf"|等于)\s*({NUMBER})(?:\s*bpm)?"
    ):
        add(read_number(match[3]) * _UNITS[match[2]] * (1.5 if match[1] else 1.0), match)
    for k, pattern in enumerate(_PATTERNS):
        for match in sentence.find(pattern):
            high = match[2] if match.re.groups > 1 else None
            low = read_number(match[1])
            if k >= 4 and low < 36:
                continue
            add((low + read_number(high)) / 2 if high else low, match)
    return sorted(found, key=lambda one: one.start)


def read_bare_tempo(sentence: Sentence) -> list[Said]:
    """Return a number that stands alone and can be nothing but a tempo, claimed.

    Parameters
    ----------
    sentence : Sentence
        Everything else that has numbers claimed already.

    Returns
    -------
    list of Said

    Examples
    --------
    >>> read_bare_tempo(Sentence("surf rock, 160"))[0].value
    160.0
    """
    found: list[Said] = []
    for match in sentence.find(
        r"(?:(?<=[,.;!?:])|(?<=^)|(?<=[一-鿿])|(?<=\) )|(?<= ))\s*(\d{2,3})(?:\s*-?ish|\s*左右"
        r"|\s*上下)?(?=\s*(?:[,.;!?]|$|[一-鿿]))"
    ):
        number = float(match[1])
        before = sentence.low[: match.start(1)].rstrip()[-1:]
        if 40 <= number <= 260 and (not before or before in ",.;!?:" or found == []):
            found.append(Said("qpm", number, match.start(1), match.end(), confidence=0.8))
            sentence.claim(match.start(1), match.end())
            break
    if not found:
        for match in sentence.find(
            rf"(?:(?<![a-z])(?:around|about|roughly|approximately)|大概|大约|约)\s*({NUMBER})"
            r"(?!\s*(?:[a-z]{0,2}[- ]?(?:bars?|sec|min|h|people|parts|voices|notes|years)|小节|秒|分|个|[:/%]))"
        ):
            if 40 <= read_number(match[1]) <= 240:
                found.append(Said("qpm", read_number(match[1]), *match.span(), confidence=0.8))
                sentence.claim(*match.span())
                break
    return found
