"""Learners of any family train on the one loop: players in turn, through any interruption."""

from __future__ import annotations

import json
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

from motet.errors import ParameterError
from motet.models import build_model, restore_model
from motet.models.registry import load_plugin
from motet.train.checkpoint import load_weights
from motet.train.command import run_command, run_training
from motet.train.config import RunConfig
from motet.train.log import read_log
from motet.train.loop import Outcome
from motet.train.teach import LearnerTeacher, TokenTeacher, make_teacher
from tiny_shards import write_tiny_shards

torch.set_num_threads(1)

ROOT = Path(__file__).parents[2]
PLUGIN = ROOT / "tests" / "tiny_family.py"
CONFIG = RunConfig(
    family="pair", size="tiny", plugin=str(PLUGIN), rows=16, micro_rows=16, steps=24, lr=0.02,
    warmup_steps=1, decay=0.0, dropout=0.1, valid_steps=8, valid_windows=32, log_steps=1,
    checkpoint_steps=4, optimizer="adam", player_lr={"doubter": 0.5}, ema=0.9, device="cpu",
)  # fmt: skip
CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_shards(tmp_path_factory.mktemp("corpus") / "shards")


def run(shards: Path, folder: Path, **changes: Any) -> Outcome:
    return run_training(replace(CONFIG, **changes), output=folder, shards=shards)


def curve(folder: Path) -> list[tuple[Any, ...]]:
    """What the log says of losses, parts and metrics."""
    lines = [line for line in read_log(folder / "log.jsonl") if line["kind"] in ("step", "valid")]
    names = ("kind", "step", "loss", "parts", "nats", "hits")
    return [tuple(str(line.get(name)) for name in names) for line in lines]


def rows_of(n: int) -> dict[str, np.ndarray[Any, Any]]:
    return {"pitch": np.random.default_rng(0).integers(50, 70, (n, 8)).astype(np.uint16)}


def test_a_learner_learns_and_its_weights_say_all_that_a_bundle_asks(
    shards: Path, tmp_path: Path
) -> None:
    outcome = run(shards, tmp_path / "a", steps=60, dropout=0.0)
    assert (outcome.steps, outcome.reason, outcome.tokens) == (60, "finished", 60 * 40)
    judged = [line for line in read_log(tmp_path / "a" / "log.jsonl") if line["kind"] == "valid"]
    assert judged[-1]["nats"] < judged[0]["nats"] - 0.02
    facts, weights = load_weights(tmp_path / "a" / "weights.npz")
    told = ("family", "size", "takes", "data", "width", "corpus", "phrases")
    assert {name: facts[name] for name in told} == {
        "family": "pair", "size": "tiny", "takes": "pitches", "data": {"length": 8}, "width": 16,
        "corpus": {"sources": ["made"], "n_pieces": 12}, "phrases": facts["steps"] * 40,
    }  # fmt: skip
    assert facts["machine"]
    assert facts["recipe"]["plugin"] == str(PLUGIN)
    model = restore_model(facts, weights)
    assert model.guesser[1].running_mean.abs().sum() > 0
    first = next(k for k, line in enumerate(judged) if line["nats"] == facts["measured"]["nats"])
    assert judged[first]["best"]


def test_a_killed_run_of_two_players_resumes_on_the_same_curve(
    shards: Path, tmp_path: Path
) -> None:
    config = tmp_path / "pair.toml"
    fields = {
        name: value
        for name, value in CONFIG.to_dict().items()
        if name not in ("player_lr", "draw", "data", "model")
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in fields.items()]
    config.write_text("\n".join([*lines, "[player_lr]", "doubter = 0.5"]))
    command = [sys.executable, "-m", "motet.train", "--config", str(config), "--shards"]
    command += [str(shards), "--steps", "400", "--output"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "OMP_NUM_THREADS": "1"}
    log = tmp_path / "cut" / "log.jsonl"
    process = subprocess.Popen([*command, str(tmp_path / "cut")], env=environment, **quiet)
    while process.poll() is None and max([0, *(one["step"] for one in read_log(log))]) < 30:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.returncode == -signal.SIGKILL
    before = (tmp_path / "cut" / "phrases-train.npz").stat().st_mtime_ns
    run(shards, tmp_path / "cut", steps=400)
    run(shards, tmp_path / "whole", steps=400)
    resumed = [line["step"] for line in read_log(log) if line["kind"] == "resume"]
    assert len(resumed) == 1
    assert resumed[0] > 0
    assert curve(tmp_path / "cut") == curve(tmp_path / "whole")
    assert (tmp_path / "cut" / "phrases-train.npz").stat().st_mtime_ns == before
    one, two = (load_weights(tmp_path / name / "weights.npz")[1] for name in ("cut", "whole"))
    assert all(np.array_equal(one[name], two[name]) for name in two)


