"""Swing and the human hand: where strokes fall between the lines, and how hard.

Conventions: swing moves the second half of a beat (or of a half beat) later and keeps everything else
in proportion; triplets stay. The hand is late or early by a slow drift and a small scatter, in
milliseconds; velocity follows the beat and scatters. All of it is seeded by part and bar, and none of
it at ``amount = 0``, where strums and flams are struck together too.

Source: swing ratios and just-noticeable scatter as in Friberg and Sundström, "Swing ratios and ensemble
timing in jazz performance", Music Perception 19(3), 2002.
"""

from __future__ import annotations

from dataclasses import replace

from motet.arranger.feel import feel_shift_tick
from motet.arranger.plan import BarPlan, Plan, Stroke, rng_for
from motet.score import Note
from motet.units import DEFAULT_RESOLUTION

__all__ = ["humanise", "swing_note", "swing_tick"]

_SCATTER_MS = {
    "drums": 3.0, "bass": 4.0, "comping": 5.0, "melody": 7.0, "horns": 5.0,
    "counter": 7.0, "pad": 6.0, "strings": 8.0,
}  # fmt: skip


def swing_tick(tick: int, *, swing: float, unit_tick: int) -> int:
    """Return where a tick within a beat falls when the beat is swung.

    Parameters
    ----------
    tick : int, ticks from a beat's start
        May lie in any later beat too.
    swing : float, 0.5 to 0.8
        Share of the beat before its off-beat: 0.5 is straight, 0.667 a triplet.
    unit_tick : int, ticks
        The beat that is divided: 480 swings eighths, 240 sixteenths.

    Returns
    -------
    int, ticks

    Examples
    --------
    >>> swing_tick(240, swing=2 / 3, unit_tick=480), swing_tick(720, swing=2 / 3, unit_tick=480)
    (320, 800)
    >>> swing_tick(480, swing=2 / 3, unit_tick=480)
    480
    """
    beat, place = divmod(tick, unit_tick)
    half = unit_tick / 2
    if place % (unit_tick // 3) == 0 and place % (unit_tick // 4) != 0:
        return tick
    moved = (
        place * 2 * swing if place <= half else unit_tick * swing + (place - half) * 2 * (1 - swing)
    )
    return beat * unit_tick + round(moved)


def _swung(plan: Plan, tick: int) -> int:
    bar = plan.bar_at(tick)
    swing = plan.swing if plan.swing is not None else bar.groove.swing
    if abs(swing - 0.5) < 0.005 or bar.metre.denominator > 4:
        return tick
    unit = DEFAULT_RESOLUTION if bar.groove.swing_unit == 8 else DEFAULT_RESOLUTION // 2
    return bar.start_tick + swing_tick(tick - bar.start_tick, swing=swing, unit_tick=unit)


def swing_note(plan: Plan, note: Note) -> Note:
    """Return a note of a given melody, swung with the band; unchanged where the groove is straight.

    Parameters
    ----------
    plan : Plan
    note : Note

    Returns
    -------
    Note
        Pitch, velocity and marks as they were; it lasts at least one tick unless it is a grace note.

    Examples
    --------
    >>> import motet
    >>> plan = motet.arrange("| C | F |", style="swing", bars=2).piece.plan
    >>> note = motet.Note(onset_tick=240, duration_tick=240, pitch=60)
    >>> swing_note(plan, note).onset_tick > 240
    True
    """
    onset = _swung(plan, note.onset_tick)
    if note.duration_tick == 0:
        return replace(note, onset_tick=onset)
    end = _swung(plan, note.end_tick)
    if (onset, end) == (note.onset_tick, note.end_tick):
        return note
    return replace(note, onset_tick=onset, duration_tick=max(1, end - onset), ties_tick=())


def _accent(tick: int, bar: BarPlan) -> int:
    place = tick - bar.start_tick
    if place == 0:
        return 4
    beat = 0
    for length in bar.metre.beats_qn:
        if place == beat:
            return 1
        beat += round(length * DEFAULT_RESOLUTION)
    return -2


def humanise(
    plan: Plan,
    strokes: list[Stroke],
    *,
    role: str,
    name: str,
    amount: float,
) -> list[Stroke]:
    """Return strokes swung, and played by a hand.

    Parameters
    ----------
    plan : Plan
    strokes : list of Stroke
    role : str
        Role of the part: sets how loose it plays; the style's `feel_ms` sets how late.
    name : str
        Name of the part, so that parts scatter apart.
    amount : float, 0 to 2
        0 keeps the grid (swing stays), 1 is usual.

    Returns
    -------
    list of Stroke
        Same order and count; times >= 0.

    Examples
    --------
    >>> import motet
    >>> plan = motet.arrange("| C |", style="rock", seed=1).piece.plan
    >>> strum = [Stroke(480, 240, 60, 80), Stroke(480, 240, 64, 80, 14)]
    >>> [s.tick for s in humanise(plan, strum, role="comping", name="Guitar", amount=0.0)]
    [480, 480]
    """
    ms_tick = plan.qpm * DEFAULT_RESOLUTION / 60_000
    late = plan.style.feel_ms.get(role, 0.0) * amount * ms_tick
    felt = feel_shift_tick(plan, role)
    scatter = _SCATTER_MS.get(role, 5.0) * amount * ms_tick
    spread = min(1.0, amount)
    out = list(strokes)
    bar: BarPlan | None = None
    for k in sorted(range(len(strokes)), key=lambda k: (strokes[k].tick, k)):
        stroke = strokes[k]
        if bar is None or stroke.tick >= bar.end_tick:
            bar = plan.bar_at(stroke.tick)
            rng = rng_for(plan.seed, "hand", name, bar.index)
            drift, last_start, struck = 0.0, -1, 0.0
        start = _swung(plan, stroke.tick)
        end = _swung(plan, stroke.tick + stroke.duration_tick)
        if start != last_start:
            drift = 0.85 * drift + float(rng.normal(0.0, 0.35)) * scatter
            struck = drift + float(rng.normal(0.0, 0.6)) * scatter
            last_start = start
        shift = struck + float(rng.normal(0.0, 0.25)) * scatter
        shift = late + max(-1.6 * scatter, min(1.6 * scatter, shift))
        offset = round(stroke.offset_tick * spread)
        velocity = stroke.velocity
        if amount > 0:
            velocity += _accent(stroke.tick, bar) + round(float(rng.normal(0.0, 3.5 * amount)))
        if felt:  # nobody plays ahead of the bar line
            shift = max(float(bar.start_tick - start), shift + felt) if felt < 0 else shift + felt
        out[k] = Stroke(
            max(0, start + round(shift) + offset),
            max(10, end - start - max(0, offset) - max(0, felt)),
            stroke.pitch,
            min(127, max(8, velocity)),
        )
    return out
