"""Tempi in numbers: 120 bpm, ♩=96, 每分钟90拍, "between 80 and 100", a number that stands alone.

Conventions: values are quarter notes a minute. Words such as slow and allegro are in the lexicon.
"""

from __future__ import annotations

import re

from motet.sentence.number import NUMBER, read_number
from motet.sentence.said import Said
from motet.sentence.text import Sentence

__all__ = ["read_bare_tempo", "read_tempo"]

_UNITS = {"1/4": 1.0, "1/2": 2.0, "1/8": 0.5,
          "whole": 4.0, "half": 2.0, "minim": 2.0, "quarter": 1.0, "crotchet": 1.0, "eighth": 0.5,
          "quaver": 0.5, "𝅗𝅥": 2.0, "♩": 1.0, "♪": 0.5, "q": 1.0, "二分音符": 2.0, "四分音符": 1.0,
          "八分音符": 0.5}  # fmt: skip
_ABOUT = (
    r"(?:\s*(?:~|about|around|approximately|approx\.?|roughly|circa|ca\.?|maybe|near|大概|大约"
    r"|约为?|左右|差不多|在))*"
)
_TO = r"\s*(?:-|to|and|到|至|和|与|跟)\s*"
_UNIT = (
    r"-?(?:b\.?\s?p\.?\s?m\.?'?s?(?![a-z])|b?/min(?:ute)?(?![a-z])"
    r"|(?:beats?|clicks?|ticks?|pulses)\s*(?:per|a|/|each|every|in a|to the)"
    r"\s*min(?:ute)?s?|拍每分钟?|拍/分钟?|拍一分钟"
    r"|quarter notes? (?:per|a) minute|qpm)"
)
_END = r"(?:\s*-?ish|\s*-?(?:something|odd)(?![a-z])|\s*左右|\s*上下)?"
_NO_COUNT = (
    rf"(?!\d|[ -]?{NUMBER})(?!\s*[- ]?(?:bars?|measures?|beats? long|sec|min|parts|voices|notes?|小节|秒|分"
    r"|/\s*\d|:|%))"
)
_CLUB = (
    r"house|techno|trance|dnb|d'n'b|drum (?:and|&|n) bass|jungle|lo-?fi|dubstep|trap|drill|hip[- ]?hop|disco"
    r"|funk|edm|electro|synthwave|garage|breakbeat|rock|pop|metal|punk|swing|reggae|dub|ska|ambient|chillout"
)
_PATTERNS = (
    rf"(?:每分钟|一分钟|每分){_ABOUT}(?:打|敲|跳|走)?{_ABOUT}\s*({NUMBER})(?:(?:{_TO})({NUMBER}))?\s*(?:个)?(?:拍|下|四分音符|bpm)?",
    rf"({NUMBER}){_END}\s*{_UNIT}(?:(?:{_TO})({NUMBER}){_END})\s*{_UNIT}{_END}",
    rf"({NUMBER}){_END}\+?\s*(?:(?:{_TO})({NUMBER}){_END})?\s*{_UNIT}{_END}",
    rf"(?:bpm|tempo|speed|qpm|metronome(?: mark(?:ing)?)?|m\.?\s?m\.?|速度|拍速|节拍器?|曲速)(?:\s+of|\s+is"
    rf"|\s+at|\s+to|\s+should be|\s+must be|\s+to be|\s+set to|\s*为|\s*是|\s*在|\s*定在"
    rf"|\s*设[为成]|\s*(?:打|调|降|提|放|拉|加|减|升|开|设|拨|控制|保持|维持|定|落|卡)(?:慢|快|高|低)?[到至在成]|\s*介于"
    r"|\s*大于|\s*小于)?\s*[:=-]?\s*"
    rf"(?:(?:千万)?(?:不要|别|不能|不可|不)(?:超过|高于|低于|快于|慢于)|不到"
    rf"|至少|最多|低于|高于|超过|(?:not |no (?:more|less|faster|slower) |just )?"
    rf"(?:than |above |over |under |below ))?"
    rf"{_ABOUT}\s*(?:between\s+)?({NUMBER})(?:(?:{_TO})({NUMBER}))?{_END}(?:\s*{_UNIT})?(?:\s*之间)?"
    r"(?![ -]?(?:bars?|小节|/\s*\d))",
    rf"({NUMBER})\s*(?:的速度|(?:to|per) the (?:quarter|crotchet|beat|minute)|per minute"
    r"|(?:as|for) (?:the|a) (?:bpm|tempo|speed)|的拍速|一分钟的速度)",
    rf"(?<![a-z])(?:at|@)(?:\s+(?:a\s+)?(?:tempo of|about|around|roughly|maybe))?\s*({NUMBER}){_END}"
    r"(?=\s*(?:[,.;!?)]|$|in |and |with |for |on |half|double|swung|straight|feel))",
    rf"({NUMBER})(?:{_TO}({NUMBER}))?\s*(?:来|多)?拍(?!子)(?:\s*之间)?",
    rf"(?:slower|faster|quicker) than ({NUMBER})(?!\s*[- ]?(?:bars?|sec|min|/))",
    rf"(?:around|about|near|at|roughly|over|under) the ({NUMBER}) (?:mark|range)(?:\s*{_UNIT})?",
    rf"(?:in the )?(?:neighbou?rhood|region|ballpark|vicinity|area) of ({NUMBER})(?!\s*[- ]?(?:bars?|sec"
    rf"|min))",
    rf"({NUMBER}){_TO}({NUMBER}) (?:bpm )?range(?: bpm)?",
    rf"(?<![a-z])between ({NUMBER}){_TO}({NUMBER})(?:\s*{_UNIT})?{_NO_COUNT}",
    r"\((\d{2,3})\)",
    rf"(?<![a-z\d])({NUMBER}) (?:on (?:the|my) (?:metronome|clock)|tempo(?![a-z])|clicks?(?![a-z])|give or take"
    rf"|exactly(?=\s*(?:[,.;!]|$))|(?:at )?(?:most|max|maximum|tops)(?=\s*(?:[,.;!]|$))"
    rf"|at the (?:very )?(?:slowest|fastest|quickest|most|least)(?![a-z]))",
    r"♩\s*(\d{2,3})(?!\d)",
    rf"(?:^|(?<=[,;.] ))(\d{{2,3}})(?:{_TO}(\d{{2,3}}))? (?={_CLUB})",
    rf"(?<![a-z])(?:{_CLUB})(?: at)? (\d{{2,3}})(?:{_TO}(\d{{2,3}}))(?!\d)",
    r"(?<![\d.])(\d{2,3}) (?:half|double)[ -]?time(?![a-z])",
    rf"(?<![a-z\d])({NUMBER}) beats?(?=\s*(?:[,.;!?]|$))",
    rf"(?<![a-z\d])({NUMBER}) or (?:so|thereabouts)(?=\s*(?:[,.;!]|$))",
    rf"({NUMBER})\s*(?:到|至)\s*({NUMBER})\s*之间(?!的?小节)",
)  # fmt: skip


