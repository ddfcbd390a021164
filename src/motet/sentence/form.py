"""Forms: ``intro8 A16 outro4``, AABA, "an eight-bar verse and a chorus", 前奏4小节,主歌8小节, rondo.

Conventions: the value of the field ``form`` is a tuple of (label, bars or 0 where none were said); labels
are those of `motet.tokens.vocab.SECTIONS`.
"""

from __future__ import annotations

import re
from itertools import pairwise

from motet.sentence.multiple import BARS
from motet.sentence.number import NUMBER, read_number
from motet.sentence.said import Said
from motet.sentence.text import Sentence

__all__ = ["Sections", "lay_out", "read_form_words"]

Sections = tuple[tuple[str, int], ...]
_LABELS = {
    "intro": "intro", "introduction": "intro", "verse": "verse", "pre-chorus": "pre-chorus",
    "prechorus": "pre-chorus", "pre chorus": "pre-chorus", "chorus": "chorus", "refrain": "chorus",
    "hook": "chorus",
    "bridge": "bridge", "middle eight": "bridge", "middle 8": "bridge", "solo": "solo",
    "interlude": "interlude",
    "instrumental break": "interlude", "outro": "outro", "coda": "outro", "ending": "outro",
    "前奏": "intro", "引子": "intro", "主歌": "verse", "预副歌": "pre-chorus",
    "导歌": "pre-chorus", "副歌": "chorus",
    "桥段": "bridge", "过渡段": "bridge", "桥": "bridge", "独奏": "solo", "间奏": "interlude",
    "尾奏": "outro", "尾声": "outro",
    "结尾": "outro", "引奏": "intro", "过门": "interlude",
}  # fmt: skip
_SHORT = {"intro": 4, "outro": 4, "interlude": 4, "pre-chorus": 4}
_WORDS = "|".join(sorted(_LABELS, key=len, reverse=True))
_LETTER = r"[A-F](?=\s?\d|段)"
_BARS = rf"[ -]*{BARS}"
_BARE = (
    r"(?:(?<=bar )|(?<=back to )|(?<=return to ))[a-f](?![a-z\d#'-]| ?(?:maj|min|flat|sharp|dor|mix|lyd|phr"
    r"|loc|[a-z]+ (?:major|minor)|大|小|调))"
)
_MENTION = re.compile(
    rf"(?:(?P<sets>two|three|2|3|两|三)[ 个]+(?=(?:{NUMBER}){_BARS}))?"
    rf"(?P<before>(?:{NUMBER}){_BARS})?(?P<glue>[ -]*(?:的|of |long )?)"
    rf"(?:(?P<count>(?:two|three|2|3|两段|两个|三段|三个)) ?)?"
    rf"(?P<label>(?<![a-z])(?:{_WORDS})(?:es|s)?(?![a-z])|(?<![a-z])[a-f](?=\d{{1,3}}(?![a-z\d]))"
    rf"|(?<![a-z])[a-f](?= \d{{1,2}}\s*[,;>|])"
    rf"|(?<![a-z])[a-f]段|{_BARE}|(?<![a-z])[a-f](?=: ?\d+(?:{_BARS}|(?=[,;]|$)))"
    rf"|(?<![a-z])[a-f](?= ?\(\d| (?:section|part|again)(?![a-z])))"
    r"(?:[ -](?:section|part)(?![a-z]))?(?:(?P<times>[两二三23])(?:遍|次|回))?"
    rf"(?:(?:\s*(?:of|:|=|is|为|是|有|\()?\s*|段)(?P<after>(?:{NUMBER})(?:{_BARS})?)(?![\d/]"
    rf"|\s*(?:bpm|拍|遍|次|回))\)?)?"
)
_BETWEEN = re.compile(
    r"(?:[\s,.;>\-+/&:\"'()]|再?回到|再?返回|重复|(?:go(?:es|ing)? |come(?:s|ing)? )?back to|return(?:s"
    r"|ing)? to|again|and|then|followed by|plus|an?|the|one|another|with|to|into|再来|再|然后"
    r"|接着|接|和|到|加|先来|先|"
    r"一段|一个|个|段|最后|之后|后|来|是|my|big|final|last|long|short|,)*"
)
_STRING = re.compile(r"(?<![A-Za-z])([A-D](?:[ ,-]?'?[A-D]){1,9})(?:'?)(?![A-Za-z0-9#b/])")
_NAMES = (
    (r"rondo(?: form)?|回旋曲式?", "ABACA"),
    (r"ternary(?: form)?|three[ -]part form|三段式|三段体|三部曲式|三段曲式", "ABA"),
    (r"binary(?: form)?|two[ -]part form|二段体|两段体|二部曲式|两段式|二段式|二段曲式", "AB"),
    (r"(?:thirty-two|32)[ -]bar (?:song )?form|american song form|popular song form", "AABA"),
)
_POP = (
    r"verse[- /]chorus (?:form|structure|song)|主副歌(?:结构|形式)|流行歌曲结构"
    r"|standard pop (?:form|structure)"
)
_EACH = (
    rf"(?:各|每段|每个段落|每部分|每节|每遍)(?:都?是|为|有)?\s*({NUMBER})\s*{BARS}"
    rf"|({NUMBER})[ -]*{BARS} ?(?:each|apiece|per section|a section|sections|一段)(?![a-z])"
    rf"|(?<![a-z])(?:each|every|all) (?:sections? |parts? |one )?(?:of |is |are |has |with |being )?"
    rf"({NUMBER})[ -]*{BARS}"
)


