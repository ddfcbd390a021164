"""Tokens a note are those that the codec writes."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from motet.corpus.cost import count_tokens
from motet.corpus.layout import FORMAT, TIMING
from motet.corpus.shard import Piece, write_shards
from motet.corpus.shards import open_shards
from motet.corpus.style import style_value
from motet.tokens import encode, score_to_grid, vocab_hash, window
from tiny_corpus import random_tune


def test_tokens_of_styles(tmp_path: Path) -> None:
    hymn, long = (
        replace(score_to_grid(random_tune(k, n_bars=n)).grid, style=style)
        for k, n, style in ((0, 8, style_value("hymn")), (1, 70, -1))
    )
    pieces = [
        Piece(
            name=name, source=0, split="train", group=0, weight=1.0, grid=grid,
            timing=np.zeros(0, TIMING),
        )
        for name, grid in (("a", hymn), ("b", hymn), ("c", long))
    ]  # fmt: skip
    write_shards(tmp_path / "s", pieces, {"format": FORMAT, "vocab_hash": vocab_hash()}, {})
    shards = open_shards(tmp_path / "s", "train")
    one = len(encode(window(hymn, 0, 8)))
    parts = len(encode(window(long, 0, 64))) + len(encode(window(long, 64, 70)))
    assert count_tokens(shards) == {"": (parts, 70 * 6), "hymn": (2 * one, 2 * 48)}
    assert count_tokens(shards, max_notes=1)["hymn"] == (one, 48)
