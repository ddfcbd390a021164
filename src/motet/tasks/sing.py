"""Singing through: a line that a model wrote holds its notes until the next, as singers and players do.

Conventions: a rest of a quarter note at most, inside a phrase, is filled by the note before it; rests that
end a phrase, longer ones, and those over a change of chord stay. Drums and chords are left alone.

Source: own definition; within what players do between notes of a phrase (Repp, see `articulate`).

Offers `sing_through`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise
from typing import Final

from motet.score import Part, Score

__all__ = ["sing_through"]

_LONGEST_QN: Final = 1.0
_OVER_BAR_QN: Final = 1.0


def sing_through(score: Score, part: Part, *, ends: Collection[int] = ()) -> Part:
    """Return a line without the short rests inside its phrases.

    Parameters
    ----------
    score : Score
        Its bars and chords.
    part : Part
        Straight: before swing and touch.
    ends : collection of int
        Bars (from 0) that end a phrase: the rest after their last note stays.

    Returns
    -------
    Part
        The same onsets and pitches; the part itself where notes sound together.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:0.5 r:0.5 D4:1 r:2 | E4:1 r:3")
    >>> [note.duration_tick for note in sing_through(score, score.parts[0]).notes]
    [480, 480, 480]
    """
    notes = sorted(part.notes, key=lambda note: note.onset_tick)
    starts = [bar.start_tick for bar in score.bars]
    turns = [chord.tick for chord in score.chords]
    longest, over_bar = (round(qn * score.resolution) for qn in (_LONGEST_QN, _OVER_BAR_QN))
    held = []
    for note, later in pairwise(notes):
        if later.onset_tick <= note.onset_tick or later.onset_tick < note.end_tick:
            return part
        gap = later.onset_tick - note.end_tick
        bar = bisect_right(starts, note.onset_tick) - 1
        is_inside = bisect_right(starts, later.onset_tick) - 1 == bar
        may = longest if is_inside else 0 if bar in ends else over_bar
        turn = bisect_right(turns, note.onset_tick)
        is_turned = turn < len(turns) and turns[turn] < later.onset_tick
        fills = 0 < gap <= may and not is_turned
        held.append(replace(note, duration_tick=note.duration_tick + gap) if fills else note)
    return replace(part, notes=(*held, *notes[-1:]))
