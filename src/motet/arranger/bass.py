"""Bass: the groove's degrees turned into pitches under the chords, with approaches and walking.

Conventions: the first note at or after a chord change plays the chord's bass note whatever degree the
pattern says, so that patterns written over one chord serve any harmony.
"""

from __future__ import annotations

from dataclasses import replace

from motet.arranger.plan import BarPlan, HarmonySpan, Plan, Stroke, rng_for
from motet.arranger.steps import PlacedStep, lay_layer, matching_layers, pick_variant
from motet.arranger.style import PartSpec
from motet.arranger.walking import WalkStep, walk
from motet.theory.chord import Chord
from motet.theory.chord_scale import chord_scale

__all__ = ["write_bass"]

_VELOCITY = {"R": 94, "8": 92, "5": 86, "l": 84, "x": 44, "r": 70, "w": 86, "p": 92}
_DEGREE = {"3": (3, 4, 5, 2), "7": (10, 11, 9), "6": (9, 8), "2": (2, 1), "4": (5, 6)}


def _nearest(pc: int, target: float, low: int, high: int) -> int:
    """Return the pitch of a pitch class in range that is nearest to a target."""
    options = [pitch for pitch in range(low, high + 1) if pitch % 12 == pc % 12]
    if not options:
        return min(high, max(low, low + (pc - low) % 12))
    return min(options, key=lambda pitch: (abs(pitch - target), pitch))


class _BassLine:
    """State that lives while a line is written: the pitch before, and the range."""

    def __init__(self, plan: Plan, spec: PartSpec, low: int, high: int) -> None:
        self.plan = plan
        self.low, self.high = low, high
        self.centre = low + 0.38 * (high - low)
        self.last = self.centre
        self.root = round(self.centre)
        self.spec = spec

    def root_of(self, chord: Chord) -> int:
        """Return the bass note of a chord near the middle of the range and the note before."""
        target = 0.45 * self.last + 0.55 * self.centre
        return _nearest(chord.bass_pc, target, self.low, min(self.high, self.low + 17))

    def pitch(self, step: PlacedStep, chord: Chord, is_new: bool) -> int:
        """Return the pitch of one step."""
        sign = step.sign
        if is_new and sign in "Rr85l37624sa":
            self.root = self.root_of(chord)
            return self.root
        if sign == "x" and is_new:
            return self.root_of(chord)
        if sign in "Rrx":
            return self.root
        if sign == "p":
            coming = self.plan.early_span(step.tick).chord
            return self.root_of(coming if coming.pcs else chord)
        if sign == "8":
            return self.root + 12 if self.root + 12 <= self.high else self.root
        if sign == "5":
            pc = chord.fifth_pc if chord.fifth_pc >= 0 else chord.root_pc
            up = self.root + (pc - self.root) % 12
            return up if up <= min(self.high, self.centre + 14) else up - 12
        if sign == "l":
            pc = chord.fifth_pc if chord.fifth_pc >= 0 else chord.root_pc
            down = self.root - (self.root - pc) % 12
            return down if down >= self.low else down + 12
        if sign in "as":
            return self.approach(step, sign, chord)
        return self.degree(sign, chord)

    def approach(self, step: PlacedStep, sign: str, chord: Chord) -> int:
        """Return a note that leads by a step to the next chord's bass note."""
        coming = self.plan.next_span(step.tick + step.duration_tick - 1).chord
        if self.plan.span_at(step.tick + step.duration_tick).chord == chord:
            coming = chord
        goal = self.root_of(coming) if coming.pcs else self.root
        if sign == "s":
            scale = chord_scale(chord, self.plan.key)
            options = [goal + shift for shift in (-2, -1, 1, 2) if (goal + shift) % 12 in scale]
        else:
            options = [goal - 1, goal + 1]
        inside = [pitch for pitch in options if self.low <= pitch <= self.high] or [self.root]
        return min(inside, key=lambda pitch: (abs(pitch - self.last), -pitch))

    def degree(self, sign: str, chord: Chord) -> int:
        """Return a degree of the chord, or of its scale where the chord has none."""
        wanted = _DEGREE.get(sign, (0, 0))
        pcs = {(pc - chord.root_pc) % 12 for pc in chord.pcs}
        scale = {(pc - chord.root_pc) % 12 for pc in chord_scale(chord, self.plan.key)}
        shift = next((w for w in wanted if w in pcs), None)
        if shift is None:
            shift = next((w for w in wanted if w in scale), wanted[0])
        up = self.root + (chord.root_pc + shift - self.root) % 12
        if up > self.high:
            up -= 12
        return max(self.low, up)


def _gather(plan: Plan, spec: PartSpec) -> list[PlacedStep]:
    """Return the steps of the bass's layers over all bars, ``-`` at a bar's start included."""
    steps: list[PlacedStep] = []
    for bar in plan.bars:
        if not plan.plays(spec, bar):
            continue
        if bar.is_ending:
            steps.append(PlacedStep(bar.start_tick, plan.ending_tick(bar), "R", bar.index))
            continue
        for layer in matching_layers(bar.groove.layers, bar.intensity, spec.name)[:1]:
            rng = rng_for(plan.seed, spec.name, layer.layer, bar.label)
            pattern = pick_variant(layer, bar, rng)
            steps += lay_layer(pattern, bar, groove=bar.groove)
    return steps


