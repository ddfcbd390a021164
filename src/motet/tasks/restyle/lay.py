"""Bars as a style counts them: a tune in 2/4 under a groove in 4/4 is planned two bars at a time.

Conventions: only the plan counts so; notes, bar lines and metres of the result are those of the tune.
Groups of bars begin anew where a section begins, the last bar stands alone for the ending; what is left over
is a shorter bar.
"""

from __future__ import annotations

from dataclasses import replace

from motet.arranger.style import Style
from motet.score import Bar, BarLength, Metre, Score

__all__ = ["has_groove", "lay_for"]


def lay_for(score: Score, style: Style) -> Score:
    """Return a score whose bars are grouped or halved as a style's grooves need.

    Parameters
    ----------
    score : Score
        Sections break groups.
    style : Style

    Returns
    -------
    Score
        The same where the style has a groove for its metre, or no grouping helps.

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> from motet.score import make_score
    >>> tune = make_score("C4:2 D4:2 E4:2 F4:2", metre="2/4")
    >>> [one.duration_tick for one in lay_for(tune, find_style("bossa")).bars]
    [1920, 960, 960]
    """
    plans = [_plan_metre(bar.metre, style) for bar in score.bars]
    if all(plan is None for plan in plans):
        return score
    starts = {score.bar_at(section.tick) for section in score.sections}
    metres: list[Metre] = []
    lengths: list[BarLength] = []
    k = 0
    bars = score.bars
    while k < len(bars):
        plan = plans[k]
        if plan is None or bars[k].is_irregular:
            _lay(metres, lengths, bars[k].start_tick, bars[k].duration_tick, bars[k].metre, score)
            k += 1
            continue
        metre, size = plan
        if size == 0:
            half = bars[k].duration_tick // 2
            _lay(metres, lengths, bars[k].start_tick, half, metre, score)
            _lay(metres, lengths, bars[k].start_tick + half, half, metre, score)
            k += 1
            continue
        run = 1
        while run < size and _goes_on(bars, plans, k + run, starts):
            run += 1
        total = sum(bar.duration_tick for bar in bars[k : k + run])
        _lay(metres, lengths, bars[k].start_tick, total, metre, score)
        k += run
    return replace(
        score, metres=tuple(metres), bar_lengths=tuple(lengths), length_tick=score.bars[-1].end_tick
    )


def has_groove(style: Style, metre: Metre) -> bool:
    """Whether a style has a groove for a metre, or for two bars or half a bar of it.

    Parameters
    ----------
    style : Style
    metre : Metre

    Returns
    -------
    bool

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> bossa = find_style("bossa")
    >>> [has_groove(bossa, Metre(tick=0, numerator=n, denominator=4)) for n in (2, 3, 4)]
    [True, False, True]
    """
    own = {(groove.numerator, groove.denominator) for groove in style.grooves}
    lengths = {groove.bar_qn for groove in style.grooves}
    is_own = (metre.numerator, metre.denominator) in own or metre.bar_qn in lengths
    return is_own or _plan_metre(metre, style) is not None


def _goes_on(
    bars: tuple[Bar, ...], plans: list[tuple[Metre, int] | None], k: int, starts: set[int]
) -> bool:
    return (
        k < len(bars) - 1 and k not in starts and not bars[k].is_irregular
        and plans[k] == plans[k - 1]
    )  # fmt: skip


def _lay(
    metres: list[Metre],
    lengths: list[BarLength],
    tick: int,
    duration: int,
    metre: Metre,
    score: Score,
) -> None:
    """Add a bar of a metre, with its length where that differs."""
    last = metres[-1] if metres else None
    if last is None or (last.numerator, last.denominator, last.groups) != (
        metre.numerator, metre.denominator, metre.groups,
    ):  # fmt: skip
        metres.append(replace(metre, tick=tick))
    if duration != round(metre.bar_qn * score.resolution):
        lengths.append(BarLength(tick=tick, duration_tick=duration))


def _plan_metre(metre: Metre, style: Style) -> tuple[Metre, int] | None:
    """Return the metre to plan in and how many bars make one (0: half a bar); None for no change."""
    own = {(g.numerator, g.denominator) for g in style.grooves}
    lengths = {g.bar_qn for g in style.grooves}
    beats = {len(Metre(tick=0, numerator=n, denominator=d).beats_qn) for n, d in own}
    if (metre.numerator, metre.denominator) in own or metre.bar_qn in lengths:
        return None
    double = Metre(tick=0, numerator=2 * metre.numerator, denominator=metre.denominator)
    if len(metre.beats_qn) in (1, 2) and (
        (double.numerator, double.denominator) in own
        or double.bar_qn in lengths
        or (len(double.beats_qn) in beats and len(metre.beats_qn) not in beats)
    ):
        return double, 2
    if metre.numerator % 2 == 0:
        half = Metre(tick=0, numerator=metre.numerator // 2, denominator=metre.denominator)
        if (half.numerator, half.denominator) in own or half.bar_qn in lengths:
            return half, 0
    return None
