"""Metres and tempos, and the rule that every event has a tick."""

import dataclasses
from fractions import Fraction

import pytest

from motet.score import Metre, Tempo, event


@pytest.mark.parametrize(
    ("numerator", "denominator", "groups", "eighths"),
    [
        (4, 4, (), (2, 2, 2, 2)),
        (3, 4, (), (2, 2, 2)),
        (2, 2, (), (4, 4)),
        (6, 8, (), (3, 3)),
        (9, 8, (), (3, 3, 3)),
        (12, 8, (), (3, 3, 3, 3)),
        (3, 8, (), (1, 1, 1)),
        (5, 8, (), (2, 3)),
        (7, 8, (), (2, 2, 3)),
        (7, 8, (3, 2, 2), (3, 2, 2)),
        (8, 8, (3, 3, 2), (3, 3, 2)),
        (5, 4, (), (2, 2, 2, 2, 2)),
    ],
)
def test_beats(numerator, denominator, groups, eighths):
    metre = Metre(tick=0, numerator=numerator, denominator=denominator, groups=groups)
    assert metre.beats_qn == tuple(Fraction(count, 2) for count in eighths)
    assert sum(metre.beats_qn) == metre.bar_qn


def test_every_metre_has_beats_that_fill_its_bar():
    for denominator in (1, 2, 4, 8, 16, 32, 64):
        for numerator in range(1, 33):
            metre = Metre(tick=0, numerator=numerator, denominator=denominator)
            assert sum(metre.beats_qn) == metre.bar_qn


def test_tempo_in_quarter_notes_a_minute():
    assert Tempo(tick=0, quarter_us=750_000).qpm == 80.0


def test_every_event_is_frozen_and_placed():
    for name in event.__all__:
        kind = getattr(event, name)
        fields = {field.name for field in dataclasses.fields(kind)}
        assert "tick" in fields or {"start_tick", "end_tick"} <= fields, name
        assert kind.__dataclass_params__.frozen, name
