"""Held chords and counter-lines: common tones tied, one voice, silence where there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from motet.arranger import PartSpec, Style
from motet.arranger.lines import write_counter, write_held
from motet.arranger.plan import Plan, Stroke

MakePlan = Callable[..., Plan]
PAD = PartSpec(
    name="Pad", name_zh="铺底", role="pad", instrument="Warm Pad", program=89, n_voices=3, low=55,
    high=76,
)  # fmt: skip
COUNTER = replace(PAD, name="Cello", role="counter", low=48, high=67)


def test_common_tones_sound_on(make_plan: MakePlan) -> None:
    strokes = write_held(make_plan("| C | Am |"), PAD)
    held = [stroke for stroke in strokes if stroke.duration_tick == 3840]
    assert {stroke.pitch % 12 for stroke in held} == {0, 4}


def test_held_chords_let_go_in_silence(make_plan: MakePlan) -> None:
    strokes = write_held(make_plan("| C | N.C. | C |"), PAD)
    assert {(s.tick, s.duration_tick) for s in strokes} == {(0, 1920), (3840, 1920)}


def test_nothing_is_held_for_ever(make_plan: MakePlan) -> None:
    strokes = write_held(make_plan("| C " * 12 + "|"), PAD)
    assert max(stroke.duration_tick for stroke in strokes) <= 4 * 1920


def test_held_tones_belong_to_the_chord_they_sound_under(make_plan: MakePlan) -> None:
    plan = make_plan("| C | Am7 | F6 | G7/B | E7#9 | Dm9 |")
    for stroke in write_held(plan, PAD):
        for span in plan.harmony:
            if stroke.tick < span.end_tick and stroke.tick + stroke.duration_tick > span.start_tick:
                assert stroke.pitch % 12 in span.chord.pcs
        assert PAD.low <= stroke.pitch <= PAD.high


@pytest.mark.parametrize(("ending", "end"), [("hold", 3840), ("stab", 2160)])
def test_pads_end_as_the_style_does(
    make_plan: MakePlan, tiny: Style, ending: str, end: int
) -> None:
    plan = make_plan("| G | C |", style=replace(tiny, ending=ending), ends=True)
    assert max(s.tick + s.duration_tick for s in write_held(plan, PAD)) == end


def test_a_pad_that_never_plays_does_not_end_the_piece(make_plan: MakePlan) -> None:
    plan = make_plan("| G | C |", ends=True, intensity=2)
    assert write_held(plan, replace(PAD, levels=(4, 5))) == []


def test_nobody_plays_in_a_pickup(make_plan: MakePlan) -> None:
    plan = make_plan("| C | C |")
    plan = replace(plan, bars=(replace(plan.bars[0], is_pickup=True), plan.bars[1]))
    assert min(stroke.tick for stroke in write_held(plan, PAD)) == 1920
    assert min(stroke.tick for stroke in write_counter(plan, COUNTER, melody=[])) == 1920


def check_line(strokes: list[Stroke]) -> None:
    assert strokes
    for one, two in pairwise(strokes):
        assert one.tick + one.duration_tick <= two.tick
    assert all(COUNTER.low <= stroke.pitch <= COUNTER.high for stroke in strokes)


def test_a_counter_line_sings_guide_tones(make_plan: MakePlan) -> None:
    plan = make_plan("| Dm7 | G7 | Cmaj7 |")
    strokes = write_counter(plan, COUNTER, melody=[Stroke(0, 5760, 72, 80)])
    check_line(strokes)
    for stroke in strokes:
        chord = plan.span_at(stroke.tick).chord
        assert stroke.pitch % 12 in chord.guide_tones
    assert all(abs(a.pitch - b.pitch) <= 2 for a, b in pairwise(strokes))


def test_a_counter_line_answers_in_the_rests(make_plan: MakePlan) -> None:
    plan = make_plan("| C | F | G | C | Am | F | G | C |")
    melody = [Stroke(1920 * k, 960, 72, 80) for k in range(8)]
    strokes = write_counter(plan, COUNTER, melody=melody)
    check_line(strokes)
    short = [stroke for stroke in strokes if stroke.duration_tick == 240]
    assert len(short) >= 8
    assert all(stroke.tick % 1920 >= 960 for stroke in short)


def test_a_counter_line_rests_where_there_is_no_chord(make_plan: MakePlan) -> None:
    strokes = write_counter(make_plan("| C | N.C. | C |"), COUNTER, melody=[])
    check_line(strokes)
    assert not [s for s in strokes if s.tick < 3840 and s.tick + s.duration_tick > 1920]
