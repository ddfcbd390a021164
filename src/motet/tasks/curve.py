"""A curve of emotion made music from bar to bar: tempo, harmony, register, density; and whether it is heard.

Conventions: bars count from 0, points of a curve from 1. What the brief names (a tempo, chords, a range, a
density) stays as it is, and the other means carry the change. A point is heard in the bars around it: the
four that begin with it, two before and two after for points between others, the last four for the last.

Offers `bar_mood`, `blend_harmony`, `check_curve`, `curve_on`, `curve_pace`, `curve_tempos`, `curve_windows`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise

from motet.analysis.emotion import estimate_emotion
from motet.arranger.plan import Plan
from motet.arranger.style import Style
from motet.brief import Brief, Mood, curve_at, find_mood
from motet.brief.curve import Curve
from motet.score import Score, Tempo, trim
from motet.tasks.cast import PartPlan
from motet.tasks.check import Check, same
from motet.tasks.emotion import mood_qpm, mood_style
from motet.units import qpm_to_quarter_us

__all__ = [
    "bar_mood",
    "blend_harmony",
    "check_curve",
    "curve_on",
    "curve_pace",
    "curve_tempos",
    "curve_windows",
]

_BLOCK_BARS = 4
_TEMPO_BARS = 2
_LEAST_CHANGE = 0.012  # of a tempo, so that no change is written that nobody hears
_LEAST_STEP = 0.3  # of valence or arousal, from point to point, that can be held to account
_AROUND_BARS = 4
_SLOWEST, _FASTEST = 0.75, 1.3  # how far a tempo that is there may be left
_REACH = 1.6  # how much further registers move along a curve than for one emotion


def bar_mood(brief: Brief, bar: int) -> Mood | None:
    """Return what the emotion asks of a bar, None where none is asked.

    Parameters
    ----------
    brief : Brief
    bar : int, from 0

    Returns
    -------
    Mood or None

    Examples
    --------
    >>> brief = Brief(emotion="1: calm, 5: excited")
    >>> bar_mood(brief, 0).velocity_shift < 0 < bar_mood(brief, 4).velocity_shift
    True
    """
    if brief.emotion is None:
        return None
    curve = brief.emotion_curve
    return find_mood(curve_at(curve, bar + 1) if curve else brief.emotion)


def curve_tempos(
    brief: Brief, style: Style, usual_qpm: float, starts_tick: list[int]
) -> tuple[Tempo, ...]:
    """Return the tempos of a piece: one, or along the curve one every two bars where it changes.

    Parameters
    ----------
    brief : Brief
        A tempo that it names holds throughout.
    style : Style
    usual_qpm : float, quarter notes a minute
    starts_tick : list of int
        Where bars begin.

    Returns
    -------
    tuple of Tempo

    Examples
    --------
    >>> from motet.tasks.kin import kin_style
    >>> brief = Brief(emotion="1: calm, 9: excited")
    >>> found = curve_tempos(brief, kin_style("pop"), 108, [1920 * bar for bar in range(12)])
    >>> [one.tick // 1920 for one in found], found[0].qpm < 90 < 120 < found[-1].qpm
    ([0, 2, 4, 6, 8], True)
    """

    def qpm_of(bar: int) -> float:
        if not brief.emotion_curve:
            return mood_qpm(usual_qpm, style, brief)
        here = brief.with_(emotion=curve_at(brief.emotion_curve, bar + 1))
        return mood_qpm(usual_qpm, style, here)

    found = [Tempo(tick=0, quarter_us=qpm_to_quarter_us(qpm_of(0)))]
    for bar in range(_TEMPO_BARS, len(starts_tick) if brief.emotion_curve else 0, _TEMPO_BARS):
        qpm = qpm_of(bar)
        if abs(qpm / found[-1].qpm - 1) > _LEAST_CHANGE:
            found.append(Tempo(tick=starts_tick[bar], quarter_us=qpm_to_quarter_us(qpm)))
    return tuple(found)


def curve_on(score: Score, start_bar: int, brief: Brief) -> Score:
    """Return a score whose tempo goes on along a curve from a bar on, beginning as it is there.

    Parameters
    ----------
    score : Score
    start_bar : int, from 0
    brief : Brief
        Without a curve the tempo stays; along it, it is left by a third at most.

    Returns
    -------
    Score

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = curve_on(make_score("C4:4 D4:4 E4:4 F4:4"), 0, Brief(emotion="1: calm, 4: excited"))
    >>> [one.tick for one in score.tempos], score.tempos[-1].qpm > 120
    ([0, 3840], True)
    """
    curve = brief.emotion_curve
    if not curve:
        return score
    start_tick = score.bars[start_bar].start_tick
    found = [one for one in score.tempos if one.tick <= start_tick]
    usual = found[-1].qpm if found else 120.0
    first = find_mood(curve_at(curve, start_bar + 1)).tempo_ratio
    for bar in range(start_bar + _TEMPO_BARS, score.n_bars, _TEMPO_BARS):
        ratio = find_mood(curve_at(curve, bar + 1)).tempo_ratio / first
        qpm = min(400, max(20, usual * min(_FASTEST, max(_SLOWEST, ratio))))
        if abs(qpm / (found[-1].qpm if found else 120.0) - 1) > _LEAST_CHANGE:
            tick = score.bars[bar].start_tick
            found.append(Tempo(tick=tick, quarter_us=qpm_to_quarter_us(round(qpm))))
    return replace(score, tempos=tuple(found))


def blend_harmony(brief: Brief, style: Style, invent: Callable[[Style], Plan], plan: Plan) -> Plan:
    """Return a plan whose invented chords follow the curve, four bars at a time.

    Parameters
    ----------
    brief : Brief
    style : Style
        Before any emotion changed its progressions.
    invent : callable
        A style to the plan of the same bars in it.
    plan : Plan
        Its last two bars stay, so that the piece comes home.

    Returns
    -------
    Plan

    Examples
    --------
    >>> blend_harmony.__name__
    'blend_harmony'
    """
    curve = brief.emotion_curve
    if not curve or brief.chords:
        return plan
    known: dict[tuple[str, ...], Plan] = {}
    spans = []
    n_bars = len(plan.bars)
    for start in range(0, n_bars, _BLOCK_BARS):
        end = min(n_bars, start + _BLOCK_BARS)
        place = curve_at(curve, (start + end + 1) / 2)
        own = mood_style(style, brief.with_(emotion=place))
        name = (*own.progressions.get("minor", ()), *own.progressions.get("major", ()))
        if name not in known:
            known[name] = invent(own)
        for bar in range(start, end):
            source = plan if bar >= n_bars - 2 else known[name]
            at = source.bars[bar]
            spans += [
                one for one in source.harmony if at.start_tick <= one.start_tick < at.end_tick
            ]
    return replace(plan, harmony=tuple(spans))


def curve_pace(brief: Brief, n_bars: int) -> dict[int, float]:
    """Return how much denser each bar is than the piece; empty without a curve.

    Parameters
    ----------
    brief : Brief
    n_bars : int

    Returns
    -------
    dict of int to float

    Examples
    --------
    >>> pace = curve_pace(Brief(emotion="1: calm, 5: excited"), 5)
    >>> pace[0] < 1 < pace[4]
    True
    """
    if not brief.emotion_curve or brief.emotion is None:
        return {}
    usual = find_mood(brief.emotion).density_ratio
    return {
        bar: find_mood(curve_at(brief.emotion_curve, bar + 1)).density_ratio / usual
        for bar in range(n_bars)
    }


def curve_windows(
    windows: Mapping[tuple[int, int], tuple[int, int]],
    brief: Brief,
    cast: tuple[PartPlan, ...],
) -> dict[tuple[int, int], tuple[int, int]]:
    """Return windows of pitches moved along the curve, within the instruments and what was asked.

    Parameters
    ----------
    windows : mapping of (bar, part) to (low, high)
    brief : Brief
    cast : tuple of PartPlan

    Returns
    -------
    dict of (bar, part) to (int, int)

    Examples
    --------
    >>> from motet.tasks.cast import choose_cast
    >>> brief = Brief(parts="flute", emotion="1: gloomy, 2: happy")
    >>> moved = curve_windows({(0, 0): (70, 81), (1, 0): (70, 81)}, brief, choose_cast(brief))
    >>> moved[0, 0][0] < 70 < moved[1, 0][0]
    True
    """
    if not brief.emotion_curve or brief.emotion is None:
        return dict(windows)
    usual = find_mood(brief.emotion).register_semi
    found = {}
    for (bar, k), (low, high) in windows.items():
        plan = cast[k]
        here = find_mood(curve_at(brief.emotion_curve, bar + 1)).register_semi
        shift = round(_REACH * (here - usual))
        is_asked = bool(plan.asked & {"low", "high"})
        floor = plan.low if is_asked else plan.found.comfortable_low
        roof = plan.high if is_asked else plan.found.comfortable_high
        shift = max(floor - low, min(roof - high, shift)) if floor <= low and high <= roof else 0
        found[bar, k] = (low + shift, high + shift)
    return found


def _windows(curve: Curve, n_bars: int) -> list[tuple[int, int]]:
    """Return the bars in which each point is heard, half-open, from 0."""
    found = []
    for k, (bar, _, _) in enumerate(curve):
        if k == 0:
            start = bar - 1
        elif k == len(curve) - 1:
            start = min(bar - 1, n_bars - _AROUND_BARS)
        else:
            start = bar - 1 - _AROUND_BARS // 2
        start = max(0, min(start, n_bars - 1))
        found.append((start, min(n_bars, start + _AROUND_BARS)))
    return found


def check_curve(score: Score, curve: Curve) -> list[Check]:
    """Return whether valence and arousal change as the curve does, as the notes alone tell.

    Parameters
    ----------
    score : Score
    curve : tuple of (bar, valence, arousal)

    Returns
    -------
    list of Check
        One each for valence and arousal: how many changes of 0.3 or more go the right way; nothing
        is held to account where the curve asks for no such change.

    Source
    ------
    `motet.analysis.emotion`, over the bars around each point.

    Examples
    --------
    >>> from motet.brief import read_curve
    >>> from motet.score import make_score
    >>> rising = make_score("C4:4 | C4:4 | C4:4 | C4:4 |" + "C5:.5 E5:.5 G5:.5 E5:.5 C5:.5 E5:.5 G5:1|" * 4)
    >>> [one.ok for one in check_curve(rising, read_curve("1: 0,-0.7, 5: 0,0.9"))]
    [None, True]
    """
    heard = []
    for start, end in _windows(curve, score.n_bars):
        found = estimate_emotion(trim(score, start_bar=start, end_bar=end))
        heard.append((math.nan, math.nan) if found is None else (found.valence, found.arousal))
    checks = []
    for axis, en, zh in ((0, "valence", "效价"), (1, "arousal", "唤醒度")):
        wanted = [point[axis + 1] for point in curve]
        found_here = [place[axis] for place in heard]
        steps = [
            (two - one, there - here)
            for (one, two), (here, there) in zip(
                pairwise(wanted), pairwise(found_here), strict=True
            )
            if abs(two - one) >= _LEAST_STEP
        ]
        n_right = sum(asked * got > 0 for asked, got in steps)
        checks.append(
            Check(
                name=f"emotion curve, {en}",
                what=(f"{en} along the curve", f"沿曲线的{zh}"),
                requested=same(_tell(wanted)),
                measured=(
                    f"{_tell(found_here)}; {n_right}/{len(steps)} changes",
                    f"{_tell(found_here)};{n_right}/{len(steps)} 处变化",
                ),
                ok=None if not steps else n_right == len(steps),
            )
        )
    return checks


def _tell(values: list[float]) -> str:
    return " → ".join("-" if math.isnan(one) else f"{one:.1f}" for one in values)