def test_the_turns_of_players_take_phrases_of_their_own_and_move_only_their_weights() -> None:
    load_plugin(PLUGIN)
    teacher = make_teacher(build_model("pair", "tiny"), replace(CONFIG, optimizer="sgd"), CPU)
    assert isinstance(teacher, LearnerTeacher)
    assert [teacher.count(step) for step in (0, 1)] == [48, 32]
    model = teacher._model
    seen: list[tuple[str, int]] = []
    own = model.loss

    def spy(batch: Any, *, player: str = "", step: int = 0, progress: float = 0.0) -> Any:
        seen.append((player, int(batch["pitch"].sum())))
        return own(batch, player=player, step=step, progress=progress)

    model.loss = spy
    rows = rows_of(12)
    told = teacher.step(rows, rate=0.0, step=0, progress=0.0)
    parts = [int(rows["pitch"][k : k + 4].sum()) for k in (0, 4, 8)]
    assert seen == list(zip(("guesser", "guesser", "doubter"), parts, strict=True))
    assert set(told["parts"]) == {"guesser_loss", "guesser_nats", "doubter_loss", "doubter_doubt"}
    before = {name: one.clone() for name, one in model.state_dict().items()}
    model.turns = lambda _: ("doubter",)
    teacher.step(rows, rate=0.1, step=1, progress=0.0)
    moved = {
        name
        for name, one in model.named_parameters()
        if not torch.equal(one.detach(), before[name])
    }
    assert moved == {"doubter.weight", "doubter.bias"}


def test_a_model_of_tokens_has_its_own_teacher() -> None:
    teacher = make_teacher(build_model("transformer", "tiny"), RunConfig(size="tiny"), CPU)
    assert isinstance(teacher, TokenTeacher)
    teacher.close()
    for changes in ({"loss": "x"}, {"data": {"bars": 2}}, {"stop_metric": "hits"}):
        with pytest.raises(ParameterError, match="which this family has not"):
            make_teacher(build_model("transformer", "tiny"), RunConfig(**changes), CPU)


def test_losses_are_chosen_by_name(shards: Path, tmp_path: Path) -> None:
    run(shards, tmp_path / "a", loss="squares", steps=2)
    losses = [one["parts"]["guesser_loss"] for one in read_log(tmp_path / "a" / "log.jsonl")[1:3]]
    assert max(losses) < 0.2  # squares of chances, not nats
    for changes, words in (
        ({"loss": "cubes"}, "it has: nats, squares"),
        ({"player_lr": {"judge": 1.0}}, "it has: guesser, doubter"),
        ({"stop_metric": "beauty"}, "it has: nats, hits"),
        ({"model": {"widht": 3}}, "did you mean width"),
        ({"data": {"lenght": 3}}, "did you mean length"),
    ):
        with pytest.raises(ParameterError, match=words):
            run(shards, tmp_path / "b", steps=1, **changes)


def test_reaching_a_target_ends_a_run(shards: Path, tmp_path: Path) -> None:
    outcome = run(shards, tmp_path / "a", valid_steps=1, stop_metric="hits", stop_target=0.01)
    assert (outcome.reason, outcome.steps) == ("target reached", 1)
    outcome = run(shards, tmp_path / "b", valid_steps=1, stop_metric="nats", stop_target=0.01)
    assert (outcome.reason, outcome.steps) == ("finished", 24)


def test_phrases_are_prepared_for_a_machine_without_a_corpus(
    shards: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "pair.toml"
    config.write_text(
        f'format = 1\nfamily = "pair"\nsize = "wide"\nplugin = {json.dumps(str(PLUGIN))}\n'
        "rows = 4\nmicro_rows = 4\nsteps = 2\n[data]\nlength = 6\n"
    )
    options = ["--config", str(config), "--shards", str(shards), "--prepare", "20"]
    assert run_command([*options, "--output", str(tmp_path / "rows")]) == 0
    assert json.loads(capsys.readouterr().out)["n_rows"] == 20
    ready = ["--config", str(config), "--prepared", str(tmp_path / "rows"), "--output"]
    assert run_command([*ready, str(tmp_path / "run")]) == 0
    facts = load_weights(tmp_path / "run" / "weights.npz")[0]
    assert (facts["width"], facts["data"], facts["n_phrases"]) == (32, {"length": 6}, 20)
    config.write_text(config.read_text().replace("length = 6", "length = 7"))
    assert run_command([*ready, str(tmp_path / "other")]) == 4
    assert "prepare them again" in capsys.readouterr().err
