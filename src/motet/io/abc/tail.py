"""What stands between and below the bars that the ABC writer writes: bar lines and syllables."""

from __future__ import annotations

from collections.abc import Callable

from motet.io.abc.plan import Strand
from motet.score import Part, Score

__all__ = ["bar_marks", "syllables"]

_JUMPS = {"da-capo": "!D.C.!", "dal-segno": "!D.S.!", "fine": "!fine!", "to-coda": "!dacoda!"}


def bar_marks(score: Score) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the bar line after each bar with the ending that follows, and the tune's opening.

    Parameters
    ----------
    score : Score

    Returns
    -------
    tuple of list of (line, ending) and list of str, one for each bar

    Examples
    --------
    >>> from dataclasses import replace
    >>> from motet.score import Repeat, make_score
    >>> score = replace(make_score("C4:4 D4:4"), repeats=(Repeat(tick=1920, kind="end"),))
    >>> bar_marks(score)[0]
    [(':|', ''), ('|]', '')]
    """
    ends: dict[int, int] = {}
    starts: set[int] = set()
    jumps: dict[int, str] = {}
    for repeat in score.repeats:
        if repeat.kind == "end":
            ends[repeat.tick] = max(repeat.times, 2)
        elif repeat.kind == "start":
            starts.add(repeat.tick)
        elif repeat.kind in _JUMPS:
            jumps[repeat.tick] = jumps.get(repeat.tick, "") + _JUMPS[repeat.kind]
    endings = {one.start_tick: ",".join(str(n) for n in one.numbers) for one in score.endings}
    closes = {one.end_tick for one in score.endings}
    bars = score.bars
    after, before = [], []
    for k, bar in enumerate(bars):
        tick = bar.end_tick
        number = endings.get(tick, "") if k + 1 < len(bars) else ""
        if tick in ends and tick in starts:
            line = "::" if ends[tick] == 2 else ":" * (ends[tick] - 1) + "|:"
        elif tick in ends:
            line = ":" * (ends[tick] - 1) + "|"
        elif tick in starts and k + 1 < len(bars):
            line = "|:"
        elif k + 1 == len(bars):
            line = "|]"
        elif tick in closes and not number:
            line = "||"
        else:
            line = "|"
        after.append((jumps.get(tick, "") + line, f"[{number} " if number else ""))
        opening = "|:" if bar.start_tick in starts else ""
        first = endings.get(bar.start_tick, "")
        before.append(f"{opening}[{first} " if first else opening)
    return after, before


def syllables(
    part: Part, strand: Strand, slots: list[list[tuple[int, bool]]]
) -> Callable[[int, int], list[str]]:
    """Return the function that gives the lyric lines under bars ``start`` to ``stop``.

    Parameters
    ----------
    part : Part
    strand : Strand
    slots : list of list of (tick, is_continued)
        The notes of each bar.

    Returns
    -------
    callable

    Examples
    --------
    >>> from motet.score import Lyric
    >>> part = Part(lyrics=(Lyric(tick=0, text="A", syllabic="begin"),
    ...                     Lyric(tick=8, text="men", syllabic="end")))
    >>> syllables(part, Strand(1, 1), [[(0, False), (4, False), (8, False)]])(0, 1)
    ['A- * men']
    """
    if not strand.is_first or not any(one.voice == strand.voice for one in part.lyrics):
        return lambda *_: []
    verses: dict[int, dict[int, tuple[str, str, bool]]] = {}
    is_only = strand.staff == 1
    for one in part.lyrics:
        if one.voice == strand.voice and is_only:
            verses.setdefault(one.verse, {})[one.tick] = (one.text, one.syllabic, one.extend)
    last = max((tick for verse in verses.values() for tick in verse), default=-1)

    def lines(start: int, stop: int) -> list[str]:
        places = [slot for bar in slots[start:stop] for slot in bar]
        if not places or places[0][0] > last:
            return []
        present = [
            number for number, verse in verses.items() if any(tick in verse for tick, _ in places)
        ]
        count = max(present, default=1)
        return [_line(verses.get(number, {}), places) for number in range(1, count + 1)]

    return lines


def _line(verse: dict[int, tuple[str, str, bool]], places: list[tuple[int, bool]]) -> str:
    out: list[str] = []
    is_held = False
    is_joined = True
    for tick, is_continued in places:
        found = None if is_continued else verse.get(tick)
        if found is None:
            out.append(" _" if is_held else " *")
            is_joined = False
            continue
        text, syllabic, is_held = found
        clean = text.strip().replace("-", "\\-").replace(" ", "~").replace("%", "\\%")
        clean = "".join(char for char in clean if char not in "_*|\n") or "~"
        out.append(clean if is_joined else f" {clean}")
        is_joined = syllabic in ("begin", "middle")
        if is_joined:
            out.append("-")
    text = "".join(out).strip()
    return text.rstrip("* ") or "*"
