"""How long: bars, seconds and minutes, "a short piece".

Conventions: the field ``bars`` counts bars, ``seconds`` seconds, ``length`` is ``"short"`` or ``"long"``.
"""

from __future__ import annotations

import re

from motet.sentence.multiple import BARS, read_multiples
from motet.sentence.number import NUMBER, read_number
from motet.sentence.said import Said
from motet.sentence.text import Sentence

__all__ = ["read_length"]

_TO = r"\s*-?(?:-|to|or|到|至|或)-?\s*"
_THING = (
    r"(?:piece|song|tune|loop|melody|track|theme|clip|jingle|snippet|ditty|waltz|march|intro|cue"
    r"|bit|fanfare|phrase"
    r"|motif|interlude|prelude|number|composition)"
)


_PORTION = (
    r"(?<![a-z])(?:first|last|next|final|opening|closing|other|remaining)\s*$"
    r"|(?:前|后|最后|头|末|其余|剩下的?)\s*$"
)
"""Words before a number of bars that is no length of the whole: "calm for the first 8 bars"."""


def read_length(sentence: Sentence) -> list[Said]:
    """Return what a sentence says about the length, claimed.

    Parameters
    ----------
    sentence : Sentence
        Forms and tempi claimed already.

    Returns
    -------
    list of Said

    Examples
    --------
    >>> [(one.field, one.value) for one in read_length(Sentence("sixteen bars, 一分半, 0:40 long"))]
    [('bars', 16), ('seconds', 90.0), ('seconds', 40.0)]
    """
    found: list[Said] = []
    portions: list[re.Match[str]] = []

    def add(field: str, value: float | str, match: re.Match[str]) -> None:
        found.append(Said(field, value, match.start(), match.end()))
        sentence.claim(match.start(), match.end())

    found += read_multiples(sentence)
    for match in sentence.find(
        rf"(?<![a-z])(?:小节数?|bars?|measures?|长度|length|len)(?:\s*(?:[:=]|为|是)"
        rf"|(?<=length)(?: of)?(?= \d))\s*({NUMBER})(?!\s*(?:秒|分|s|min|:\d"
        rf"|/))(?:\s*(?:{BARS}))?"
    ):
        _add_bars(add, match, match[1], None)
    for match in sentence.find(
        rf"(?:(?<![a-z])(?:anywhere )?between|介于|在)\s*({NUMBER})"
        rf"\s*(?:and|to|到|至|和|-)\s*({NUMBER})[ -]*{BARS}"
    ):
        _add_bars(add, match, match[1], match[2])
    for match in sentence.find(
        rf"(?<![第\d/到至-])({NUMBER})(?:{_TO}({NUMBER}))?(?:-?ish|-odd| or so| odd)?"
        rf"[ -]*(?:来|多|几)?(?:{BARS})(?!\s*(?:起(?!步)|开始|一换|一句|一个和弦|换))"
    ):
        before = sentence.low[max(0, match.start() - 12) : match.start()]
        if re.search(r"(?:every|each|per|每|at bar|from bar)\s*$", before):
            continue
        if re.search(_PORTION, before):
            portions.append(match)
            continue
        if re.match(r"[ -](?:phrases|phrasing|units|groups)(?![a-z])", sentence.low[match.end() :]):
            continue  # "in 4-bar phrases" tells no length
        _add_bars(add, match, match[1], match[2])
    if len(portions) == 2 and not any(one.field == "bars" for one in found):
        bars = round(sum(read_number(one[1]) for one in portions))
        found.append(Said("bars", bars, portions[0].start(), portions[1].end()))
    for one in portions:
        sentence.claim(*one.span())
    for match in sentence.find(
        r"(?<![\d/])(\d{1,2})\s?(?:m(?:ins?)?|')\s?([0-5]?\d)(?:\s?(?:s(?:ecs?)?(?![a-z])|\"|'')"
        r"|(?<='[0-5]\d)(?!\d))"
    ):
        add("seconds", 60.0 * int(match[1]) + int(match[2]), match)
    for match in sentence.find(
        r"(?<![a-z])(?:(three)[ -]|an?[ -]|one[ -])?quarters?(?: of a|[ -])[ -]?minute"
        r"|(?<![a-z])(two) thirds of a minute"
    ):
        add("seconds", 45.0 if match[1] else 40.0 if match[2] else 15.0, match)
    for match in sentence.find(
        rf"(?<!per )(?<![a-z])(?:({NUMBER})|(an?|one))(?:[ -]|个 ?)(?:and[ -]a[ -]half[ -])?"
        rf"(?:minutes?|mins?)(?![a-z])(?:[ -]and[ -]a[ -]half)?(?:,? (?:and )?({NUMBER})"
        rf"(?: ?(?:seconds?|secs?)|(?= (?:at|long|in)(?![a-z])"
        rf"|\s*(?:[,.;]|$))))?"
        rf"|({NUMBER})[ -]?(?:minutes?|mins?)(?![a-z])"
        rf"(?: and a half)?|half[ -]a[ -]minute|half[ -]minute"
    ):
        if not re.match(
            r" (?:later|ago|from now|after|before|to go)(?![a-z])", sentence.low[match.end() :]
        ):
            add("seconds", _minutes(match), match)
    for match in sentence.find(
        rf"(?<!每)({NUMBER})?\s*(半)?个?(半)?分(半)?钟?(?:\s*({NUMBER})来?秒)?(?!之|音符)"
    ):
        _chinese_minutes(add, match, sentence.low)
    for match in sentence.find(
        rf"(?<![a-z])({NUMBER})(?:{_TO}({NUMBER}))?[ -]?(?:(?:seconds?|secs?|sec"
        rf"|(?<=\d)s)(?![a-z])|(?:来|多|几)?秒钟?)"
    ):
        low = read_number(match[1])
        high = read_number(match[2]) if match[2] else low
        is_decade = (re.fullmatch(r"(?:\d\d)?[2-9]0s", match[0]) and low > 45) or low in (
            303.0,
            808.0,
            909.0,
        )
        is_decade = is_decade and not re.match(r" (?:long|of )|长", sentence.low[match.end() :])
        if 1 <= (low + high) / 2 <= 3600 and not is_decade:
            add("seconds", (low + high) / 2, match)
    for match in sentence.find(
        r"(?<![\d:.])(\d{1,2}):([0-5]\d)(?![\d:])(?:\s*(?:minutes?|mins?|long|长))?"
    ):
        add("seconds", 60.0 * int(match[1]) + int(match[2]), match)
    for match in sentence.find(
        rf"(?<![a-z])(very short|short|brief|little|tiny|long|lengthy"
        rf"|extended)(?=(?: [a-z-]{{3,14}}){{0,2}} {_THING}(?![a-z]))"
        r"|(短小|简短|很短|短短|短)(?=[的一]?[^,.;]{0,4}(?:曲|歌|段|音乐|旋律))|(?:长一点|长一些)(?=的)"
    ):
        if match[0] in ("little", "tiny") or sentence.low[match.end() :].startswith(" notes"):
            continue
        is_long = match[0].startswith(("long", "length", "extend", "长"))
        add("length", "long" if is_long else "short", match)
    return sorted(found, key=lambda one: one.start)


