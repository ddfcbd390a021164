"""Curves as characters."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from motet.cli.curve_plot import draw_sparkline, plot_curve, tell_curves
from motet.train.curves import Curve


def test_a_flat_curve_is_a_line_in_the_middle() -> None:
    lines = plot_curve(
        Curve(name="a", group="", steps=[1, 9], values=[2.0, 2.0]), width=6, height=3
    )
    assert [line[12:] for line in lines[:3]] == ["", "⠤⠤⠤⠤⠤⠤", ""]
    assert lines[0].startswith("       2.5 ┤")


@settings(max_examples=30)
@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60), st.integers(2, 50), st.integers(1, 9)
)
def test_any_curve_fits_its_place(values: list[float], width: int, height: int) -> None:
    curve = Curve(name="a", group="", steps=list(range(len(values))), values=values)
    lines = plot_curve(curve, width=width, height=height)
    assert len(lines) == height + 2
    assert all(len(line) <= 12 + max(width, 4) for line in lines[:-1])
    assert 1 <= len(draw_sparkline(values, width=width)) <= width


def test_names_and_courses_stand_below_each_other() -> None:
    curves = [Curve(name=name, group="", steps=[1, 2], values=[2.0, 1.0]) for name in ("a", "bb")]
    lines = tell_curves(curves, is_ascii=True)
    assert [line[-2:] for line in lines] == ["#_", "#_"]
    assert len({len(line) for line in lines}) == 1
