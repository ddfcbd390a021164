"""The table of adapting: folders from a corpus, figures before and after, and what they cost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

import motet.suite.adapt as table
from motet.corpus.layout import FORMAT, TIMING
from motet.corpus.shard import Piece, write_shards
from motet.corpus.style import style_value
from motet.errors import CorpusError
from motet.suite.adapt import TABLE, measure_adapting, tell_adapting
from motet.suite.table import Request
from motet.tokens import score_to_grid, vocab_hash
from tiny_bundle import make_tiny_bundle
from tiny_corpus import random_tune

torch.set_num_threads(1)


def write_corpus(folder: Path, style: str, n: int) -> Path:
    """Write n pieces of a style to adapt to, and two to judge by."""
    pieces = [
        Piece(
            name=f"made/t{k}",
            source=0,
            split="valid" if k < n else "test",
            group=k,
            weight=1.0,
            grid=replace(score_to_grid(random_tune(k)).grid, style=style_value(style)),
            timing=np.zeros(0, TIMING),
        )
        for k in range(n + 2)
    ]
    facts = {"format": FORMAT, "vocab_hash": vocab_hash(), "source_names": ["made"]}
    write_shards(folder, pieces, facts, {})
    return folder


def test_a_folder_of_the_corpus_is_adapted_to_and_told(tmp_path: Path) -> None:
    make_tiny_bundle(tmp_path)
    shards = write_corpus(tmp_path / "shards", "guitar", 3)
    said: list[str] = []
    request = Request(shards=shards, weights=tmp_path / "weights.npz", threads=1, say=said.append)
    facts = measure_adapting(request, minutes=0.1)
    (row,) = facts["rows"]
    assert (row["folder"], row["n_pieces"], row["n_held_out"]) == ("guitar", 3, 1)
    assert set(row["general"]) == {"arranger", "corpus"}
    assert row["own"]["nats_per_note_after"] < row["own"]["nats_per_note_before"]
    assert any("guitar" in line for line in said)
    text = TABLE.write(facts)
    assert "| guitar | 3 (1) |" in text
    assert "Fewer than 8 pieces held out" in text


def test_a_corpus_without_such_pieces_is_told(tmp_path: Path) -> None:
    shards = write_corpus(tmp_path / "shards", "hymn", 3)
    with pytest.raises(CorpusError, match="no three pieces"):
        measure_adapting(Request(shards=shards))
    assert TABLE.missing(Request())


def test_what_falls_short_is_said() -> None:
    better = {"nats_per_note_before": 3.0, "nats_per_note_after": 2.7, "n_notes": 9}
    worse = {"nats_per_note_before": 3.0, "nats_per_note_after": 3.3, "n_notes": 9}
    row = {"folder": "guitar", "n_pieces": 60, "n_held_out": 9, "is_independent": True,
           "own": better, "general": {"corpus": worse, "arranger": better}, "steps": 9,
           "minutes": 1.0}  # fmt: skip
    facts = {"rows": [row], "minutes": 6.0, "bundle": "small"}
    text = tell_adapting(facts)
    assert "Paid for elsewhere (other music is foretold worse): guitar." in text
    assert "+10.0 %" in text
    assert "No gain" not in text
    assert "No gain: guitar" in tell_adapting({**facts, "rows": [{**row, "own": worse}]})
    assert table.__all__ == ["TABLE", "measure_adapting", "tell_adapting"]
