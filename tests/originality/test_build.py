"""Tests of motet.originality.build."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.errors import CorpusError
from motet.originality import build_index, load_index
from motet.originality.build import collect_lines, index_grids
from motet.score import make_score
from motet.tokens import score_to_grid
from tiny_shards import write_tiny_shards


def test_an_index_of_a_corpus_knows_its_pieces_and_people(tmp_path: Path) -> None:
    said: list[str] = []
    shards = write_tiny_shards(tmp_path / "shards")
    build_index(shards, tmp_path / "index.npz", say=said.append)
    index = load_index(tmp_path / "index.npz")
    assert index.facts["n_pieces"] == 12
    assert index.facts["people"]["n_pieces"] == 3
    from motet.corpus.shards import open_shards

    found = index.nearest(open_shards(shards, "train")[5])
    assert found is not None
    assert (found.piece, found.source, found.verdict) == ("made/t05", "made", "copy")
    assert found.percentile == 100
    assert said


def test_sources_may_be_left_out(tmp_path: Path) -> None:
    shards = write_tiny_shards(tmp_path / "shards")
    with pytest.raises(CorpusError, match="nothing to index"):
        build_index(shards, tmp_path / "index.npz", exclude=["made"])


def test_too_large_a_file_is_refused_and_not_left(tmp_path: Path) -> None:
    shards = write_tiny_shards(tmp_path / "shards")
    with pytest.raises(CorpusError, match="100 are allowed"):
        build_index(shards, tmp_path / "index.npz", max_bytes=100)
    assert not (tmp_path / "index.npz").exists()


def test_a_doubled_line_is_kept_once() -> None:
    tune = "C4:1 E4:1 D4:1 G4:1 | F4:1 A4:1 C5:1 B4:1 | G4:1 C5:1 D5:2"
    lower = tune.replace("4:", "3:").replace("5:", "4:")
    grid = score_to_grid(make_score(tune, lower, fifths=0)).grid
    assert [line.part for line, _ in collect_lines(grid)] == [0]


def test_nothing_to_index_is_said() -> None:
    grid = score_to_grid(make_score("C4:1 D4:1")).grid
    with pytest.raises(CorpusError, match="nothing to index"):
        index_grids([grid], names=["a"])
