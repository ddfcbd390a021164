"""Groove and feel from a brief to the arranger."""

from __future__ import annotations

import pytest

from motet.brief import Brief
from motet.errors import ParameterError
from motet.score import Score
from motet.tasks.manner import find_manner, settle_manner
from motet.tasks.perform import perform
from motet.tasks.plan import plan_brief


def played(**options: object) -> Score:
    """What the arranger plays for a brief."""
    plan = plan_brief(Brief(bars=8, seed=3, **options), has_model=False)  # type: ignore[arg-type]
    return perform(plan, plan.score)


def test_a_groove_brings_its_style_and_metre() -> None:
    brief = settle_manner(Brief(groove="Pop in 6/8"))
    assert (brief.style, brief.groove) == ("pop", "pop-six-eight")
    score = played(groove="pop-six-eight")
    assert (score.bars[0].metre.numerator, score.bars[0].metre.denominator) == (6, 8)


def test_a_groove_of_another_style_is_refused_with_the_names() -> None:
    with pytest.raises(ParameterError, match="bossa, bossa-light"):
        settle_manner(Brief(style="bossa", groove="pop-chorus"))
    with pytest.raises(ParameterError, match="groove 'nonsense'") as caught:
        settle_manner(Brief(groove="nonsense"))
    assert "律动" in caught.value.localised("zh")


def test_another_groove_is_another_accompaniment() -> None:
    one, other = (played(style="pop", groove=name) for name in ("pop-light", "pop-chorus"))
    counts = [
        sum(len(part.notes) for part in score.parts if part.is_drums) for score in (one, other)
    ]
    assert counts[0] < counts[1]


def test_half_time_thins_and_double_time_thickens_the_drums() -> None:
    found = [
        sum(len(part.notes) for part in played(style="rock", feel=feel).parts if part.is_drums)
        for feel in ("half-time", "", "double-time")
    ]
    assert found[0] < 0.75 * found[1] < 0.75 * found[2]


def test_a_curve_decides_how_full_each_bar_is_unless_that_is_asked() -> None:
    brief = Brief(emotion="1: gloomy, 8: excited")
    levels = find_manner(brief, 8, intensity=None).levels
    assert levels == tuple(sorted(levels))
    assert (levels[0], levels[-1]) == (2, 5)
    assert find_manner(brief, 8, intensity=3).levels == ()
    assert find_manner(Brief(emotion="sad"), 8, intensity=None).levels == ()
