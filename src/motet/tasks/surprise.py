"""Chords of a piece chosen for how surprising they are, where its brief leaves them open and says how far.

Conventions: the style's own plan says where chords change; what stands there is drawn under counted habits
(`motet.tasks.harmonise.progressions`), the mean surprise nearest to what is asked. The first chord of a
section and the cadence that ends the piece stay, so that it is still in its key. A blues keeps its form, an
emotion its own progressions, and a mode other than major and minor, whose habits nobody counted, its style's:
there the arranger makes single chords plainer or bolder (`motet.arranger.surprise`).

Offers `choose_surprising`, `draw_onward`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from motet.arranger.plan import HarmonySpan, Plan
from motet.arranger.style import Style
from motet.arranger.surprise import tame_bars
from motet.brief import Brief
from motet.errors import ConstraintError
from motet.theory.chord import Chord, parse_chord
from motet.theory.scale import Key

__all__ = ["choose_surprising", "draw_onward"]

_MOST = 16
"""Chords drawn in one go; a longer section goes round."""
_CADENCE = 2
_SEED_STEP = 613
Slot = tuple[HarmonySpan, ...]


def choose_surprising(plan: Plan, brief: Brief, style: Style) -> Plan:
    """Return a plan whose chords are as surprising as a brief asks.

    Parameters
    ----------
    plan : Plan
        Invented in a style.
    brief : Brief
        Without chords or surprise the plan stays.
    style : Style
        The style before any emotion changed its progressions.

    Returns
    -------
    Plan
        Chords at the same places; sections of one label have the same.

    Examples
    --------
    >>> from motet.arranger.planning import plan_invented
    >>> from motet.arranger.request import ArrangeRequest
    >>> from motet.arranger.style_file import find_style
    >>> plan = plan_invented(ArrangeRequest(form="A8", key="C"), find_style("pop"))
    >>> bold = choose_surprising(plan, Brief(surprise=1.0, seed=1), find_style("pop"))
    >>> bold != plan, [one.start_tick for one in bold.harmony] == [one.start_tick for one in plan.harmony]
    (True, True)
    """
    is_own = plan.style.progressions != style.progressions
    is_counted = style.colour != "blues" and plan.key.mode in ("major", "minor")
    if brief.surprise is None or brief.chords or is_own or not is_counted:
        return plan
    known: dict[tuple[str, int], list[Chord]] = {}
    spans: list[HarmonySpan] = []
    sections = [list(bars) for _, bars in groupby(plan.bars, key=lambda bar: bar.section)]
    for bars in sections:
        start, end = bars[0].start_tick, bars[-1].end_tick
        slots = _slots([one for one in plan.harmony if start <= one.start_tick < end])
        is_last = bars is sections[-1]
        name = (bars[0].label.lower(), len(slots))
        if name not in known:
            known[name] = _drawn(plan, brief, style, [one[0].chord for one in slots], len(known))
        chords = list(known[name])
        if is_last:
            chords[-_CADENCE:] = [one[0].chord for one in slots[-_CADENCE:]]
        for slot, chord in zip(slots, chords, strict=True):
            spans += [replace(one, chord=chord) for one in slot]
    return replace(plan, harmony=tuple(spans))


def _slots(spans: Sequence[HarmonySpan]) -> list[Slot]:
    """Return the places of a section where another chord begins, each with the spans that have it."""
    return [tuple(own) for _, own in groupby(spans, key=lambda one: one.chord.symbol)]


def _drawn(
    plan: Plan, brief: Brief, style: Style, own: Sequence[Chord], number: int
) -> list[Chord]:
    """Return chords for the places of a section; its own where none can be drawn."""
    from motet.tasks.harmonise.progression import progressions

    n = min(len(own), _MOST)
    surprise = brief.surprise or 0.0
    for start in (own[0].symbol, ""):
        try:
            (idea,) = progressions(
                style=style.name, key=plan.key.name(), bars=n, surprise=surprise, n=1, start=start,
                seed=brief.seed + _SEED_STEP * number,
            )  # fmt: skip
        except ConstraintError:
            continue
        bars = [((0.0, 1.0, idea.chords[k % n]),) for k in range(len(own))]
        return [bar[0][2] for bar in tame_bars(bars, plan.key, brief.avoid)]
    return list(own)


def draw_onward(last: str, key: Key, n_bars: int, brief: Brief) -> list[Chord]:
    """Return a chord a bar after a last one, to a cadence, as surprising as a brief asks.

    Parameters
    ----------
    last : str
        The chord before; empty for none.
    key : Key
    n_bars : int, >= 1
    brief : Brief
        Style, surprise, seed, and what to avoid.

    Returns
    -------
    list of Chord

    Examples
    --------
    >>> chords = draw_onward("G7", Key("C"), 4, Brief(surprise=0.0, seed=1))
    >>> len(chords), chords[-1].symbol
    (4, 'C')
    """
    from motet.tasks.harmonise.progression import progressions

    n = min(n_bars, _MOST)
    asked: dict[str, Any] = {"key": key.name(), "style": brief.style, "surprise": brief.surprise or 0.0, "n": 1,
             "seed": brief.seed, "cadence": "authentic"}  # fmt: skip
    before = last if last and parse_chord(last).root else ""
    try:
        (idea,) = progressions(chords=before, bars=n + bool(before), **asked)
    except ConstraintError:  # nothing that the palette has follows such a chord
        before = ""
        (idea,) = progressions(bars=n, **asked)
    own = list(idea.chords[1:] if before else idea.chords)
    drawn = [own[k % n] for k in range(n_bars)]
    drawn[-_CADENCE:] = own[-min(_CADENCE, n) :] if n_bars >= _CADENCE else own[-1:]
    bars = [((0.0, 1.0, one),) for one in drawn]
    return [bar[0][2] for bar in tame_bars(bars, key, brief.avoid)]
