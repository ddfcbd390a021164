"""The training loop: from rows to weights, through any interruption.

Conventions: a run lives in a folder: `config.json` (what it was told), `log.jsonl`, two full
checkpoints that take turns, and `weights.npz`, the mean weights of the best validation so far. Starting
a run in a folder that holds one resumes it.

Offers `train`, `Outcome`.
"""

from __future__ import annotations

import json
import math
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from motet.errors import ParameterError
from motet.models import build_model, count_weights, find_config
from motet.models.learner import Learner
from motet.models.registry import MODEL_FAMILIES, load_plugin
from motet.tokens.vocab import vocab_hash
from motet.train.checkpoint import (
    load_checkpoint,
    load_weights,
    save_checkpoint,
    save_weights,
)
from motet.train.config import RunConfig
from motet.train.data import Prefetch, Source
from motet.train.log import Log
from motet.train.optim import Ema, find_rate
from motet.train.teach import Judged, make_teacher

__all__ = ["Outcome", "train"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a run ended: steps and tokens done, why it stopped, and the best validation."""

    steps: int
    tokens: int
    reason: str
    best: float


@dataclass(slots=True)
class _State:
    """What changes while a run goes on, but for tensors."""

    step: int = 0
    elapsed_s: float = 0.0
    best: float = math.inf
    n_worse: int = 0


def train(
    config: RunConfig,
    source: Source,
    *,
    folder: str | Path,
    valid: Any = None,
    start: str | Path | None = None,
    facts: dict[str, Any] | None = None,
    on_judge: Callable[[int, nn.Module], None] | None = None,
) -> Outcome:
    """Return how the run ended, once its folder holds the weights.

    Parameters
    ----------
    config : RunConfig
        May differ from the one of a run that is resumed in its length and rates, not in its model.
    source : Source
        Rows by step.
    folder : str or Path
        Made when missing; a run that is there goes on.
    valid : ValidSet, dict of arrays, or None
        Windows of tokens, or phrases, held out; without it the last weights are the best.
    start : str or Path, or None
        Weights (a file or a folder of shards) to begin a new run from.
    facts : dict or None
        What else to write beside the weights: corpus, commit.
    on_judge : callable or None
        Called with the step and the mean model after each validation: to draw samples, for example.

    Raises
    ------
    ParameterError
        The folder holds a run of another model.
    BundleError
        The weights to start from do not fit.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> from motet.train.pieces import Pieces
    >>> tune = " | ".join(["C4:1 D4:1 E4:1 F4:1", "G4:1 A4:1 B4:1 C5:1"] * 8)
    >>> pieces = Pieces([score_to_grid(make_score(tune)).grid] * 2)
    >>> from motet.train.data import CorpusRows
    >>> config = RunConfig(size="tiny", context=64, rows=2, micro_rows=1, steps=1)
    >>> rows = CorpusRows(pieces, context=64, config=config.draw, seed=0)
    >>> train(config, rows, folder="run").reason
    'finished'
    """
    run = _Run(config, source, Path(folder), start=start, facts=facts or {}, on_judge=on_judge)
    try:
        return run.go(valid)
    finally:
        run.close()


def _choose_device(name: str) -> torch.device:
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    return torch.device(name)


class _Run:
    """A run between its start and its end."""

    def __init__(
        self,
        config: RunConfig,
        source: Source,
        folder: Path,
        *,
        start: str | Path | None,
        facts: dict[str, Any],
        on_judge: Callable[[int, nn.Module], None] | None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.config, self.source, self.folder, self.facts = config, source, folder, facts
        self.on_judge = on_judge
        if config.plugin:
            load_plugin(config.plugin)
        self.device = _choose_device(config.device)
        torch.manual_seed(config.seed)
        changes = {"dropout": config.dropout, **config.model}
        self.model_config = find_config(config.family, config.size, **changes)
        if MODEL_FAMILIES[config.family].takes == "rolls":
            raise ParameterError(
                f"family {config.family!r} reads benchmark rolls; motet.train.rolls trains it",
                zh=f"类别 {config.family!r} 读取评测钢琴卷;请用 motet.train.rolls 训练",
            )
        self.model = build_model(config.family, self.model_config)
        self.state = _State()
        if start is not None:
            _take_weights(self.model, start)
        self.model.to(self.device)
        self.teacher = make_teacher(self.model, config, self.device)
        self.ema = Ema(self.model, most=config.ema)
        stored = load_checkpoint(folder)
        if stored is not None:
            self._restore(stored)
        self.mean = build_model(config.family, self.model_config).to(self.device)
        self.log = Log(folder / "log.jsonl", step=self.state.step)
        (folder / "config.json").write_text(json.dumps(config.to_dict(), indent=1) + "\n")
        self._began_s = time.monotonic() - self.state.elapsed_s
        self._saved_s = self._judged_s = self._ticked_s = time.monotonic()
        self._measured: Judged | None = None

    def _restore(self, stored: dict[str, Any]) -> None:
        """Take a checkpoint's state."""
        if stored["model_config"] != self.model_config.to_dict():
            raise ParameterError(
                f"{self.folder} holds a run of another model ({stored['model_config']}); "
                "choose another folder",
                zh=f"{self.folder} 中是另一种模型的训练({stored['model_config']});请另选文件夹",
            )
        self.model.load_state_dict(stored["model"])
        self.teacher.restore(stored["optimizer"])
        self.ema.weights = {name: one.to(self.device) for name, one in stored["ema"].items()}
        self.state = _State(
            step=int(stored["step"]),
            elapsed_s=float(stored["elapsed_s"]),
            best=float(stored["best"]),
            n_worse=int(stored["n_worse"]),
        )

    def go(self, valid: Any) -> Outcome:
        """Train to the end."""
        config, state = self.config, self.state
        self.log.write(
            "start" if not state.step else "resume",
            step=state.step,
            weights=count_weights(self.model),
            device=str(self.device),
            **{f"batch_{self.teacher.unit}": self._amount(state.step)},
        )
        prefetch = Prefetch(self.source, n_rows=self.teacher.count, first=state.step)
        reason = ""
        try:
            for rows in prefetch:
                if self._progress() >= 1:
                    break
                self._step(rows)
                is_due = self._is_due(config.valid_steps, config.valid_minutes, self._judged_s)
                if valid is not None and is_due:
                    self._judge(valid)
                    if reason := self._stops():
                        break
                if self._is_due(config.checkpoint_steps, config.checkpoint_minutes, self._saved_s):
                    self._save()
        except KeyboardInterrupt:
            reason = "interrupted"
        finally:
            prefetch.close()
        if valid is not None and self._measured is None and reason != "interrupted":
            self._judge(valid)
        if valid is None:
            self._save_weights()
        self._save()
        reason = reason or "finished"
        self.log.write(
            "end", step=state.step, reason=reason, best=state.best, minutes=state.elapsed_s / 60
        )
        return Outcome(
            steps=state.step,
            tokens=self._total(),
            reason=reason,
            best=state.best,
        )

    def _stops(self) -> str:
        """Return why the run ends by its quality, or nothing."""
        config, measured = self.config, self._measured
        if config.patience and self.state.n_worse >= config.patience:
            return "no improvement"
        if config.stop_metric and measured is not None:
            better = getattr(self.model, "metrics", {}).get(config.stop_metric, "low")
            value = measured.said.get(config.stop_metric, math.nan)
            done = value <= config.stop_target if better == "low" else value >= config.stop_target
            return "target reached" if done else ""
        return ""

    def _progress(self) -> float:
        """Return the share of the run that is done."""
        self.state.elapsed_s = time.monotonic() - self._began_s
        if self.config.minutes:
            return self.state.elapsed_s / (60 * self.config.minutes)
        return self.state.step / self.config.steps

    def _is_due(self, steps: int, minutes: float, last_s: float) -> bool:
        if steps:
            return self.state.step % steps == 0
        return time.monotonic() - last_s >= 60 * minutes

    def _step(self, rows: Any) -> None:
        """Take one step."""
        config, state = self.config, self.state
        progress = self._progress()
        rate = find_rate(config, step=state.step, progress=progress)
        torch.manual_seed(config.seed * 1_000_003 + state.step)
        told = self.teacher.step(rows, rate=rate, step=state.step, progress=progress)
        state.step += 1
        self.ema.update(self.model, step=state.step)
        self._measured = None
        if state.step % config.log_steps == 0 or state.step == 1:
            now = time.monotonic()
            n_steps = config.log_steps if state.step > 1 else 1
            speed = n_steps * self._amount(state.step - 1) / max(1e-9, now - self._ticked_s)
            self._ticked_s = now
            parts = {name: one for name, one in told.items() if isinstance(one, dict)}
            self.log.write(
                "step",
                step=state.step,
                loss=told["loss"],
                lr=rate,
                grad_norm=told["grad_norm"],
                **{f"{self.teacher.unit}_per_s": round(speed)},
                minutes=round(state.elapsed_s / 60, 2),
                **parts,
            )

    def _amount(self, step: int) -> int:
        """Return the tokens, or the phrases, of a step."""
        each = self.config.context if self.teacher.unit == "tokens" else 1
        return self.teacher.count(step) * each

    def _total(self) -> int:
        """Return the tokens, or the phrases, of the run so far."""
        return sum(self._amount(step) for step in range(self.state.step))

    def _state_of_mean(self) -> dict[str, Any]:
        """Return the mean weights, with what is no weight (running statistics) as it is."""
        return {**self.model.state_dict(), **self.ema.weights}

    def _judge(self, valid: Any) -> None:
        """Validate the mean weights, and keep them when they are the best."""
        self.mean.load_state_dict(self._state_of_mean())
        found = self._measured = self.teacher.judge(self.mean, valid)
        state = self.state
        is_best = found.value < state.best
        state.best = min(state.best, found.value)
        state.n_worse = 0 if is_best else state.n_worse + 1
        self.log.write(
            "valid",
            step=state.step,
            **found.said,
            best=is_best,
            measured=found.whole,
        )
        if is_best:
            self._save_weights()
        if self.on_judge is not None:
            self.on_judge(state.step, self.mean)
        self._judged_s = self._ticked_s = time.monotonic()

    def _save_weights(self) -> None:
        state, measured = self.state, self._measured
        family = MODEL_FAMILIES[self.config.family]
        facts = {
            "format": 1,
            "family": self.config.family,
            "size": self.config.size,
            **self.model_config.to_dict(),
            "vocab_hash": vocab_hash(),
            "recipe": self.config.to_dict(),
            "steps": state.step,
            "takes": family.takes,
            "interface": family.interface,
            self.teacher.unit: self._total(),
            "minutes": round(state.elapsed_s / 60, 2),
            "measured": measured.whole if measured else {},
            "machine": _name_machine(self.device),
            "torch": torch.__version__,
            "numpy": np.__version__,
            **self.facts,
        }
        save_weights(self.folder / "weights.npz", self._state_of_mean(), facts)

    def _save(self) -> None:
        """Save all."""
        state = self.state
        state.elapsed_s = time.monotonic() - self._began_s
        save_checkpoint(
            self.folder,
            {
                "step": state.step,
                "elapsed_s": state.elapsed_s,
                "best": state.best,
                "n_worse": state.n_worse,
                "model": self.model.state_dict(),
                "optimizer": self.teacher.state(),
                "ema": self.ema.weights,
                "model_config": self.model_config.to_dict(),
                "config": json.dumps(self.config.to_dict()),
            },
        )
        self._saved_s = time.monotonic()

    def close(self) -> None:
        """End the workers and close the log."""
        self.teacher.close()
        self.log.close()


def _name_machine(device: torch.device) -> str:
    """Return what computes, in words."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    table = Path("/proc/cpuinfo")
    lines = table.read_text(encoding="utf-8").splitlines() if table.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _take_weights(model: nn.Module, path: str | Path) -> None:
    """Fill a model with stored weights."""
    weights = load_weights(path)[1]
    state = {name: torch.from_numpy(array) for name, array in weights.items()}
    try:
        if isinstance(model, Learner):
            model.begin_with(state)
        else:
            model.load_state_dict(state)
    except RuntimeError as error:
        raise ParameterError(
            f"the weights in {str(path)!r} are of another model: {error}",
            zh=f"{str(path)!r} 中的权重属于另一种模型:{error}",
        ) from error
