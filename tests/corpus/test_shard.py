"""Writing shards and reading them back, drums' timing included."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from motet.corpus.layout import FORMAT, TIMING
from motet.corpus.performed import Stroke
from motet.corpus.shard import Piece, place_strokes, write_shards
from motet.corpus.shards import open_shards
from motet.errors import ParameterError
from motet.score import make_score
from motet.tokens import score_to_grid, vocab_hash
from tiny_corpus import random_tune

FACTS = {"format": FORMAT, "vocab_hash": vocab_hash(), "source_names": ["a"]}


def piece(name: str, grid, *, split: str = "train", timing=None) -> Piece:
    return Piece(
        name=name,
        source=0,
        split=split,
        group=4,
        weight=0.5,
        grid=grid,
        timing=np.zeros(0, TIMING) if timing is None else timing,
    )


def test_there_and_back(tmp_path: Path) -> None:
    grids = [
        replace(score_to_grid(random_tune(k)).grid, qpm=None if k else 92.0, style=k - 1)
        for k in range(3)
    ]
    pieces = [
        piece(f"a/p{k}", grid, split="valid" if k == 1 else "train") for k, grid in enumerate(grids)
    ]
    write_shards(tmp_path / "s", pieces, FACTS, {})
    train, valid, test = (open_shards(tmp_path / "s", name) for name in ("train", "valid", "test"))
    assert (train.names, valid.names, test.names) == (("a/p0", "a/p2"), ("a/p1",), ())
    for found, grid in zip([*train, *valid], [grids[0], grids[2], grids[1]], strict=True):
        assert found.equals(grid)
        assert found.shift_semi == grid.shift_semi
    assert len(test) == 0
    assert list(test) == []


def test_strokes_go_to_their_bars(tmp_path: Path) -> None:
    grid = score_to_grid(make_score("drums 36:3 | 38:1 42:2", metre="3/4")).grid
    strokes = [
        Stroke(tick=0, pitch=36, deviation_qn=-0.01, velocity=100),
        Stroke(tick=1440 + 480, pitch=42, deviation_qn=0.02, velocity=40),
    ]
    timing = place_strokes(strokes, resolution=480, grid=grid)
    assert timing[["bar", "pos", "pitch", "velocity"]].tolist() == [
        (0, 0, 36, 100),
        (1, 24, 42, 40),
    ]
    pieces = [piece("a/0", score_to_grid(random_tune(0)).grid), piece("a/1", grid, timing=timing)]
    write_shards(tmp_path / "s", pieces, FACTS, {})
    found = open_shards(tmp_path / "s", "train").load_timing()
    assert found["piece"].tolist() == [1, 1]
    assert np.allclose(found["deviation_qn"], [-0.01, 0.02])


def test_other_files_are_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("1")
    with pytest.raises(ParameterError, match="choose another"):
        write_shards(tmp_path, [], FACTS, {})
    with pytest.raises(ParameterError, match="choose another"):
        write_shards(tmp_path / "mine.txt", [], FACTS, {})
    assert (tmp_path / "mine.txt").read_text() == "1"


def test_nothing_half_written_stays(tmp_path: Path) -> None:
    wrong = replace(piece("a/0", score_to_grid(random_tune(0)).grid), split="train", weight="x")
    with pytest.raises(ValueError, match="could not convert"):
        write_shards(tmp_path / "s", [wrong], FACTS, {})
    assert list(tmp_path.iterdir()) == []
