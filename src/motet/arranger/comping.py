"""Comping: chords, strums and broken chords, voice-led from bar to bar; horn stabs are the same.

Conventions: one voicing a chord span, chosen with the least movement from the one before; a stroke
that would sound over a chord change is struck again there with the new chord.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from motet.arranger.bass import write_bass
from motet.arranger.plan import BarPlan, HarmonySpan, Plan, Stroke, rng_for
from motet.arranger.steps import PlacedStep, lay_layer, matching_layers, pick_variant
from motet.arranger.style import Layer, PartSpec
from motet.errors import MotetError
from motet.theory.chord import Chord
from motet.theory.instrument import find_instrument
from motet.theory.voicing import voice_chord

__all__ = ["Voicings", "voice_within", "write_comping"]

_VELOCITY = {
    "X": 98, "x": 82, "o": 62, "D": 96, "d": 80, "U": 86, "u": 70, "m": 40, "t": 74, "b": 80,
    "P": 96, "p": 84,
}  # fmt: skip
_STRUM_TICK = 14
_EARLY = frozenset("Pp")


@dataclass
class Voicings:
    """The voicing of every chord span of a plan for one part, each led from the one before."""

    plan: Plan
    spec: PartSpec

    def __post_init__(self) -> None:
        self._found: dict[int, tuple[int, ...]] = {}
        self._memory: dict[tuple[str, str], tuple[int, ...]] = {}
        previous: tuple[int, ...] = ()
        for span in self.plan.harmony:
            voiced = self._voice(span, previous)
            self._found[span.start_tick] = voiced
            previous = voiced or previous

    def _voice(self, span: HarmonySpan, previous: tuple[int, ...]) -> tuple[int, ...]:
        chord = span.chord
        if not chord.pcs:
            return ()
        bar = self.plan.bar_at(span.start_tick)
        if span.start_tick == bar.start_tick and bar.bar_in_section == 0:
            previous = self._memory.get((bar.label, chord.symbol), previous)
        rubs = self.plan.rubs.get(span.start_tick, ())
        voiced = voice_within(chord, self.spec, previous, avoid=rubs)
        if bar.bar_in_section == 0:
            self._memory.setdefault((bar.label, chord.symbol), voiced)
        return voiced

    def at(self, span: HarmonySpan) -> tuple[int, ...]:
        """Return the voicing of a span, ascending; empty where there is no chord."""
        return self._found.get(span.start_tick, ())


def voice_within(
    chord: Chord, spec: PartSpec, previous: tuple[int, ...], *, avoid: tuple[int, ...] = ()
) -> tuple[int, ...]:
    """Return a voicing in the part's range; a plain close one where its own kind does not fit.

    Pitch classes in `avoid` are left out.

    Examples
    --------
    >>> from motet.theory.chord import parse_chord
    >>> spec = PartSpec(name="Piano", name_zh="钢琴", role="comping", instrument="Piano", program=0)
    >>> sorted(pitch % 12 for pitch in voice_within(parse_chord("Am"), spec, ()))
    [0, 4, 9, 9]
    """
    for kind in (spec.voicing, "close", "triad"):
        try:
            return voice_chord(
                chord,
                low=spec.low,
                high=spec.high,
                n_voices=spec.n_voices,
                kind=kind,
                previous=previous,
                avoid=avoid,
            )
        except MotetError:
            continue
    pitches = [p for p in range(spec.low, spec.high + 1) if p % 12 in chord.pcs]
    return tuple(pitches[: spec.n_voices])


def _layer_steps(
    plan: Plan, spec: PartSpec, bar: BarPlan, bass: bool
) -> list[tuple[Layer, list[PlacedStep]]]:
    found = []
    for layer in matching_layers(bar.groove.layers, bar.intensity, spec.name):
        if (layer.layer == "bass") != bass:
            continue
        rng = rng_for(plan.seed, spec.name, layer.layer, bar.label)
        pattern = pick_variant(layer, bar, rng)
        found.append((layer, list(lay_layer(pattern, bar, groove=bar.groove))))
    return found


def write_comping(plan: Plan, spec: PartSpec) -> list[Stroke]:
    """Return the strokes of a part that plays chords, strums, broken chords or stabs.

    Parameters
    ----------
    plan : Plan
    spec : PartSpec
        Its rows in the grooves are played; a row ``"name:bass"`` is its left hand.

    Returns
    -------
    list of Stroke
        In no order; every pitch within the part's range, but a left hand may go two octaves below,
        and a broken chord an octave above where the instrument can.

    Examples
    --------
    >>> import motet
    >>> plan = motet.arrange("| C | F |", style="pop", bars=2, seed=1).piece.plan
    >>> piano = next(spec for spec in plan.style.parts if spec.role == "comping")
    >>> {s.pitch % 12 for s in write_comping(plan, piano) if s.tick >= plan.bars[1].start_tick}
    {0, 9, 5}
    """
    voicings = Voicings(plan, spec)
    strokes: list[Stroke] = []
    by_layer: dict[str, list[PlacedStep]] = {}
    left: list[PlacedStep] = []
    for bar in plan.bars:
        if not plan.plays(spec, bar):
            continue
        if bar.is_ending:
            strokes += _ending(plan, spec, voicings, bar)
            if "bass" in {layer.layer for layer in _layers_of(plan, spec)}:
                left.append(PlacedStep(bar.start_tick, plan.ending_tick(bar), "R", bar.index))
            continue
        for layer, steps in _layer_steps(plan, spec, bar, False):
            by_layer.setdefault(layer.layer, []).extend(steps)
        for _, steps in _layer_steps(plan, spec, bar, True)[:1]:
            left += steps
    for name in sorted(by_layer):
        strokes += _play(plan, spec, voicings, by_layer[name])
    if left:
        low, high = max(28, spec.low - 24), max(48, spec.low + 2)
        lower = PartSpec(
            name=spec.name, name_zh=spec.name_zh, role=spec.role, instrument=spec.instrument,
            program=spec.program, low=low, high=high, velocity=spec.velocity - 12,
        )  # fmt: skip
        strokes += write_bass(plan, lower, steps=left, low=low, high=high)
    return strokes


def _layers_of(plan: Plan, spec: PartSpec) -> list[Layer]:
    grooves = {bar.groove.name: bar.groove for bar in plan.bars}.values()
    return [layer for groove in grooves for layer in groove.layers if layer.owner == spec.name]


def _ending(plan: Plan, spec: PartSpec, voicings: Voicings, bar: BarPlan) -> list[Stroke]:
    velocity = min(120, 74 + 6 * bar.intensity + spec.velocity)
    out: list[Stroke] = []
    for span in plan.harmony:
        start, end = max(span.start_tick, bar.start_tick), min(span.end_tick, bar.end_tick)
        if start >= end:
            continue
        length = min(end - start, plan.ending_tick(bar))
        out += _strum(list(voicings.at(span)), start, length, velocity)
    return out


def _play(plan: Plan, spec: PartSpec, voicings: Voicings, steps: list[PlacedStep]) -> list[Stroke]:
    out: list[Stroke] = []
    sounding: list[int] = []
    sounding_chord: Chord | None = None
    for step in steps:
        bar = plan.bars[step.bar]
        span = plan.span_at(step.tick)
        if step.sign == "-":
            ended = bool(out) and out[-1].tick + out[-1].duration_tick >= step.tick - 30
            if sounding and ended and sounding_chord == span.chord:
                for k in sounding:
                    old = out[k]
                    longer = step.tick + step.duration_tick - old.tick
                    out[k] = replace(old, duration_tick=longer)
            continue
        if step.sign in _EARLY:
            span = plan.early_span(step.tick)
        segments = [(span, step.tick, step.duration_tick)]
        if step.sign not in _EARLY:
            segments = _segments(plan, step)
        for k, (one, tick, length) in enumerate(segments):
            before = len(out)
            soft = -10 if k else 0
            out += _strike(spec, voicings.at(one), step.sign, tick, length, bar, soft)
            sounding, sounding_chord = list(range(before, len(out))), one.chord
    return out


def _segments(plan: Plan, step: PlacedStep) -> list[tuple[HarmonySpan, int, int]]:
    """Split a stroke where the chord changes under it, unless less than an eighth note is left."""
    found: list[tuple[HarmonySpan, int, int]] = []
    tick, end = step.tick, step.tick + step.duration_tick
    while tick < end:
        span = plan.span_at(tick)
        stop = min(end, span.end_tick) if span.end_tick > tick else end
        if found and end - tick < 240:
            break
        found.append((span, tick, stop - tick))
        tick = stop
    return found


def _strike(
    spec: PartSpec,
    voiced: tuple[int, ...],
    sign: str,
    tick: int,
    length: int,
    bar: BarPlan,
    soft: int,
) -> list[Stroke]:
    if not voiced:
        return []
    velocity = _VELOCITY.get(sign, 78) + spec.velocity + soft + 4 * (bar.intensity - 3)
    velocity = min(127, max(16, velocity))
    pitches = list(voiced)
    if sign.isdigit():
        index = int(sign) - 1
        octave, place = divmod(index, len(voiced))
        top = max(spec.high, min(spec.high + 12, find_instrument(spec.instrument).high))
        pitch = voiced[place] + 12 * octave
        pitches = [pitch - 12 * max(0, -((top - pitch) // 12))]
    elif sign == "t":
        pitches = pitches[-2:] if len(pitches) > 2 else pitches[-1:]
    elif sign == "b":
        pitches = pitches[:1]
    if sign in "dD":
        return _strum(pitches, tick, length, velocity)
    if sign in "uU":
        return _strum(list(reversed(pitches[-4:])), tick, length, velocity)
    if sign == "m":
        return [Stroke(tick, min(length, 50), pitch, velocity) for pitch in pitches[:3]]
    return [Stroke(tick, length, pitch, velocity) for pitch in pitches]


def _strum(pitches: list[int], tick: int, length: int, velocity: int) -> list[Stroke]:
    gap = min(_STRUM_TICK, max(1, length // (3 * max(1, len(pitches)))))
    return [
        Stroke(tick, length, pitch, max(12, velocity - 3 * k), k * gap)
        for k, pitch in enumerate(pitches)
    ]
