"""Finding the same music: shares of fingerprints, groups, other collections."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.corpus.duplicates import find_pairs, find_shared, group_pieces

SETS = st.lists(st.sets(st.integers(0, 40), max_size=25), min_size=0, max_size=8)


def hashes(numbers):
    return np.array(sorted(numbers), dtype=np.uint64)


@settings(max_examples=40)
@given(SETS)
def test_pairs_are_those_of_the_plain_way(sets) -> None:
    pairs = find_pairs([hashes(one) for one in sets], minimum=0.25)
    expected = {}
    for i, one in enumerate(sets):
        for j, two in enumerate(sets[i + 1 :], i + 1):
            shared = len(one & two)
            if shared >= 6 and shared / min(len(one), len(two)) >= 0.25:
                expected[i, j] = (shared / min(len(one), len(two)), shared / len(one | two))
    found = {
        (i, j): (c, s)
        for i, j, c, s in zip(
            pairs.first.tolist(),
            pairs.second.tolist(),
            pairs.contained.tolist(),
            pairs.similarity.tolist(),
        )
    }
    assert found.keys() == expected.keys()
    for key, values in expected.items():
        assert np.allclose(found[key], values)


def test_what_everyone_has_does_not_count() -> None:
    common = range(10)
    sets = [hashes([*common, *range(100 + 20 * k, 115 + 20 * k)]) for k in range(40)]
    assert len(find_pairs(sets)) == 0
    assert len(find_pairs(sets[:20])) == 190


@settings(max_examples=40)
@given(st.integers(1, 12), st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=15))
def test_groups_are_connected_pieces(n: int, links: list[tuple[int, int]]) -> None:
    links = [(i % n, j % n) for i, j in links]
    groups = group_pieces(n, links).tolist()
    reach = [{k} for k in range(n)]
    for _ in range(n):
        for i, j in links:
            both = reach[i] | reach[j]
            for k in both:
                reach[k] = reach[k] | both
    assert groups == [min(reach[k]) for k in range(n)]


def test_shared_with_others() -> None:
    tunes = [hashes(range(0, 20)), hashes(range(30, 50)), hashes(range(60, 66))]
    others = [hashes(range(100, 120)), hashes(range(35, 60)), hashes(range(0, 8))]
    assert find_shared(tunes, others).tolist() == [2, 1, -1]
    assert find_shared([], others).tolist() == []
