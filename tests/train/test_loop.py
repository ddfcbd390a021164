"""Runs learn, stop when told, and go on after any interruption as if nothing had been."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from motet.corpus.shards import open_shards
from motet.errors import ParameterError
from motet.train.checkpoint import load_weights
from motet.train.config import RunConfig, load_config
from motet.train.data import CorpusRows
from motet.train.log import read_log
from motet.train.loop import Outcome, train
from motet.train.valid import build_valid
from tiny_shards import write_tiny_shards

torch.set_num_threads(1)

ROOT = Path(__file__).parents[2]
CONFIG = replace(load_config(ROOT / "configs" / "tiny.toml"), steps=20, dropout=0.1)


@pytest.fixture
def shards(tmp_path: Path) -> Path:
    return write_tiny_shards(tmp_path / "shards")


def run(shards: Path, folder: Path, config: RunConfig, **options: Any) -> Outcome:
    source = CorpusRows(
        open_shards(shards, "train"), context=config.context, config=config.draw, seed=config.seed
    )
    valid = build_valid(open_shards(shards, "valid"), context=config.context, n_windows=4)
    return train(config, source, folder=folder, valid=valid, **options)


def curve(folder: Path) -> list[tuple[str, int, float]]:
    """What the log says of losses."""
    return [
        (line["kind"], line["step"], line.get("loss", line.get("nats_per_note")))
        for line in read_log(folder / "log.jsonl")
        if line["kind"] in ("step", "valid")
    ]


def test_a_run_learns_and_leaves_weights(shards: Path, tmp_path: Path) -> None:
    config = replace(CONFIG, steps=40, valid_steps=20, threads=2, dropout=0.0)
    outcome = run(shards, tmp_path / "a", config)
    assert (outcome.steps, outcome.reason) == (40, "finished")
    losses = [loss for kind, _, loss in curve(tmp_path / "a") if kind == "step"]
    assert losses[-1] < 0.8 * losses[0]
    facts, weights = load_weights(tmp_path / "a" / "weights.npz")
    assert facts["width"] == 64
    assert facts["measured"]["nats_per_note"] == pytest.approx(outcome.best, abs=1e-3)
    assert "embed.weight" in weights
    names = {path.name for path in (tmp_path / "a").iterdir()}
    assert names == {
        "checkpoint-0.pt",
        "checkpoint-1.pt",
        "config.json",
        "log.jsonl",
        "weights.npz",
    }


@pytest.mark.parametrize("optimizer", ["adamw", "muon"])
def test_stopping_and_resuming_gives_the_same_curve(
    shards: Path, tmp_path: Path, optimizer: str
) -> None:
    run(shards, tmp_path / "whole", CONFIG)
    cut = replace(CONFIG, schedule="stable", decay=0.0, optimizer=optimizer)
    run(shards, tmp_path / "cut", replace(cut, steps=10))
    run(shards, tmp_path / "plain", cut)
    run(shards, tmp_path / "cut", cut)
    assert curve(tmp_path / "cut") == curve(tmp_path / "plain")
    assert curve(tmp_path / "whole") != curve(tmp_path / "plain")
    one, two = (load_weights(tmp_path / name / "weights.npz")[1] for name in ("cut", "plain"))
    assert all(np.array_equal(one[name], two[name]) for name in one)


@pytest.mark.slow
def test_a_killed_run_resumes_on_the_same_curve(shards: Path, tmp_path: Path) -> None:
    options = ("--steps", "40", "--output")
    command = [sys.executable, "-m", "motet.train", "--config", str(ROOT / "configs/tiny.toml")]
    command += ["--shards", str(shards), *options]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "OMP_NUM_THREADS": "1"}
    subprocess.run([*command, str(tmp_path / "whole")], check=True, env=environment, **quiet)
    log = tmp_path / "cut" / "log.jsonl"
    for steps in (15, 25):
        process = subprocess.Popen([*command, str(tmp_path / "cut")], env=environment, **quiet)
        while process.poll() is None and max([0, *(x["step"] for x in read_log(log))]) < steps:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert process.returncode == -signal.SIGKILL
    subprocess.run([*command, str(tmp_path / "cut")], check=True, env=environment, **quiet)
    assert curve(tmp_path / "cut") == curve(tmp_path / "whole")
    assert sum(line["kind"] == "resume" for line in read_log(log)) >= 1


def test_weights_alone_start_a_new_run_where_they_were(shards: Path, tmp_path: Path) -> None:
    first = run(shards, tmp_path / "a", replace(CONFIG, steps=20))
    weights = tmp_path / "a" / "weights.npz"
    run(shards, tmp_path / "b", replace(CONFIG, steps=1, lr=0.0, valid_steps=1), start=weights)
    judged = [loss for kind, _, loss in curve(tmp_path / "b") if kind == "valid"]
    assert judged[0] == pytest.approx(first.best, abs=5e-3)
    with pytest.raises(ParameterError, match="another model"):
        run(shards, tmp_path / "c", replace(CONFIG, size="small"), start=weights)


def test_a_folder_with_another_model_is_refused(shards: Path, tmp_path: Path) -> None:
    run(shards, tmp_path / "a", replace(CONFIG, steps=2))
    with pytest.raises(ParameterError, match="a run of another model"):
        run(shards, tmp_path / "a", replace(CONFIG, steps=4, size="small"))


def test_a_model_that_reads_no_tokens_is_refused(shards: Path, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="reads benchmark rolls"):
        run(shards, tmp_path / "a", replace(CONFIG, family="roll"))


def test_no_improvement_ends_a_run(shards: Path, tmp_path: Path) -> None:
    config = replace(CONFIG, steps=50, lr=0.0, valid_steps=1, patience=3)
    outcome = run(shards, tmp_path / "a", config)
    assert (outcome.reason, outcome.steps) == ("no improvement", 4)


def test_the_clock_ends_a_run(shards: Path, tmp_path: Path) -> None:
    outcome = run(shards, tmp_path / "a", replace(CONFIG, minutes=0.02, steps=1))
    assert outcome.reason == "finished"
    rates = [x["lr"] for x in read_log(tmp_path / "a" / "log.jsonl") if x["kind"] == "step"]
    assert rates[-1] < CONFIG.lr
