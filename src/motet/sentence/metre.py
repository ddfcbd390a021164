"""Metres: ``3/4``, "in six-eight", "waltz time", 四分之三拍, 三拍子, and metres that change.

Conventions: a value is a text of `motet.brief.Brief.metre`; a change is ``(bar, "3/4")`` in the field
``metre_change``.
"""

from __future__ import annotations

import re

from motet.sentence.number import NUMBER, read_number
from motet.sentence.said import Said
from motet.sentence.text import Sentence

__all__ = ["read_metre"]

_TOPS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fifteen": 15,
}  # fmt: skip
_LOWS = {"two": 2, "four": 4, "quarter": 4, "eight": 8, "sixteen": 16}
_LIKELY = {
    (2, 2), (3, 2), (4, 2), (2, 4), (3, 4), (4, 4), (5, 4), (6, 4), (7, 4), (3, 8), (5, 8), (6, 8),
    (7, 8), (8, 8), (9, 8), (10, 8), (11, 8), (12, 8), (13, 8), (15, 8), (15, 16), (7, 16),
}  # fmt: skip
_ZH = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
       "十一": 11, "十二": 12, "十三": 13, "十五": 15, "十六": 16}  # fmt: skip
_ZH_NUMBER = r"(?:\d{1,2}|十[一二三五六]?|[二两三四五六七八九])"
_PULSES = {2: "2/4", 3: "3/4", 4: "4/4", 5: "5/4", 6: "6/8", 7: "7/8", 9: "9/8", 12: "12/8"}
_NAMED = (
    (r"cut[ -](?:common[ -])?time|alla breve|in cut(?=[\s,.;]|$)|二分拍", "2/2"),
    (r"common[ -]time|普通拍子", "4/4"),
    (
        r"waltz[ -](?:time|met(?:re|er)|rhythm)|triple[ -](?:time|met(?:re|er))|圆舞曲节奏|华尔兹节奏",
        "3/4",
    ),
    (r"duple[ -](?:time|met(?:re|er))", "2/4"),
    (r"quadruple[ -](?:time|met(?:re|er))", "4/4"),
    (r"compound[ -](?:duple|time|met(?:re|er))|复合拍子?", "6/8"),
)
_TOP_WORD = "|".join(_TOPS)
_LOW_WORD = "|".join(_LOWS)


def _fits(top: int, low: int) -> bool:
    return 1 <= top <= 16 and low in (2, 4, 8, 16)


def read_metre(sentence: Sentence) -> list[Said]:
    """Return the metres that a sentence names, claimed.

    Parameters
    ----------
    sentence : Sentence

    Returns
    -------
    list of Said

    Examples
    --------
    >>> [one.value for one in read_metre(Sentence("in six-eight, 四分之三拍, 5/4, 七八拍"))]
    ['6/8', '3/4', '5/4', '7/8']
    """
    found: list[Said] = []

    def add(metre: str, match: re.Match[str]) -> None:
        start, end, bar = _with_bar(sentence.low, match.start(), match.end())
        value = (bar, metre) if bar > 1 else metre
        found.append(Said("metre_change" if bar > 1 else "metre", value, start, end))
        sentence.claim(start, end)

    for match in sentence.find(
        r"(?<![\d/])(?<!\d\.)(\d{1,2})\s*/\s*(\d{1,2})(?![\d/])(?:\s*(?:拍子?|time))?"
    ):
        top, low = int(match[1]), int(match[2])
        is_note = re.match(r"\s*(?:notes?|音符|speed|tempo|速)", sentence.low[match.end() :])
        if _fits(top, low) and not is_note and not (top == 1 and low > 2):
            add(f"{top}/{low}", match)
    for match in sentence.find(rf"({_ZH_NUMBER})\s*分之\s*({_ZH_NUMBER})(?:拍子?)?"):
        low, top = (_ZH.get(one) or int(one if one.isdigit() else 0) for one in match.groups())
        if _fits(top, low):
            add(f"{top}/{low}", match)
    for match in sentence.find(
        r"(?<![百零〇])(十[一二三五]|(?<!十)[二两三四五六七八九])([二两三四六八])拍子?"
    ):
        one, two = _ZH[match[1]], _ZH[match[2]]
        pair = (one, two) if (one, two) in _LIKELY and (one, two) != (4, 2) else (two, one)
        if pair in _LIKELY:
            add(f"{pair[0]}/{pair[1]}", match)
    for match in sentence.find(
        rf"(?<![a-z])({_TOP_WORD})[ -]?(?:over[ -])?({_LOW_WORD})(?:th)?s?(?![a-z])(?!(?:teen|ty))"
        r"(?!\s*[- ]?(?:bars?|measures?|notes?|voices?|parts?))(?: time| met(?:re|er)| feel)?"
    ):
        pair = (_TOPS[match[1]], _LOWS[match[2]])
        is_said = " " in match[0].strip() or "-" in match[0]
        if match[2] == "quarter" and not match[0].endswith(("time", "metre", "meter")):
            continue
        if pair in _LIKELY and is_said:
            add(f"{pair[0]}/{pair[1]}", match)
    for pattern, metre in _NAMED:
        for match in sentence.find(rf"(?<![a-z])(?:{pattern})"):
            add(metre, match)
    for match in sentence.find(
        rf"({_ZH_NUMBER})\s*拍子|(?<![\d零〇一二两三四五六七八九十百])([三四五七])拍(?![一-鿿]?(?:每|/))"
    ):
        word = match[1] or match[2]
        pulses = _ZH.get(word) or (int(word) if word.isdigit() else 0)
        if pulses in _PULSES:
            add(_PULSES[pulses], match)
    for match in sentence.find(
        rf"(?<![a-z])in (?:a )?({_TOP_WORD}|\d{{1,2}})(?= ?(?:[,.;:!?)]|$|time|feel|and |with |at ))"
    ):
        pulses = _TOPS.get(match[1]) or (int(match[1]) if match[1].isdigit() else 0)
        if pulses in _PULSES:
            add(_PULSES[pulses], match)
    return sorted(found, key=lambda one: one.start)


def _with_bar(text: str, start: int, end: int) -> tuple[int, int, int]:
    """Return the span with the bar from which a metre holds, and that bar."""
    after = re.match(
        rf"[ ,]*(?:from|at|starting (?:at|from|in)|in) (?:bar|measure) ({NUMBER})"
        r"(?!,? (?:it|we|the|change|switch|goes|to))",
        text[end : end + 48],
    )
    if after:
        return start, end + after.end(), int(read_number(after[1]))
    before = re.search(
        rf"(?:(?:from|at|in) (?:bar|measure) ({NUMBER})(?: on)?(?:,|:)? ?(?:it )?(?:changes? "
        rf"|switch(?:es)? )?"
        rf"(?:to )?|(?:从|第)+({NUMBER})小节(?:起|开始)?[,:]?(?:改为|变为|转为|换成|转|变成|改)?"
        rf"|(?<!\d)(\d{{1,3}}): ?)$",
        text[max(0, start - 48) : start],
    )
    if before:
        bar = int(read_number(before[1] or before[2] or before[3]))
        return max(0, start - 48) + before.start(), end, bar
    return start, end, 1
