"""Beams by beat, with hooks."""

from __future__ import annotations

import itertools

from motet.io.notation.beam import add_beams
from motet.io.notation.metre import UNITS_PER_QN as QN
from motet.io.notation.metre import bar_tree
from motet.io.notation.rhythm import write_rhythm
from motet.score import Metre


def beams(metre: tuple[int, int], *edges: float) -> list[tuple[str, ...]]:
    tree = bar_tree(Metre(tick=0, numerator=metre[0], denominator=metre[1]))
    places = [round(edge * QN) for edge in edges]
    spans = list(itertools.pairwise(places))
    symbols = write_rhythm(tree, spans, start=0, end=tree.duration)
    return [symbol.beams for symbol in add_beams(symbols, tree) if symbol.span >= 0]


def test_four_eighths_share_half_a_bar_but_never_its_middle() -> None:
    found = beams((4, 4), *[k / 2 for k in range(9)])
    assert [one[0] for one in found] == ["begin", "continue", "continue", "end"] * 2


def test_mixed_values_beam_by_beat() -> None:
    found = beams((4, 4), 0, 0.5, 1, 1.25, 1.5, 2)
    assert [one[0] for one in found] == ["begin", "end", "begin", "continue", "end"]


def test_hooks_point_at_the_long_note() -> None:
    assert beams((2, 4), 0, 0.75, 1) == [("begin",), ("end", "backward hook")]
    assert beams((2, 4), 0, 0.25, 1) == [("begin", "forward hook"), ("end",)]
    assert beams((2, 4), 0, 0.25, 0.75, 1) == [
        ("begin", "forward hook"),
        ("continue",),
        ("end", "backward hook"),
    ]


def test_compound_and_additive_metres_beam_by_group() -> None:
    found = beams((6, 8), *[k / 2 for k in range(7)])
    assert [one[0] for one in found] == ["begin", "continue", "end"] * 2
    found = beams((7, 8), *[k / 2 for k in range(8)])
    assert [one[0] for one in found] == ["begin", "end", "begin", "end", "begin", "continue", "end"]


def test_a_lone_eighth_and_a_quarter_have_flags_only() -> None:
    assert beams((4, 4), 0.5, 1, 2) == [(), ()]
