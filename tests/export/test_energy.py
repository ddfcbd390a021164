"""Energy is minutes times watts, and says what it assumed."""

from __future__ import annotations

import pytest

from motet.export.energy import estimate_energy, tell_energy


def test_cores_count() -> None:
    one, four = (estimate_energy({"minutes": 90.0, "threads": n}) for n in (1, 4))
    assert one is not None
    assert four is not None
    assert one.kwh == pytest.approx(0.0225)  # 1.5 h x 10 W x 1.5
    assert four.kwh == pytest.approx(4 * one.kwh)


def test_watts_that_are_known_win_over_the_guess() -> None:
    found = estimate_energy({"minutes": 30, "device": "cuda:0", "watts": 400})
    assert found is not None
    assert (found.watts, found.basis) == (400.0, "stated")
    assert found.kwh == pytest.approx(0.3)


def test_runs_it_went_on_from_count() -> None:
    found = estimate_energy({"minutes": 10, "minutes_before": 50, "threads": 2})
    assert found is not None
    assert found.minutes == 60.0


@pytest.mark.parametrize("minutes", [None, 0, -3, float("nan"), float("inf"), "67", True])
def test_a_length_that_is_none_gives_no_estimate(minutes: object) -> None:
    assert estimate_energy({"minutes": minutes}) is None
    assert tell_energy(estimate_energy({"minutes": minutes}), language="zh") == "未说明。"


def test_the_assumption_is_told_in_both_languages() -> None:
    energy = estimate_energy({"minutes": 67.0, "threads": 2})
    english, chinese = tell_energy(energy), tell_energy(energy, language="zh")
    for text in (english, chinese):
        assert "0.034 kWh" in text
        assert "67" in text
        assert "20 W" in text
        assert "1.5" in text
    assert "assumed" in english
    assert "假定" in chinese
