"""Emotions that belong to sections: "sad verse, happy chorus", 主歌忧伤,副歌欢快, "A is playful, B is stormy".

Conventions: a sentence is read clause by clause; a clause with one section gives it the clause's moods, one
with several deals them out in turn. Moods of no section hold for the rest, or for the beginning or the end
where words say so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from motet.sentence.mood import Place
from motet.sentence.said import Said
from motet.sentence.text import Sentence

__all__ = ["SECTION_ORDER", "SectionMood", "read_section_moods"]

SECTION_ORDER = (
    "intro", "A", "verse", "pre-chorus", "B", "chorus", "C", "D", "E", "F", "interlude", "bridge", "outro",
)  # fmt: skip
"""Order in which sections follow one another where no form was said."""
_LABELS = {
    "intro": "intro", "introduction": "intro", "verse": "verse", "pre-chorus": "pre-chorus",
    "pre chorus": "pre-chorus", "prechorus": "pre-chorus", "chorus": "chorus", "refrain": "chorus",
    "drop": "chorus", "bridge": "bridge", "middle eight": "bridge", "interlude": "interlude",
    "outro": "outro", "coda": "outro",
    "前奏": "intro", "引子": "intro", "主歌": "verse", "导歌": "pre-chorus", "预副歌": "pre-chorus",
    "副歌": "chorus", "桥段": "bridge", "间奏": "interlude", "尾奏": "outro",
}  # fmt: skip
_ENGLISH = "|".join(sorted((one for one in _LABELS if one.isascii()), key=len, reverse=True))
_CHINESE = "|".join(sorted((one for one in _LABELS if not one.isascii()), key=len, reverse=True))
_MENTION = re.compile(
    rf"(?:(?<![a-z])(?P<word>{_ENGLISH})(?:e?s)?(?![a-z])|(?P<zh>{_CHINESE}))"
    r"|(?<![A-Za-z])(?P<letter>[a-f])(?= ?段|\d{1,3}(?![a-z\d/])"
    r"|(?: (?:section|part))?(?: (?:is|are|should|sounds"
    r"|feels|must|gets|goes|being|stays)(?![a-z])|:)|(?: sections?| parts?)(?![a-z]))"
)
_BREAK = re.compile(
    r"[,;:.!?]|(?<![a-z])(?:and then|then|while|whereas|but|and|with|yet)(?![a-z])|然后|而|但|接着"
)
_SOFT = ("and", "with", "but", "yet", "而")
_TURNS = re.compile(
    r"(?<![a-z])(?:to|into|towards?|until|becom\w+|turn\w*|build\w*)(?![a-z])|推向|走向|转向|转为|变为|变成|到|至|[-=]>"
)
_BEGINS = re.compile(
    r"(?<![a-z])(?:start(?:s|ing)?|begin(?:s|ning)?|open(?:s|ing)?|at first|at the start)(?![a-z])|开头|开始"
    r"|起初|一开始"
)
_ENDS = re.compile(
    r"(?<![a-z])(?:end(?:s|ing)?|finish(?:es|ing)?|at the end|by the end|closes?)(?![a-z])|结尾|最后|结束|末尾"
)


@dataclass(frozen=True, slots=True)
class SectionMood:
    """A section's label (``"*"`` is every other one, ``"<"`` the beginning, ``">"`` the end) and its place."""

    label: str
    place: Place


@dataclass(frozen=True, slots=True)
class _Clause:
    """A stretch between breaks: its sections and its moods."""

    start: int
    end: int
    labels: tuple[tuple[int, str], ...]
    moods: tuple[Said, ...]


