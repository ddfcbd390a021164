"""The chain that writes gives what can be read, and nothing that it never saw."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from motet.corpus import open_shards
from motet.score import make_score
from motet.suite.chain import Chain, learn_chain
from motet.tokens import decode, encode, score_to_grid


def test_what_is_written_can_be_read(long_shards: Path, rng: np.random.Generator) -> None:
    shards = open_shards(long_shards, "train")
    chain = learn_chain(shards, n_pieces=6, rng=rng)
    for grid in (shards[0], shards[1]):
        made = chain.write(grid, rng)
        assert made.n_notes > 0
        assert decode(encode(made)).equals(made)


def test_a_chain_of_one_tune_writes_that_tune(rng: np.random.Generator) -> None:
    grid = score_to_grid(make_score(" | ".join(["C4:1 D4:1 E4:2"] * 5))).grid
    chain = Chain()
    chain.learn(grid)
    assert chain.write(grid, rng).equals(grid)
