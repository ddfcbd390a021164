"""Tests of motet.originality.store."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from motet.errors import CorpusError
from motet.originality import Index
from motet.originality.build import collect_lines, index_grids
from motet.originality.store import read_store, write_store
from motet.score import make_score
from motet.tokens import GridScore, score_to_grid


def test_lines_come_back_as_they_were(index: Index, tunes: list[GridScore]) -> None:
    lines = [(grid, line) for grid in tunes for line, _ in collect_lines(grid)]
    assert index.facts["n_lines"] == len(lines)
    for k, (grid, line) in enumerate(lines):
        pitch, time = index.store.line(k)
        assert np.array_equal(pitch, line.pitch - grid.shift_semi)
        assert np.array_equal(time, line.time)


def test_long_rests_keep_their_length() -> None:
    tune = "C4:1 E4:1 D4:1 G4:1 | r:4 | r:4 | r:4 | r:4 | F4:1 A4:1 C5:1 B4:1 | G4:1 C5:1 D5:2"
    grid = score_to_grid(make_score(tune, fifths=0)).grid
    index = index_grids([grid], names=["a"], window=1)
    assert index.store.line(0)[1].tolist() == [
        0, 24, 48, 72, 480, 504, 528, 552, 576, 600, 624,
    ]  # fmt: skip
    found = index.nearest(grid)
    assert found is not None
    assert found.their_bars == (1, 7)


def test_bars_are_counted_as_people_do(index: Index) -> None:
    piece = index.store.piece(3)
    assert piece.name == "made/3"
    assert [piece.bar_number(time) for time in (0, 95, 96, 11 * 96)] == [1, 1, 2, 12]


@pytest.mark.parametrize("data", [b"", b"no zip at all", b"PK\x05\x06" + b"\0" * 18])
def test_damage_is_said(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "index.npz"
    path.write_bytes(data)
    with pytest.raises(CorpusError, match="damaged"):
        read_store(path)


def test_a_cut_file_is_damaged(index: Index, tmp_path: Path) -> None:
    path = write_store(tmp_path / "index.npz", index.store)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(CorpusError, match="damaged"):
        read_store(path)


def test_habits_come_back_as_they_were(tmp_path: Path) -> None:
    tune = "C4:1 E4:1 D4:1 G4:1 | F4:1 A4:1 C5:1 B4:1 | G4:1 C5:1 D5:2"
    grid = score_to_grid(make_score(tune, fifths=0)).grid
    many = index_grids([grid] * 30, names=[str(k) for k in range(30)], window=1).store
    again = read_store(write_store(tmp_path / "many.npz", many)).surprise.habits
    assert len(again.keys) > 0
    assert np.array_equal(again.keys, many.surprise.habits.keys)
    assert np.array_equal(again.bits, many.surprise.habits.bits)
    assert not again.bits.any()
    few = index_grids([grid], names=["a"], window=1).store
    assert not len(few.surprise.habits.keys)
