"""Drums: rows of the groove, fills at section ends, crashes at section starts, the last stroke.

Conventions: pitches are General MIDI percussion keys; velocities come from signs and intensity. A
fill replaces the groove from its first stroke on, but the kick goes on under it when the fill leaves
the kick alone.
"""

from __future__ import annotations

from motet.arranger.pattern import lay_steps
from motet.arranger.plan import BarPlan, Plan, Stroke, rng_for
from motet.arranger.steps import PlacedStep, lay_layer, matching_layers, pick_variant
from motet.arranger.style import Fill
from motet.theory.general_midi import drum_key
from motet.units import DEFAULT_RESOLUTION

__all__ = ["write_drums"]

_VELOCITY = {"X": 112, "x": 92, "o": 66, "g": 40, "f": 98, "r": 74}
_SOFTER = {"closed_hat": -14, "ride": -12, "shaker": -22, "tambourine": -16, "pedal_hat": -18}
_MINIMUM = 12
_FLAM_TICK = 22


def _velocity(row: str, sign: str, intensity: int) -> int:
    level = _VELOCITY[sign] + _SOFTER.get(row, 0) + 5 * (intensity - 3)
    return min(127, max(_MINIMUM, level))


def _strokes(row: str, step: PlacedStep, intensity: int) -> list[Stroke]:
    key = drum_key(row)
    loud = _velocity(row, step.sign, intensity)
    if step.sign == "f":
        grace = Stroke(step.tick, 20, key, max(_MINIMUM, loud - 45), -_FLAM_TICK)
        return [grace, Stroke(step.tick, 60, key, loud)]
    if step.sign == "r":
        count = max(2, round(step.duration_tick / 60))
        gap = step.duration_tick / count
        return [
            Stroke(
                step.tick + round(gap * k),
                max(20, round(gap * 0.9)),
                key,
                min(127, loud - 18 + round(30 * k / count)),
            )
            for k in range(count)
        ]
    return [Stroke(step.tick, 60, key, loud)]


def _choose_fill(plan: Plan, bar: BarPlan) -> Fill | None:
    """Return a fill of the bar's length, else one that can be set against its end."""
    loud_enough = [
        fill for fill in plan.style.fills if fill.levels[0] <= bar.intensity <= fill.levels[1]
    ]
    fits = [fill for fill in loud_enough if fill.bar_qn == bar.bar_qn] or loud_enough
    if not fits:
        return None
    rng = rng_for(plan.seed, "fill", bar.section, bar.index)
    return fits[int(rng.integers(0, len(fits)))]


def _lay_fill(text: str, fill: Fill, bar: BarPlan) -> list[PlacedStep]:
    """Return the steps of a fill, ending where the bar ends; what comes before the bar is cut."""
    steps, _ = lay_steps(text, bar_qn=fill.bar_qn)
    shift = bar.bar_qn - fill.bar_qn
    return [
        PlacedStep(
            bar.start_tick + round((step.onset_qn + shift) * DEFAULT_RESOLUTION),
            round(step.duration_qn * DEFAULT_RESOLUTION),
            step.sign,
            bar.index,
        )
        for step in steps
        if step.onset_qn + shift >= 0
    ]


def _fill_strokes(fill: Fill, bar: BarPlan) -> tuple[list[tuple[str, Stroke]], int]:
    placed: list[tuple[str, Stroke]] = []
    start = bar.end_tick
    for layer in fill.rows:
        for step in _lay_fill(layer.patterns[0][0], fill, bar):
            start = min(start, step.tick)
            placed += [
                (layer.owner, stroke) for stroke in _strokes(layer.owner, step, bar.intensity)
            ]
    return placed, start


def _ending(plan: Plan, bar: BarPlan, rows: set[str]) -> list[Stroke]:
    tick = bar.start_tick
    strokes = []
    if "kick" in rows:
        strokes.append(Stroke(tick, 60, drum_key("kick"), 100))
    if rows & {"snare", "kick"} and bar.intensity >= 2:
        strokes.append(Stroke(tick, 60, drum_key("crash"), 76 + 8 * bar.intensity))
    if not strokes:
        first = sorted(rows)[0] if rows else "triangle"
        strokes.append(Stroke(tick, 60, drum_key(first), 70))
    if plan.style.ending == "stab":
        strokes = [
            Stroke(tick, 60, stroke.pitch, min(127, stroke.velocity + 8)) for stroke in strokes
        ]
    return strokes


def write_drums(plan: Plan) -> list[Stroke]:
    """Return the drum strokes of a whole plan.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    list of Stroke
        In no order; pitches are General MIDI percussion keys.

    Examples
    --------
    >>> import motet
    >>> score = motet.arrange("| C | F | G | C |", style="rock", seed=1).score
    >>> sorted({note.pitch for note in score.part("Drums").notes})[:2]
    [36, 38]
    """
    strokes: list[Stroke] = []
    for bar in plan.bars:
        layers = matching_layers(bar.groove.drums, bar.intensity)
        rows = {layer.owner for layer in bar.groove.drums}
        if not rows:
            continue
        if bar.is_ending:
            strokes += _ending(plan, bar, rows)
            continue
        fill_from = bar.end_tick
        fill_rows: set[str] = set()
        if bar.is_fill:
            fill = _choose_fill(plan, bar)
            if fill is not None:
                placed, fill_from = _fill_strokes(fill, bar)
                fill_rows = {row for row, _ in placed}
                strokes += [stroke for _, stroke in placed]
        crash = _wants_crash(plan, bar)
        for layer in layers:
            rng = rng_for(plan.seed, "drums", layer.owner, bar.label)
            pattern = pick_variant(layer, bar, rng)
            keeps = layer.owner in {"kick", "pedal_hat"} and layer.owner not in fill_rows
            for step in lay_layer(pattern, bar, groove=bar.groove):
                if step.sign == "-" or (step.tick >= fill_from and not keeps):
                    continue
                if crash and step.tick == bar.start_tick and layer.owner in {"closed_hat", "ride"}:
                    continue
                strokes += _strokes(layer.owner, step, bar.intensity)
        if crash:
            strokes.append(Stroke(bar.start_tick, 60, drum_key("crash"), 78 + 8 * bar.intensity))
    return strokes


def _wants_crash(plan: Plan, bar: BarPlan) -> bool:
    """Whether a section starts here, played strongly, on a drum kit, with a fill before it."""
    rows = {layer.owner for layer in bar.groove.drums}
    if bar.bar_in_section != 0 or bar.index == 0 or "snare" not in rows or "kick" not in rows:
        return False
    return bar.intensity >= 3 and plan.bars[bar.index - 1].is_fill
