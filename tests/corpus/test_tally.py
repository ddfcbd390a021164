"""Counts of a corpus add up by split, style and source."""

from pathlib import Path

from motet.corpus.choice import choose_pieces
from motet.corpus.item import Item
from motet.corpus.manifest import load_manifest
from motet.corpus.prepare import Prepared
from motet.corpus.tally import list_credits, tally_corpus
from motet.tokens import score_to_grid
from tiny_corpus import random_tune


def test_credits_of_single_pieces() -> None:
    items = [
        Item(source="a", name=name, path=Path(name), work=name, credit=credit)
        for name, credit in (("x", "Zoe"), ("y", "Ann"), ("z", "Bob"), ("w", ""))
    ]
    assert list_credits(items, {"a/x", "a/y", "a/w"}) == {"a": ["Ann", "Zoe"]}
    assert list_credits(items, set()) == {}


def test_counts_add_up() -> None:
    sources = load_manifest()[:2]
    prepared = [
        Prepared(
            item=Item(
                source=sources[k % 2].name,
                name=f"{k}",
                path=Path("x"),
                work=f"{k}",
                style="hymn" if k < 3 else "",
            ),
            grid=score_to_grid(random_tune(k)).grid,
        )
        for k in range(8)
    ]
    choice = choose_pieces(prepared, [source.name for source in sources], [])
    told = tally_corpus(choice, sources)
    for rows in ("splits", "sources"):
        assert sum(row["n_pieces"] for row in told[rows].values()) == 8
        assert sum(row["n_notes"] for row in told[rows].values()) == 8 * 12 * 6
    assert told["styles"]["hymn"]["n_pieces"] == 3
    assert told["n_groups"] == 8
    assert told["sources"][sources[0].name]["licence"] == sources[0].licence
