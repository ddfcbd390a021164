"""Invented harmony: sections return with their chords, pieces come home through a dominant."""

from __future__ import annotations

from fractions import Fraction

import pytest

from motet.arranger import Style, find_style, list_styles
from motet.arranger.form import parse_form
from motet.arranger.harmony import BarChords, fit_progression, invent_harmony, tonic_chord
from motet.theory.scale import parse_key

FOUR = (Fraction(1),) * 4


def symbols(bars: list[BarChords]) -> list[str]:
    return [" ".join(chord.symbol for _, _, chord in bar) for bar in bars]


def invent(style: Style, form: str, key: str = "C", seed: int = 1) -> list[list[BarChords]]:
    return invent_harmony(style, parse_key(key), parse_form(form), beats_qn=FOUR, seed=seed)


def test_a_section_that_returns_has_the_same_chords() -> None:
    first, _, again, _ = invent(find_style("pop"), "A8 B8 A8 outro4")
    assert symbols(first) == symbols(again)


def test_a_bridge_has_chords_of_its_own() -> None:
    one, two = invent(find_style("bossa"), "A8 B8")
    assert symbols(one) != symbols(two)


@pytest.mark.parametrize("key", ["C", "A minor", "Eb", "F# minor"])
def test_every_style_comes_home(key: str) -> None:
    for style in list_styles():
        sections = invent(style, "A8 B7", key)
        assert [len(bars) for bars in sections] == [8, 7]
        *_, last = sections[-1]
        assert [chord.root_pc for _, _, chord in last] == [parse_key(key).tonic_pc]
        for bar in [bar for bars in sections for bar in bars]:
            assert sum(duration for _, duration, _ in bar) == pytest.approx(4)


def test_the_last_chord_but_one_leads_home() -> None:
    for seed in range(6):
        bars = invent(find_style("pop"), "A8 B8", seed=seed)[-1]
        assert bars[-2][-1][2].root_pc in (7, 5, 10, 1)


def test_a_style_without_progressions_has_plain_ones(tiny: Style) -> None:
    assert set(" ".join(symbols(invent(tiny, "A8")[0])).split()) <= {"C", "Am", "F", "G"}


@pytest.mark.parametrize(
    ("style", "key", "symbol"),
    [("bossa", "F", "Fmaj7"), ("bossa", "D minor", "Dm7"), ("blues", "E", "E7")],
)
def test_the_tonic_has_the_style_s_colour(style: str, key: str, symbol: str) -> None:
    assert tonic_chord(find_style(style), parse_key(key)).symbol == symbol


def test_fitting_repeats_and_cuts() -> None:
    bars = invent(find_style("pop"), "A4")[0]
    assert symbols(fit_progression(bars, 6)) == symbols([*bars, *bars[:2]])
    assert symbols(fit_progression(bars, 3)) == symbols(bars[:3])
