"""Rows are the same whenever they are asked for, full, and made ahead in order."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from motet.corpus.shards import open_shards
from motet.errors import CorpusError
from motet.tokens import decode, encode, score_to_grid
from motet.tokens.grammar import find_error
from motet.tokens.grid import shift_grid
from motet.train.data import (
    CorpusRows,
    Prefetch,
    PreparedRows,
    load_rows,
    save_rows,
    shift_rows,
)
from motet.train.draw import DrawConfig
from tiny_shards import write_tiny_shards


@pytest.fixture
def source(tmp_path: Path) -> CorpusRows:
    shards = open_shards(write_tiny_shards(tmp_path / "shards"), "train")
    return CorpusRows(shards, context=256, config=DrawConfig(), seed=4)


def test_rows_depend_on_seed_and_step_alone(source: CorpusRows, tmp_path: Path) -> None:
    again = CorpusRows(
        open_shards(tmp_path / "shards", "train"), context=256, config=DrawConfig(), seed=4
    )
    assert np.array_equal(source.rows(7, 3), again.rows(7, 3))
    assert not np.array_equal(source.rows(7, 3), source.rows(8, 3))


def test_rows_are_valid_documents_and_little_padding(source: CorpusRows) -> None:
    rows = source.rows(0, 24)
    assert rows.dtype == np.uint16
    assert rows.shape == (24, 257)
    assert (rows == 0).mean() < 0.15
    for row in rows:
        assert row[0] == 1
        starts = [*np.flatnonzero(row == 1), len(row)]
        for start, end in itertools.pairwise(starts):
            ids = row[start:end][row[start:end] != 0].astype(np.int32)
            if ids[-1] == 2:
                assert find_error(ids) is None


def test_prefetched_rows_come_in_order(source: CorpusRows) -> None:
    ahead = Prefetch(source, n_rows=2, first=5)
    try:
        for step, rows in zip(range(5, 9), ahead, strict=False):
            assert np.array_equal(rows, source.rows(step, 2))
    finally:
        ahead.close()


def test_an_error_while_making_rows_reaches_the_trainer() -> None:
    class Broken:
        context = 8

        def rows(self, step: int, n_rows: int) -> np.ndarray:
            raise CorpusError(f"step {step} {n_rows}", zh="坏")

    ahead = Prefetch(Broken(), n_rows=1)
    with pytest.raises(CorpusError, match="step 0"):
        next(iter(ahead))
    ahead.close()


def test_an_empty_split_is_refused(tmp_path: Path) -> None:
    folder = write_tiny_shards(tmp_path / "s")
    shards = open_shards(folder, "train")
    object.__setattr__(shards, "pieces", shards.pieces[:0])
    with pytest.raises(CorpusError, match="empty"):
        CorpusRows(shards, context=64, config=DrawConfig(), seed=0)


def test_saved_rows_come_back_and_damage_is_told(source: CorpusRows, tmp_path: Path) -> None:
    rows = source.rows(0, 5)
    path = tmp_path / "train-0001.npz"
    save_rows(path, rows)
    assert np.array_equal(load_rows(path), rows)
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(CorpusError, match="prepare them again"):
        load_rows(path)


def test_prepared_rows_use_every_row_once_a_pass(source: CorpusRows, tmp_path: Path) -> None:
    rows = source.rows(0, 6)
    save_rows(tmp_path / "train-0001.npz", rows[:4])
    save_rows(tmp_path / "train-0002.npz", rows[4:])
    still = DrawConfig(p_shift=0)
    files = list(tmp_path.glob("*.npz"))
    ready = PreparedRows(files, context=200, seed=1, config=still)
    found = np.concatenate([ready.rows(step, 4) for step in range(3)])  # two passes
    key = sorted(map(bytes, np.ascontiguousarray(rows[:, :201])))
    assert sorted(map(bytes, found[:6])) == sorted(map(bytes, found[6:])) == key
    with pytest.raises(CorpusError, match="shorter than 300"):
        PreparedRows(files, context=300, seed=1, config=still)
    with pytest.raises(CorpusError, match="no prepared rows"):
        PreparedRows([], context=300, seed=1, config=still)


def test_shifted_rows_are_documents_of_the_shifted_piece() -> None:
    from motet.score import make_score

    grid = score_to_grid(make_score("C4:2 E4:2", "drums 36:4", chords="C/E:4")).grid
    row = encode(grid, header=()).astype(np.uint16)
    moved = shift_rows(np.stack([row, row]), np.array([2, -3]))
    for ids, shift in zip(moved, (2, -3), strict=True):
        assert decode(ids.astype(np.int32)).equals(
            decode(encode(shift_grid(grid, shift), header=()))
        )
