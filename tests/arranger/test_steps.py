"""Steps in bars of their own metre, of another one, and of another length."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from motet.arranger.plan import BarPlan, Plan
from motet.arranger.steps import lay_layer, matching_layers, pick_variant
from motet.arranger.style import Layer
from motet.score import Metre

MakePlan = Callable[..., Plan]


def bar_in(plan: Plan, numerator: int, denominator: int) -> BarPlan:
    """The first bar of a plan in another metre, its groove still in 4/4."""
    metre = Metre(tick=0, numerator=numerator, denominator=denominator)
    return replace(plan.bars[0], metre=metre, end_tick=round(metre.bar_qn * 480))


def laid(plan: Plan, pattern: str, numerator: int, denominator: int) -> list[tuple[int, int, str]]:
    bar = bar_in(plan, numerator, denominator)
    steps = lay_layer((pattern,), bar, groove=bar.groove)
    return [(step.tick, step.duration_tick, step.sign) for step in steps]


def test_a_groove_in_its_own_metre(make_plan: MakePlan) -> None:
    assert laid(make_plan("| C |"), "x--...o.", 4, 4) == [(0, 720, "x"), (1440, 240, "o")]


def test_quarters_become_dotted_and_halves_of_beats_swing(make_plan: MakePlan) -> None:
    assert laid(make_plan("| C |"), "xxxxxxxx", 12, 8) == [
        (0, 480, "x"), (480, 240, "x"), (720, 480, "x"), (1200, 240, "x"),
        (1440, 480, "x"), (1920, 240, "x"), (2160, 480, "x"), (2640, 240, "x"),
    ]  # fmt: skip


@pytest.mark.parametrize("n_steps", [8, 12, 16, 24, 32, 64])
def test_steps_stay_in_order_when_stretched(make_plan: MakePlan, n_steps: int) -> None:
    steps = laid(make_plan("| C |"), "x" * n_steps, 12, 8)
    assert len(steps) == n_steps
    for (tick, duration, _), (following, _, _) in itertools.pairwise(steps):
        assert abs(tick + duration - following) <= 1
        assert duration > 5
    assert steps[-1][0] + steps[-1][1] == 2880


def test_a_held_beginning_is_stretched_with_its_bar(make_plan: MakePlan) -> None:
    assert laid(make_plan("| C |"), "--x-x-x-", 12, 8)[:2] == [(0, 720, "-"), (720, 720, "x")]


def test_a_shorter_bar_cuts_the_groove(make_plan: MakePlan) -> None:
    assert laid(make_plan("| C |"), "x-x-x---", 7, 8) == [
        (0, 480, "x"),
        (480, 480, "x"),
        (960, 720, "x"),
    ]
    assert laid(make_plan("| C |"), "--------", 5, 8) == [(0, 1200, "-")]


@pytest.mark.parametrize(("numerator", "denominator"), [(5, 4), (7, 4), (9, 4), (11, 4), (13, 4)])
def test_a_longer_bar_is_filled_to_its_end(
    make_plan: MakePlan, numerator: int, denominator: int
) -> None:
    steps = laid(make_plan("| C |"), "xoxo", numerator, denominator)
    assert [tick for tick, _, _ in steps] == [480 * k for k in range(numerator)]


def test_a_longer_bar_repeats_beats_from_the_second_half(make_plan: MakePlan) -> None:
    signs = "".join(sign for _, _, sign in laid(make_plan("| C |"), "Xogr", 7, 4))
    assert signs == "Xogrgrg"


def test_an_irregular_bar_cuts_what_does_not_fit(make_plan: MakePlan) -> None:
    bar = replace(make_plan("| C |").bars[0], end_tick=960)
    steps = lay_layer(("x---x-x-",), bar, groove=bar.groove)
    assert [(step.tick, step.duration_tick) for step in steps] == [(0, 960)]


def test_no_step_leaves_its_bar(make_plan: MakePlan) -> None:
    plan = make_plan("| C |")
    for numerator, denominator in [(1, 4), (2, 4), (3, 4), (5, 4), (6, 8), (7, 8), (5, 8), (12, 8)]:
        length = numerator * 1920 // denominator
        for pattern in ("-xx-x-xx", "x" * 12, "x-" * 8, "---x" * 4):
            for tick, duration, _ in laid(plan, pattern, numerator, denominator):
                assert 0 <= tick < length
                assert 0 < duration <= length - tick


def test_layers_are_found_by_level_and_owner() -> None:
    soft = Layer(owner="A", levels=(1, 2), patterns=(("x",),))
    loud = Layer(owner="A", levels=(3, 5), patterns=(("X",),))
    other = Layer(owner="B", patterns=(("x",),))
    assert matching_layers((soft, loud, other), 2) == [soft, other]
    assert matching_layers((soft, loud, other), 3, "A") == [loud]


def test_the_first_variant_comes_on_odd_phrases(make_plan: MakePlan) -> None:
    plan = make_plan("| C | C | C | C | C | C | C | C |")
    layer = Layer(owner="A", patterns=(("x",), ("o",), ("g",)))
    found = [pick_variant(layer, bar, np.random.default_rng(5))[0] for bar in plan.bars]
    assert found[0:2] == found[4:6] == ["x", "x"]
    assert found[2] == found[3]
    assert found[6] == found[7]
