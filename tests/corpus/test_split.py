"""The split rule is frozen: these values must never change."""

from motet.corpus.split import SPLITS, choose_split

FROZEN = dict.fromkeys(("8", "19", "47", "50", "56", "61", "87", "97"), "valid")


def test_shares() -> None:
    found = [choose_split([f"work {k}"]) for k in range(5000)]
    shares = [found.count(split) / len(found) for split in SPLITS]
    assert abs(shares[0] - 0.92) < 0.015
    assert abs(shares[1] - 0.04) < 0.012
    assert abs(shares[2] - 0.04) < 0.012


def test_the_rule_is_frozen() -> None:
    outside = {str(k): choose_split([str(k)]) for k in range(100)}
    assert {work: split for work, split in outside.items() if split != "train"} == FROZEN
    assert choose_split(["polish-scores/pl-kk--kk-i-1/057"]) == "train"


def test_order_and_repeats_do_not_matter() -> None:
    assert choose_split(["x", "y", "z"]) == choose_split(["z", "x", "y", "x"])