def _cut_at_changes(plan: Plan, steps: list[PlacedStep]) -> list[PlacedStep]:
    """Split steps that sound over a chord change: the new chord's bass is struck there."""
    out: list[PlacedStep] = []
    for step in steps:
        tick, end = step.tick, step.tick + step.duration_tick
        sign = step.sign
        while sign not in "px":
            span = plan.span_at(tick)
            if span.end_tick >= end or span.end_tick <= tick:
                break
            out.append(PlacedStep(tick, span.end_tick - tick, sign, step.bar))
            tick, sign = span.end_tick, "-" if sign == "-" else "R"
        out.append(PlacedStep(tick, end - tick, sign, step.bar))
    return out


def write_bass(
    plan: Plan,
    spec: PartSpec,
    *,
    steps: list[PlacedStep] | None = None,
    low: int | None = None,
    high: int | None = None,
) -> list[Stroke]:
    """Return the strokes of a bass part (or a left hand) over a whole plan.

    Parameters
    ----------
    plan : Plan
    spec : PartSpec
        The part: its name finds its rows in the grooves, its range bounds the pitches.
    steps : list of PlacedStep or None
        Steps to play in place of the part's own rows.
    low, high : int or None, MIDI numbers
        Range in place of the part's.

    Returns
    -------
    list of Stroke
        One voice, in order; every pitch within the range.

    Examples
    --------
    >>> import motet
    >>> plan = motet.arrange("| C/E | F |", style="rock", bars=2, seed=1).piece.plan
    >>> spec = next(part for part in plan.style.parts if part.role == "bass")
    >>> write_bass(plan, spec)[0].pitch % 12
    4
    """
    low = spec.low if low is None else low
    high = spec.high if high is None else high
    line = _BassLine(plan, spec, low, high)
    placed = _cut_at_changes(plan, _gather(plan, spec) if steps is None else steps)
    strokes: list[Stroke] = []
    k = 0
    heard: HarmonySpan | None = None
    while k < len(placed):
        step = placed[k]
        span = plan.span_at(step.tick)
        if step.sign == "-" and _sounds_into(strokes, step) and span.chord.pcs:
            if heard is not None and heard.chord == span.chord:
                longer = strokes[-1].duration_tick + step.duration_tick
                strokes[-1] = replace(strokes[-1], duration_tick=longer)
            else:
                step = replace(step, sign="R")
        if step.sign == "-" or not span.chord.pcs:
            k += 1
            continue
        if step.sign == "w":
            run = k
            while run < len(placed) and placed[run].sign == "w":
                run += 1
            pitches = _walk_run(plan, line, placed, k, run)
            for one, pitch in zip(placed[k:run], pitches, strict=True):
                if plan.span_at(one.tick).chord.pcs:
                    strokes.append(_stroke(plan, one, pitch, spec))
            line.last = pitches[-1]
            heard = plan.span_at(placed[run - 1].tick)
            line.root = line.root_of(heard.chord)
            k = run
            continue
        pitch = line.pitch(step, span.chord, heard != span)
        if step.sign == "p":
            line.root, heard = pitch, plan.early_span(step.tick)
        elif step.sign != "x":
            heard = span
        strokes.append(_stroke(plan, step, pitch, spec))
        line.last = pitch
        k += 1
    return strokes


def _sounds_into(strokes: list[Stroke], step: PlacedStep) -> bool:
    """Whether the note before lasts until a step begins."""
    return bool(strokes) and strokes[-1].tick + strokes[-1].duration_tick == step.tick


def _stroke(plan: Plan, step: PlacedStep, pitch: int, spec: PartSpec) -> Stroke:
    bar = plan.bars[step.bar]
    velocity = _VELOCITY.get(step.sign, 84) + spec.velocity + 4 * (bar.intensity - 3)
    if step.tick == bar.start_tick:
        velocity += 4
    length = step.duration_tick
    if step.sign == "x":
        length = min(length, 60)
    return Stroke(step.tick, max(1, length), pitch, min(127, max(20, velocity)))


def _walk_run(
    plan: Plan, line: _BassLine, placed: list[PlacedStep], start: int, stop: int
) -> list[int]:
    """Return the pitches of a run of walking steps, aiming at the fixed note after it."""
    steps = []
    heard = -1
    for k in range(start, stop):
        step = placed[k]
        span = plan.span_at(step.tick)
        chord = span.chord
        following = placed[k + 1].tick if k + 1 < len(placed) else plan.end_tick
        after = plan.span_at(min(following, plan.end_tick - 1))
        leads = after.start_tick != span.start_tick and bool(after.chord.pcs)
        bar: BarPlan = plan.bars[step.bar]
        beat = (step.tick - bar.start_tick) % 960 == 0
        is_start = heard != span.start_tick
        heard = span.start_tick
        steps.append(
            WalkStep(
                chord=chord,
                scale=chord_scale(chord, plan.key) if chord.pcs else (),
                is_chord_start=is_start and bool(chord.pcs),
                next_root_pc=after.chord.bass_pc if leads and not is_start else None,
                is_strong=beat,
            )
        )
    rng = rng_for(plan.seed, "walk", line.spec.name, placed[start].bar)
    before = None if line.last == line.centre else round(line.last)
    return walk(steps, low=line.low, high=line.high, rng=rng, start=before)
