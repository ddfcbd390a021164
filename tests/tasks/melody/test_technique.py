"""Techniques read back off notes."""

from __future__ import annotations

from fractions import Fraction

from motet.tasks.melody.motif import (
    Motif,
    Tone,
    augment,
    diminish,
    extend_motif,
    fragment,
    invert,
    join_motifs,
    move,
    retrograde,
)
from motet.tasks.melody.technique import NAMES, find_technique

ONE = Motif(
    tuple(
        Tone(Fraction(a), Fraction(b), s)
        for a, b, s in (("0", "1", 0), ("1", "1/2", 2), ("3/2", "1/2", 1), ("2", "2", -3))
    ),
    Fraction(4),
)


def test_each_transformation_is_told() -> None:
    half = fragment(ONE, Fraction(2))
    told = {
        "statement": ONE, "sequence": move(ONE, -2), "dominant": move(ONE, 4),
        "inversion": invert(ONE), "retrograde": retrograde(ONE), "augmentation": augment(ONE),
        "diminution": join_motifs(diminish(ONE), move(diminish(ONE), 1)),
        "fragmentation": join_motifs(half, move(half, 1)), "extension": extend_motif(ONE),
    }  # fmt: skip
    for name, passage in told.items():
        assert find_technique(ONE, passage).name == name
        assert name in NAMES


def test_what_is_something_else_is_free() -> None:
    other = Motif(
        tuple(Tone(Fraction(k, 3), Fraction(1, 3), s) for k, s in enumerate((0, 5, -2, 8, 1, 6))),
        Fraction(2),
    )
    assert find_technique(ONE, other).name == "free"
    assert find_technique(ONE, Motif((), Fraction(4))).name == "free"


def test_an_octave_is_a_statement_and_steps_are_counted() -> None:
    assert find_technique(ONE, move(ONE, 7)).name == "statement"
    assert find_technique(ONE, move(ONE, 3)).steps == 3
