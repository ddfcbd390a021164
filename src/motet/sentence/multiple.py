"""Lengths that are reckoned: "two 8-bar phrases", "16 bars, played twice", 八小节重复三遍.

Conventions: values are bars; what is reckoned is claimed, so that no single number of it is read again.
"""

from __future__ import annotations

import re

from motet.sentence.number import read_number
from motet.sentence.said import Said
from motet.sentence.text import Sentence

__all__ = ["BARS", "read_multiples"]

BARS = r"(?:个\s*)?(?:(?:bars?|measures?|bras|basr|barrs?|mesures?|meas)(?![a-z])|小节(?:线)?)"
"""Pattern of a unit of bars, in small letters; no groups of its own."""
_FEW = (
    r"((?<![a-z])(?:two|three|four|five|six|seven|eight|nine|ten|twelve|a pair of|a couple of)(?![a-z])"
    r"|(?<!\d)\d{1,2}(?!\d)|[两二三四五六七八九十])"
)
_SOME = (
    r"((?<![a-z])(?:two|three|four|five|six|seven|eight|nine|ten|twelve|sixteen|twenty|thirty[ -]two)(?![a-z])"
    r"|(?<!\d)\d{1,2}(?!\d)|[二两三四五六七八九十]{1,3})"
)
_UNIT = (
    r"(?:phrases?|lines?|sections?|parts?|periods?|sentences?|chunks?|blocks?|halves|loops?|segments?"
    r"|times?|乐句|乐段|句子|段落|部分|句|段|循环|遍)"
)
_OF = r"(?:of|with|a|each|各|[每一](?:个)?(?:乐)?(?:句|段)?|都?是|有|为|[x*])"
_LONE = r"(?:乐句|乐段|句子|段落|段|循环)"
_AGAIN = (
    r"(?:is |are |and )?(?:play(?:ed|s)?|repeat(?:ed|s)?|loop(?:ed|s)?|sung|heard|run|go(?:es|ing)? (?:a)?round"
    r"|重复|循环|反复|来|弹|播放|演奏|奏|唱)"
)
_TIMES = (
    rf"{_FEW}\s*(?:x|\*|times|lots of|sets of)?\s*(?<!\d){_SOME}[ -]*{BARS}[ 的-]*{_UNIT}(?![a-z])",
    rf"{_FEW}\s*(?:x|\*|times|lots of|sets of)\s*{_SOME}[ -]*{BARS}",
    rf"{_FEW}\s+(?:\w+ )?{_UNIT},? {_OF} {_SOME}[ -]*{BARS}(?: (?:each|long|apiece))?",
    rf"{_FEW}\s+(?:\w+ )?{_UNIT},? {_SOME}[ -]*{BARS} (?:each|long|apiece)",
    rf"{_FEW}(?:个|大)?\s*{_UNIT}(?:子)?[,的]?\s*(?:{_OF}\s*){{1,3}}{_SOME}\s*{BARS}",
    rf"{_FEW}个\s*{_SOME}\s*{BARS}的?{_LONE}",
)
_AFTER = (
    rf"{_SOME}[ -]*{BARS}(?: [a-z]+){{0,2}},?\s*(?:{_AGAIN})?\s*(?:over )?"
    rf"(?:(twice|thrice)(?! as)|(?:for )?{_FEW}\s*(?:times|遍|次|回|轮)|[x*]\s*{_FEW}(?![\d/]))"
)
_RATIO = (
    rf"(?<![a-z])(twice|double|half|three times|triple|four times)(?: (?:as long as|the (?:length|size) of"
    rf"|of|the))?(?: (?:an?|the|my|your))?(?: (?:usual|normal|ordinary|standard|typical|regular))?"
    rf"\s+{_SOME}[ -]*{BARS}(?:\s+(?:phrase|period|section|chorus|blues|loop|verse)s?)?"
)
_RATIOS = {
    "twice": 2.0,
    "double": 2.0,
    "half": 0.5,
    "three times": 3.0,
    "triple": 3.0,
    "four times": 4.0,
}
_PLUS = r"(?:\+|plus|加上?|followed by|and (?:then )?another|(?:and )?then)"
_SUM = rf"{_SOME}(?:[ -]*{BARS})?(?:,?\s*{_PLUS}\s*{_SOME}(?:[ -]*{BARS})?){{1,7}}"


def read_multiples(sentence: Sentence) -> list[Said]:
    """Return lengths that are a product or a sum of numbers of bars, claimed.

    Parameters
    ----------
    sentence : Sentence

    Returns
    -------
    list of Said
        Field ``bars``.

    Examples
    --------
    >>> [one.value for one in read_multiples(Sentence("two 8-bar phrases; 16 bars, played twice"))]
    [16, 32]
    >>> [one.value for one in read_multiples(Sentence("twice as long as 8 bars; 三段,每段八小节"))]
    [16, 24]
    """
    found: list[Said] = []

    def add(bars: float, match: re.Match[str]) -> None:
        if 2 <= round(bars) <= 400:
            found.append(Said("bars", round(bars), *match.span()))
            sentence.claim(*match.span())

    for pattern in _TIMES:
        for match in sentence.find(pattern):
            add(read_number(match[1]) * read_number(match[2]), match)
    for match in sentence.find(_AFTER):
        times = {"twice": 2.0, "thrice": 3.0}.get(match[2] or "") or read_number(
            match[3] or match[4]
        )
        add(read_number(match[1]) * times, match)
    for match in sentence.find(_RATIO):
        add(read_number(match[2].replace("-", " ")) * _RATIOS[match[1]], match)
    for match in sentence.find(_SUM):
        if re.search(BARS, match[0]):
            add(sum(read_number(one[0]) for one in re.finditer(_SOME, match[0])), match)
    return sorted(found, key=lambda one: one.start)
