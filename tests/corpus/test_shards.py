"""Reading shards: balanced draws, and every kind of damage named."""

import json
from pathlib import Path

import numpy as np
import pytest

from motet.corpus import build_corpus, open_shards, read_facts
from motet.corpus.build import BuildConfig
from motet.errors import CorpusError, ParameterError
from tiny_corpus import write_tiny_corpus


@pytest.fixture
def shards_folder(tmp_path: Path) -> Path:
    manifest = write_tiny_corpus(tmp_path)
    config = BuildConfig(
        archives=tmp_path,
        output=tmp_path / "shards",
        cache=tmp_path / "cache",
        manifest=manifest,
        chords="none",
    )
    build_corpus(config)
    return config.output


def test_pieces_are_mapped_and_sound(shards_folder: Path) -> None:
    shards = open_shards(shards_folder, "train")
    assert isinstance(shards.notes, np.memmap)
    assert len(shards) == len(shards.styles) == len(shards.n_notes) == len(shards.n_bars)
    assert shards.sources == ("one", "two")
    for grid, n_notes in zip(shards, shards.n_notes.tolist(), strict=True):
        assert grid.n_notes == n_notes
        assert grid.notes["bar"].min() == 0
        assert grid.notes["bar"].max() == grid.n_bars - 1
    assert shards[-1].equals(shards[len(shards) - 1])
    with pytest.raises(IndexError):
        shards[len(shards)]
    with pytest.raises(ValueError, match="read-only"):
        shards[0].notes["pitch"][0] = 1


def test_draw_weights_are_a_distribution(shards_folder: Path) -> None:
    weights = open_shards(shards_folder, "train").draw_weights()
    assert weights.sum() == pytest.approx(1)
    assert (weights > 0).all()


def test_wrong_split(shards_folder: Path) -> None:
    with pytest.raises(ParameterError, match="train, valid, test"):
        open_shards(shards_folder, "training")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("train.notes.npy", b""),
        ("train.notes.npy", b"\x93NUMPY\x01\x00garbage"),
        ("train.names.txt", b"one name"),
        ("corpus.json", b"{"),
    ],
)
def test_damage_is_named(shards_folder: Path, name: str, data: bytes) -> None:
    (shards_folder / name).write_bytes(data)
    with pytest.raises(CorpusError, match="damaged"):
        open_shards(shards_folder, "train")


def test_a_cut_array_is_named(shards_folder: Path) -> None:
    notes = np.load(shards_folder / "train.notes.npy")
    np.save(shards_folder / "train.notes.npy", notes[:-5])
    with pytest.raises(CorpusError, match="rows expected"):
        open_shards(shards_folder, "train")


def test_another_vocabulary(shards_folder: Path) -> None:
    facts = read_facts(shards_folder)
    (shards_folder / "corpus.json").write_text(json.dumps({**facts, "vocab_hash": "other"}))
    with pytest.raises(CorpusError, match="vocab_hash other"):
        open_shards(shards_folder, "train")
