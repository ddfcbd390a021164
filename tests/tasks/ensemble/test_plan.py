"""Who plays what."""

from __future__ import annotations

from dataclasses import replace

from motet.score import Section, make_score
from motet.tasks.ensemble.band import find_ensemble
from motet.tasks.ensemble.plan import BASS, lay_sections, plan_seating

SCORE = replace(
    make_score(" ".join(["C5:4"] * 12)),
    sections=tuple(
        Section(tick=1920 * k, label=name) for k, name in ((0, "A"), (4, "A"), (8, "B"))
    ),
)


def test_written_sections_are_taken() -> None:
    found = lay_sections(SCORE)
    assert [(one.start_tick, one.comes_back) for one in found] == [
        (0, False),
        (7680, True),
        (15360, False),
    ]
    assert found[-1].end_tick == 12 * 1920


def test_the_second_time_another_leads() -> None:
    sections = lay_sections(SCORE)
    chairs = find_ensemble("string-quartet").chairs()
    assert [one.lead for one in plan_seating(chairs, sections)] == [0, 2, 0]
    assert [one.lead for one in plan_seating(chairs, sections, passes=False)] == [0, 0, 0]
    choir = find_ensemble("satb").chairs()
    assert {one.lead for one in plan_seating(choir, sections)} == {0}


def test_every_seat_has_one_bass_and_one_melody() -> None:
    for name in ("brass-quintet", "orchestra", "recorder-ensemble", "string-trio"):
        for seat in plan_seating(find_ensemble(name).chairs(), lay_sections(SCORE)):
            assert list(seat.lines.values()).count(0) == 1
            assert list(seat.lines.values()).count(BASS) == 1
            assert seat.lines[seat.lead] == 0


def test_a_flute_and_a_piano() -> None:
    seat = plan_seating(find_ensemble("flute,piano").chairs(), lay_sections(SCORE))[0]
    assert (seat.lead, seat.lines) == (0, {0: 0})