_PAIR = r"(?<![a-z])(?:an?|the|one) [a-z]+ and (?:an?|its|the|another|one) [a-z]+(?=,? *$|,| )"


def read_form_words(sentence: Sentence) -> list[Said]:
    """Return the form that a sentence names, claimed.

    Parameters
    ----------
    sentence : Sentence
        Chords claimed already.

    Returns
    -------
    list of Said
        None or one.

    Examples
    --------
    >>> read_form_words(Sentence("AABA, 32 bars"))[0].value
    (('A', 0), ('A', 0), ('B', 0), ('A', 0))
    >>> read_form_words(Sentence("前奏4小节,主歌8小节"))[0].value
    (('intro', 4), ('verse', 8))
    """
    each, low = 0, sentence.low
    for match in sentence.find(_EACH):
        each = round(read_number(match[1] or match[2] or match[3]))
        low = low[: match.start()] + " " * len(match[0]) + low[match.end() :]
        sentence.claim(*match.span())
        break
    found = (
        _mentions(sentence, low) or _letters(sentence) or _initials(sentence) or _named(sentence)
    )
    if found is None:
        for match in (
            sentence.find(
                rf"({NUMBER})\s*(?:大|个|乐)?(?:段|部分|乐?句|遍|(?:sections|parts|phrases|lines|halves|loops|periods)(?![a-z]))"
            )
            if each
            else ()
        ):
            bars = round(read_number(match[1])) * each
            sentence.claim(*match.span())
            return [Said("bars", bars, *match.span())] if 2 <= bars <= 400 else []
        for match in sentence.find(_PAIR) if each else ():
            return [Said("bars", 2 * each, *match.span())]
        return []
    sections, start, end = found
    _claim(sentence, low, start, end)
    if each:
        sections = tuple((label, bars or each) for label, bars in sections)
    return [Said("form", sections, start, end)]


def _claim(sentence: Sentence, low: str, start: int, end: int) -> None:
    """Claim a form, but not what is told of its sections between them ("verse 8, sad; chorus 8")."""
    spans = [one.span() for one in _MENTION.finditer(sentence.low, start, end)]
    for one, other in pairwise(spans):
        if not _BETWEEN.fullmatch(low[one[1] : other[0]]):
            sentence.claim(start, one[1])
            start = other[0]
    sentence.claim(start, end)


