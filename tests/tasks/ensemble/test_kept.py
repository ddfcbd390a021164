"""What an arrangement keeps."""

from __future__ import annotations

import math

from motet.score import make_score
from motet.tasks.ensemble.kept import kept_checks, measure_kept, range_check
from motet.theory.instrument import find_instrument


def test_shares_by_hand() -> None:
    source = make_score("C5:1 D5:1 E5:2", "G3:4")
    found = measure_kept(source, make_score("C5:1 D6:1", "G3:4"), source.parts[0].notes)
    assert (found.notes, found.exact, found.onsets) == (0.75, 0.5, 2 / 3)
    assert found.pitch_classes == 0.75
    assert (found.n_melody_kept, found.n_melody_moved) == (2, 1)
    assert kept_checks(found)[0].ok is False


def test_only_the_singers_count_for_the_melody() -> None:
    source = make_score("C5:4")
    result = make_score("C6:4", "C5:4")
    assert measure_kept(source, result, source.parts[0].notes, singers=[0]).n_melody_moved == 1
    assert measure_kept(source, result, source.parts[0].notes).n_melody_moved == 0


def test_nothing_is_undefined() -> None:
    empty = make_score("r:4")
    assert math.isnan(measure_kept(empty, empty, ()).notes)


def test_out_of_range_is_counted() -> None:
    check = range_check(make_score("C2:2 C5:2"), [find_instrument("flute")])
    assert check.measured[0].startswith("1;")
    assert check.ok is False
