"""``motet train`` trains, resumes, judges, and refuses in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from motet.cli.train import register
from tiny_shards import write_tiny_shards

torch.set_num_threads(1)

TINY = str(Path(__file__).parents[2] / "configs" / "tiny.toml")


def test_a_run_is_trained_resumed_and_judged(motet: Callable[..., Any], tmp_path: Path) -> None:
    shards = str(write_tiny_shards(tmp_path / "s"))
    run = ("train", "--shards", shards, "-o", str(tmp_path / "run"))
    first = motet(*run, "--config", TINY, "--steps", "2", "--json")
    assert first.code == 0
    assert (first.facts["steps"], first.facts["reason"]) == (2, "finished")
    assert Path(first.facts["weights"]).is_file()
    more = motet(*run, "--config", TINY, "--steps", "3", "--json")
    assert more.facts["steps"] == 3
    judged = motet(*run, "--judge")
    assert judged.code == 0
    assert "markov-3" in judged.out
    assert callable(register)


def test_no_corpus_is_told(motet: Callable[..., Any], tmp_path: Path) -> None:
    found = motet("train", "--shards", str(tmp_path), "-o", str(tmp_path / "run"))
    assert found.code == 4
    assert "no built corpus" in found.err
