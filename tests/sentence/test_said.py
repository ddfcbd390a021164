"""The last word wins."""

from __future__ import annotations

from motet.sentence.said import Said, last_wins


def test_the_last_wins_and_equal_ones_do_not_contradict() -> None:
    said = [Said("key", "C", 0, 1), Said("key", "D", 5, 6), Said("key", "D", 9, 10)]
    own, others = last_wins(said, "key")
    assert own == said[2]
    assert others == [said[0]]
    assert last_wins(said, "bars") == (None, [])