def _mentions(sentence: Sentence, low: str) -> tuple[Sections, int, int] | None:
    """Return sections that are mentioned one after another in a text where "8 bars each" is blanked."""
    hits = []
    for match in _MENTION.finditer(sentence.low):
        if not sentence.is_free(*match.span("label")):
            continue
        before = sentence.low[max(0, match.start() - 12) : match.start()]
        if re.search(r"(?:no|without(?: an?| the)?|没有|不要|无|skip the)\s*$", before):
            sentence.claim(*match.span())
            continue
        hits.append(match)
    hits = [
        one
        for one in hits
        if len(one["label"]) > 1 or one["after"] or sentence.text[one.start("label")].isupper()
    ]
    spoken = [one for one in hits if re.match(r" ?\(| (?:section|part"
        r"|again)", sentence.low[one.end("label") :])
              and len(one["label"]) == 1]  # fmt: skip
    is_form = {"A", "B"} <= {sentence.text[one.start("label")] for one in spoken}
    hits = [
        one
        for one in hits
        if one not in spoken or (is_form and sentence.text[one.start("label")].isupper())
    ]
    rows = [(one, _section(one)) for one in hits]
    best: list[tuple[re.Match[str], list[tuple[str, int]]]] = []
    run: list[tuple[re.Match[str], list[tuple[str, int]]]] = []
    for before_row, row in pairwise([None, *rows]):
        if before_row is not None and run and row is not None:
            gap = low[before_row[0].end() : row[0].start()]
            is_told = all(bars for _, many in run for _, bars in many)
            is_talk = is_told and not row[1][0][1] and re.search(r"[:;.]", gap)
            is_apart = is_told and row[1][0][1] and re.fullmatch(r"[^\d]{0,24}", gap)
            if (_BETWEEN.fullmatch(gap) is None and not is_apart) or is_talk:
                run = []
        if row is not None:
            run = [*run, row]
            if len(run) > len(best):
                best = run
    while len(best) > 1 and _is_talk(best):
        best = best[1:]
    told = {label: bars for _, many in best for label, bars in many if bars and len(label) == 1}
    sections = tuple(
        (label, bars or told.get(label, 0)) for _, many in best for label, bars in many
    )
    has_bars = any(bars for _, bars in sections)
    if (
        len(sections) >= 2
        and (has_bars or len(best) >= 2)
        and any(label not in ("solo",) for label, _ in sections)
    ):
        return sections, best[0][0].start(), best[-1][0].end()
    for match, many in rows:
        label, bars = many[0]
        if len(label) == 1 and not match["label"].endswith("段"):
            continue
        is_part_of_more = label in ("intro", "outro", "solo", "interlude") and not match["after"]
        if bars and not (is_part_of_more and not match["before"]):
            return tuple(many), *match.span()
    return None


def _is_talk(run: list[tuple[re.Match[str], list[tuple[str, int]]]]) -> bool:
    """Whether the first mention has no bars and comes again with bars ("wild chorus, verse8 chorus8")."""
    label, bars = run[0][1][0]
    return not bars and any(other == label and n for _, many in run[1:] for other, n in many)


def _section(match: re.Match[str]) -> list[tuple[str, int]]:
    """Return what one mention stands for; "two verses" are two."""
    word = match["label"]
    name = _LABELS.get(word) or _LABELS.get(re.sub(r"e?s$", "", word)) or _LABELS.get(word[:-1])
    label = name or word[0].upper()
    told = match["before"] or match["after"]
    number = re.match(NUMBER, told.strip()) if told else None
    bars = round(read_number(number[0])) if number else 0
    times = {"two": 2, "2": 2, "两": 2, "三": 3, "three": 3, "3": 3}.get(
        (match["count"] or "").rstrip("段个"), 1
    )
    times = {"two": 2, "2": 2, "两": 2, "三": 3, "three": 3, "3": 3}.get(match["sets"] or "", times)
    times = {"两": 2, "二": 2, "2": 2, "三": 3, "3": 3}.get(match["times"] or "", times)
    return [(label, bars if 0 < bars <= 128 else 0)] * times


