"""Melodies: motifs, sequences and cadences over the chords, one tune a section, sung again on return.

Conventions: a section is made of phrases of four bars: motif, its continuation, the motif again (as a
sequence), a cadence; open on the way, closed at the section's end. Sections with the same label have
the same tune as long as their chords are the same. Intros and breaks are silent, an outro recalls the
first motif and ends on the tonic.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from motet.arranger.pattern import lay_steps
from motet.arranger.plan import BarPlan, Plan, Stroke, rng_for
from motet.arranger.style import MelodySpec
from motet.arranger.tune import TuneNote, find_tune, judge_tune
from motet.theory.chord_scale import chord_scale
from motet.theory.scale import SCALES
from motet.units import DEFAULT_RESOLUTION

__all__ = ["write_melody"]

_CANDIDATES = 14
_SILENT = frozenset({"intro", "break"})
_IN_MINOR = {"major pentatonic": "minor pentatonic", "major blues": "blues"}


@dataclass(frozen=True, slots=True)
class _Slot:
    """A note of the rhythm: ticks within the section, and where its bar copies from."""

    tick: int
    duration_tick: int
    bar: int
    model_bar: int
    place: int
    ends_phrase: bool = False
    ends_section: bool = False


def _fallback_rhythms(bar: BarPlan, rng: np.random.Generator) -> tuple[list[str], list[str]]:
    """Return rhythms and cadences in sixteenths for a metre that the style has none for."""
    beats = bar.metre.beats_qn
    rhythms = []
    for _ in range(6):
        text = ""
        for beat in beats:
            n = max(1, int(beat * 4))
            cells = ["x" + "-" * (n - 1), "." * n]
            cells += ["x" + "-" * (n // 2 - 1) + "x" + "-" * (n - n // 2 - 1)] * 2 if n >= 4 else []
            cells += ["x---x-", "x-x-x-", "x-x---"] if n == 6 else []
            cells += ["-" * n]
            text += cells[int(rng.integers(0, len(cells)))]
        rhythms.append("x" + text[1:] if text[0] in "-." else text)
    n = int(bar.bar_qn * 4)
    first = max(1, int(beats[0] * 4))
    cadences = ["x" + "-" * (n - 1)]
    if n > first:
        cadences.append("x" + "-" * (first - 1) + "x" + "-" * (n - first - 1))
    return rhythms, cadences


def _busy(text: str) -> int:
    return text.count("x")


class _Rhythm:
    """Chooses the rhythm of each bar of a section."""

    def __init__(self, plan: Plan, spec: MelodySpec, bars: list[BarPlan]) -> None:
        bar = bars[0]
        metre = f"{bar.metre.numerator}/{bar.metre.denominator}"
        rng = rng_for(plan.seed, "melody rhythm", bar.label)
        rhythms = list(spec.rhythms.get(metre, ()))
        cadences = list(spec.cadences.get(metre, ()))
        if not rhythms or not cadences:
            own, ends = _fallback_rhythms(bar, rng)
            rhythms, cadences = rhythms or own, cadences or ends
        order = list(rng.permutation(len(rhythms)))
        ranked = sorted(order[:4], key=lambda k: _busy(rhythms[k]))
        if bar.kind == "chorus":
            ranked = sorted(order[:5], key=lambda k: _busy(rhythms[k]))
        pick = [rhythms[k] for k in ranked]
        self.motif = pick[min(1, len(pick) - 1)]
        self.answer = pick[0] if bar.kind == "chorus" else pick[min(2, len(pick) - 1)]
        self.push = pick[-1]
        self.half = cadences[int(rng.integers(0, len(cadences)))]
        self.full = min(cadences, key=lambda text: (_busy(text), text))

    def bar(self, place: int, total: int) -> tuple[str, int]:
        """Return the rhythm of a bar of the section and the bar whose contour it repeats."""
        if place == total - 1:
            return self.full, -1
        phrase = 4 if total >= 4 else 2
        within = place % phrase
        if phrase == 2:
            return (self.motif, 0 if place else -1) if within == 0 else (self.half, -1)
        if within == 3:
            return self.half, 3 if place > 3 else -1
        if within == 0:
            return self.motif, 0 if place else -1
        if within == 1:
            return self.answer, 1 if place > 1 else -1
        if place >= 4 and place == total - 2:
            return self.push, -1
        return self.motif, 0


def _lay_rhythm(plan: Plan, spec: MelodySpec, bars: list[BarPlan]) -> list[_Slot]:
    rhythm = _Rhythm(plan, spec, bars)
    slots: list[_Slot] = []
    total = len(bars)
    for place, bar in enumerate(bars):
        text, model = rhythm.bar(place, total)
        steps, held = lay_steps(text, bar_qn=bar.bar_qn)
        if held and slots:
            last = slots[-1]
            if last.tick + last.duration_tick == bar.start_tick:
                longer = last.duration_tick + round(held * DEFAULT_RESOLUTION)
                slots[-1] = _Slot(last.tick, longer, last.bar, last.model_bar, last.place)
        ends = place % 4 == 3 or place == total - 1
        for k, step in enumerate(steps):
            slots.append(
                _Slot(
                    bar.start_tick + round(step.onset_qn * DEFAULT_RESOLUTION),
                    max(1, round(step.duration_qn * DEFAULT_RESOLUTION)),
                    place,
                    model,
                    k,
                    ends and k == len(steps) - 1,
                    place == total - 1 and k == len(steps) - 1,
                )
            )
    return slots


def _strong(tick: int, bar: BarPlan) -> bool:
    position = Fraction(tick - bar.start_tick, DEFAULT_RESOLUTION)
    beat = Fraction(0)
    beats = bar.metre.beats_qn
    for k, length in enumerate(beats):
        if position == beat:
            return k == 0 or len(beats) < 4 or k % 2 == 0
        beat += length
    return False


def _arch(place: float, kind: str, low: int, high: int) -> float:
    """Return the pitch that the arch of a section asks for at a place from 0 to 1."""
    span = high - low
    base, top = (0.5, 0.95) if kind in ("chorus", "solo") else (0.35, 0.76)
    if kind == "bridge":
        base, top = 0.42, 0.88
    peak = 0.62
    rise = place / peak if place < peak else (1.0 - place) / (1.0 - peak)
    wave = 0.1 * np.sin(place * 4 * np.pi)
    return float(low + span * (base + (top - base) * rise + wave))


def _scales(
    plan: Plan, spec: MelodySpec, chord_pcs: tuple[int, ...], scale: tuple[int, ...]
) -> tuple[int, ...]:
    """Return the tones that the style likes to sing: its own scale where it names one."""
    name = _IN_MINOR.get(spec.scale, spec.scale) if plan.key.is_minor else spec.scale
    if name in SCALES:
        own = tuple((plan.key.tonic_pc + step) % 12 for step in SCALES[name])
        return tuple(sorted({*own, *chord_pcs}))
    return scale


def _avoid(chord_pcs: tuple[int, ...], scale: tuple[int, ...]) -> tuple[int, ...]:
    """Return scale tones a semitone above a chord tone: harsh when held."""
    return tuple(pc for pc in scale if pc not in chord_pcs and (pc - 1) % 12 in chord_pcs)


def _tune_notes(
    plan: Plan, spec: MelodySpec, slots: list[_Slot], bars: list[BarPlan], closes: bool
) -> list[TuneNote]:
    first: dict[tuple[int, int], int] = {}
    for index, slot in enumerate(slots):
        first.setdefault((slot.bar, slot.place), index)
    start, end = bars[0].start_tick, bars[-1].end_tick
    notes = []
    for slot in slots:
        bar = bars[slot.bar]
        chord = plan.span_at(slot.tick).chord
        scale = chord_scale(chord, plan.key) if chord.pcs else plan.key.pcs
        pcs = chord.pcs or plan.key.pcs
        core = pcs[:4]
        final: tuple[int, ...] = ()
        if slot.ends_section:
            tonic = plan.key.tonic_pc
            final = (tonic,) if closes and tonic in pcs else core[:3]
        elif slot.ends_phrase:
            final = core[1:] or core
        model = first.get((slot.model_bar, slot.place), -1) if slot.place else -1
        notes.append(
            TuneNote(
                chord_pcs=core,
                scale_pcs=tuple(scale),
                favoured_pcs=_scales(plan, spec, core, tuple(scale)),
                avoid_pcs=_avoid(pcs, tuple(scale)),
                is_strong=_strong(slot.tick, bar),
                is_long=slot.duration_tick >= DEFAULT_RESOLUTION,
                goal=_arch((slot.tick - start) / (end - start), bar.kind, spec.low, spec.high),
                model=model,
                final=final,
                starts_phrase=slot.place == 0 and slot.bar % 4 == 0,
            )
        )
    return notes


def _section_tune(
    plan: Plan, spec: MelodySpec, bars: list[BarPlan], closes: bool
) -> tuple[list[_Slot], list[int]]:
    slots = _lay_rhythm(plan, spec, bars)
    notes = _tune_notes(plan, spec, slots, bars, closes)
    best: list[int] = []
    best_score = -np.inf
    for k in range(_CANDIDATES):
        rng = rng_for(plan.seed, "melody", bars[0].label, k)
        pitches = find_tune(notes, low=spec.low, high=spec.high, rng=rng)
        score = judge_tune(pitches, low=spec.low, high=spec.high)
        if score > best_score:
            best, best_score = pitches, score
    return slots, best


def write_melody(plan: Plan, spec: MelodySpec) -> list[Stroke]:
    """Return a melody for a whole plan.

    Parameters
    ----------
    plan : Plan
    spec : MelodySpec
        Range, rhythms and scale of the style.

    Returns
    -------
    list of Stroke
        One voice, in order, every pitch within ``spec.low`` to ``spec.high``.

    Examples
    --------
    >>> import motet
    >>> plan = motet.arrange("| C | F | G | C |", style="bossa", key="C", seed=1).piece.plan
    >>> tune = write_melody(plan, plan.style.melody)
    >>> tune[-1].tick == plan.bars[-1].start_tick, tune[-1].pitch % 12
    (True, 0)
    """
    sections: dict[int, list[BarPlan]] = {}
    for bar in plan.bars:
        if not bar.is_ending:
            sections.setdefault(bar.section, []).append(bar)
    strokes: list[Stroke] = []
    tunes: dict[tuple[object, ...], tuple[list[_Slot], list[int], int]] = {}
    numbers = sorted(sections)
    for number in numbers:
        bars = sections[number]
        kind = bars[0].kind
        if kind in _SILENT and len(numbers) > 1:
            continue
        if kind == "outro" and len(numbers) > 1:
            strokes += _recall(plan, bars, tunes)
            continue
        start = bars[0].start_tick
        symbols = tuple(
            (span.start_tick - start, span.chord.symbol)
            for span in plan.harmony
            if span.start_tick < bars[-1].end_tick and span.end_tick > start
        )
        key = (bars[0].label, len(bars), symbols)
        if key not in tunes:
            closes = kind != "pre"
            slots, pitches = _section_tune(plan, spec, bars, closes)
            tunes[key] = (slots, pitches, start)
        slots, pitches, origin = tunes[key]
        line = _sing(plan, slots, pitches, start - origin)
        strokes += line if start == origin else _ornament(plan, line, bars[0])
    strokes += _last_note(plan, spec, strokes)
    return _lead_in(plan, spec, sorted(strokes, key=lambda stroke: stroke.tick))


def _sing(plan: Plan, slots: list[_Slot], pitches: list[int], shift: int) -> list[Stroke]:
    out = []
    for slot, pitch in zip(slots, pitches, strict=True):
        tick = slot.tick + shift
        bar = plan.bar_at(tick)
        velocity = 84 + 4 * (bar.intensity - 3) + (6 if _strong(tick, bar) else 0)
        velocity += round((pitch - 67) * 0.5)
        out.append(Stroke(tick, slot.duration_tick, pitch, min(120, max(40, velocity))))
    return out


def _ornament(plan: Plan, line: list[Stroke], bar: BarPlan) -> list[Stroke]:
    """Return a tune sung again: some thirds between long notes are filled with a passing tone."""
    rng = rng_for(plan.seed, "ornament", bar.section)
    out: list[Stroke] = []
    for stroke, following in zip(line, [*line[1:], None], strict=True):
        draw = rng.random()
        out.append(stroke)
        if following is None or stroke.duration_tick < DEFAULT_RESOLUTION or draw > 0.5:
            continue
        joined = stroke.tick + stroke.duration_tick == following.tick
        if not joined or abs(following.pitch - stroke.pitch) not in (3, 4):
            continue
        chord = plan.span_at(following.tick - 1).chord
        scale = chord_scale(chord, plan.key) if chord.pcs else plan.key.pcs
        low, high = sorted((stroke.pitch, following.pitch))
        between = [pitch for pitch in range(low + 1, high) if pitch % 12 in scale]
        if not between:
            continue
        half = DEFAULT_RESOLUTION // 2
        out[-1] = Stroke(stroke.tick, stroke.duration_tick - half, stroke.pitch, stroke.velocity)
        out.append(Stroke(following.tick - half, half, between[0], stroke.velocity - 6))
    return out


def _recall(
    plan: Plan,
    bars: list[BarPlan],
    tunes: dict[tuple[object, ...], tuple[list[_Slot], list[int], int]],
) -> list[Stroke]:
    """Return the head of the first tune where the outro's first two bars have the same chords."""
    if not tunes or len(bars) < 2:
        return []
    slots, pitches, origin = next(iter(tunes.values()))
    shift = bars[0].start_tick - origin
    out = []
    for slot, pitch in zip(slots, pitches, strict=True):
        tick = slot.tick + shift
        if slot.bar >= min(2, len(bars)) or tick >= bars[-1].end_tick:
            break
        chord = plan.span_at(tick).chord
        scale = chord_scale(chord, plan.key) if chord.pcs else plan.key.pcs
        if pitch % 12 not in scale:
            return []
        if (
            slot.duration_tick >= 480
            and _strong(tick, plan.bar_at(tick))
            and pitch % 12 not in chord.pcs
        ):
            return []
        out.append(Stroke(tick, slot.duration_tick, pitch, 76))
    return out


