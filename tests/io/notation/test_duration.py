"""Printed lengths of played notes."""

from __future__ import annotations

import pytest

from motet.io.notation.duration import DurationReader
from motet.io.notation.grid import ReadingGrid
from motet.io.notation.metre import UNITS_PER_QN as QN
from motet.score import make_score


def read(start: float, end: float, following: float | None, *, metre: str = "4/4"):
    score = make_score("C4:24", metre=metre)
    reader = DurationReader(ReadingGrid(score), [])
    after = None if following is None else int(following * QN)
    end_unit, is_staccato = reader.read_end(int(start * QN), int(end * QN), after, is_exact=False)
    return end_unit / QN, is_staccato


@pytest.mark.parametrize(
    ("start", "end", "following", "printed", "is_staccato"),
    [
        (0, 0.9, 1, 1, False),  # a small gap is filled
        (0, 1.1, 1, 1, False),  # legato is cut
        (0, 3.8, 4, 4, False),
        (0, 0.5, 1, 0.5, False),  # half its slot: eighth and rest
        (0, 0.2, 1, 1, True),  # much shorter: a dot
        (0.5, 0.7, 1, 1, True),
        (0, 3, 4, 3, False),
        (0, 1.4, 1.5, 1.5, False),
        (0, 7.9, 8, 8, False),  # over the bar line
        (2, 3.9, None, 4, False),
        (1.5, 1.7, 2.5, 2, True),  # no dot on a tied note
    ],
)
def test_the_fewest_symbols_for_the_smallest_change(start, end, following, printed, is_staccato):
    assert read(start, end, following) == (printed, is_staccato)


def test_dotted_beats_stay_whole() -> None:
    assert read(0, 1.35, 1.5, metre="12/8") == (1.5, False)
    assert read(0, 0.55, 1.5, metre="12/8") == (1, True)


def test_exact_ends_are_kept() -> None:
    reader = DurationReader(ReadingGrid(make_score("C4:4")), [])
    assert reader.read_end(0, QN // 4, QN, is_exact=True) == (QN // 4, False)
