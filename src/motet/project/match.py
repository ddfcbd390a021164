"""Which part of one score is which of another, and chords from two scores laid together.

Conventions: parts belong together by equal notes, by name, then by place; bars by index.
"""

from __future__ import annotations

from collections.abc import Collection

from motet.score import ChordSymbol, Score

__all__ = ["chords_from", "match_parts"]


def match_parts(before: Score, after: Score) -> dict[int, int]:
    """Return which part of one score is which of another: by their notes, by name, else by place.

    Parameters
    ----------
    before, after : Score

    Returns
    -------
    dict of int to int
        Parts without a partner are left out.

    Examples
    --------
    >>> from motet.score import make_score, rename
    >>> one = make_score("C4:4", "C3:4")
    >>> match_parts(one, one.with_parts(one.parts[1], one.parts[0]))
    {0: 1, 1: 0}
    """
    free = list(range(len(after.parts)))
    found: dict[int, int] = {}
    same = before.resolution == after.resolution
    for k, part in enumerate(before.parts):  # a tune that went over to another instrument
        there = [j for j in free if same and part.notes and after.parts[j].notes == part.notes]
        there.sort(key=lambda j: after.parts[j].name != part.name)
        if there:
            found[k] = there[0]
            free.remove(there[0])
    for k, part in enumerate(before.parts):
        there = [j for j in free if k not in found and after.parts[j].name == part.name]
        if there:
            found[k] = there[0]
            free.remove(there[0])
    if len(before.parts) == len(after.parts):
        left = [k for k in range(len(before.parts)) if k not in found]
        found.update(zip(left, free, strict=True))
    return dict(sorted(found.items()))


def chords_from(source: Score, score: Score, bars: Collection[int]) -> tuple[ChordSymbol, ...]:
    """Return the chords of a score, in some bars those of another.

    Parameters
    ----------
    source, score : Score
    bars : collection of int
        Which bars take the chords of `source`.

    Returns
    -------
    tuple of ChordSymbol
        A chord that is held into a bar from the other score is written there anew.

    Examples
    --------
    >>> from motet.score import make_score
    >>> one, two = make_score("C4:8", chords="C:8"), make_score("C4:8", chords="F:4 G:4")
    >>> [(chord.tick, chord.symbol) for chord in chords_from(two, one, [0])]
    [(0, 'F'), (1920, 'C')]
    """
    found: dict[int, str] = {}
    for index, bar in enumerate(score.bars):
        origin = source if index in bars else score
        held = origin.chord_at(bar.start_tick)
        own = {c.tick: c.symbol for c in origin.chords if bar.start_tick <= c.tick < bar.end_tick}
        sounding = found[max(found)] if found else ""
        if held is not None and held.symbol != sounding:
            found[bar.start_tick] = held.symbol
        found.update(own)
    return tuple(ChordSymbol(tick=tick, symbol=symbol) for tick, symbol in sorted(found.items()))
