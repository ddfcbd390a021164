"""Tests of motet.originality.block."""

from __future__ import annotations

import numpy as np
import pytest

from motet.errors import ParameterError
from motet.originality import Index
from motet.originality.block import longest_run
from motet.tokens import GridScore

MAX = 20


def line_of(grid: GridScore, part: int = 0) -> list[int]:
    pitches: list[int] = grid.notes["pitch"][grid.notes["part"] == part].tolist()
    return pitches


@pytest.mark.parametrize("n_more", [0, 1, 2, 3, 4, 9])
def test_the_note_that_would_go_on_is_forbidden(
    index: Index, tunes: list[GridScore], n_more: int
) -> None:
    block = index.run_block(MAX)
    line = line_of(tunes[4])
    start = [61, 50, 73, 55, 62][: n_more % 4]
    n = MAX - 1 + n_more
    assert line[n] in block(start + line[:n])
    assert line[n] + 5 in block([pitch + 5 for pitch in start + line[:n]])


def test_shorter_runs_are_free(index: Index, tunes: list[GridScore]) -> None:
    line = line_of(tunes[4])
    block = index.run_block(MAX)
    assert all(block(line[:n]) == frozenset() for n in range(MAX - 1))


def test_new_music_is_free(index: Index, strangers: list[GridScore]) -> None:
    block = index.run_block(MAX)
    for grid in strangers:
        line = line_of(grid)
        assert all(block(line[:n]) == frozenset() for n in range(len(line)))


def test_the_same_line_has_the_same_answer(index: Index, tunes: list[GridScore]) -> None:
    line = line_of(tunes[1])[: MAX + 2]
    one, two = index.run_block(MAX), index.run_block(MAX)
    two(line[:-1])
    assert one(line) == two(line) == one(line)


def test_too_short_a_run_is_refused(index: Index) -> None:
    with pytest.raises(ParameterError, match="max_notes must be 12"):
        index.run_block(5)


def test_the_longest_run(index: Index, tunes: list[GridScore]) -> None:
    line = np.array(line_of(tunes[6]))
    assert longest_run(index.store, line) == 48
    assert longest_run(index.store, line[5:30] + 3) == 25
    broken = line.copy()
    broken[20] += 1
    assert longest_run(index.store, broken) == 27
    assert longest_run(index.store, np.arange(40, 80)) == 0
