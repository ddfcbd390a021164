"""Bars grouped as a style's grooves need, and never otherwise."""

from __future__ import annotations

from dataclasses import replace

from motet.arranger.style_file import find_style
from motet.score import Section, make_score
from motet.tasks.restyle.lay import lay_for


def lengths(text: str, metre: str, style: str, marks: tuple[int, ...] = ()) -> list[int]:
    score = make_score(text, metre=metre)
    sections = tuple(Section(tick=tick, label="A") for tick in marks)
    return [
        bar.duration_tick
        for bar in lay_for(replace(score, sections=sections), find_style(style)).bars
    ]


def test_a_metre_that_the_style_has_stays() -> None:
    assert lengths("C4:2 D4:2", "2/4", "samba") == [960, 960]


def test_two_bars_of_two_are_one_of_four() -> None:
    assert lengths("C4:8", "2/4", "rock") == [1920, 960, 960]
    assert lengths("C4:10", "2/4", "rock") == [1920, 1920, 960]


def test_six_eight_pairs_into_twelve_eight() -> None:
    assert lengths("C4:9", "6/8", "rock") == [2880, 1440]


def test_four_four_is_halved_for_a_style_in_two() -> None:
    assert lengths("C4:8", "4/4", "samba") == [960] * 4


def test_groups_begin_anew_at_sections_and_an_odd_bar_is_left_over() -> None:
    assert lengths("C4:10", "2/4", "rock", (0, 2880)) == [1920, 960, 960, 960]


def test_three_four_cannot_be_grouped() -> None:
    assert lengths("C4:6", "3/4", "rock") == [1440, 1440]
