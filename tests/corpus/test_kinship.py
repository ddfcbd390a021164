"""Kinship is settled: a second look at what is left finds nothing new."""

import numpy as np

from motet.corpus.duplicates import find_pairs
from motet.corpus.kinship import Known, find_kinship

NOTHING = Known(lines={}, rolls={})


def way(*spans: tuple[int, int]) -> tuple[np.ndarray, ...]:
    numbers = np.concatenate([np.arange(*span) for span in spans])
    return (np.unique(numbers).astype(np.uint64),)


def test_a_better_copy_is_kept() -> None:
    ways = [way((0, 30)), way((0, 28)), way((100, 130))]
    found = find_kinship(ways, ["a", "b", "c"], [(1, 10), (0, 5), (0, 9)], [])
    assert found.copies == [1, -1, -1]
    assert found.groups.tolist() == [0, 0, 2]


def test_a_part_of_a_work_goes_with_the_whole() -> None:
    ways = [way((0, 100)), way((0, 20))]
    ranks = [(0, 100), (0, 20)]
    assert find_kinship(ways, ["w", "w"], ranks, []).copies == [-1, 0]
    assert find_kinship(ways, ["w", "v"], ranks, []).copies == [-1, -1]


def test_benchmarks_take_their_relatives_along() -> None:
    known = Known(lines={"bench/1": way((0, 20))[0]}, rolls={})
    ways = [way((10, 50)), way((35, 70)), way((200, 240))]
    found = find_kinship(ways, ["a", "b", "c"], [(0, 1)] * 3, [NOTHING, known])
    assert found.hits == {0: "bench/1", 1: "bench/1"}


def test_rolls_are_compared_with_samples() -> None:
    known = Known(lines={}, rolls={"bench/r": way((500, 520))[0]})
    ways = [(way((0, 20))[0], way((500, 515))[0]), (way((500, 520))[0], way((40, 60))[0])]
    assert find_kinship(ways, ["a", "b"], [(0, 1)] * 2, [known]).hits == {0: "bench/r"}


def test_what_is_no_longer_commonplace_is_found_in_a_second_look() -> None:
    common = (0, 12)
    copies = [way(common, (1000, 1040)) for _ in range(30)]
    pair = [way(common, (2000, 2020)), way(common, (3000, 3020))]
    ways = copies + pair
    works = [f"w{k}" for k in range(len(ways))]
    assert len(find_pairs([one[0] for one in pair])) == 1
    found = find_kinship(ways, works, [(0, 1)] * len(ways), [])
    assert found.copies[:30] == [-1] + [0] * 29
    left = [k for k in range(len(ways)) if found.copies[k] < 0]
    pairs = find_pairs([ways[k][0] for k in left])
    assert len(pairs) == 3
    assert len({int(found.groups[k]) for k in left}) == 1


def test_nothing() -> None:
    found = find_kinship([], [], [], [NOTHING])
    assert (found.copies, found.hits, len(found.groups)) == ([], {}, 0)
