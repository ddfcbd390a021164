"""Whether a word is wanted: negations ("no drums", 不要鼓), "not too", "a bit", and corrections.

Conventions: see `said.Said.polarity`. A negation reaches over a list ("no drums, bass or vocals") as long
as nothing but commas and "or" stands between.
"""

from __future__ import annotations

import re

from motet.sentence.text import Sentence

__all__ = ["carry_over", "find_corrections", "find_polarity", "is_listed"]

_FILL = (
    r"(?:(?:a|an|any|the|to|be|been|it|that|this|so|of|with|too|very|all|overly|particularly"
    r"|really|more|much|"
    r"sound|sounding|get|feel|make|have|having|use|using|include|including|want|need|add|adding|play|playing|"
    r"loud|heavy|fancy|electric|acoustic|left-hand|actual|big|please|song|music|piece|kind|sort|style|thing|"
    r"something|anything|left|hand)\W+){0,4}"
)
_NO = re.compile(
    r"(?<![a-z])(?:no|not|without|w/o|never|avoid(?:ing)?|don'?t|do not|doesn'?t|minus"
    r"|except(?: for)?|lose|skip(?: the)?|"
    r"leave out|leaving out|drop the|omit(?:ting)?|exclud(?:e|ing)|free of|isn'?t|aren'?t"
    r"|shouldn'?t|mustn'?t|can'?t|"
    r"instead of|rather than|nothing|hate|zero|cut the|remove|neither|nor|non|anything but|less"
    r"|fewer|forget(?: the)?|"
    r"no more|ditch(?: the)?|sans)[ -]" + _FILL + r"$"
)
_LESS = re.compile(
    r"(?<![a-z])(?:not|isn'?t|don'?t (?:make it |be |get )?|never|nothing|without being"
    r"|shouldn'?t be|n'?t be|no)\s+"
    r"(?:be |sound |make it |get |that |being )?(?:too|so|very|overly|all that|that|terribly"
    r"|excessively|overtly)\s+(?:much )?$"
)
_VERY = re.compile(
    r"(?<![a-z])(?:very|extremely|really|super|so|incredibly|deeply|utterly|ultra|insanely)[ -]$"
)
_SLIGHT = re.compile(
    r"(?<![a-z])(?:a bit(?: of)?|a little(?: bit)?|slightly|somewhat|kind of|kinda|sort of"
    r"|a touch(?: of)?|rather|faintly|"
    r"mildly|vaguely|a hint of|semi|quasi)[ -]$"
)
_ZH_NO = re.compile(
    r"(?:不要|不想要|不用|不需要|不必|不加|不带|不含|不使用|不许|不准|不想|不希望|不能|不会|不是"
    r"|没有|没|别用|别加|别有|别放|别|去掉|"
    r"拿掉|删掉|除了|避免|禁止|拒绝|省略|无|勿|去除|免去|少点|少一点|少些|远离|不喜欢|不听)"
    r"(?:有|用|加|出现|使用|任何|那种|什么|一点|让|带|放|搞|弄|写|给我|太多|太多的|是|把|过多的?"
    r"|的|声音|里面有|包含|含有|电子的|大的|很大的|听起来|变得|显得|过分)*$"
)
_ZH_LESS = re.compile(
    r"(?:不太|别太|不要太|不要那么|不那么|不是很|不怎么|没那么|不要过于|不宜太|别那么|不宜过"
    r"|不过分|不至于|不算太|不必太|不用太|也别太|别过于|不是太|"
    r"不要弄得太|不能太|别搞得太|不可太|不想太|不希望太|不要很|别很|不很|不大)$"
)
_ZH_VERY = re.compile(r"(?:非常|极其|极度|十分|特别|超级|超|很|太|极|无比|相当|异常)$")
_ZH_SLIGHT = re.compile(
    r"(?:有点儿?|有些|略微|稍微|稍稍|略带|略|稍|微微|淡淡的?|一丝|一点点?|轻微)$"
)
_LIST = re.compile(
    r"\s*(?:,|/|or|nor|and|,\s*(?:or|nor|no|and)|和|或者?|跟|与|也不要|以及|,?\s*也?(?:没有"
    r"|不要))\s*(?:any |other )?",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"(?<![a-z])(?:no[ ,]*(?:-+|,)\s*(?:make it|actually|wait|let'?s|sorry)|actually|sorry|i mean"
    r"|scratch that|wait|"
    r"on second thought|make that|correction|ok no|no no|or rather)(?![a-z])"
    r"|\?+ *(?:ok )?no(?=[ ,:-])|其实|不对|改成|改为|我是说|还是改"
    r"|更正|算了|说错了|应该是"
)
_STOPS = ".;!?\n"


