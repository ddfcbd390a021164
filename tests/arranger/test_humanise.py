"""Swing and the human hand: order, bounds, the grid at amount 0, one bar independent of another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import motet
from motet.arranger.humanise import humanise, swing_tick
from motet.arranger.plan import Plan, Stroke
from motet.score import make_score

MakePlan = Callable[..., Plan]


@given(
    st.lists(st.integers(0, 32), min_size=2, max_size=12),
    st.floats(0.5, 0.8),
    st.sampled_from((240, 480)),
)
@settings(max_examples=60)
def test_swing_keeps_the_order_of_sixteenths(
    places: list[int], swing: float, unit_tick: int
) -> None:
    ticks = sorted({60 * place for place in places if place % 4 != 2 or unit_tick == 480})
    moved = [swing_tick(tick, swing=swing, unit_tick=unit_tick) for tick in ticks]
    assert moved == sorted(set(moved))
    assert all(tick <= new < tick + unit_tick for tick, new in zip(ticks, moved, strict=True))


@pytest.mark.parametrize("unit_tick", [240, 480])
@pytest.mark.parametrize("tick", [160, 320, 640, 800])
def test_triplets_are_never_swung(tick: int, unit_tick: int) -> None:
    assert swing_tick(tick, swing=0.7, unit_tick=unit_tick) == tick


def test_straight_swing_moves_nothing() -> None:
    assert [swing_tick(t, swing=0.5, unit_tick=480) for t in range(0, 960, 30)] == list(
        range(0, 960, 30)
    )


def strokes_of(n_bars: int) -> list[Stroke]:
    return [Stroke(240 * k, 240, 60 + k % 5, 80) for k in range(8 * n_bars)]


def hand(plan: Plan, strokes: list[Stroke], amount: float, role: str = "comping") -> list[Stroke]:
    return humanise(plan, strokes, role=role, name="Piano", amount=amount)


def test_nothing_moves_without_a_hand(make_plan: MakePlan) -> None:
    assert hand(make_plan("| C | C |"), strokes_of(2), 0) == strokes_of(2)


def test_strums_and_flams_are_together_without_a_hand(make_plan: MakePlan) -> None:
    strum = [Stroke(480, 240, 60 + k, 80, 14 * k) for k in range(4)]
    assert {stroke.tick for stroke in hand(make_plan("| C |"), strum, 0)} == {480}
    spread = hand(make_plan("| C |"), strum, 1)
    assert spread[-1].tick - spread[0].tick > 20
    assert spread[-1].tick + spread[-1].duration_tick <= 480 + 240 + 40


def test_a_hand_scatters_a_little(make_plan: MakePlan) -> None:
    plan = make_plan("| C | C | C | C |")
    played = hand(plan, strokes_of(4), 1)
    moves = [new.tick - old.tick for new, old in zip(played, strokes_of(4), strict=True)]
    assert len(set(moves)) > 4
    assert max(abs(move) for move in moves) < 40
    assert all(stroke.tick >= 0 and stroke.duration_tick > 0 for stroke in played)
    assert all(8 <= stroke.velocity <= 127 for stroke in played)


def test_count_and_pitches_stay(make_plan: MakePlan) -> None:
    strokes = list(reversed(strokes_of(2)))
    played = hand(make_plan("| C | C |"), strokes, 2)
    assert [stroke.pitch for stroke in played] == [stroke.pitch for stroke in strokes]


def test_notes_struck_together_stay_close(make_plan: MakePlan) -> None:
    chord = [Stroke(480, 480, pitch, 80) for pitch in (60, 64, 67)]
    ticks = [stroke.tick for stroke in hand(make_plan("| C |"), chord, 1)]
    assert max(ticks) - min(ticks) < 12


def test_another_bar_does_not_reshuffle_the_hand(make_plan: MakePlan) -> None:
    plan = make_plan("| C | C |")
    full = strokes_of(2)
    thin = [stroke for k, stroke in enumerate(full) if k >= 8 or k % 2 == 0]
    assert hand(plan, full, 1)[8:] == hand(plan, thin, 1)[4:]


def test_the_style_sets_how_late_a_role_plays(make_plan: MakePlan) -> None:
    plan = make_plan("| C | C | C | C |")
    lazy = replace(plan, style=replace(plan.style, feel_ms={"comping": 50.0}))
    usual, late = (
        sum(stroke.tick for stroke in hand(p, strokes_of(4), 1)) / 32 for p in (plan, lazy)
    )
    assert late - usual == pytest.approx(50 * plan.qpm * 480 / 60_000, abs=1.5)
    assert hand(lazy, strokes_of(4), 0) == strokes_of(4)


def test_swing_asked_for_wins_over_the_groove(make_plan: MakePlan) -> None:
    plan = make_plan("| C |", swing=1.0)
    assert hand(plan, [Stroke(240, 240, 60, 80)], 0) == [Stroke(320, 160, 60, 80)]
    assert hand(make_plan("| C |", swing=0.0), [Stroke(240, 240, 60, 80)], 0)[0].tick == 240


def test_the_beat_is_stressed(make_plan: MakePlan) -> None:
    plan = make_plan("| C " * 8 + "|")
    strokes = [Stroke(240 * k, 240, 60, 80) for k in range(64)]
    played = hand(plan, strokes, 1)
    on = [stroke.velocity for stroke in played[::8]]
    off = [stroke.velocity for stroke in played[1::2]]
    assert sum(on) / len(on) > sum(off) / len(off) + 2


def test_a_given_melody_swings_with_the_band() -> None:
    score = make_score("C4:0.5 D4:0.5 E4:1 F4:2", chords="C:4")
    swung = motet.arrange(score, style="swing", humanise=0).parts[0]
    straight = motet.arrange(score, style="swing", humanise=0, swing=0.0).parts[0]
    assert [note.onset_tick for note in straight.notes] == [0, 240, 480, 960]
    assert swung.notes[1].onset_tick > 300
    assert [note.pitch for note in swung.notes] == [60, 62, 64, 65]
    assert [note.onset_tick for note in swung.notes][2:] == [480, 960]