def _add_bars(add: object, match: re.Match[str], low: str, high: str | None) -> None:
    """Add a number of bars; of two, their middle."""
    first = read_number(low)
    bars = round((first + read_number(high)) / 2) if high else round(first)
    if 1 <= bars <= 400:
        add("bars", bars, match)  # type: ignore[operator]


def _minutes(match: re.Match[str]) -> float:
    """Return the seconds of minutes said in English."""
    if match[0].startswith("half"):
        return 30.0
    number = match[1] or match[4]
    minutes = read_number(number) if number else 1.0
    if "half" in match[0]:
        minutes += 0.5
    return round(60 * minutes + (read_number(match[3]) if match[3] else 0), 1)


def _chinese_minutes(add: object, match: re.Match[str], text: str) -> None:
    """Add minutes said in Chinese: 两分半钟, 一个半分钟, 半分钟, 1分20秒."""
    if not match[1] and not match[2]:
        return
    if text[: match.start()].endswith(("四", "八", "十六", "二")) and "分" in match[0][:1]:
        return
    minutes = read_number(match[1]) if match[1] else 0.0
    if match[1] and not match[0].rstrip().endswith(("钟", "半", "秒")):
        return
    minutes += 0.5 * sum(1 for one in (match[2], match[3], match[4]) if one)
    seconds = 60 * minutes + (read_number(match[5]) if match[5] else 0)
    if 2 <= seconds <= 3600:
        add("seconds", seconds, match)  # type: ignore[operator]
