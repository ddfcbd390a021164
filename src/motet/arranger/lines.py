"""Lines that no groove writes: pads and strings that hold, and a counter-line of guide tones.

Conventions: held chords tie their common tones, so that only moving voices are heard to move. The
counter-line sings thirds and sevenths, moves by step where it can, and answers while the melody rests.
"""

from __future__ import annotations

from motet.arranger.comping import Voicings
from motet.arranger.plan import HarmonySpan, Plan, Stroke, rng_for
from motet.arranger.style import PartSpec
from motet.theory.chord_scale import chord_scale

__all__ = ["write_counter", "write_held"]

_MAX_HOLD_BARS = 4


def write_held(plan: Plan, spec: PartSpec) -> list[Stroke]:
    """Return held, voice-led chords (pads, strings) whose common tones sound on.

    Parameters
    ----------
    plan : Plan
    spec : PartSpec

    Returns
    -------
    list of Stroke
        In order of their ends; every pitch within the part's range.

    Examples
    --------
    >>> import motet
    >>> plan = motet.arrange("| C | Am |", style="bossa", bars=4, seed=1).piece.plan
    >>> pad = next(part for part in plan.style.parts if part.role == "pad")
    >>> loud = PartSpec(**{name: getattr(pad, name) for name in pad.__slots__} | {"levels": (1, 5)})
    >>> {stroke.pitch % 12 for stroke in write_held(plan, loud)} >= {0, 4, 9}
    True
    """
    voicings = Voicings(plan, spec)
    done: list[Stroke] = []
    held: dict[int, int] = {}
    velocity: dict[int, int] = {}
    for span in plan.harmony:
        bar = plan.bar_at(span.start_tick)
        wanted = set(voicings.at(span)) if plan.plays(spec, bar) else set()
        fresh = bar.bar_in_section == 0 and span.start_tick == bar.start_tick
        for pitch in sorted(held):
            too_long = span.start_tick - held[pitch] >= _MAX_HOLD_BARS * bar.duration_tick
            if pitch not in wanted or fresh or too_long:
                start = held.pop(pitch)
                done.append(Stroke(start, span.start_tick - start, pitch, velocity[pitch]))
        for pitch in sorted(wanted - set(held)):
            held[pitch] = span.start_tick
            velocity[pitch] = min(110, 58 + spec.velocity + 6 * bar.intensity)
    last = plan.bars[-1]
    end = last.start_tick + plan.ending_tick(last) if last.is_ending else plan.end_tick
    rest = [
        Stroke(held[pitch], end - held[pitch], pitch, velocity[pitch])
        for pitch in sorted(held)
        if held[pitch] < end
    ]
    return done + rest


def _guide_pitch(span: HarmonySpan, last: int, spec: PartSpec) -> int | None:
    pcs = span.chord.guide_tones or span.chord.pcs
    options = [pitch for pitch in range(spec.low, spec.high + 1) if pitch % 12 in pcs]
    if not options:
        return None
    centre = (spec.low + spec.high) / 2
    return min(options, key=lambda pitch: (abs(pitch - last) + 0.15 * abs(pitch - centre), pitch))


def write_counter(plan: Plan, spec: PartSpec, *, melody: list[Stroke]) -> list[Stroke]:
    """Return a counter-line: guide tones held under the melody, moving while the melody rests.

    Parameters
    ----------
    plan : Plan
    spec : PartSpec
    melody : list of Stroke
        What it answers; may be empty.

    Returns
    -------
    list of Stroke
        One voice, in order, within the part's range.

    Examples
    --------
    >>> import motet
    >>> plan = motet.arrange("| C | F |", style="bossa", bars=4, seed=1).piece.plan
    >>> cello = PartSpec(name="Cello", name_zh="大提琴", role="counter", instrument="Cello", program=42)
    >>> write_counter(plan, cello, melody=[])[0].pitch % 12
    4
    """
    busy = sorted((stroke.tick, stroke.tick + stroke.duration_tick) for stroke in melody)
    out: list[Stroke] = []
    last = (spec.low + spec.high) // 2
    for k, span in enumerate(plan.harmony):
        bar = plan.bar_at(span.start_tick)
        if not plan.plays(spec, bar) or not span.chord.pcs:
            continue
        pitch = _guide_pitch(span, last, spec)
        if pitch is None:
            continue
        velocity = min(110, 62 + spec.velocity + 5 * bar.intensity)
        length = span.end_tick - span.start_tick
        if bar.is_ending:
            length = min(length, plan.ending_tick(bar))
        coming = plan.harmony[k + 1] if k + 1 < len(plan.harmony) else None
        gap_from = _rest_before(busy, span)
        rng = rng_for(plan.seed, "counter", bar.label, bar.bar_in_section)
        if coming is not None and gap_from is not None and rng.random() < 0.75:
            goal = _guide_pitch(coming, pitch, spec)
            run = _run(span, pitch, goal if goal is not None else pitch, spec, plan, gap_from)
            if run:
                out.append(Stroke(span.start_tick, gap_from - span.start_tick, pitch, velocity))
                out += [Stroke(t, d, p, velocity + 4) for t, d, p in run]
                last = run[-1][2]
                continue
        if (
            out
            and out[-1].pitch == pitch
            and out[-1].tick + out[-1].duration_tick == span.start_tick
        ):
            held = out[-1]
            if held.duration_tick + length <= 2 * bar.duration_tick:
                out[-1] = Stroke(held.tick, held.duration_tick + length, pitch, held.velocity)
                last = pitch
                continue
        out.append(Stroke(span.start_tick, length, pitch, velocity))
        last = pitch
    return out


def _rest_before(busy: list[tuple[int, int]], span: HarmonySpan) -> int | None:
    """Return where the melody's rest at the end of a span begins, if it is long enough to answer in."""
    last_end = span.start_tick
    for start, end in busy:
        if start < span.end_tick and end > span.start_tick:
            last_end = max(last_end, min(end, span.end_tick))
    last_end = -(-last_end // 240) * 240
    gap = span.end_tick - last_end
    if gap < 480 or last_end <= span.start_tick:
        return None
    return span.end_tick - min(gap, 960)


def _run(
    span: HarmonySpan, pitch: int, goal: int, spec: PartSpec, plan: Plan, gap_from: int
) -> list[tuple[int, int, int]]:
    """Return eighth notes that walk by scale from a pitch towards a goal, arriving just before it."""
    scale = chord_scale(span.chord, plan.key)
    count = (span.end_tick - gap_from) // 240
    direction = 1 if goal >= pitch else -1
    if abs(goal - pitch) <= 2:
        direction = -direction
    ladder = [p for p in range(spec.low, spec.high + 1) if p % 12 in scale]
    if goal not in ladder:
        ladder = sorted({*ladder, goal})
    at = ladder.index(goal)
    path = []
    for k in range(count, 0, -1):
        index = at - direction * k
        if not 0 <= index < len(ladder):
            return []
        path.append(ladder[index])
    return [(gap_from + 240 * k, 240, p) for k, p in enumerate(path)]