_KNOWN_PACES = {
    "ballad": 70.0, "slow song": 70.0, "lullaby": 70.0, "march": 116.0, "funeral march": 60.0,
    "heartbeat": 70.0, "waltz": 150.0, "抒情曲": 70.0, "抒情歌": 70.0, "慢歌": 70.0, "进行曲": 116.0,
}  # fmt: skip
_PACES = {
    "走路": 84.0, "散步": 84.0, "步行": 84.0, "心跳": 72.0, "跑步": 150.0, "慢跑": 132.0, "walking": 84.0,
    "a walk": 84.0, "a heartbeat": 72.0, "jogging": 132.0, "running": 150.0, "a march": 116.0,
}  # fmt: skip
_THAN_PACE = (
    r"比(走路|散步|步行|心跳|跑步|慢跑)(?:的?(?:速度|节奏))?(?:稍微?|略微?|再|还)?(?:要)?(快|慢)(?:一点点?|一些|些|点)?"
    r"(?:的速度|的节奏)?|(?:(?:a (?:bit|little|touch|tad)|slightly|somewhat|just) )?(faster|quicker"
    r"|slower) than (walking|a walk|a heartbeat|jogging|running|a march)(?: (?:pace|speed|tempo))?(?![a-z])"
)
_PROPORTIONS = {
    "double": 2.0, "twice": 2.0, "half": 0.5, "triple": 3.0, "two times": 2.0, "half again": 1.5,
}  # fmt: skip
_PROPORTION = (
    r"(?<![a-z])(double|twice|half|triple|two times|half again)"
    r"(?: time(?: of)?| as (?:fast|slow|quick) as|(?: the)?(?: normal| usual)?(?: (?:speed|tempo|pace"
    r"|rate))?(?: of)?)?"
    r"(?: an?| the| your usual)?\s+"
    rf"(?:({'|'.join(sorted(_KNOWN_PACES, key=len, reverse=True))})(?![a-z])|({NUMBER})(?:\s*{_UNIT})?"
    rf"{_NO_COUNT})"
)
_THEN_HALVED = (
    rf"({NUMBER})(?:\s*{_UNIT})?(?:,? (?:and|then|but|and then))? ?"
    r"(halved?|doubled?|at half speed|at double speed|in half time|in double time)(?: it| that)?(?![a-z])"
    rf"|(?<![a-z])(halv|doubl)(?:e|ed|ing)(?: up| the (?:tempo|speed))? (?:from |of )?({NUMBER})"
    rf"(?:\s*{_UNIT})?{_NO_COUNT}"
    rf"|({NUMBER})(?:\s*{_UNIT})?\s*(?:的|再)?(一半|减半|对半|两倍|二倍|翻倍|翻一倍|加倍)"
)
_DECADES = {"fifties": 50.0, "sixties": 60.0, "seventies": 70.0, "eighties": 80.0, "nineties": 90.0}
_DECADE = {"low": 2.0, "lower": 2.0, "mid": 5.0, "middle": 5.0, "high": 8.0, "upper": 8.0}
_ZH_STEP = r"稍微?|略微?|再|还要?"
_ZH_FEW = r"一点点?|一些|点|些"
_A_SECOND = (
    rf"(?:({NUMBER})|an?)\s*(?:beats?|clicks?|pulses?)\s*(?:per|a|every|each|to the) second(?![a-z])"
    rf"|(?:每秒钟?|一秒钟?)({NUMBER})\s*(?:拍|下)"
)
_ABOVE = rf"({NUMBER})\s*(以上|往上|以下|出头|多)(?=\s*(?:的速度|的节奏|的?拍|bpm|[,.;!,。;!]|$))"
_BARE_BOUND = rf"(?<![不别勿莫要能可])(不到|超过|将近|接近)\s*({NUMBER})(?=\s*(?:的速度|的节奏|[,.;!,。;!]|$))"
_LIMITS = (
    (re.compile(r"(?:(?:a (?:bit|little|touch|tad|hair|shade)(?: bit)?|slightly|somewhat|just|barely) )"
                r"(?:slower than|below|under|less than|shy of|slower than about)\s*$"
                r"|(?<![a-z])(?:not quite|nearly|almost|close to|nigh on|getting on for)\s*$|(?:不到|接近"
                r"|将近|快到|差一点)\s*$"), 0.96),
    (re.compile(r"(?:(?:a (?:bit|little|touch|tad|hair|shade)(?: bit)?|slightly|somewhat|just|barely) )"
                r"(?:faster than|quicker than|above|over|more than|north of)\s*$"), 1.06),
    (re.compile(r"(?:(?:别|不能|不可)(?:高于|快于|超过)"
                r"|(?:not|no|never|nothing) (?:any )?(?:faster|quicker|higher|more) than|not (?:above"
        r"|over|exceeding)"
                r"|nothing (?:above|over)|(?:don'?t|do not|never) (?:go|get|be) (?:over|above|beyond"
                r"|past)|at most|up to|max(?:imum)?(?: of)?\.?|不超过|不要超过|别超过|最多|不快于|<=?|≤"
                r"|no more than)\s*$"), 0.95),
    (re.compile(r"(?:(?:别|不要|不能|不可)(?:低于|慢于)"
                r"|(?:not|no|never|nothing) (?:any )?(?:slower|lower|less) than|not (?:below|under)"
        r"|nothing (?:below|under)|(?:don'?t|do not|never) (?:go|get|be) (?:under|below)|at least"
                r"|min(?:imum)?(?: of)?\.?|不低于|不少于|至少|起码|不慢于|>=?|≥)\s*$"), 1.05),
    (re.compile(r"(?:(?:much|way|far|a lot|considerably) (?:slower|less) than)\s*$"), 0.75),
    (re.compile(r"(?:(?:much|way|far|a lot|considerably) (?:faster|quicker) than)\s*$"), 1.3),
    (re.compile(r"(?:(?<![a-z])(?:slower than|below|under|less than|lower than|south of)|低于|少于"
        r"|慢于)\s*$"), 0.92),
    (re.compile(r"(?:(?<![a-z])(?:faster than|quicker than|above|over|more than|higher than|north of"
        r"|upwards of)"
                r"|高于|多于|超过|快于)\s*$"), 1.08),
)  # fmt: skip
"""Words before a tempo that bound it, and by how much the tempo taken differs from the bound."""


