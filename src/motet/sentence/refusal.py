"""Refusals that stand some words away from what they refuse: "get rid of those fat synth pads", 不想听到小号.

Conventions: only the words between two things that the lexicon knows are looked at, and only within a
clause; what `motet.sentence.polarity` has decided by the words right beside stays.
"""

from __future__ import annotations

import re

from motet.sentence.polarity import is_insisted
from motet.sentence.text import Sentence

__all__ = ["find_refusals"]

_WORD = (
    r"(?:(?!(?:but|just|only|keep|with|except|than|then|and|or|too|very|so|more|less|instead|use|add|want"
    r"|forget|if|because|wait|problem|matter|rush|hurry)\b)[a-z'-]+\s+)"
)
_STRONG = re.compile(
    r"(?<![a-z])(?:get(?:ting)? rid of|leav(?:e|ing) out|lose|skip|omit(?:ting)?|remov(?:e|ing)|exclud(?:e|ing)"
    r"|avoid(?:ing)?|ditch(?:ing)?|(?:i|we) (?:hate|dislike|loathe)|can'?t (?:stand|bear|abide)"
    r"|(?:don'?t|do not|never|not|won'?t|wouldn'?t|shouldn'?t) (?:want|like|use|add|include"
    r"|need|put|hear|let|have|play|bring|give)|rather not|no need (?:of|for)"
    r"|nothing (?:with|like)|spare (?:me|us)|away (?:from|with)|rid of)\s+" + _WORD + r"{0,4}$"
)
_PLAIN = re.compile(r"(?<![a-z])(?:no|without|minus|sans|zero)\s+" + _WORD + r"{0,2}$")
_BUT = re.compile(
    r"(?<![a-z])(?:any(?:thing|one|body)?|every(?:thing|one|body)?|all)(?: [a-z]+){0,2}"
    r" (?:but|except(?: for)?|bar|save(?: for)?|apart from|other than)(?: the| any| an?)?\s+$"
)
_ZH = re.compile(
    r"(?:不想|不要|不用|不需要|不希望|不准|不许|别|没有|去掉|拿掉|避免|讨厌|受不了|不喜欢|撤掉|删掉|拒绝|少了|杜绝)"
    r"(?:(?!只|就|太|比|那么|很|光|仅|而|但|忘|少|换|改|过|再慢|再快|拘|管)[^,;.!?]){0,6}$"
)


def find_refusals(
    sentence: Sentence, spans: list[tuple[int, int]], polarities: list[str], things: list[bool]
) -> list[str]:
    """Return polarities, with things refused by words some way before them.

    Parameters
    ----------
    sentence : Sentence
    spans : list of (int, int)
        What the lexicon knows, in order.
    polarities : list of str
        Of the words right beside.
    things : list of bool
        Which may be refused so: players and traits, no moods.

    Returns
    -------
    list of str

    Examples
    --------
    >>> find_refusals(Sentence("get rid of those fat pads"), [(21, 25)], ["yes"], [True])
    ['no']
    """
    out = list(polarities)
    low = sentence.low
    for k, (start, end) in enumerate(spans):
        if not things[k] or out[k] != "yes" or is_insisted(sentence, start, end):
            continue
        clause = max(low.rfind(sign, 0, start) for sign in ",;.!?:") + 1
        before = low[max(clause, spans[k - 1][1] if k else 0) : start]
        if not low[start].isascii() and not before.endswith(" "):
            before += " "
        if any(one.search(before) for one in (_STRONG, _PLAIN, _BUT)) or _ZH.search(
            before.rstrip()
        ):
            out[k] = "no"
    return out
