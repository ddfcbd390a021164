"""A folder of scores as a corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.corpus.shards import open_shards
from motet.errors import CorpusError
from motet.io import write_midi
from motet.score import make_score
from motet.train.own import build_own

TUNES = ("C D E F", "G F E D", "C E G C", "A G F E", "E E F G", "D F A D", "B A G A")


def _write(folder: Path, n: int) -> None:
    folder.mkdir(exist_ok=True)
    for k, tune in enumerate(TUNES[:n]):
        letters = tune.split()
        bars = [
            " ".join(f"{letters[(i * (k + 2) + j * (k + 1)) % 4]}4:1" for j in range(4))
            for i in range(8)
        ]
        write_midi(make_score(" | ".join(bars)), folder / f"{k}.mid")


def test_a_folder_is_a_corpus_with_pieces_held_out(tmp_path: Path) -> None:
    _write(tmp_path / "tunes", 7)
    (tmp_path / "tunes" / "broken.mid").write_bytes(b"MThd")
    found = build_own(tmp_path / "tunes", tmp_path / "shards")
    train, valid = (open_shards(found.shards, name) for name in ("train", "valid"))
    assert (len(train), len(valid)) == (found.n_train, found.n_valid)
    assert not set(train.names) & set(valid.names)
    assert found.pieces is not None
    assert [name for name, _ in found.pieces.refused] == ["broken.mid"]
    assert len(train) + len(valid) == len(found.pieces)
    assert train.draw_weights().sum() == pytest.approx(1.0)


def test_files_are_read_again_only_when_they_changed(tmp_path: Path) -> None:
    _write(tmp_path / "tunes", 5)
    assert build_own(tmp_path / "tunes", tmp_path / "shards").pieces is not None
    again = build_own(tmp_path / "tunes", tmp_path / "shards")
    assert again.pieces is None
    assert again.n_train == len(open_shards(again.shards, "train"))
    _write(tmp_path / "tunes", 6)
    assert build_own(tmp_path / "tunes", tmp_path / "shards").pieces is not None


def test_too_few_pieces_leave_nothing(tmp_path: Path) -> None:
    _write(tmp_path / "tunes", 2)
    with pytest.raises(CorpusError, match="has 2"):
        build_own(tmp_path / "tunes", tmp_path / "shards")
    assert not (tmp_path / "shards").exists()
