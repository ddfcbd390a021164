"""A built corpus comes apart into the pieces that it was written from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from motet.corpus.built import load_built
from motet.corpus.layout import TIMING
from motet.corpus.shard import Piece, write_shards
from motet.errors import CorpusError
from motet.score import make_score
from motet.tokens import score_to_grid, vocab_hash


def piece(name: str, split: str, text: str, n_strokes: int = 0) -> Piece:
    timing = np.zeros(n_strokes, TIMING)
    timing["velocity"] = np.arange(n_strokes) + 1
    return Piece(
        name=name, source=0, split=split, group=3, weight=0.25,
        grid=score_to_grid(make_score(text)).grid, timing=timing,
    )  # fmt: skip


def test_pieces_come_back(tmp_path: Path) -> None:
    pieces = [
        piece("a", "train", "C4:4", 2),
        piece("b", "train", "D4:4"),
        piece("c", "train", "E4:4", 3),
        piece("d", "test", "F4:4", 1),
    ]
    facts = {"format": 1, "vocab_hash": vocab_hash(), "source_names": ["mine"]}
    write_shards(tmp_path / "s", pieces, facts, {"duplicates": {"x": "a"}, "benchmark": {}})
    choice, told, _ = load_built(tmp_path / "s")
    assert [(one.name, one.split, one.group) for one in choice.pieces] == [
        (one.name, one.split, one.group) for one in pieces
    ]
    for one, other in zip(choice.pieces, pieces, strict=True):
        assert one.grid.equals(other.grid)
        assert one.timing["velocity"].tolist() == other.timing["velocity"].tolist()
    assert choice.duplicates == {"x": "a"}
    assert told["source_names"] == ["mine"]


def test_a_missing_report_is_said(tmp_path: Path) -> None:
    facts = {"format": 1, "vocab_hash": vocab_hash(), "source_names": []}
    write_shards(tmp_path / "s", [], facts, {})
    (tmp_path / "s" / "report.json").unlink()
    with pytest.raises(CorpusError, match="damaged"):
        load_built(tmp_path / "s")