def _last_note(plan: Plan, spec: MelodySpec, strokes: list[Stroke]) -> list[Stroke]:
    ending = plan.bars[-1]
    if not ending.is_ending or not strokes:
        return []
    chord = plan.span_at(ending.start_tick).chord
    last = strokes[-1].pitch
    pcs = (plan.key.tonic_pc,) if plan.key.tonic_pc in chord.pcs else chord.pcs[:3]
    options = [p for p in range(spec.low, spec.high + 1) if p % 12 in pcs]
    if not options:
        return []
    pitch = min(options, key=lambda p: (abs(p - last), p))
    length = ending.duration_tick if plan.style.ending != "stab" else min(240, ending.duration_tick)
    return [Stroke(ending.start_tick, length, pitch, 80)]


def _lead_in(plan: Plan, spec: MelodySpec, strokes: list[Stroke]) -> list[Stroke]:
    """Add a short run of scale tones into sections that start after a silence."""
    out = list(strokes)
    ends = {stroke.tick: stroke for stroke in strokes}
    for bar in plan.bars[1:]:
        first = ends.get(bar.start_tick)
        if bar.bar_in_section != 0 or first is None or bar.is_ending:
            continue
        before = [s for s in strokes if s.tick < bar.start_tick]
        sounding_to = before[-1].tick + before[-1].duration_tick if before else 0
        rng = rng_for(plan.seed, "lead-in", bar.label)
        count = int(rng.integers(0, 4))
        start = bar.start_tick - 240 * count
        if count == 0 or sounding_to > start - 120:
            continue
        scale = plan.key.pcs
        ladder = [p for p in range(spec.low, spec.high + 1) if p % 12 in scale and p != first.pitch]
        below = [p for p in ladder if p < first.pitch][-count:]
        above = [p for p in ladder if p > first.pitch][:count][::-1]
        run = below if len(below) == count else above
        out += [
            Stroke(start + 240 * k, 240, pitch, 70 + 4 * k)
            for k, pitch in enumerate(run if len(run) == count else [])
        ]
    return sorted(out, key=lambda stroke: stroke.tick)
