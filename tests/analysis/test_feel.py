"""Feel: swung by known amounts, straight, compound, late by known times."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from motet.analysis.feel import estimate_feel
from motet.score import make_score, shift_time


def swung(place: float, *, n: int = 16, **options: object) -> object:
    text = f"C4:{place} C4:{1 - place} " * n
    return make_score(text, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("place", [0.6, 0.64, 2 / 3])
def test_the_ratio_comes_back(place: float) -> None:
    found = estimate_feel(swung(place))  # type: ignore[arg-type]
    assert found.feel == "swing"
    assert found.swing == pytest.approx(place, abs=0.01)
    assert found.ratio == pytest.approx(place / (1 - place), abs=0.06)
    assert found.p == 1.0


def test_even_eighths_are_straight() -> None:
    found = estimate_feel(make_score("C4:0.5 " * 16, qpm=90))
    assert (found.feel, found.swing, found.ratio) == ("straight", 0.5, 1.0)
    assert found.qpm == pytest.approx(90, abs=0.01)
    assert found.is_quantised


def test_dotted_figures_are_not_swing() -> None:
    assert estimate_feel(make_score("C4:0.75 C4:0.25 " * 8)).feel == "straight"


def test_swung_sixteenths() -> None:
    found = estimate_feel(make_score("C4:0.32 C4:0.18 C4:0.32 C4:0.18 " * 8))
    assert found.feel == "swing-16"
    assert found.swing == pytest.approx(0.64, abs=0.02)


def test_compound_metres_say_so_and_few_notes_say_nothing() -> None:
    assert estimate_feel(make_score("C4:1 C4:0.5 " * 8, metre="6/8")).feel == "compound"
    assert estimate_feel(make_score("C4:1 C4:1")).feel == "unknown"
    empty = estimate_feel(make_score())
    assert empty.feel == "unknown"
    assert empty.late_ms == ()


def test_a_late_part_is_measured() -> None:
    score = make_score("C4:1 " * 8, "E4:1 " * 8, "")
    late = shift_time(score, shift_tick=24).parts[1]
    found = estimate_feel(score.with_parts(score.parts[0], late, replace(score.parts[2])))
    # 24 of 480 ticks at 120 a minute are 25 ms.
    assert found.late_ms[0] == pytest.approx(0, abs=1e-6)
    assert found.late_ms[1] == pytest.approx(25, abs=0.1)
    assert math.isnan(found.late_ms[2])
