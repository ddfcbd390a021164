"""Emotions that change: "starts calm and gets tense", "from sad to hopeful", 先平静后紧张, bars 1-8 and 9-16.

Conventions: a curve is points (share of the piece 0 to 1, a bar as a whole number from 1, or a section;
place); the words that stand at its points are those of the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from motet.sentence.mood import Place
from motet.sentence.number import NUMBER, read_number
from motet.sentence.said import Said
from motet.sentence.section_mood import read_section_moods
from motet.sentence.text import Sentence

__all__ = ["Point", "lay_curve", "read_curve_words"]


@dataclass(frozen=True, slots=True)
class Point:
    """A place of the curve: where (share, bars from and to, or every section of a label) and what."""

    share: float
    place: Place
    bars: tuple[int, int] | None = None
    section: str = ""


_START = re.compile(
    r"(?<![a-z])(?:start(?:s|ing|ed)?(?: (?:out|off))?|begin(?:s|ning)?|open(?:s|ing)?|at first"
    r"|first half|first part|"
    r"initially|first|intro|to begin|early on)(?![a-z])|开头|开始|起初|先|前半|一开始|最初|刚开始"
    r"|开篇|起头|前面|首先|前段"
)
_MIDDLE = re.compile(
    r"(?<![a-z])(?:middle|midway|halfway|mid-?section|centre|center)(?![a-z])|中间|中段|中部|中途|中期"
)
_NEXT = re.compile(
    r"(?<![a-z])(?:then|after that|next|before (?:it )?(?:turning|becoming))(?![a-z])|接着|然后|随后|再"
    r"|之后|转为|变得|变成|转成|转向|转"
)
_END = re.compile(
    r"(?<![a-z])(?:end(?:s|ing)?|finish(?:es|ing)?|finale|second half|second part|last (?:bar"
    r"|part|section)|close(?:s)?|"
    r"conclu(?:des?|sion)|finally|by the end|at the end|climax|winds? down|resolv(?:es|ing)"
    r"|fad(?:es|ing) (?:out|away|into))(?![a-z])"
    r"|结尾|最后|末尾|后半|结束|最终|尾声|收尾|末段|后面|后段|(?<![然之随])后(?!摇)"
)
_GROW = re.compile(
    r"(?<![a-z])(?:gets?|getting|becom(?:es?|ing)|turn(?:s|ing)?(?: into)?|grow(?:s|ing)?"
    r"|builds?(?: up)?(?: to(?:wards?)?)?|"
    r"building(?: to(?:wards?)?)?|more and more|increasingly|gradually|progressively|rises? to"
    r"|rising to|swells? (?:in)?to|"
    r"shift(?:s|ing)? to|moves? to(?:wards?)?|explodes? into|melts? into|gives way to"
    r"|dissolves? into)(?![a-z])"
    r"|越来越|逐渐|渐渐|慢慢变|愈发|变得|逐步|转为|转向|转入|走向|推向|升华|变为|推到|爆发"
)
_FROM = re.compile(r"(?<![a-z])from\s+(?:an? |the |very |something )*$|(?:从|由)[^,;]{0,6}$")
_ARROW = re.compile(
    r"\s*(?:-+>|=+>|>+|to|into|then|and then|through|再?(?:重新)?(?:回到|回归|恢复)|再到|转到|转为|转成"
    r"|转向|转|到|变成|变为|变"
    r"|走向|,?\s*(?:再|然后"
    r"|最后|接着)(?:到|变|转为)?)"
    r"(?:\s*(?:an? |the |very |something |more |again|back to |finally ))*\s*"
)
_SPAN = re.compile(
    rf"(?:bars?|measures?)\s*({NUMBER})\s*(?:-|to|through|until)\s*({NUMBER})"
    rf"|第?\s*({NUMBER})\s*(?:-|到|至)\s*第?\s*({NUMBER})\s*小节"
)
_IDIOMS = (
    (r"先抑后扬|欲扬先抑|[由从]悲[转到至入]喜|苦尽甘来|否极泰来", (-0.7, -0.4), (0.7, 0.6)),
    (r"先扬后抑|乐极生悲|[由从]喜[转到至入]悲", (0.8, 0.5), (-0.7, -0.4)),
)


_FURTHER = re.compile(r",?(?:再|然后|最后|接着)(?:又|重新)?(?:到|转|转到|变|变成|回到|归于|走向)?")
_BACK = re.compile(r",? (?:and|then|and then) back(?: again| to (?:the )?(?:start|beginning))?(?![a-z ]* to )"
                   r"|,?再?(?:然后)?(?:又|再)?回(?:来|去|到(?:开头|原点|起点))")  # fmt: skip


def read_curve_words(
    sentence: Sentence, moods: list[Said], *, free: str = ""
) -> tuple[list[Point], list[Said]]:
    """Return the points of the curve that a sentence draws, and the words it comes from.

    Parameters
    ----------
    sentence : Sentence
    moods : list of Said
        Field ``mood``, wanted ones, in order.
    free : str
        The sentence with what was claimed blanked; empty is as it stands now.

    Returns
    -------
    list of Point, list of Said
        Empty where the emotion does not change.

    Examples
    --------
    >>> words = [Said("mood", (0.4, -0.7), 7, 11), Said("mood", (-0.5, 0.7), 21, 26)]
    >>> [one.share for one in read_curve_words(Sentence("starts calm and gets tense"), words)[0]]
    [0.0, 1.0]
    """
    for pattern, first, last in _IDIOMS:
        for match in re.finditer(pattern, sentence.low):
            told = Said("mood", first, *match.span(), "lexicon")
            further = [one for one in moods if one.start >= match.end()]
            if further and _FURTHER.fullmatch(sentence.low[match.end() : further[0].start]):
                places = (first, last, further[0].value)
                return [Point(k / 2, place) for k, place in enumerate(places)], [told, further[0]]
            return [Point(0.0, first), Point(1.0, last)], [told]
    moods = [one for one in moods if one.polarity not in ("no", "less")]
    if not moods:
        return [], []
    spans = _in_bars(sentence, moods)
    if spans:
        return spans, moods
    sections = _in_sections(sentence, moods)
    if sections:
        return sections, moods
    chain = _chain(sentence, moods)
    if chain:
        tail = sentence.low[chain[-1].end : chain[-1].end + 24]
        if len(chain) == 2 and _BACK.match(tail):
            chain = [*chain, replace(chain[0], start=chain[-1].start, end=chain[-1].end)]
        n = len(chain) - 1
        return [Point(k / n, one.value) for k, one in enumerate(chain)], chain
    return _staged(sentence, moods, free or sentence.rest())


def _in_bars(sentence: Sentence, moods: list[Said]) -> list[Point]:
    """Return the points of emotions that are given for bars."""
    points = []
    for match in _SPAN.finditer(sentence.low):
        low = round(read_number(match[1] or match[3]))
        high = round(read_number(match[2] or match[4]))
        after = [one for one in moods if 0 <= one.start - match.end() <= 24]
        if after and 1 <= low <= high <= 400:
            points.append(Point(0.0, after[0].value, (low, high)))
    for one in moods if not points else ():
        at = re.search(
            r"(?<![\d/])(\d{1,3})\s*:\s*$", sentence.low[max(0, one.start - 6) : one.start]
        )
        if at:
            points.append(Point(0.0, one.value, (int(at[1]), int(at[1]))))
    bars = [one.bars or (1, 1) for one in points]
    ascends = all(one[1] < other[0] for one, other in pairwise(bars))
    return points if len(points) >= 2 and ascends else []


def _in_sections(sentence: Sentence, moods: list[Said]) -> list[Point]:
    """Return the points of emotions that sections have."""
    shares = {"<": 0.0, ">": 1.0}
    return [
        Point(shares[one.label], one.place)
        if one.label in shares
        else Point(0.0, one.place, section=one.label)
        for one in read_section_moods(sentence, moods)
    ]


def _chain(sentence: Sentence, moods: list[Said]) -> list[Said]:
    """Return moods that are joined as "from X to Y to Z" or X -> Y -> Z."""
    best: list[Said] = []
    run = [moods[0]]
    for one, other in pairwise(moods):
        gap = sentence.low[one.end : other.start]
        run = [*run, other] if _ARROW.fullmatch(gap) else [other]
        before = sentence.low[max(0, run[0].start - 24) : run[0].start]
        arrows = sentence.low[run[0].end : run[-1].start]
        is_said = (
            _FROM.search(before)
            or ">" in arrows
            or len(run) > 2
            or "转" in arrows
            or "变" in arrows
        )
        if len(run) >= 2 and is_said and len(run) > len(best):
            best = run
    return best


def _staged(sentence: Sentence, moods: list[Said], rest: str) -> tuple[list[Point], list[Said]]:
    """Return the points of moods that stand beside words for beginning, middle and end."""
    free = rest.lower()  # "intro" and "outro" of a form are no beginning and end
    low = free if len(free) == len(sentence.low) else sentence.low
    stages: list[float | None] = []
    is_growing = False
    at = 0
    is_behind = False
    for k, one in enumerate(moods):
        before = low[max(at, one.start - 40) : one.start]
        if is_behind:  # "sad at first but hopeful by the end": "at first" belongs to sad
            before = re.split(r"[,;.]|,? (?:and|then|but) ", before, maxsplit=1)[-1]
        if k:  # what follows the mood before, up to the comma, belongs to that one
            before = re.sub(r"^[^,;.]*[,;.](?=.*[a-z一-鿿])", "", before)
        until = moods[k + 1].start if k + 1 < len(moods) else len(sentence.low)
        after = re.split(
            r"[,;.]|,? (?:and|then|but) |然后|再", low[one.end : min(until, one.end + 28)]
        )[0]
        stage = _stage(before)
        is_behind = stage is None and _stage(after, is_after=True) is not None
        if stage is None:
            stage = _stage(after, is_after=True)
        if stage is None:
            stage = _stage(low[one.start : one.end])
        if re.match(r" (?:at|on) (?:both ends|either end|the (?:start|beginning) and)", after):
            stage = -2.0  # first and last
        if _GROW.search(before):
            is_growing = True
            stage = 1.0 if stage in (None, 0.0) and not _START.search(before) else stage
            stage = 1.0 if stage is None else stage
        is_last = k == len(moods) - 1
        if stage == 1.0 and not is_last and not _END.search(before + after):
            stage = -1.0  # "then": on the way
        stages.append(stage)
        at = one.end
    if -2.0 in stages:
        return _framed(stages, moods)
    told = [stage for stage in stages if stage is not None]
    is_flat = len(set(told)) < 2 and len(moods) > 1 and not is_growing and 1.0 not in told
    has_start = told == [0.0] and len(moods) > 1 and stages[0] == 0.0
    if not told or (is_flat and not has_start):
        return [], []
    filled = [
        stage if stage is not None else (0.0 if k == 0 else -1.0) for k, stage in enumerate(stages)
    ]
    if len(moods) == 1:
        if filled[0] != 1.0 or not (is_growing or _END.search(sentence.low)):
            return [], []
        return [Point(0.0, (0.0, 0.0)), Point(1.0, moods[0].value)], moods
    return _points(filled, moods)


def _framed(stages: list[float | None], moods: list[Said]) -> tuple[list[Point], list[Said]]:
    """Return the points of a mood at both ends and another between."""
    inner = [one for one, stage in zip(moods, stages, strict=True) if stage != -2.0]
    if not inner:
        return [], []
    frame = moods[stages.index(-2.0)].value
    return [Point(0.0, frame), Point(0.5, inner[0].value), Point(1.0, frame)], moods


def _points(stages: list[float], moods: list[Said]) -> tuple[list[Point], list[Said]]:
    """Return points by stage; unknown stages lie between their neighbours."""
    n = len(stages) - 1
    shares = [stage if stage >= 0 else (1.0 if k == n else k / n) for k, stage in enumerate(stages)]
    if shares[-1] != 1.0 and shares[-1] >= max(shares[:-1]):
        shares[-1] = 1.0
    grouped: dict[float, list[Place]] = {}
    for share, one in zip(shares, moods, strict=True):
        grouped.setdefault(share, []).append(one.value)
    if len(grouped) < 2 or len({one.value for one in moods}) < 2:
        return [], []
    points = [
        Point(share, (sum(p[0] for p in many) / len(many), sum(p[1] for p in many) / len(many)))
        for share, many in sorted(grouped.items())
    ]
    return points, moods


def _stage(text: str, *, is_after: bool = False) -> float | None:
    """Return the stage that words name; of several the last (the first after a mood)."""
    found: list[tuple[int, float]] = []
    for pattern, share in ((_START, 0.0), (_MIDDLE, 0.5), (_END, 1.0)):
        found += [(match.start(), share) for match in pattern.finditer(text)]
    if not found and not is_after and _NEXT.search(text):
        return 1.0
    if not found:
        return None
    return min(found)[1] if is_after else max(found)[1]


def lay_curve(
    points: list[Point], n_bars: int, *, sections: Sequence[tuple[str, int]] = ()
) -> tuple[tuple[int, float, float], ...]:
    """Return a curve over bars.

    Parameters
    ----------
    points : list of Point
    n_bars : int
    sections : sequence of (str, int)
        Labels with bars, where points are those of sections.

    Returns
    -------
    tuple of (bar, valence, arousal)
        Bars ascend; an emotion given for bars or a section holds over all of them.

    Examples
    --------
    >>> lay_curve([Point(0.0, (0.4, -0.7)), Point(1.0, (-0.5, 0.7))], 16)
    ((1, 0.4, -0.7), (16, -0.5, 0.7))
    >>> sad, happy = Point(0, (-1, 0), section="A"), Point(0, (1, 0), section="B")
    >>> lay_curve([sad, happy], 8, sections=[("A", 4), ("B", 4)])
    ((1, -1, 0), (4, -1, 0), (5, 1, 0), (8, 1, 0))
    """
    rows: dict[int, Place] = {}
    for point in points:
        if point.section:
            continue
        if point.bars is not None:
            rows[point.bars[0]] = point.place
            rows[min(n_bars, point.bars[1])] = point.place
        else:
            rows[1 + round(point.share * (n_bars - 1))] = point.place
    by_label = {one.section: one.place for one in points if one.section}
    is_staged = bool(rows)
    bar = 1
    for label, length in sections if by_label else ():
        place = by_label.get(label, None if is_staged else by_label.get("*"))
        if place is not None:
            rows[bar] = rows[bar + length - 1] = place
        bar += length
    return tuple(
        (bar, round(v, 3), round(a, 3)) for bar, (v, a) in sorted(rows.items()) if bar <= n_bars
    )
