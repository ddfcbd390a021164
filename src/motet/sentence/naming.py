"""Titles, seeds, numbers of candidates and reference files that a sentence names.

Conventions: what is read is claimed, so that a title's words are not taken for wishes.
"""

from __future__ import annotations

import re

from motet.sentence.number import NUMBER, read_number
from motet.sentence.said import Said
from motet.sentence.text import Sentence

__all__ = ["read_naming"]

_FILE = r"[^\s\"',;()<>]{1,200}\.(?:midi?|musicxml|mxl|xml|abc|krn)(?![a-z0-9])"
_TITLES = (
    r"(?:called|titled|entitled|named|title(?:\s+is|\s*[:=])?|by the name of)\s*:?\s*"
    r"(?:\"([^\"]{1,80})\"|'([^'\n]{1,80})'(?![a-z]))",
    r"(?:标题|曲名|歌名|题目|题|名字|取名|起名|命名|名|叫做|叫作|叫)(?:叫做?|为|是|作)?\s*[:=]?\s*"
    r"(?:\"([^\"]{1,40})\"|'([^']{1,40})'|《([^》]{1,40})》|〈([^〉]{1,40})〉)",
    r"(?<![像似仿如照首的])《([^》]{1,40})》",
    r"title\s*[:=]\s*([^,;.\n\"']{1,60})",
)
_BARE_TITLE = (
    r"(?:called|titled|entitled|named)\s+((?:[A-Z][\w']{0,20}|of|the|and|in|to"
    r"|a)(?: (?:[A-Z][\w']{0,20}|of|the|and|a)){0,6})"
)
_BARE_ZH = (
    r"(?:标题(?:是|为|叫)|曲名(?:是|叫)?|歌名(?:是|叫)?|名为|题为|取名为?"
    r"|叫做)\s*[:=]?\s*([\u3400-\u9fff\w]{1,16})"
)


def read_naming(sentence: Sentence) -> list[Said]:
    """Return titles, seeds, candidates and references, claimed.

    Parameters
    ----------
    sentence : Sentence

    Returns
    -------
    list of Said

    Examples
    --------
    >>> found = read_naming(Sentence("a waltz called 'Rain', seed 7, like song.mid"))
    >>> [(one.field, one.value) for one in found]
    [('references', 'song.mid'), ('title', 'Rain'), ('seed', 7)]
    """
    found: list[Said] = []

    def add(field: str, value: object, match: re.Match[str]) -> None:
        found.append(Said(field, value, match.start(), match.end()))
        sentence.claim(match.start(), match.end())

    for match in sentence.find(_FILE):
        add("references", sentence.raw[match.start() : match.end()], match)
    for pattern in (*_TITLES, _BARE_TITLE, _BARE_ZH):
        is_bare = pattern in (_BARE_TITLE,)
        for match in sentence.find(pattern, keep_case=is_bare):
            group = next(k for k in range(1, len(match.groups()) + 1) if match[k])
            title = sentence.raw[match.start(group) : match.end(group)].strip()
            if title and not any(one.field == "title" for one in found):
                add("title", title, match)
    for match in sentence.find(r"(?:seed|种子)(?:\s+is|\s*为|\s*是)?\s*[:=#]?\s*(\d{1,18})"):
        add("seed", int(match[1]), match)
    for match in sentence.find(
        rf"({NUMBER})\s*(?:candidates?|attempts|个候选|种候选|个备选)|候选(?:数)?\s*[:=]?\s*({NUMBER})"
    ):
        number = int(read_number(match[1] or match[2]))
        if 1 <= number <= 16:
            add("candidates", number, match)
    return found
