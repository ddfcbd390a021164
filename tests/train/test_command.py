"""The bare command: trains from shards and from prepared rows, and tells errors in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from motet.train.command import run_command
from tiny_shards import write_tiny_shards

torch.set_num_threads(1)

TINY = ["--config", str(Path(__file__).parents[2] / "configs" / "tiny.toml")]


def test_rows_are_prepared_and_trained_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shards = str(write_tiny_shards(tmp_path / "s"))
    rows, out = str(tmp_path / "rows"), str(tmp_path / "run")
    assert run_command([*TINY, "--shards", shards, "--prepare", "8", "--output", rows]) == 0
    assert json.loads(capsys.readouterr().out)["n_rows"] == 8
    assert run_command([*TINY, "--prepared", rows, "--steps", "2", "--output", out]) == 0
    told = json.loads((tmp_path / "run" / "config.json").read_text())
    assert (told["steps"], told["size"]) == (2, "tiny")
    assert (tmp_path / "run" / "weights.npz").is_file()


def test_errors_are_one_line_and_a_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = [*TINY, "--shards", str(tmp_path / "none"), "--output", str(tmp_path / "run")]
    assert run_command(arguments) == 4
    assert "there is no built corpus here" in capsys.readouterr().err
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert run_command(arguments) == 4
    assert "没有已构建的语料库" in capsys.readouterr().err
    assert run_command([*TINY, "--lr", "-1", "--output", str(tmp_path / "run")]) == 2
