"""Which part of one score is which of another, and chords from two scores laid together.

Conventions: parts belong together by name, then by place; bars by index.
"""

from __future__ import annotations

from collections.abc import Collection

from motet.score import ChordSymbol, Score

__all__ = ["chords_from", "match_parts"]


def match_parts(before: Score, after: Score) -> dict[int, int]:
    """Return which part of one score is which of another: by name, else by place where both are left over.

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
    for k, part in enumerate(before.parts):
        same = [j for j in free if after.parts[j].name == part.name]
        if same:
            found[k] = same[0]
            free.remove(same[0])
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