def _letters(sentence: Sentence) -> tuple[Sections, int, int] | None:
    """Return a form in letters, AABA."""
    for match in sentence.find(_STRING.pattern, keep_case=True):
        letters = re.findall(r"[A-D]", match[1])
        is_glued = re.fullmatch(r"[A-D'-]+", match[1]) is not None
        near = sentence.low[max(0, match.start() - 14) : match.end() + 12]
        is_said = re.search(r"form|structure|曲式|结构|体|式|[两三二2]段", near) is not None
        if re.search(r"(?:like|by|style of|像|仿)\s*$", near.split(match[1].lower())[0]):
            continue
        is_fine = letters[0] == "A" and "B" in letters and (len(letters) > 2 or is_said)
        if is_fine and (is_glued or is_said):
            end = match.end()
            tail = re.match(r"\s*(?:form|structure|曲式|结构)", sentence.low[end:])
            return (
                tuple((one, 0) for one in letters),
                match.start(),
                end + (tail.end() if tail else 0),
            )
    return None


_INITIALS = {
    "V": "verse", "C": "chorus", "B": "bridge", "I": "intro", "O": "outro", "P": "pre-chorus", "S": "solo",
}  # fmt: skip


def _initials(sentence: Sentence) -> tuple[Sections, int, int] | None:
    """Return a form in songwriters' initials, V-C-V-C-B-C."""
    for match in sentence.find(
        r"(?<![A-Za-z-])([IV](?:[-/ >]+[VCBOPS]){2,11}|VC(?:VC|BC|PC)[VCBO]*)(?![A-Za-z0-9#-])",
        keep_case=True,
    ):
        letters = re.findall(r"[A-Z]", match[1])
        if {"V", "C"} <= set(letters):
            return tuple((_INITIALS[one], 0) for one in letters), *match.span()
    return None


def _named(sentence: Sentence) -> tuple[Sections, int, int] | None:
    """Return a form that has a name."""
    for pattern, letters in _NAMES:
        for match in sentence.find(rf"(?<![a-z])(?:{pattern})(?![a-z])"):
            return tuple((one, 0) for one in letters), *match.span()
    for match in sentence.find(_POP):
        names = ("intro", "verse", "chorus", "verse", "chorus", "outro")
        return tuple((one, 0) for one in names), *match.span()
    return None


def lay_out(sections: Sections, bars: int | None) -> str | None:
    """Return the text of a form with bars for every section.

    Parameters
    ----------
    sections : tuple of (str, int)
        Zero where no bars were said.
    bars : int or None
        Of the whole; None is free.

    Returns
    -------
    str or None
        None where the whole has no room for it.

    Examples
    --------
    >>> lay_out((("A", 0), ("A", 0), ("B", 0), ("A", 0)), 32)
    'A8 A8 B8 A8'
    >>> lay_out((("intro", 0), ("verse", 16)), None), lay_out((("A", 0), ("B", 0)), 12)
    ('intro4 verse16', 'A6 B6')
    """
    said = sum(n for _, n in sections)
    open_ones = [k for k, (_, n) in enumerate(sections) if not n]
    lengths = [n or _SHORT.get(label, 8) for label, n in sections]
    if bars is not None and open_ones:
        room = bars - said
        short = [k for k in open_ones if sections[k][0] in _SHORT]
        full = [k for k in open_ones if k not in short] or open_ones
        left = room - sum(lengths[k] for k in short if k not in full)
        if left < len(full):
            short, full, left = [], open_ones, room
        if left < len(full):
            return None
        each, over = divmod(left, len(full))
        for place, k in enumerate(full):
            lengths[k] = each + (1 if place >= len(full) - over else 0)
    return " ".join(f"{label}{n}" for (label, _), n in zip(sections, lengths, strict=True))
