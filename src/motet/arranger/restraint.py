"""Restraint: strokes kept from what is to be avoided.

Conventions: works on strokes before they are swung. What each trait means says `motet.brief.avoid`:

- syncopation: a stroke that begins off the beat and is held over the next beat begins on that beat, or,
  where another begins there, ends at it;
- chromatic notes: tones outside the scale move to the nearest tone of the scale or of the chord;
- leaps: a single line takes the nearest tones, of key and chord, that are a fourth apart at most.

Offers `restrain`, `smooth_line`, `steady_strokes`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from itertools import accumulate
from typing import Final

from motet.arranger.plan import BarPlan, Plan, Stroke
from motet.score import Metre
from motet.theory.scale import Key
from motet.units import DEFAULT_RESOLUTION

__all__ = ["beat_ticks", "key_tones", "restrain", "smooth_line", "steady_strokes"]

MOST_STEP_SEMI: Final = 5
"""Widest step of a line that may not leap."""
_LINES: Final = frozenset({"melody", "counter", "solo", "voice"})


def key_tones(key: Key) -> frozenset[int]:
    """Return the pitch classes of a key; in minor the raised sixth and seventh too.

    Parameters
    ----------
    key : Key

    Returns
    -------
    frozenset of int, 0 to 11

    Examples
    --------
    >>> sorted(key_tones(Key("A", "minor")))
    [0, 2, 4, 5, 6, 7, 8, 9, 11]
    """
    own = frozenset(key.pcs)
    if not key.is_minor:
        return own
    return own | {(key.tonic_pc + 9) % 12, (key.tonic_pc + 11) % 12}


def beat_ticks(metre: Metre, *, start_tick: int, end_tick: int, unit_tick: int) -> list[int]:
    """Return where the beats of a bar lie.

    Parameters
    ----------
    metre : Metre
    start_tick, end_tick : int
        Of the bar.
    unit_tick : int, ticks
        Of a quarter note.

    Returns
    -------
    list of int

    Examples
    --------
    >>> six = Metre(tick=0, numerator=6, denominator=8)
    >>> beat_ticks(six, start_tick=960, end_tick=2400, unit_tick=480)
    [960, 1680]
    """
    edges = accumulate((round(beat * unit_tick) for beat in metre.beats_qn), initial=start_tick)
    return [edge for edge in edges if edge < end_tick]


def steady_strokes(strokes: Sequence[Stroke], beats: Sequence[int]) -> list[Stroke]:
    """Return strokes none of which is held from off the beat over the next beat.

    Parameters
    ----------
    strokes : sequence of Stroke
    beats : sequence of int, ticks, ascending

    Returns
    -------
    list of Stroke
        As many, in the same order.

    Examples
    --------
    >>> held = [Stroke(240, 480, 60, 80), Stroke(720, 480, 62, 80), Stroke(960, 480, 64, 80)]
    >>> [(one.tick, one.duration_tick) for one in steady_strokes(held, (0, 480, 960, 1440))]
    [(480, 240), (720, 240), (960, 480)]
    """
    begun = {stroke.tick for stroke in strokes}
    found = []
    for stroke in strokes:
        k = bisect_right(beats, stroke.tick)
        on_beat = k > 0 and beats[k - 1] == stroke.tick
        due = beats[k] if k < len(beats) else None
        end = stroke.tick + stroke.duration_tick
        if on_beat or due is None or end <= due:
            found.append(stroke)
        elif due in begun or end - due < stroke.duration_tick // 4:
            found.append(
                Stroke(stroke.tick, due - stroke.tick, stroke.pitch, stroke.velocity,
                       stroke.offset_tick)
            )  # fmt: skip
        else:
            found.append(Stroke(due, end - due, stroke.pitch, stroke.velocity))
    return found


def smooth_line(
    pitches: Sequence[int],
    allowed: Callable[[int], Collection[int]],
    *,
    most_semi: int = MOST_STEP_SEMI,
) -> list[int]:
    """Return a line near a given one in which no step is wider than allowed.

    Parameters
    ----------
    pitches : sequence of int
    allowed : callable
        Index of a note to the pitches that it may have; its own may always stay.
    most_semi : int, semitones

    Returns
    -------
    list of int
        The line whose notes move least in all; where no line obeys, the one that leaps least.

    Examples
    --------
    >>> scale = [p for p in range(55, 80) if p % 12 in (0, 2, 4, 5, 7, 9, 11)]
    >>> smooth_line([60, 72, 71, 60], lambda k: scale)
    [60, 65, 67, 62]
    """
    if not pitches:
        return []
    options = [sorted({*allowed(k), own}) for k, own in enumerate(pitches)]
    costs = [float(abs(p - pitches[0])) for p in options[0]]
    back: list[list[int]] = []
    for k in range(1, len(pitches)):
        row, came = [], []
        for pitch in options[k]:
            best, at = min(
                (cost + 1000.0 * max(0, abs(pitch - other) - most_semi), j)
                for j, (cost, other) in enumerate(zip(costs, options[k - 1], strict=True))
            )
            row.append(best + abs(pitch - pitches[k]) + 0.01 * (pitch == options[k - 1][at]))
            came.append(at)
        costs = row
        back.append(came)
    at = min(range(len(costs)), key=lambda j: costs[j])
    line = [options[-1][at]]
    for k in range(len(back) - 1, -1, -1):
        at = back[k][at]
        line.append(options[k][at])
    return line[::-1]


def restrain(plan: Plan, strokes: list[Stroke], *, role: str, low: int, high: int) -> list[Stroke]:
    """Return the strokes of a part without what the plan avoids.

    Parameters
    ----------
    plan : Plan
        Its `avoid` says what.
    strokes : list of Stroke
    role : str
        Drums are left alone.
    low, high : int, MIDI numbers
        Of the part.

    Returns
    -------
    list of Stroke

    Examples
    --------
    >>> import motet
    >>> from dataclasses import replace
    >>> plan = replace(motet.arrange("| C |", style="rock", key="C").piece.plan, avoid=("chromatic notes",))
    >>> [s.pitch for s in restrain(plan, [Stroke(0, 480, 61, 80)], role="bass", low=40, high=70)]
    [60]
    """
    if role == "drums" or not plan.avoid or not strokes:
        return strokes
    found = strokes
    if "syncopation" in plan.avoid:
        found = steady_strokes(found, _beats(plan.bars))
    if "chromatic notes" in plan.avoid:
        found = [_inside(plan, stroke, low, high) for stroke in found]
    if "leaps" in plan.avoid and role in _LINES:
        found = _line_of(plan, found, low, high)
    return found


def _beats(bars: Sequence[BarPlan]) -> list[int]:
    """Return all beats of a plan, its end included."""
    found = [
        tick
        for bar in bars
        for tick in beat_ticks(
            bar.metre,
            start_tick=bar.start_tick,
            end_tick=bar.end_tick,
            unit_tick=DEFAULT_RESOLUTION,
        )
    ]
    return [*found, bars[-1].end_tick]


def _inside(plan: Plan, stroke: Stroke, low: int, high: int) -> Stroke:
    """Return a stroke on the nearest tone of the scale."""
    tones = key_tones(plan.key)
    if stroke.pitch % 12 in tones:
        return stroke
    chord = set(plan.span_at(stroke.tick).chord.pcs) & tones
    near = [p for p in range(stroke.pitch - 2, stroke.pitch + 3) if p % 12 in tones]
    near = [p for p in near if low <= p <= high] or near
    pitch = min(near, key=lambda p: (p % 12 not in chord, abs(p - stroke.pitch), p))
    return Stroke(stroke.tick, stroke.duration_tick, pitch, stroke.velocity, stroke.offset_tick)


def _line_of(plan: Plan, strokes: list[Stroke], low: int, high: int) -> list[Stroke]:
    """Return a single line without leaps; chords are left alone."""
    ordered = sorted(strokes, key=lambda stroke: stroke.tick)
    if len({stroke.tick for stroke in ordered}) < len(ordered):
        return strokes
    tones = key_tones(plan.key)
    beats = set(_beats(plan.bars))

    def allowed(k: int) -> list[int]:
        chord = set(plan.span_at(ordered[k].tick).chord.pcs)
        pcs = chord if ordered[k].tick in beats and chord else tones | chord
        return [pitch for pitch in range(low, high + 1) if pitch % 12 in pcs]

    line = smooth_line([stroke.pitch for stroke in ordered], allowed)
    return [
        Stroke(one.tick, one.duration_tick, pitch, one.velocity, one.offset_tick)
        for one, pitch in zip(ordered, line, strict=True)
    ]
