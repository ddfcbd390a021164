"""Documents count the notes they should, and no others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from motet.corpus import open_shards
from motet.score import make_score
from motet.suite import Request
from motet.suite.documents import (
    Document,
    count_chains,
    make_document,
    open_model,
    pick_pieces,
    sum_nats,
)
from motet.tokens import score_to_grid
from motet.tokens.vocab import FAMILIES

GRID = score_to_grid(make_score("C4:1 D4:1 E4:2 | F4:4 | G4:2 A4:2 | C5:4")).grid


def even(rows: np.ndarray) -> np.ndarray:
    """One nat a token."""
    return np.ones((len(rows), rows.shape[1] - 1), np.float32)


def test_holes_count_their_notes_alone() -> None:
    holed = make_document(GRID, holes=[(1, 0), (2, 0)])
    assert (holed.n_notes, holed.n_bars) == (3, 2)
    first = int(np.flatnonzero(holed.ids == FAMILIES["FILL"].start)[0])
    assert not holed.marks[:first].any()
    left = make_document(GRID, bars=range(1, 3))
    assert (left.n_notes, left.n_bars) == (3, 2)
    assert make_document(GRID).n_notes == 7


def test_nats_are_those_of_the_marked_tokens() -> None:
    documents = [make_document(GRID), make_document(GRID, bars=range(1))]
    found = sum_nats(even, documents, batch_rows=1)
    assert found.tolist() == [float(one.marks.sum()) for one in documents]
    assert sum_nats(even, documents).tolist() == found.tolist()


def test_pieces_are_balanced(long_shards: Path, rng: np.random.Generator) -> None:
    shards = open_shards(long_shards, "test")
    found = pick_pieces(shards, per_style=3, rng=rng, context=256)
    counts = np.unique([grid.style for grid in found], return_counts=True)[1]
    assert counts.max() <= 3
    assert counts.sum() > len(shards)
    assert all(len(make_document(grid).ids) <= 257 for grid in found)


def test_a_model_and_chains_foretell(small_request: Request) -> None:
    documents = [make_document(GRID)]
    chains = count_chains(open_shards(small_request.find_shards(), "train"), max_tokens=3000)
    assert list(chains) == ["unigram", "Markov, order 2", "Markov, order 3"]
    with open_model(small_request) as losses:
        mine = sum_nats(losses, documents)
    assert mine[0] == pytest.approx(np.log(1536) * documents[0].marks.sum(), rel=0.4)
    assert sum_nats(chains["unigram"], documents)[0] < mine[0]
    assert isinstance(documents[0], Document)
