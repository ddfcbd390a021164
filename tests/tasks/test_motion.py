"""Lines move on: the third repeated note of late is not offered."""

from __future__ import annotations

import pytest

from motet.tasks.motion import forbid_repeats, join_forbids


@pytest.mark.parametrize(("line", "forbidden"), [
    ([], []), ([60], []), ([60, 60], []), ([60, 60, 60], [60]), ([60, 60, 62, 62, 64], [64]),
    ([60, 60, 62, 62, *range(64, 75)], []),
])  # fmt: skip
def test_two_repeats_in_ten_moves_are_enough(line: list[int], forbidden: list[int]) -> None:
    assert list(forbid_repeats(line)) == forbidden


def test_what_any_forbids_is_forbidden() -> None:
    assert join_forbids(None)([60]) == set()
    assert join_forbids(lambda line: {line[0]}, lambda line: {line[-1]})([60, 64]) == {60, 64}
