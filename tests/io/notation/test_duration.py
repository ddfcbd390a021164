"""Printed lengths of played notes."""

from __future__ import annotations

import pytest

from motet.io.notation.duration import DurationReader, steady_ends
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


def test_half_filled_eighths_do_not_flicker() -> None:
    half = QN // 2
    reader = DurationReader(ReadingGrid(make_score("C4:24")), [])
    played = [round(half * share) for share in (0.5, 0.488, 0.512, 0.47, 0.53, 0.5, 0.49, 0.51)]
    slots = [(k * half, k * half + length, (k + 1) * half) for k, length in enumerate(played)]
    marks = {reader.read_end(*slot, is_exact=False)[1] for slot in steady_ends(slots)}
    assert marks == {False}


def test_notes_near_the_border_of_staccato_all_read_alike() -> None:
    half = QN // 2
    reader = DurationReader(ReadingGrid(make_score("C4:24")), [])
    for middle in (0.40, 0.42, 0.44):
        played = [round(half * (middle + d / 100)) for d in (0, -2, 2, 1, -1, 2, -2, 0)]
        slots = [(k * half, k * half + length, (k + 1) * half) for k, length in enumerate(played)]
        assert len({reader.read_end(*s, is_exact=False)[1] for s in steady_ends(slots)}) == 1


def test_long_and_short_notes_stay_different() -> None:
    half = QN // 2
    shares = (0.95, 0.2, 0.97, 0.22, 0.93, 0.21)
    slots = [(k * half, k * half + round(s * half), (k + 1) * half) for k, s in enumerate(shares)]
    steady = [(end - start) / half for start, end, _ in steady_ends(slots)]
    assert steady == pytest.approx([0.95, 0.21] * 3, abs=0.001)
