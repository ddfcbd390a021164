"""The plan under a lead sheet: its own bars, chords, metres, tempo and sections.

Conventions: bars, pickups and metre changes are kept; a pickup belongs to the first section, and only
the melody plays it. A sheet without section marks is cut into sections of eight bars.

Offers `plan_lead_sheet`.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from motet.arranger.choice import ask_groove, choose_qpm, choose_swing
from motet.arranger.form import FormSection, section_intensities, section_kind
from motet.arranger.lead_sheet import LeadSheet
from motet.arranger.plan import BarPlan, HarmonySpan, Plan
from motet.arranger.request import ArrangeRequest
from motet.arranger.style import Groove, Style

__all__ = ["plan_lead_sheet"]


def plan_lead_sheet(request: ArrangeRequest, style: Style, sheet: LeadSheet) -> Plan:
    """Return the plan under a lead sheet: its own bars, chords, metre, tempo and sections.

    Parameters
    ----------
    request : ArrangeRequest
        `form` and `bars` do not apply; `metre` must be None or the sheet's.
    style : Style
    sheet : LeadSheet

    Returns
    -------
    Plan

    Examples
    --------
    >>> from motet.arranger.lead_sheet import read_lead_sheet
    >>> from motet.arranger.style_file import find_style
    >>> from motet.score import make_score
    >>> sheet = read_lead_sheet(make_score("E4:2 D4:2 C4:4", chords="C:2 G7:2 C:4"))
    >>> plan = plan_lead_sheet(ArrangeRequest(), find_style("bossa"), sheet)
    >>> [(span.start_tick, span.chord.symbol) for span in plan.harmony]
    [(0, 'C'), (960, 'G7'), (1920, 'C')]
    """
    score = sheet.score
    marks = {score.bar_at(section.tick): section.label for section in score.sections}
    bars: list[BarPlan] = []
    section, label, inside = -1, "A", 0
    starts: list[int] = []
    first_full = 1 if score.bars[0].number == 0 and score.n_bars > 1 else 0
    for bar in score.bars:
        due = not marks and bar.index >= first_full and (bar.index - first_full) % 8 == 0
        if bar.index < first_full:
            section, label, inside = 0, marks.get(0, "A"), -1
            starts.append(0)
        elif bar.index in marks or (due and bar.index > first_full) or section < 0:
            section += 1
            starts.append(bar.index)
            label = marks.get(bar.index, chr(ord("A") + section % 26))
            inside = 0
        kind = section_kind(label) if marks else "verse"
        groove = ask_groove(request, style, bar.metre, kind)
        bars.append(
            BarPlan(
                index=bar.index,
                start_tick=bar.start_tick,
                end_tick=bar.end_tick,
                metre=bar.metre,
                section=section,
                label=label,
                kind=kind,
                bar_in_section=inside,
                section_bars=0,
                intensity=request.intensity,
                groove=_silent(groove) if bar.index < first_full else groove,
                is_pickup=bar.index < first_full,
            )
        )
        inside += 1
    starts.append(len(bars))
    forms = tuple(FormSection(bars[a].label, bars[a].kind, b - a) for a, b in pairwise(starts))
    levels = section_intensities(forms, intensity=request.intensity)
    for k, planned in enumerate(bars):
        is_last = k + 1 == len(bars) or bars[k + 1].section != planned.section
        size = forms[planned.section].n_bars - (first_full if planned.section == 0 else 0)
        bars[k] = replace(
            planned,
            section_bars=size,
            intensity=levels[planned.section],
            is_fill=is_last and k < len(bars) - 1 and not planned.is_pickup,
            is_ending=k == len(bars) - 1 and len(bars) > 1,
        )
    if len(bars) > 2:
        bars[-2] = replace(bars[-2], is_fill=True)
    qpm = request.qpm or (
        score.tempos[0].qpm if score.tempos else choose_qpm(request, style, bars[-1].metre)
    )
    return Plan(
        bars=tuple(bars),
        harmony=tuple(_sheet_harmony(sheet, bars)),
        key=sheet.key,
        style=style,
        qpm=float(qpm),
        seed=request.seed,
        swing=choose_swing(request),
        feel=request.feel,
        avoid=request.avoid,
    )


def _silent(groove: Groove) -> Groove:
    """Return a groove in which nobody plays: what accompanies a pickup."""
    return replace(groove, drums=(), layers=())


def _sheet_harmony(sheet: LeadSheet, bars: list[BarPlan]) -> list[HarmonySpan]:
    """Return chord spans cut at bar lines; a chord that holds is struck anew each bar."""
    edges = sorted({tick for tick, _ in sheet.chords} | {bar.start_tick for bar in bars})
    end = bars[-1].end_tick
    edges = [edge for edge in edges if edge < end] + [end]
    found = []
    chords = list(sheet.chords)
    at = 0
    for start, stop in pairwise(edges):
        while at + 1 < len(chords) and chords[at + 1][0] <= start:
            at += 1
        found.append(HarmonySpan(start, stop, chords[at][1]))
    return found
