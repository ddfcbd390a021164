"""The arranger under a frame: its bars, chords and metres, the planned instruments."""

from __future__ import annotations

import pytest

from motet.brief import Brief
from motet.tasks.cast import choose_cast
from motet.tasks.frame import plan_frame
from motet.tasks.ground import lay_ground, plan_ground
from motet.tasks.kin import KIN
from motet.tasks.measure import part_range


@pytest.mark.parametrize("style", ["", "bossa", "swing", "string-quartet", "baroque", "orchestral"])
def test_every_part_of_a_cast_is_written(style: str) -> None:
    brief = Brief(style=style, bars=8, seed=2)
    frame, cast = plan_frame(brief), choose_cast(brief)
    parts = lay_ground(frame, cast, range(len(cast)), seed=2)
    assert sorted(parts) == list(range(len(cast)))
    for k, part in parts.items():
        assert part.notes, (style, cast[k].role)
        assert part.is_drums == cast[k].is_drums
        assert part.is_drums or part.program == cast[k].program
        assert part.end_tick <= frame.score.end_tick


def test_roles_that_a_style_lacks_are_played_too() -> None:
    brief = Brief(
        style="reel", bars=4, parts="piano,oboe:solo,choir:voice,horn:horns,viola:counter"
    )
    parts = lay_ground(plan_frame(brief), choose_cast(brief), [1, 2, 3, 4])
    assert all(part.notes for part in parts.values())


def test_drums_play_where_the_style_has_none() -> None:
    brief = Brief(style="choral", bars=4, parts="soprano,drums", metre="3/4")
    frame = plan_frame(brief)
    part = lay_ground(frame, choose_cast(brief), [1])[1]
    assert part.is_drums
    assert part.notes
    assert part.end_tick <= frame.score.end_tick


def test_ranges_and_rests_that_were_asked_for_hold() -> None:
    brief = Brief(
        bars=8,
        parts=[{"instrument": "piano", "role": "comping", "low": 60, "high": 79, "rests": "1-4"}],
    )
    frame = plan_frame(brief)
    part = lay_ground(frame, choose_cast(brief), [0])[0]
    span = part_range(part)
    assert span is not None
    assert span[0] >= 60
    assert span[1] <= 79
    assert min(note.onset_tick for note in part.notes) >= frame.score.bars[4].start_tick


def test_metre_changes_are_followed() -> None:
    frame = plan_frame(Brief(bars=4, metre="4/4, 3: 7/8"))
    plan = plan_ground(frame, swing=0.0)
    assert [bar.duration_tick for bar in plan.bars] == [1920, 1920, 1680, 1680]
    assert plan.swing == 0.5


def test_kin_styles_lay_a_ground_for_styles_of_the_corpus() -> None:
    for style in list(KIN)[1:6]:
        brief = Brief(style=style, bars=2, parts="piano:comping")
        assert lay_ground(plan_frame(brief), choose_cast(brief), [0])[0].notes
