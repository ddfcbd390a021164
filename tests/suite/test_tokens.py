"""Counted tokens are those of the codec."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import motet
from motet.suite import Request
from motet.suite.tokens import (
    LAYOUTS,
    Layout,
    count_frame,
    count_tokens,
    measure_tokens,
    write_tokens,
)
from motet.tokens import encode, score_to_grid
from motet.tokens.vocab import FAMILIES


@pytest.mark.parametrize(("style", "seed"), [("classical", 0), ("bossa", 1)])
def test_counts_equal_the_codec(style: str, seed: int) -> None:
    grid = score_to_grid(motet.arrange(style=style, seed=seed, bars=8, humanise=0).score).grid
    ids = np.asarray(encode(grid))
    written = len(ids) - int(np.flatnonzero(ids == FAMILIES["NOTES"].start)[0]) - 2
    shipped = int(count_tokens(grid, Layout()).sum())
    assert written == shipped + count_frame(grid)
    assert shipped < count_tokens(grid, Layout(cursor="none")).sum()
    assert shipped > count_tokens(grid, Layout(velocity=False)).sum()


def test_the_table_counts_every_piece(long_shards: Path) -> None:
    facts = measure_tokens(Request(shards=long_shards))
    assert facts["pieces"] == 18
    assert sum(row["notes"] for row in facts["styles"].values()) == facts["notes"]
    assert set(facts["tokens_a_note"]) == set(LAYOUTS)
    assert "| jig | 6 |" in write_tokens(facts)
