"""Chords in a style's colours, and which follows which."""

from __future__ import annotations

import pytest

from motet.arranger.style_file import find_style
from motet.tasks.restyle.vocabulary import colour_chord, read_vocabulary
from motet.theory.chord import parse_chord
from motet.theory.scale import Key


@pytest.mark.parametrize(
    ("chord", "style", "coloured"),
    [
        ("C", "bossa", "Cmaj7"),
        ("G", "bossa", "G7"),
        ("Dm", "neo-soul", "Dm9"),
        ("E", "swing", "E7"),
        ("C", "blues", "C7"),
        ("F", "blues", "F7"),
        ("Am9", "rock", "Am"),
        ("G13", "rock", "G7"),
        ("Bdim", "bossa", "Bdim"),
    ],
)
def test_a_style_colours_chords(chord: str, style: str, coloured: str) -> None:
    found = colour_chord(parse_chord(chord), find_style(style), Key("C"))
    assert found.symbol == coloured


def test_a_sung_root_gets_a_sixth() -> None:
    found = colour_chord(parse_chord("C"), find_style("bossa"), Key("C"), sung=frozenset({0}))
    assert found.symbol == "C6"


def test_usual_steps_cost_less() -> None:
    found = read_vocabulary(find_style("bossa"), Key("F"))
    gm, c7, fmaj = (parse_chord(one) for one in ("Gm7", "C7", "Fmaj7"))
    assert found.step(gm, c7) < found.step(gm, fmaj)
    assert {chord.root for chord in found.chords} >= {"G", "C", "F"}
