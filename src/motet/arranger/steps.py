"""Steps of a groove laid into a planned bar, also when the bar's metre is not the groove's own.

Conventions: a groove in another metre is bent, never refused. As many beats as before (4/4 to 12/8,
2/4 to 6/8): each beat is stretched, its half falling on the third triplet. Otherwise the bar is cut at
its end, or prolonged by the beats of its second half.

Offers `PlacedStep`, `lay_layer`, `matching_layers`, `pick_variant`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

import numpy as np

from motet.arranger.pattern import Step, lay_steps
from motet.arranger.plan import BarPlan
from motet.arranger.style import Groove, Layer
from motet.score import Metre
from motet.units import DEFAULT_RESOLUTION

__all__ = ["PlacedStep", "lay_layer", "matching_layers", "pick_variant"]


@dataclass(frozen=True, slots=True)
class PlacedStep:
    """A step at its ticks in the piece. ``bar`` is the index of its bar."""

    tick: int
    duration_tick: int
    sign: str
    bar: int


def _metre_of(groove: Groove) -> Metre:
    return Metre(
        tick=0, numerator=groove.numerator, denominator=groove.denominator, groups=groove.groups
    )


_TO_TRIPLETS = (
    (Fraction(0), Fraction(0)),
    (Fraction(1, 4), Fraction(1, 3)),
    (Fraction(1, 2), Fraction(2, 3)),
    (Fraction(3, 4), Fraction(5, 6)),
    (Fraction(1), Fraction(1)),
)


def _to_triplets(share: Fraction) -> Fraction:
    """Return where a share of a beat falls when its half moves to the third triplet."""
    for (a, low), (b, high) in pairwise(_TO_TRIPLETS):
        if share <= b:
            return low + (share - a) / (b - a) * (high - low)
    return share


def _bend(steps: list[Step], unit_qn: Fraction, groove: Groove, bar: BarPlan) -> list[Step]:
    """Fit the steps of a groove's bar into a bar of another metre."""
    old, new = _metre_of(groove).beats_qn, bar.metre.beats_qn
    if len(old) == len(new):
        out = []
        for step in steps:
            start = _map_beats(step.onset_qn, unit_qn, old, new)
            end = _map_beats(step.onset_qn + step.duration_qn, unit_qn, old, new)
            out.append(Step(start, end - start, step.sign))
        return out
    old_qn, new_qn = groove.bar_qn, bar.metre.bar_qn
    out = list(steps)
    tail_from = next(edge for edge in accumulate(old, initial=Fraction(0)) if edge >= old_qn / 2)
    tail = [step for step in steps if step.onset_qn >= tail_from]
    shift = old_qn - tail_from
    while tail_from + shift < new_qn and tail_from < old_qn:
        out += [Step(step.onset_qn + shift, step.duration_qn, step.sign) for step in tail]
        shift += old_qn - tail_from
    return out


def _map_beats(
    position: Fraction, unit_qn: Fraction, old: tuple[Fraction, ...], new: tuple[Fraction, ...]
) -> Fraction:
    """Return where a position falls when each beat is stretched; a grid of triplets stays even."""
    start_old = start_new = Fraction(0)
    for beat_old, beat_new in zip(old, new, strict=True):
        if position < start_old + beat_old:
            share = (position - start_old) / beat_old
            is_triplet = (beat_old / unit_qn) % 3 == 0
            if beat_new * 2 == beat_old * 3 and not is_triplet:
                share = _to_triplets(share)
            return start_new + share * beat_new
        start_old += beat_old
        start_new += beat_new
    return start_new


def lay_layer(pattern: tuple[str, ...], bar: BarPlan, *, groove: Groove) -> tuple[PlacedStep, ...]:
    """Return the steps of one pattern in one planned bar.

    Parameters
    ----------
    pattern : tuple of str
        Bars of steps; which one sounds goes by the bar's place in its section.
    bar : BarPlan
    groove : Groove
        The groove that the pattern is part of.

    Returns
    -------
    tuple of PlacedStep
        A leading ``-`` comes back as a step with sign ``-`` at the bar's start.

    Examples
    --------
    >>> import motet
    >>> bar = motet.arrange("| C |", style="bossa", bars=2, seed=1).piece.plan.bars[0]
    >>> [(step.tick, step.sign) for step in lay_layer(("x.o.",), bar, groove=bar.groove)]
    [(0, 'x'), (960, 'o')]
    """
    text = pattern[bar.bar_in_section % len(pattern)]
    steps, held_qn = lay_steps(text, bar_qn=groove.bar_qn)
    fitted = [Step(Fraction(0), held_qn, "-")] if held_qn else []
    fitted += steps
    if bar.metre.beats_qn != _metre_of(groove).beats_qn:
        fitted = _bend(fitted, groove.bar_qn / len(text), groove, bar)
    end_qn = bar.bar_qn
    fitted = [
        Step(step.onset_qn, min(step.duration_qn, end_qn - step.onset_qn), step.sign)
        for step in fitted
        if step.onset_qn < end_qn
    ]
    return tuple(
        PlacedStep(
            bar.start_tick + round(step.onset_qn * DEFAULT_RESOLUTION),
            max(1, round(step.duration_qn * DEFAULT_RESOLUTION)),
            step.sign,
            bar.index,
        )
        for step in fitted
    )


def matching_layers(
    layers: tuple[Layer, ...], intensity: int, owner: str | None = None
) -> list[Layer]:
    """Return the layers that play at an intensity, of one owner if given.

    Examples
    --------
    >>> soft = Layer(owner="ride", levels=(1, 2), patterns=(("o",),))
    >>> len(matching_layers((soft,), 2)), len(matching_layers((soft,), 3))
    (1, 0)
    """
    return [
        layer
        for layer in layers
        if layer.levels[0] <= intensity <= layer.levels[1]
        and (owner is None or layer.owner == owner)
    ]


def pick_variant(layer: Layer, bar: BarPlan, rng: np.random.Generator) -> tuple[str, ...]:
    """Return the variant of a layer for the phrase that a bar is in.

    Phrases are as long as the pattern, at least two bars. The first variant is the usual one and
    comes on odd phrases; the others are drawn, so that a section repeats without being a loop.

    Examples
    --------
    >>> import motet
    >>> bar = motet.arrange("| C |", style="bossa", bars=2, seed=1).piece.plan.bars[0]
    >>> layer = Layer(owner="ride", patterns=(("x",), ("o",)))
    >>> pick_variant(layer, bar, np.random.default_rng(0))
    ('x',)
    """
    if len(layer.patterns) == 1:
        return layer.patterns[0]
    phrase_bars = max(2, len(layer.patterns[0]))
    phrase = bar.bar_in_section // phrase_bars
    draws = rng.integers(0, len(layer.patterns), size=64)
    if phrase % 2 == 0:
        return layer.patterns[0]
    return layer.patterns[int(draws[phrase % 64])]
