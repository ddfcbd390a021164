"""Contours: arches over phrases, inside the range, the same where a section returns."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from motet.tasks.contour import plan_contour
from motet.tasks.frame import FrameSection

ABA = [FrameSection("A", 0, 8), FrameSection("B", 8, 16), FrameSection("A", 16, 24)]


@settings(max_examples=30)
@given(st.integers(20, 90), st.integers(0, 40), st.integers(0, 9))
def test_windows_lie_in_the_range_and_hold_a_tone_of_any_chord(
    low: int, room: int, seed: int
) -> None:
    windows = plan_contour(ABA, low=low, high=low + room, seed=seed, name="Flute")
    assert sorted(windows) == list(range(24))
    for bottom, top in windows.values():
        assert low <= bottom <= top <= low + room
        assert top - bottom == min(room, 11)


def test_a_section_that_returns_lies_where_it_lay() -> None:
    windows = plan_contour(ABA, low=60, high=84, seed=3, name="Flute")
    assert [windows[bar] for bar in range(8)] == [windows[bar] for bar in range(16, 24)]
    other = plan_contour(ABA, low=60, high=84, seed=4, name="Flute")
    assert windows != other


def test_phrases_rise_and_fall() -> None:
    windows = plan_contour(ABA, low=60, high=84, seed=3, name="Flute")
    assert windows[0][0] < windows[1][0]
    assert windows[3][0] < windows[2][0]