def read_section_moods(sentence: Sentence, moods: list[Said]) -> list[SectionMood]:
    """Return the emotions of sections, in the order in which they are named.

    Parameters
    ----------
    sentence : Sentence
    moods : list of Said
        Field ``mood``, wanted ones, in order.

    Returns
    -------
    list of SectionMood
        Empty unless two places differ and one is a section's.

    Examples
    --------
    >>> words = [Said("mood", (-0.7, -0.4), 0, 3), Said("mood", (0.8, 0.5), 11, 16)]
    >>> [one.label for one in read_section_moods(Sentence("sad verse, happy chorus"), words)]
    ['verse', 'chorus']
    """
    mentions = _mentions(sentence)
    if not mentions or not moods:
        return []
    rows: list[SectionMood] = []
    before: _Clause | None = None
    for one in _clauses(sentence.low, mentions, moods):
        labels, own = [label for _, label in one.labels], one.moods
        if own and not labels and before is not None and len(before.labels) == 1:
            labels = [] if before.moods else [before.labels[0][1]]  # "in the verse, calm"
        if labels and own:
            rows += _deal(one, labels, sentence.low)
        elif own:
            rows += [SectionMood(_stage(sentence.low[one.start : one.end]), m.value) for m in own]
        before = one
    merged = _merge(rows)
    named = [one for one in merged if one.label not in ("*", "<", ">")]
    is_even = len({one.place for one in merged}) < 2
    return [] if not named or is_even else merged


def _mentions(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Return where sections are spoken of."""
    found = []
    for match in _MENTION.finditer(sentence.low):
        letter = match["letter"]
        if letter and not sentence.text[match.start("letter")].isupper():
            continue
        label = letter.upper() if letter else _LABELS[match["word"] or match["zh"]]
        found.append((*match.span(), label))
    return found


def _clauses(text: str, mentions: list[tuple[int, int, str]], moods: list[Said]) -> list[_Clause]:
    """Return the clauses; a soft break counts only where a section stands on either side of it."""
    cuts = [0]
    for match in _BREAK.finditer(text):
        if match[0] in _SOFT or match[0] in ("and then", "then", "while", "whereas"):
            before = any(cuts[-1] <= start < match.start() for start, _, _ in mentions)
            place = text.find(",", match.end())
            until = place if place >= 0 else len(text)
            after = any(match.end() <= start < until for start, _, _ in mentions)
            has_mood = any(match.end() <= one.start < until for one in moods)
            told = any(cuts[-1] <= one.start < match.start() for one in moods)
            if not (after and has_mood and (before or told)):
                continue
        cuts.append(match.start())
    cuts.append(len(text))
    return [
        _Clause(
            start,
            end,
            tuple((at, label) for at, _, label in mentions if start <= at < end),
            tuple(one for one in moods if start <= one.start < end),
        )
        for start, end in pairwise(cuts)
    ]


def _deal(one: _Clause, labels: list[str], text: str) -> list[SectionMood]:
    """Return the moods of a clause dealt out to its sections."""
    first, last = one.moods[0], one.moods[-1]
    if len(labels) == 1 and len(one.moods) == 2 and _TURNS.search(text[first.end : last.start]):
        return [SectionMood("<", first.value), SectionMood(labels[0], last.value)]
    if len(labels) == 1 or not one.labels:
        return [SectionMood(labels[-1], _mean([mood.value for mood in one.moods]))]
    is_before = one.moods[0].start < one.labels[0][0]  # "sad verse happy chorus"
    rows = []
    for mood in one.moods:
        beside = [
            label
            for at, label in one.labels
            if re.fullmatch(r" ?的?| ", gap := text[mood.end : at]) and gap and at > mood.end
        ]
        after = [label for at, label in one.labels if at > mood.start]
        behind = [label for at, label in one.labels if at < mood.start]
        label = (after or behind)[0] if is_before else (behind[::-1] or after)[0]
        rows.append(SectionMood(beside[0] if beside else label, mood.value))
    return rows


def _stage(text: str) -> str:
    """Return for what a mood holds that belongs to no section."""
    return "<" if _BEGINS.search(text) else ">" if _ENDS.search(text) else "*"


def _merge(rows: list[SectionMood]) -> list[SectionMood]:
    """Return one place for each label."""
    places: dict[str, list[Place]] = {}
    for one in rows:
        places.setdefault(one.label, []).append(one.place)
    return [SectionMood(label, _mean(many)) for label, many in places.items()]


def _mean(places: list[Place]) -> Place:
    return sum(v for v, _ in places) / len(places), sum(a for _, a in places) / len(places)