def _limit(text: str, match: re.Match[str]) -> tuple[int, float]:
    """Return where a bounded tempo begins, and the factor: "a bit slower than 100", "under 70 bpm"."""
    first = match.start(1)
    before = text[max(0, first - 32) : first]
    for pattern, factor in _LIMITS:
        if found := pattern.search(before):
            return min(match.start(), first - len(before) + found.start()), factor
    return match.start(), 1.0


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

    def add(qpm: float, match: re.Match[str], start: int | None = None) -> bool:
        if not 20 <= qpm <= 400:
            return False
        first = match.start() if start is None else start
        found.append(Said("qpm", round(qpm, 2), first, match.end()))
        sentence.claim(first, match.end())
        return True

    for match in sentence.find(_PROPORTION):
        base = read_number(match[3]) if match[3] else _KNOWN_PACES[match[2]]
        factor = 0.5 if "as slow" in match[0] else _PROPORTIONS[match[1]]
        if base >= 30:
            add(base * factor, match)
    for match in sentence.find(_THEN_HALVED):
        base = read_number(match[1] or match[4] or match[5])
        is_half = re.search(r"hal[fv]|一半|减半|对半", match[0]) is not None
        if base >= 30:
            add(base * (0.5 if is_half else 2.0), match)
    for match in sentence.find(_ABOVE):
        factor = {"以上": 1.05, "往上": 1.05, "以下": 0.95, "出头": 1.03, "多": 1.06}[match[2]]
        if read_number(match[1]) >= 40:
            add(round(read_number(match[1]) * factor, 1), match)
    for match in sentence.find(_BARE_BOUND):
        factor = {"不到": 0.96, "超过": 1.08, "将近": 0.97, "接近": 0.97}[match[1]]
        if read_number(match[2]) >= 40:
            add(round(read_number(match[2]) * factor, 1), match)
    for match in sentence.find(_A_SECOND):
        add(60 * (read_number(match[1] or match[2] or "1")), match)
    for match in sentence.find(_THAN_PACE):
        is_fast = (match[2] or match[3]) in ("faster", "quicker", "快")
        pace = _PACES[match[1] or match[4]]
        found.append(Said("term", round(pace * (1.15 if is_fast else 0.87)), *match.span()))
        sentence.claim(*match.span())
    for match in sentence.find(
        rf"比\s*({NUMBER})\s*(?:bpm|拍)?\s*(?:再|还)?({_ZH_STEP})?(慢|快)(?:{_ZH_FEW})?"
    ):
        step = 0.08 if match[2] or re.search(_ZH_FEW + "$", match[0]) else 0.15
        add(read_number(match[1]) * (1 + step if match[3] == "快" else 1 - step), match)
    for match in sentence.find(
        r"(?:(?:in|at|around|about)? ?the )?(low|lower|mid|middle|high"
        rf"|upper)?[- ]?(?<!\d)(\d{{1,2}}0'?s|{'|'.join(_DECADES)})(?![a-z])"
    ):
        told = re.split(r"[,.;!?]", sentence.low[max(0, match.start() - 28) : match.start()])[-1]
        near = told + sentence.low[match.start() : match.end() + 8]
        low = _DECADES.get(match[2]) or float(re.sub(r"\D", "", match[2]))
        is_tempo = re.search(r"bpm|tempo|speed", near) or (
            100 <= low <= 200 and match[0][0] in "iatlmhu"
        )
        if is_tempo and 40 <= low <= 220:
            add(low + _DECADE.get(match[1] or "", 5.0), match)
    names = "|".join(_UNITS)
    for match in sentence.find(
        rf"({NUMBER})[ -](dotted[ -])?({names})s?(?:[ -]notes?)?(?: beats?)?"
        r"(?: (?:a|per|each|every|in a|to the) |/)min(?:ute)?(?![a-z])"
    ):
        add(read_number(match[1]) * _UNITS[match[3]] * (1.5 if match[2] else 1.0), match)
    for match in sentence.find(
        rf"(?<![a-z\d])(dotted[ -]|附点)?({names})s?([ -]?notes?|(?<=♩)\.)?\s*(=|equals?|is|at|为"
        rf"|等于)\s*(?:ca?\.? ?|about |around |~ ?)?({NUMBER})(?:\s*bpm)?"
    ):
        is_word = match[4] in ("at", "is") and match[2] in (
            "half",
            "whole",
            "eighth",
            "quarter",
            "q",
        )
        if is_word and not match[1] and not match[3]:
            continue  # "a minute and a half at 120"
        add(
            read_number(match[5])
            * _UNITS[match[2]]
            * (1.5 if match[1] or match[3] == "." else 1.0),
            match,
        )
    for match in sentence.find(
        r"(?<![a-z])(dotted[ -])?(quarter|crotchet|eighth|quaver|half|minim)(?:[ -]notes?)?"
        r" (\d{2,3})(?=\s*(?:[,.;!?]|$))"
    ):
        add(float(match[3]) * _UNITS[match[2]] * (1.5 if match[1] else 1.0), match)
    for k, pattern in enumerate(_PATTERNS):
        for match in sentence.find(pattern):
            high = match[2] if match.re.groups > 1 else None
            low = read_number(match[1])
            if k >= 5 and low < 36:
                continue
            qpm = (low + read_number(high)) / 2 if high else low
            start, factor = (match.start(), 1.0) if high else _limit(sentence.low, match)
            add(round(qpm * factor, 1) if factor != 1.0 else qpm, match, start)
    for match in sentence.find(r"(?:(?<=^)|(?<=[,.;:] ))moderately(?=\s*(?:[,.;]|$))"):
        found.append(Said("term", 104.0, *match.span()))
        sentence.claim(*match.span())
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
        r"(?:(?<=[,.;!?:])|(?<=^)|(?<=[一-鿿])|(?<=\) )|(?<= ))\s*(\d{2,3})(?:\s*-?ish|\s*-?something|\s*左右"
        r"|\s*上下)?(?=\s*(?:[,.;!?]|$|[一-鿿]))"
    ):
        number = float(match[1])
        before = sentence.low[: match.start(1)].rstrip()[-1:]
        if 40 <= number <= 260 and (not before or before in ",.;!?:" or found == []):
            start, factor = _limit(sentence.low, match)
            start = start if factor != 1.0 else match.start(1)
            found.append(Said("qpm", round(number * factor, 1), start, match.end(), confidence=0.8))
            sentence.claim(start, match.end())
            break
    if not found:
        for match in sentence.find(
            rf"(?:(?<=[,.;!?:])|(?<=^))\s*({NUMBER})(?=\s*(?:[,.;!?]|$))"
            rf"|({NUMBER})\s*(?:-?(?:ish|something)(?![a-z])|左右|上下){_NO_COUNT}"
        ):
            number = read_number(match[1] or match[2])
            if 40 <= number <= 260:
                found.append(Said("qpm", number, *match.span(), confidence=0.8))
                sentence.claim(*match.span())
                break
    if not found:
        for match in sentence.find(
            rf"(?:(?<![a-z])(?:around|about|roughly|approximately|like|steady|solid|constant|strict)|大概|大约|约|差不多|将近|接近|在)\s*({NUMBER})"
            r"(?!\s*(?:[a-z]{0,2}[- ]?(?:bars?|sec|min|h|people|parts|voices|notes|years)|小节|秒|分|个"
            r"|[:/%]))"
        ):
            if 40 <= read_number(match[1]) <= 240:
                found.append(Said("qpm", read_number(match[1]), *match.span(), confidence=0.8))
                sentence.claim(*match.span())
                break
    return found
