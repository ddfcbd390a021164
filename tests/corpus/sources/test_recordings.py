"""Transcribed recordings as a source of the corpus, marked as such."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from motet.corpus import BuildConfig, build_corpus, open_shards
from motet.corpus.sources.recordings import RECORDINGS, list_recordings
from motet.errors import CorpusError, ParameterError
from motet.io import write_json
from motet.score import make_score


def write_heard(folder: Path, n: int) -> None:
    rng = random.Random(3)
    (folder / "live").mkdir(parents=True)
    for k in range(n):
        bars = [" ".join(f"{rng.choice('CDEFGAB')}4:1" for _ in range(4)) for _ in range(8)]
        write_json(make_score(" | ".join(bars)), folder / "live" / f"take{k}.json")


def test_they_are_built_and_marked(tmp_path: Path) -> None:
    write_heard(tmp_path / "heard", 5)
    (tmp_path / "empty.toml").write_text("format = 1\n")
    config = BuildConfig(
        archives=tmp_path,
        output=tmp_path / "shards",
        cache=tmp_path / "cache",
        manifest=tmp_path / "empty.toml",
        recordings=tmp_path / "heard",
    )
    facts = build_corpus(config)
    assert facts["sources"]["recordings"]["n_pieces"] == 5
    assert facts["sources"]["recordings"]["licence_class"] == "transcribed"
    names = [
        name
        for split in ("train", "valid", "test")
        for name in open_shards(tmp_path / "shards", split).names
    ]
    assert sorted(names) == [f"recordings/live/take{k}.json" for k in range(5)]
    assert json.loads((tmp_path / "shards" / "corpus.json").read_text())["licences"] == ["clean"]


def test_a_piece_of_its_own_each(tmp_path: Path) -> None:
    write_heard(tmp_path, 2)
    items = list_recordings(tmp_path)
    assert len({item.work for item in items}) == 2
    assert {item.source for item in items} == {RECORDINGS.name}


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="transcribe"):
        list_recordings(tmp_path)


def test_a_base_and_recordings_exclude_each_other(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="base"):
        BuildConfig(
            archives=tmp_path,
            output=tmp_path,
            cache=tmp_path,
            base=tmp_path,
            recordings=tmp_path,
        )
