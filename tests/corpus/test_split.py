"""The split rule is frozen: these values must never change."""

from motet.corpus.split import SPLITS, choose_split


def test_shares() -> None:
    found = [choose_split([f"work {k}"]) for k in range(5000)]
    shares = [found.count(split) / len(found) for split in SPLITS]
    assert abs(shares[0] - 0.92) < 0.015
    assert abs(shares[1] - 0.04) < 0.012
    assert abs(shares[2] - 0.04) < 0.012


def test_the_rule_is_frozen() -> None:
    works = ["polish-scores/pl-kk--kk-i-1/057", "openhymnal/Abide_With_Me-Eventide", "a", "b", "c", "w"]
    assert [choose_split([work]) for work in works] == FROZEN


def test_order_and_repeats_do_not_matter() -> None:
    assert choose_split(["x", "y", "z"]) == choose_split(["z", "x", "y", "x"])


FROZEN = ["?"]
