"""Two scores end to end: the ground under loops and medleys.

Conventions: the second begins where the last bar of the first ends. What holds at the end of the
first must not leak into the second, so what the second takes for granted is said at the seam.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from motet.score.event import BarLength, ChordSymbol, Control, KeySignature, Metre, Tempo
from motet.score.part import Part
from motet.score.retime import PART_EVENTS, SCORE_EVENTS, map_score, state_at
from motet.score.score import Score
from motet.score.splice import default_control

__all__ = ["join_scores"]


def join_scores(a: Score, b: Score, *, pairs: Sequence[int | None]) -> Score:
    """Return `a` followed by `b`, both at one resolution.

    Parameters
    ----------
    a, b : Score
    pairs : sequence of int or None, one a part of `b`
        The part of `a` in which it goes on, or None for a new part.

    Returns
    -------
    Score

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:1")
    >>> join_scores(score, score, pairs=[None]).n_bars
    2
    """
    seam = a.bars[-1].end_tick
    later = map_score(b, lambda tick: tick + seam)
    fields: dict[str, Any] = {
        name: getattr(a, name) + getattr(later, name) for name in SCORE_EVENTS
    }
    fields["tempos"] = a.tempos + _opening(
        a.tempos, later.tempos, seam, Tempo(tick=seam, quarter_us=500_000), is_assumed=True
    )
    metre = Metre(tick=seam, numerator=4, denominator=4)
    fields["metres"] = a.metres + _opening(a.metres, later.metres, seam, metre, is_assumed=True)
    no_key = KeySignature(tick=seam, fifths=0, mode="")
    fields["keys"] = a.keys + _opening(a.keys, later.keys, seam, no_key, is_assumed=False)
    no_chord = ChordSymbol(tick=seam, symbol="N.C.")
    fields["chords"] = a.chords + _opening(a.chords, later.chords, seam, no_chord, is_assumed=False)
    fields["bar_lengths"] = _bar_lengths(a) + tuple(
        replace(length, tick=length.tick + seam) for length in _bar_lengths(b)
    )
    parts = list(a.parts)
    for place, part in zip(pairs, later.parts, strict=True):
        if place is None:
            parts.append(part)
        else:
            parts[place] = _continue(parts[place], part, b.parts[pairs.index(place)], seam)
    return replace(a, parts=tuple(parts), length_tick=seam + b.end_tick, **fields)


def _bar_lengths(score: Score) -> tuple[BarLength, ...]:
    """Return the lengths of irregular bars, those cut short by a change of metre too."""
    return tuple(
        BarLength(tick=bar.start_tick, duration_tick=bar.duration_tick)
        for bar in score.bars
        if bar.is_irregular
    )


def _opening(
    before: tuple[Any, ...],
    after: tuple[Any, ...],
    seam: int,
    default: Any,
    *,
    is_assumed: bool,
) -> tuple[Any, ...]:
    """Return events for the second score that do not depend on the end of the first.

    With `is_assumed` the default holds before the first event, so it need not be said at all when
    the first score ends in it.
    """
    held = before[-1] if before else None
    first = after[0] if after else None
    if first is None or first.tick > seam:
        if held is None or (is_assumed and _same(held, default)):
            return after
        return after if _same(held, default) else (default, *after)
    if held is not None and _same(held, first) and (len(after) < 2 or after[1].tick > seam):
        return after[1:]
    return after


def _same(one: Any, other: Any) -> bool:
    return bool(replace(one, tick=0) == replace(other, tick=0))


def _continue(part: Part, later: Part, original: Part, seam: int) -> Part:
    """Return a part that goes on with another, controllers back where that one expects them."""
    fields: dict[str, Any] = {
        name: getattr(part, name) + getattr(later, name) for name in PART_EVENTS
    }
    opening = state_at(original.controls, 0)
    reset: list[Control] = []
    for key, control in state_at(part.controls, seam).items():
        if key not in opening:
            rest = default_control(control, program=original.program)
            if rest is not None and rest.value != control.value:
                reset.append(replace(rest, tick=seam))
    fields["controls"] = (*part.controls, *reset, *later.controls)
    return replace(part, notes=part.notes + later.notes, **fields)
