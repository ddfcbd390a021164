"""Plans as values: finding chords and bars by tick, endings, and randomness by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from motet.arranger.plan import Plan, rng_for

MakePlan = Callable[..., Plan]


def test_chords_by_tick(make_plan: MakePlan) -> None:
    plan = make_plan("| C F | G |")
    ticks = (0, 959, 960, 1919, 1920, 99_999)
    assert [plan.span_at(tick).chord.symbol for tick in ticks] == ["C", "C", "F", "F", "G", "G"]
    assert [plan.next_span(tick).chord.symbol for tick in (0, 960, 1920)] == ["F", "G", "G"]


def test_early_chords_are_a_beat_away_at_most(make_plan: MakePlan) -> None:
    plan = make_plan("| C | G |")
    assert [plan.early_span(tick).chord.symbol for tick in (960, 1439, 1440, 1680)] == list("CCGG")


def test_bars_by_tick(make_plan: MakePlan) -> None:
    plan = make_plan("| C | G |")
    assert [plan.bar_at(tick).index for tick in (0, 1919, 1920, 99_999)] == [0, 0, 1, 1]
    assert plan.bars[0].bar_qn == 4
    assert plan.end_tick == 3840


def test_who_plays_where(make_plan: MakePlan) -> None:
    plan = make_plan("| C | G |", ends=True)
    piano = next(spec for spec in plan.style.parts if spec.name == "Piano")
    assert [plan.plays(piano, bar) for bar in plan.bars] == [True, True]
    loud = replace(piano, levels=(5, 5))
    assert [plan.plays(loud, bar) for bar in plan.bars] == [False, False]


def test_endings(make_plan: MakePlan) -> None:
    plan = make_plan("| C | G |", ends=True)
    assert plan.ending_tick(plan.bars[-1]) == 1920
    stab = replace(plan, style=replace(plan.style, ending="stab"))
    assert stab.ending_tick(plan.bars[-1]) == 240


def test_random_numbers_go_by_name() -> None:
    draws = {
        names: float(rng_for(*names).random())
        for names in ((1, "a"), (2, "a"), (1, "b"), (1, "a", 0), (1, "a", 1))
    }
    assert len(set(draws.values())) == 5
    assert float(rng_for(1, "a", 1).random()) == draws[1, "a", 1]
