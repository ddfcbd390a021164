"""Words that ask for more or less of something, as moves of the sliders.

Conventions: a slider moves by -1 to 1; "much" moves it further, "a little" less. Words of both languages are
found anywhere in a sentence.

Offers `read_moves`.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["read_moves"]

_WORDS: Final[tuple[tuple[str, float, str, str], ...]] = (
    ("energy", 1, "energetic|livelier|lively|louder|stronger|powerful|driving|wilder|exciting|intense",
     "有力|活跃|激烈|激昂|响亮|强烈|热烈|有劲|高能"),
    ("energy", -1, "calmer|calm|softer|soft|gentler|gentle|quieter|quiet|weaker|relaxed|peaceful",
     "平静|安静|柔和|轻柔|舒缓|轻一点|放松|温柔"),
    ("brightness", 1, "brighter|bright|happier|happy|sunnier|sunny|lighter|cheerful|joyful|higher",
     "明亮|欢快|开朗|阳光|快乐|亮一点|更亮|高一点"),
    ("brightness", -1, "darker|dark|sadder|sad|gloomier|gloomy|melancholic|lower|sombre",
     "暗|忧伤|悲伤|阴沉|低沉|沉重|伤感|低一点"),
    ("tension", 1, "tenser|tense|scarier|dissonant|edgier|unsettling|dramatic|suspenseful",
     "紧张|不安|不协和|戏剧|悬疑|压迫"),
    ("tension", -1, "resolved|consonant|stable|at ease|easier on the ear", "缓和|协和|稳定|安定"),
    ("density", 1, "busier|busy|denser|dense|fuller|more notes|more movement|faster notes",
     "密|繁复|丰满|更多音|热闹|忙"),
    ("density", -1, "sparser|sparse|simpler|simple|fewer notes|emptier|more space|thinner|less busy",
     "疏|稀|简单|简洁|更少音|空灵|留白"),
    ("surprise", 1, "surprising|unexpected|weirder|weird|stranger|adventurous|bolder|daring|original",
     "意外|出人意料|大胆|新奇|奇特|冒险"),
    ("surprise", -1, "safer|safe|predictable|conventional|plainer|normal|familiar",
     "稳妥|保守|常规|平常|熟悉|中规中矩"),
)  # fmt: skip
_MUCH: Final = re.compile(r"\b(much|very|far|way|a lot|really)\b|很|非常|得多|特别|十分")
_LITTLE: Final = re.compile(r"\b(a (little|bit|touch|tad)|slightly|somewhat)\b|稍|一点|略|些")
_NOT: Final = re.compile(
    r"\b(not( so| too)?|less|without|no)\s+$|(不要|别|少|没那么|不那么|不)太?$"
)
_USUAL, _FAR, _NEAR = 0.5, 0.9, 0.25


def read_moves(text: str) -> dict[str, float]:
    """Return how far a sentence moves the sliders.

    Parameters
    ----------
    text : str
        English or Chinese.

    Returns
    -------
    dict of str to float, -1 to 1
        Members of `motet.tasks.feel_options.SLIDERS` that are spoken of.

    Examples
    --------
    >>> read_moves("make it darker and a little busier"), read_moves("更暗、更密")
    ({'brightness': -0.25, 'density': 0.25}, {'brightness': -0.5, 'density': 0.5})
    >>> read_moves("less busy")
    {'density': -0.5}
    """
    plain = text.lower()
    size = _FAR if _MUCH.search(plain) else _NEAR if _LITTLE.search(plain) else _USUAL
    found: dict[str, float] = {}
    taken: list[tuple[int, int]] = []
    spans = sorted(
        (-(one.end() - one.start()), one.start(), one.end(), name, sign)
        for name, sign, en, zh in _WORDS
        for one in re.finditer(rf"\b(?:{en})\b|{zh}", plain)
    )
    for _, start, end, name, sign in spans:  # the longest words first
        if any(start < b and a < end for a, b in taken):
            continue
        taken.append((start, end))
        turned = -sign if _NOT.search(plain[:start]) else sign
        found[name] = max(-1.0, min(1.0, found.get(name, 0.0) + turned * size))
    order = ("energy", "brightness", "tension", "density", "surprise")
    return {name: round(found[name], 2) for name in order if found.get(name)}
