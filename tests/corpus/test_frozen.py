"""The frozen split: it can tell a leak, and does not mind machine-made pieces."""

from __future__ import annotations

from motet.corpus.frozen import compare_splits, describe_splits, load_frozen, name_digest
from motet.corpus.split import SPLITS

NAMES = {"train": ["a/1", "a/2"], "valid": ["a/3"], "test": ["b/1"]}


def test_what_comes_with_motet_is_whole() -> None:
    frozen = load_frozen()
    for split in SPLITS[1:]:
        own = frozen["held_out"][split]
        assert len(own) == len(set(own)) == frozen["splits"][split]["n_pieces"]
    assert not set(frozen["held_out"]["valid"]) & set(frozen["held_out"]["test"])
    assert frozen["splits"]["train"]["n_pieces"] > 10_000


def test_order_and_made_pieces_do_not_count() -> None:
    frozen = describe_splits(NAMES)
    other = NAMES | {"train": ["arranger/pop/0001", "a/2", "a/1"]}
    assert compare_splits(other, frozen)["is_same"]


def test_a_leak_is_found() -> None:
    frozen = describe_splits(NAMES)
    found = compare_splits({"train": ["a/1", "a/2", "b/1"], "valid": ["a/3"], "test": []}, frozen)
    assert found == {"is_same": False, "n_leaked": 1, "n_held_out": 1}
    assert name_digest("b/1") in frozen["held_out"]["test"]
