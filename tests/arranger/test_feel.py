"""Feel: patterns at half and double speed, and who plays behind or ahead of the beat."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motet.arranger.choice import choose_swing
from motet.arranger.feel import feel_note, feel_shift_tick, stretch_groove
from motet.arranger.plan import Plan
from motet.arranger.request import ArrangeRequest
from motet.arranger.style_file import find_style
from motet.score import Note


def plan_with(feel: str) -> Plan:
    """Two bars of rock at 120."""
    import motet

    return replace(motet.arrange("| C | F |", style="rock", qpm=120).piece.plan, feel=feel)


def test_half_time_takes_twice_the_bars_and_double_time_half_of_them() -> None:
    for groove in find_style("pop").grooves:
        slow, fast = stretch_groove(groove, "half-time"), stretch_groove(groove, "double-time")
        for one, long, short in zip(groove.drums, slow.drums, fast.drums, strict=True):
            for a, b, c in zip(one.patterns, long.patterns, short.patterns, strict=True):
                assert len(b) == 2 * len(a)
                assert [len(x) for x in b] == [len(x) for x in a for _ in range(2)]
                assert len(c) == -(-len(a) // 2)
                strokes = [sum(sign not in ".-" for sign in "".join(x)) for x in (a, b)]
                assert strokes[0] == strokes[1]
    assert stretch_groove(groove, "swing") is groove


@pytest.mark.parametrize(("feel", "sign"), [("laid-back", 1), ("pushed", -1), ("swing", 0)])
def test_everybody_but_the_drums_moves_against_the_beat(feel: str, sign: int) -> None:
    plan = plan_with(feel)
    assert feel_shift_tick(plan, "drums") == 0
    for role in ("melody", "bass", "comping", "strings"):
        shift = feel_shift_tick(plan, role)
        assert (shift > 0) - (shift < 0) == sign


def test_a_pushed_note_stays_in_its_bar_and_makes_room_for_the_next() -> None:
    plan = plan_with("pushed")
    first = plan.bars[1].start_tick
    moved = feel_note(plan, Note(onset_tick=first, duration_tick=240, pitch=60), "melody")
    assert moved.onset_tick == first
    moved = feel_note(plan, Note(onset_tick=first + 480, duration_tick=240, pitch=60), "melody")
    assert moved.onset_tick - (first + 480) == moved.end_tick - (first + 720) < 0


def test_swing_comes_with_the_feel_unless_a_number_is_asked_for() -> None:
    assert choose_swing(ArrangeRequest(feel="straight")) == 0.5
    assert choose_swing(ArrangeRequest(feel="shuffle")) == pytest.approx(2 / 3)
    assert choose_swing(ArrangeRequest(feel="shuffle", swing=0.3)) == pytest.approx(0.55)
    assert choose_swing(ArrangeRequest(feel="laid-back")) is None
