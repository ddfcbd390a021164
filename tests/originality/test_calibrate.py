"""Tests of motet.originality.calibrate."""

from __future__ import annotations

from pathlib import Path

from motet.corpus.shards import open_shards
from motet.originality.build import index_grids
from motet.originality.calibrate import is_kin, measure_people
from motet.tokens import GridScore, shift_grid
from tiny_shards import write_tiny_shards


def test_people_are_sorted_and_the_thresholds_in_order(tmp_path: Path) -> None:
    folder = write_tiny_shards(tmp_path / "shards")
    train, valid = open_shards(folder, "train"), open_shards(folder, "valid")
    index = index_grids(list(train), names=train.names)
    said: list[str] = []
    facts = measure_people(index, valid, train, n=3, say=said.append)
    assert facts["bits"] == sorted(facts["bits"])
    assert facts["n_pieces"] == len(facts["bits"]) == 3
    assert facts["alike"] <= facts["copy"]
    assert said == ["held-out piece 0 of 3"]


def test_kin_quote_whatever_the_key(tunes: list[GridScore]) -> None:
    assert is_kin(tunes[0], shift_grid(tunes[0], 3))
    assert not is_kin(tunes[0], tunes[1])
