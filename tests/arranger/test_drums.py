"""Drums: signs, fills at section ends in any metre, crashes, endings, softer and louder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from motet.arranger import Style
from motet.arranger.drums import write_drums
from motet.arranger.plan import Plan, Stroke
from motet.score import Metre
from motet.theory.general_midi import drum_key

MakePlan = Callable[..., Plan]
MakeStyle = Callable[..., Style]
FILL = '[[fill]]\nmetre = "4/4"\nsnare = "........oxXxoxXx"\n'


def ticks(strokes: list[Stroke], name: str) -> list[int]:
    return sorted(stroke.tick for stroke in strokes if stroke.pitch == drum_key(name))


def test_rows_are_played_on_their_drums(make_plan: MakePlan) -> None:
    strokes = write_drums(make_plan("| C |"))
    assert ticks(strokes, "kick") == [0, 960]
    assert ticks(strokes, "snare") == [480, 1440]
    assert ticks(strokes, "closed_hat") == [240 * k for k in range(8)]


def test_a_row_of_some_levels_is_silent_at_others(make_plan: MakePlan) -> None:
    assert ticks(write_drums(make_plan("| C |", intensity=1)), "closed_hat") == []


@pytest.mark.parametrize(
    ("row", "softer"),
    [("X-------", "x-------"), ("x-------", "o-------"), ("o-------", "g-------")],
)
def test_signs_are_loud_in_their_order(
    make_plan: MakePlan, make_style: MakeStyle, row: str, softer: str
) -> None:
    loud, soft = (
        write_drums(make_plan("| C |", style=make_style(("x---x---", text))))[0].velocity
        for text in (row, softer)
    )
    assert loud > soft


def test_a_flam_has_a_grace_stroke_and_a_roll_swells(
    make_plan: MakePlan, make_style: MakeStyle
) -> None:
    strokes = write_drums(make_plan("| C |", style=make_style(("..x...x.", "..f...r-"))))
    snare = [stroke for stroke in strokes if stroke.pitch == drum_key("snare")]
    assert [(s.tick, s.offset_tick < 0) for s in snare[:2]] == [(480, True), (480, False)]
    roll = snare[2:]
    assert roll[0].tick == 1440
    assert roll[-1].tick + roll[-1].duration_tick <= 1920
    assert len(roll) == 8
    assert roll[-1].velocity > roll[0].velocity


def with_fill(plan: Plan, index: int = 0) -> Plan:
    bars = [replace(bar, is_fill=bar.index == index) for bar in plan.bars]
    return replace(plan, bars=tuple(bars))


def test_a_fill_replaces_the_groove_but_the_kick_goes_on(
    make_plan: MakePlan, make_style: MakeStyle
) -> None:
    strokes = write_drums(with_fill(make_plan("| C | C |", style=make_style(more=FILL))))
    first = [stroke for stroke in strokes if stroke.tick < 1920]
    assert ticks(first, "snare") == [480, *range(960, 1920, 120)]
    assert ticks(first, "closed_hat") == [0, 240, 480, 720]
    assert ticks(first, "kick") == [0, 960]


@pytest.mark.parametrize(
    ("numerator", "denominator"), [(2, 4), (3, 4), (5, 4), (6, 8), (7, 8), (12, 8), (5, 8)]
)
def test_fills_lead_to_the_bar_line_in_every_metre(
    make_plan: MakePlan, make_style: MakeStyle, numerator: int, denominator: int
) -> None:
    metre = f"{numerator}/{denominator}"
    style = make_style(more=FILL)
    plan = with_fill(make_plan("| C | C |", style=style, metre=metre))
    length = Metre(tick=0, numerator=numerator, denominator=denominator).bar_qn * 480
    snare = [tick for tick in ticks(write_drums(plan), "snare") if tick < length]
    assert snare[-1] in (length - 120, length - 160, length - 80)
    assert len(snare) >= 4


def test_a_fill_of_the_bar_s_own_metre_is_played_whole(
    make_plan: MakePlan, make_style: MakeStyle
) -> None:
    own = '[[fill]]\nmetre = "7/8"\nlow_tom = ".......xxxxxxx"\n'
    plan = with_fill(make_plan("| C | C |", style=make_style(more=own), metre="7/8"))
    assert ticks(write_drums(plan), "low_tom") == [120 * k for k in range(7, 14)]


def test_a_crash_opens_a_strong_section_after_a_fill(
    make_plan: MakePlan, make_style: MakeStyle
) -> None:
    plan = with_fill(make_plan("| C | C |", style=make_style(more=FILL), intensity=4))
    new = (plan.bars[0], replace(plan.bars[1], section=1, bar_in_section=0))
    strokes = write_drums(replace(plan, bars=new))
    assert ticks(strokes, "crash") == [1920]
    assert 1920 not in ticks(strokes, "closed_hat")
    soft = tuple(replace(bar, intensity=2) for bar in new)
    assert ticks(write_drums(replace(plan, bars=soft)), "crash") == []


def test_the_last_bar_is_one_stroke(make_plan: MakePlan) -> None:
    strokes = write_drums(make_plan("| C | C |", ends=True))
    assert ticks(strokes, "kick")[-1] == 1920
    assert {s.tick for s in strokes if s.tick >= 1920} == {1920}


def test_more_intensity_is_louder(make_plan: MakePlan) -> None:
    levels = [
        max(s.velocity for s in write_drums(make_plan("| C |", intensity=level)))
        for level in (2, 3, 5)
    ]
    assert levels == sorted(set(levels))
