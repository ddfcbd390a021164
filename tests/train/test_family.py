"""A run of phrases finds its files, and refuses those of another model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from motet.errors import CorpusError, ParameterError
from motet.train.config import RunConfig
from motet.train.family import cut_phrases, open_family, prepare_family, takes_phrases
from motet.train.pieces import Pieces
from tiny_shards import write_tiny_shards

CONFIG = RunConfig(
    family="pair", size="tiny", plugin=str(Path(__file__).parents[1] / "tiny_family.py")
)


def test_only_families_of_phrases_take_them() -> None:
    assert takes_phrases(CONFIG)
    assert not takes_phrases(RunConfig())
    assert not takes_phrases(RunConfig(family="roll", size="tiny"))
    with pytest.raises(ParameterError, match="has no size"):
        takes_phrases(replace(CONFIG, size="huge"))


def test_a_corpus_is_cut_into_both_splits_and_only_its_own_model_opens_them(
    tmp_path: Path,
) -> None:
    assert takes_phrases(CONFIG)
    shards = write_tiny_shards(tmp_path / "s")
    told = prepare_family(shards, tmp_path / "run", config=CONFIG)
    assert told == {"corpus": {"sources": ["made"], "n_pieces": 12}}
    rows, valid, facts = open_family(CONFIG, tmp_path / "run")
    assert rows.rows(0, 3)["pitch"].shape == (3, 8)
    assert valid is not None
    assert facts == {"data": {"length": 8}, "n_phrases": len(rows)}
    assert open_family(replace(CONFIG, valid_windows=0), tmp_path / "run")[1] is None
    with pytest.raises(CorpusError, match="prepare them again"):
        open_family(replace(CONFIG, data={"length": 4}), tmp_path / "run")


def test_pieces_in_memory_are_cut_as_well(tmp_path: Path) -> None:
    from motet.tokens import score_to_grid
    from tiny_corpus import random_tune

    assert takes_phrases(CONFIG)
    pieces = [score_to_grid(random_tune(k, n_bars=4)).grid for k in range(3)]
    cut_phrases(CONFIG, Pieces(pieces), Pieces(pieces[:1], split="valid"), tmp_path)
    rows, valid, _ = open_family(CONFIG, tmp_path)
    assert len(rows) > 0
    assert valid
