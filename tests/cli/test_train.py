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


def test_a_family_learns_from_a_folder_while_it_is_watched(motet: Callable[..., Any]) -> None:
    Path("tunes").mkdir()
    for seed, style in enumerate(("bossa", "folk", "waltz", "swing")):
        given = ("--style", style, "--bars", "16", "--seed", str(seed), "-o", f"tunes/{seed}.mid")
        found = motet("arrange", *given)
        assert found.code == 0
    Path("mine.toml").write_text(
        'format = 1\nfamily = "rnn"\nsize = "tiny"\nrows = 2\nmicro_rows = 2\nsteps = 2\nvalid_windows = 2\n'
        '[data]\ncontent = "melody"\nlength = 16\n[model]\ncontent = "melody"\n'
    )
    given = ("train", "--from", "tunes", "--config", "mine.toml", "-o", "run")
    found = motet(*given, "--watch", "--json")
    assert found.code == 0
    assert found.facts["notes"] == ["3 pieces to learn from, 1 to validate with"]
    page = Path("run/run.html").read_text(encoding="utf-8")
    assert "rnn tiny" in page
    assert page.count("<audio") == 2
    wrong = motet(*given, "--name", "mine", "--lang", "zh")
    assert (wrong.code, "不能与" in wrong.err) == (2, True)
