"""Markov chains: by hand, against a slow twin, and as probabilities."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from motet.errors import ParameterError
from motet.tokens.vocab import VOCAB_SIZE
from motet.train.baseline import Markov, plain_documents


def slow_chance(documents: list[list[int]], context: list[int], token: int, share: float) -> float:
    """Witten-Bell from the longest context down, counted with dictionaries."""
    lower = 1 / VOCAB_SIZE if not context else slow_chance(documents, context[1:], token, share)
    k = len(context)
    follows: Counter[int] = Counter()
    for ids in documents:
        padded = [0] * 3 + ids
        for at in range(4, len(padded)):
            if padded[at - k : at] == context:
                follows[padded[at]] += 1
    total, new = sum(follows.values()), len(follows) * share
    return (follows[token] + new * lower) / (total + new) if total else lower


def test_chances_agree_with_a_slow_twin() -> None:
    rng = np.random.default_rng(0)
    documents = [[1, *rng.integers(3, 9, 30).tolist(), 2] for _ in range(8)]
    chain = Markov([np.array(ids) for ids in documents], order=3)
    object.__setattr__(chain, "shares", (1.0,) * 4)
    ids = documents[2][:12]
    for order in (0, 2, 3):
        found = chain.nats(np.array(ids), order=order)
        padded = [0] * 3 + ids
        for at in range(1, 12):
            context = padded[at + 3 - order : at + 3]
            expected = slow_chance(documents, context, ids[at], 1.0)
            assert found[at - 1] == pytest.approx(-np.log(expected))


def test_chances_add_up_to_one() -> None:
    rng = np.random.default_rng(1)
    chain = Markov([rng.integers(3, 20, 60) for _ in range(5)], order=2)
    total = sum(np.exp(-chain.nats(np.array([5, 7, token]))[-1]) for token in range(VOCAB_SIZE))
    assert total == pytest.approx(1.0)


def test_longer_contexts_foretell_what_has_order() -> None:
    documents = [np.array([1, *[3, 4, 3, 5] * 10, 2]) for _ in range(30)]
    chain = Markov(documents, order=3)
    means = [float(chain.nats(documents[0], order=order).mean()) for order in range(4)]
    assert means[0] > means[1] > means[2]
    assert means[2] == pytest.approx(means[3], abs=0.05)


def test_rows_are_judged_as_documents() -> None:
    chain = Markov([np.array([1, 5, 6, 2])] * 4, order=2)
    rows = np.array([[1, 5, 6, 2, 0, 0], [1, 6, 0, 0, 0, 0]], np.uint16)
    found = chain.losses(rows)
    assert found.shape == (2, 5)
    assert found[0, :3] == pytest.approx(chain.nats(rows[0, :4]))
    assert found[0, 3:].tolist() == [0, 0]


def test_orders_out_of_range_are_refused() -> None:
    with pytest.raises(ParameterError, match="order must be 0 to 4"):
        Markov([np.array([1, 2])] * 3, order=5)


def test_documents_are_the_pieces_in_windows(tmp_path: object) -> None:
    from pathlib import Path

    from motet.corpus.shards import open_shards
    from motet.tokens import count_notes
    from tiny_shards import write_tiny_shards

    shards = open_shards(write_tiny_shards(Path(str(tmp_path)) / "s"), "train")
    documents = list(plain_documents(shards))
    assert sum(map(count_notes, documents)) == shards.n_notes.sum()
    assert len(list(plain_documents(shards, max_tokens=1))) == 1
