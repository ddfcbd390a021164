"""Parts and bars as a caller names them."""

import pytest

from motet.errors import ParameterError
from motet.score import bar_indices, find_part, make_score, part_indices

SCORE = make_score("C4:4 D4:4 E4:4", "drums 36:1")


def test_parts_by_index_end_and_name():
    assert [find_part(SCORE, part) for part in (0, -1, "Part 1", "Drums")] == [0, 1, 0, 1]


def test_two_equal_parts_are_told_apart_by_index():
    twice = make_score("C4:1", "C4:1")
    assert find_part(twice, 1) == 1


def test_selections_are_sorted_and_without_doubles():
    assert part_indices(SCORE, [-1, 0, "Drums"]) == (0, 1)
    assert part_indices(SCORE, "Drums") == (1,)
    assert part_indices(SCORE, []) == ()
    assert bar_indices(SCORE, [2, -1, 0]) == (0, 2)
    assert bar_indices(SCORE, None) == (0, 1, 2)


@pytest.mark.parametrize("part", [2, -3, "Flute"])
def test_missing_parts(part):
    with pytest.raises(ParameterError):
        find_part(SCORE, part)


@pytest.mark.parametrize("bar", [3, -4])
def test_missing_bars(bar):
    with pytest.raises(ParameterError, match="0 to 2"):
        bar_indices(SCORE, [bar])
