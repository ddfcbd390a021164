"""A corpus of a few tunes as shards, for tests of training: no archives, no files to read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from motet.corpus.layout import FORMAT, TIMING
from motet.corpus.shard import Piece, write_shards
from motet.tokens import score_to_grid, vocab_hash
from tiny_corpus import random_tune


def write_tiny_shards(folder: Path) -> Path:
    """Write 12 pieces to train on and 4 to judge by, of two styles; the folder comes back."""
    pieces = []
    for k in range(18):
        split = "train" if k < 12 else "valid" if k < 16 else "test"
        grid = score_to_grid(random_tune(k, n_bars=6 + k % 5)).grid
        pieces.append(
            Piece(
                name=f"made/t{k:02}",
                source=0,
                split=split,
                group=k,
                weight=1.0,
                grid=replace(grid, style=k % 2),
                timing=np.zeros(0, TIMING),
            )
        )
    facts = {"format": FORMAT, "vocab_hash": vocab_hash(), "source_names": ["made"]}
    write_shards(folder, pieces, facts, {})
    return folder