def find_polarity(sentence: Sentence, start: int, end: int) -> str:
    """Return whether the words of a span are wanted.

    Parameters
    ----------
    sentence : Sentence
    start, end : int

    Returns
    -------
    str
        ``"yes"``, ``"no"``, ``"less"``, ``"slight"`` or ``"very"``.

    Examples
    --------
    >>> find_polarity(Sentence("no drums"), 3, 8), find_polarity(Sentence("not too fast"), 8, 12)
    ('no', 'less')
    >>> find_polarity(Sentence("不要鼓"), 2, 3), find_polarity(Sentence("a bit sad"), 6, 9)
    ('no', 'slight')
    """
    low = sentence.low
    begin = max(0, start - 60)
    before = low[begin:start]
    cut = max(before.rfind(one) for one in _STOPS + ",:")
    clause = before[cut + 1 :]
    after = low[end : end + 24]
    if re.match(
        r"[- ]free(?![a-z])|\s*(?:is|are) not (?:needed|wanted)|\s*就?不要了|\s*就?不用了|\s*免了",
        after,
    ):
        return "no"
    if _LESS.search(clause) or _ZH_LESS.search(clause):
        return "less"
    if re.search(
        r"(?:not only|not just|不只|不仅|不光|nothing but|only|no less than|只有"
        r"|没有副歌,只要)(?: an?| the)?\s*$",
        clause,
    ):
        return "yes"
    if _NO.search(clause) or _ZH_NO.search(clause):
        return "no"
    if _VERY.search(clause) or _ZH_VERY.search(clause):
        return "very"
    if _SLIGHT.search(clause) or _ZH_SLIGHT.search(clause):
        return "slight"
    return "yes"


def is_listed(sentence: Sentence, end: int, start: int) -> bool:
    """Whether nothing but a comma, "or" or the like stands between two spans.

    Parameters
    ----------
    sentence : Sentence
    end, start : int
        End of the first, start of the second.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_listed(Sentence("no drums or bass"), 8, 12)
    True
    """
    gap = sentence.low[end:start]
    return gap.strip() in (
        "or",
        "nor",
        "and",
        "and the",
        "or the",
        "/",
        "和",
        "或",
        "或者",
        "跟",
        "与",
    ) or (_LIST.fullmatch(gap) is not None and "and" not in gap and "," in gap and "no" in gap)


def carry_over(
    sentence: Sentence, spans: list[tuple[int, int]], polarities: list[str]
) -> list[str]:
    """Return polarities with negations carried over lists.

    Parameters
    ----------
    sentence : Sentence
    spans : list of (int, int)
        In order.
    polarities : list of str

    Returns
    -------
    list of str

    Examples
    --------
    >>> one = Sentence("without drums, bass or vocals")
    >>> carry_over(one, [(8, 13), (15, 19), (23, 29)], ["no", "yes", "yes"])
    ['no', 'no', 'no']
    """
    out = list(polarities)
    for k in range(1, len(out)):
        if out[k - 1] != "no" or out[k] != "yes":
            continue
        if is_listed(sentence, spans[k - 1][1], spans[k][0]):
            out[k] = "no"
            continue
        end = k  # "drums, bass or vocals": the list goes on to an "or"
        while end < len(out) and sentence.low[spans[end - 1][1] : spans[end][0]].strip() in (
            ",",
            "and",
        ):
            end += 1
        if end == k or out[k:end] != ["yes"] * (end - k):
            continue
        last = sentence.low[spans[end - 1][1] : spans[end][0]].strip(" ,") if end < len(out) else ""
        if last in ("or", "nor", "或", "或者"):
            out[k] = "no"
    return out


def find_corrections(sentence: Sentence) -> list[int]:
    """Return where the sentence corrects itself: what was said before gives way to what follows.

    Parameters
    ----------
    sentence : Sentence

    Returns
    -------
    list of int

    Examples
    --------
    >>> find_corrections(Sentence("a march, no, actually a waltz"))[:1]
    [9]
    """
    return [match.end() - len(match[0]) for match in _CORRECTION.finditer(sentence.low)]
