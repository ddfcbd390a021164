"""Changes that name no two moods: "build up", 渐强, "darkness into light", "peaks in the middle".

Conventions: a swell is points (share of the piece, place), as in `motet.sentence.curve`; the words of a
swell are claimed before the lexicon looks at them, so that "builds slowly" is no slow tempo.
"""

from __future__ import annotations

import re

from motet.sentence.mood import Place
from motet.sentence.said import Said
from motet.sentence.text import Sentence

__all__ = ["Swell", "read_swell"]

Swell = tuple[tuple[float, Place], ...]
_RISE: Swell = ((0.0, (0.0, -0.3)), (1.0, (0.0, 0.7)))
_FALL: Swell = ((0.0, (0.0, 0.4)), (1.0, (0.0, -0.6)))
_CALM: Swell = ((0.0, (0.0, 0.4)), (1.0, (0.3, -0.6)))
_ARCH: Swell = ((0.0, (0.0, -0.4)), (0.5, (0.0, 0.8)), (1.0, (0.0, -0.4)))
_DARKER: Swell = ((0.0, (0.2, 0.0)), (1.0, (-0.6, -0.5)))
_BRIGHTER: Swell = ((0.0, (-0.3, -0.2)), (1.0, (0.7, 0.4)))
_DAWN: Swell = ((0.0, (-0.6, -0.5)), (1.0, (0.6, 0.4)))
_DUSK: Swell = ((0.0, (0.6, 0.4)), (1.0, (-0.6, -0.5)))
_UP: Swell = ((0.0, (-0.7, -0.4)), (1.0, (0.8, 0.5)))
_DOWN: Swell = ((0.0, (0.8, 0.5)), (1.0, (-0.7, -0.4)))
_SLOWLY = r"(?:(?:slowly|gradually|steadily|gently|constantly|bit by bit) )?"
_THING = r"(?:the )?(?:energy|intensity|tension|volume|dynamics?|excitement|drama|music|piece|it)"
_SWELLS: tuple[tuple[str, Swell], ...] = (
    (r"(?:from )?(?:the )?dark(?:ness)? (?:in)?to(?:wards?)? (?:the )?light(?:ness)?"
     r"|(?:从|由)(?:黑暗|阴暗|暗)(?:逐渐|慢慢)?(?:走向|到|转向|转为|变)(?:光明|光亮|明亮|明|亮)", _DAWN),
    (r"(?:from )?(?:the )?light (?:in)?to(?:wards?)? (?:the )?dark(?:ness)?"
     r"|(?:从|由)(?:光明|明亮|明|亮)(?:逐渐|慢慢)?(?:走向|到|转向|转为|变)(?:黑暗|阴暗|暗)", _DUSK),
    (r"先(?:悲|哀|忧|苦)后(?:喜|乐|欢|甜)|(?:由|从)悲(?:到|转|至)喜", _UP),
    (r"先(?:喜|乐|欢|甜)后(?:悲|哀|忧|苦)|(?:由|从)喜(?:到|转|至)悲", _DOWN),
    (r"(?:peak(?:s|ing)?|climax(?:es)?|culminat(?:es|ing)|loudest|most intense) (?:is )?(?:in|at"
        r"|around) the middle"
     r"|高潮(?:放)?在中间|中间(?:有|是|到)?(?:一个)?高潮|swells? and (?:fades?|subsides?)|rises? and falls?"
     r"|先(?:渐)?强后(?:渐)?弱|起伏后回落", _ARCH),
    (r"(?:from )?(?:soft|quiet|silence|piano) to (?:loud|forte|full|huge)"
     r"|(?:从|由)(?:弱|轻|小|静)(?:渐|慢慢|逐渐)?(?:到|变|转|至)(?:强|响|大|动)|start(?:s"
     r"|ing)? (?:soft(?:ly)?|quiet(?:ly)?),?"
     r"(?: and| then| but)? (?:end(?:s|ing)?|finish(?:es|ing)?) (?:loud(?:ly)?|big|huge)", _RISE),
    (r"(?:from )?(?:loud|forte|full) to (?:soft|quiet|silence|nothing)"
     r"|(?:从|由)(?:强|响|大)(?:渐|慢慢|逐渐)?(?:到|变|转|至)(?:弱|轻|小|静)", _FALL),
    (rf"{_SLOWLY}calm(?:s|ing)? down|{_SLOWLY}wind(?:s|ing)? down|(?:逐渐|渐渐|慢慢)(?:地)?(?:平静"
        rf"|安静)下来", _CALM),
    (rf"{_SLOWLY}(?:gets?|getting|grows?|growing|becom(?:es|ing)) (?:darker|gloomier"
        rf"|bleaker)(?: and (?:darker|gloomier))?"
     r"|(?:gradually|increasingly|slowly) darker|(?:逐渐|渐渐|慢慢|越来越)(?:地)?(?:变)?(?:暗|黑暗"
     r"|阴暗)", _DARKER),
    (rf"{_SLOWLY}(?:gets?|getting|grows?|growing|becom(?:es|ing)) (?:brighter"
        rf"|lighter)(?: and (?:brighter|lighter))?"
     r"|(?:gradually|increasingly|slowly) brighter|(?:逐渐|渐渐|慢慢|越来越)(?:地)?(?:变)?(?:亮|明亮"
     r"|明朗)", _BRIGHTER),
    (rf"{_THING} {_SLOWLY}(?:drops?|falls?|fades?|ebbs?|decreas(?:es)?|dies? down|subsides?|dies? away)"
     r"|(?:gets?|getting|grows?|growing|becom(?:es|ing)) (?:quieter|softer)(?: and (?:quieter|softer))?"
     r"|decrescendo|diminuendo|渐弱|越来越(?:轻|弱|小声)|dies? away|fad(?:es|ing) (?:away"
     r"|to nothing)", _FALL),
    (rf"{_SLOWLY}build(?:s|ing)?(?: {_SLOWLY}up| up| and builds?)(?: (?:slowly|gradually|steadily))?"
     rf"|(?:slow(?:ly)?|gradual(?:ly)?|steady|steadily|long) build(?:s|ing|-?up)?|build(?:s"
     rf"|ing)? (?:slowly|gradually|steadily)"
     r"|build(?:s|ing)? (?:in)?to(?:wards?)? an? (?:huge |big |grand )?(?:climax|peak|finale|crescendo)"
     r"|(?:a |big |long |slow )*build-?up"
     rf"|crescendo|{_THING} {_SLOWLY}(?:rises?|builds?|grows?|increas(?:es)?|climbs?|ramps up|mounts)"
     r"|(?:gets?|getting|grows?|growing|becom(?:es|ing)) (?:louder|bigger|more intense"
     r"|stronger)(?: and (?:louder|bigger"
     r"|more intense|stronger))?|(?:grow|swell|ramp)(?:s|ing)? (?:in|up) (?:intensity|energy|volume)?"
     r"|渐强|层层递进|层层推进|(?:逐步|逐渐|慢慢|一步步|一步一步)?(?:推向|走向|到达|推到)高潮"
     r"|越来越(?:响|强|大声|有力)"
     r"|(?:情绪|力度|气势|能量)(?:逐渐|慢慢|不断|一直)?(?:上升|增强|高涨|攀升|递增|积累)|铺垫到高潮", _RISE),
)  # fmt: skip
_REFUSED = re.compile(
    r"(?:(?<![a-z])(?:no|without|not?|don'?t|never|avoid)(?: an?| any| the)?"
    r"(?: (?:big|slow|dramatic))?|不要|没有|别|不用|无需|不)\s*$"
)
_GRADUALLY = (
    r"(?<![a-z])(?:very |so |ever so )?(?:slowly|quickly|swiftly|rapidly|softly)"
    r"(?= (?:and \w+ )?(?:find|becom|gr[eo]w|turn|brighten|lift|fad|build|mov"
    r"|shift|giv|open|reveal|warm|darken|soften|melt|dissolv|reach|arriv|chang"
    r"|transform|ris|sink|fall|unfold|com))|(?<= )(?:slowly|gradually) but surely"
    r"|(?:慢慢|缓缓|缓慢|徐徐|迅速|很快|快速)(?:地)?(?=走向|变|转|进入|推|过渡|散|升|平静|安静|明亮|亮|消失|释放|放松|展开"
    r"|打开|开朗|高涨|激动|紧张|热|走|归|回|沉|暗|淡)"
)
"""Adverbs of a change: they tell no tempo."""


def read_swell(sentence: Sentence) -> tuple[Swell, Said] | None:
    """Return how the music swells, and the words that say so, claimed.

    Parameters
    ----------
    sentence : Sentence

    Returns
    -------
    (Swell, Said) or None

    Examples
    --------
    >>> points, said = read_swell(Sentence("builds up slowly"))
    >>> [share for share, _ in points], (said.start, said.end)
    ([0.0, 1.0], (0, 16))
    >>> read_swell(Sentence("a build without a change")) is None
    True
    """
    found = _find_swell(sentence)
    for match in sentence.find(_GRADUALLY):
        sentence.claim(*match.span())
    return found


def _find_swell(sentence: Sentence) -> tuple[Swell, Said] | None:
    """Return the first swell, claimed."""
    for pattern, points in _SWELLS:
        for match in sentence.find(rf"(?<![a-z])(?:{pattern})(?![a-z])"):
            before = sentence.low[max(0, match.start() - 20) : match.start()]
            sentence.claim(*match.span())
            if _REFUSED.search(before):
                continue
            return points, Said("mood", points[-1][1], *match.span(), "lexicon")
    return None
