"""Readers of the sets that harmony is measured on, over files made here."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from motet.errors import CorpusError
from motet.io import write
from motet.score import make_score
from motet.suite.song_sets import read_chorales, read_lead_sheets, read_pop909


def make_song(folder: Path, name: str) -> None:
    home = folder / "POP909" / name
    home.mkdir(parents=True)
    score = make_score("E5:2 D5:2 | C5:4", "C3:4 | C3:4")
    parts = (score.parts[0], score.parts[1])
    from dataclasses import replace

    named = (replace(parts[0], name="MELODY"), replace(parts[1], name="PIANO"))
    write(replace(score, parts=named), home / f"{name}.mid")
    (home / "key_audio.txt").write_text("0.0\t8.0\tC:maj\n")
    (home / "beat_midi.txt").write_text("0.0 1.0 1.0\n0.5 0.0 0.0\n2.0 1.0 1.0\n")
    (home / "chord_midi.txt").write_text("0.0\t1.0\tC:maj\n1.0\t2.0\tG:7\n2.0\t4.0\tN\n")


def test_pop_songs_have_melody_key_and_chords(tmp_path: Path) -> None:
    make_song(tmp_path, "001")
    (song,) = read_pop909(tmp_path, 5, np.random.default_rng(0))
    assert song.key.name() == "C major"
    assert [(one.start_tick, one.end_tick, one.chord.symbol) for one in song.chords] == [
        (0, 960, "C"), (960, 1920, "G7"),
    ]  # fmt: skip
    assert [note.pitch for note in song.score.parts[0].notes] == [76, 74, 72]
    assert song.score.n_bars == 2


def test_chorales_have_four_parts_the_soprano_first(tmp_path: Path) -> None:
    roll = [[72, 67, 64, 48]] * 4 + [[74, 67, 65, 47]] * 4
    (tmp_path / "Jsb16thSeparated.json").write_text(json.dumps({"test": [roll], "train": []}))
    (score,) = read_chorales(tmp_path, 3)
    assert [part.notes[0].pitch for part in score.parts] == [72, 67, 64, 48]
    assert [note.onset_tick for note in score.parts[1].notes] == [0, 480]
    (tmp_path / "Jsb16thSeparated.json").write_text("{")
    with pytest.raises(CorpusError):
        read_chorales(tmp_path, 3)


def test_lead_sheets_come_from_shards(tmp_path: Path) -> None:
    from motet.corpus.layout import FORMAT, TIMING
    from motet.corpus.shard import Piece, write_shards
    from motet.corpus.shards import open_shards
    from motet.tokens import score_to_grid
    from motet.tokens.vocab import vocab_hash

    score = make_score("A4:4 | C5:4 | B4:4 | A4:4", chords="Am:4 F:4 E7:4 Am:4", fifths=0)
    piece = Piece(name="openewld/a", source=0, split="valid", group=0, weight=1.0,
                  grid=score_to_grid(score).grid, timing=np.zeros(0, TIMING))  # fmt: skip
    facts = {"format": FORMAT, "vocab_hash": vocab_hash(), "source_names": ["openewld"]}
    write_shards(tmp_path / "shards", [piece], facts, {})
    (song,) = read_lead_sheets([open_shards(tmp_path / "shards", "valid")])
    assert song.key.name() == "A minor"
    assert [one.chord.symbol for one in song.chords] == ["Am", "F", "E7", "Am"]
    assert not song.score.chords


def test_what_is_not_there() -> None:
    with pytest.raises(CorpusError):
        read_pop909(Path("nowhere"), 1, np.random.default_rng(0))
    with pytest.raises(CorpusError):
        read_chorales(Path("nowhere"), 1)
