"""What the training loop asks of a family: to take a step, and to be judged.

Conventions: `TokenTeacher` drives models of tokens (the Transformer) through `Engine`, `LearnerTeacher`
any `Learner`: its players in turn, each with an optimiser and a rate of its own. Both leave the clock,
the folder, the running mean and the log to the loop.

Offers `Judged`, `Teacher`, `TokenTeacher`, `LearnerTeacher`, `make_teacher`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import torch
from torch import Tensor, nn

from motet.errors import ParameterError
from motet.models.learner import Learner
from motet.train.config import RunConfig
from motet.train.gradient import Engine
from motet.train.optim import Optimizer, make_optimizer, make_player_optimizer
from motet.train.valid import evaluate

__all__ = ["Judged", "LearnerTeacher", "Teacher", "TokenTeacher", "make_teacher"]

_METRICS = ("nats_per_note", "infill_left", "infill_both")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A validation: what decides (lower is better), what the log says, and all of it for the weights."""

    value: float
    said: dict[str, float]
    whole: dict[str, Any] = field(default_factory=dict)


class Teacher(Protocol):
    """One way of learning."""

    unit: str

    def count(self, step: int) -> int:
        """Return how many rows a step takes."""

    def step(self, rows: Any, *, rate: float, step: int, progress: float) -> dict[str, Any]:
        """Move the weights once, and return what the log says of it, ``loss`` and ``grad_norm`` with it."""

    def judge(self, mean: nn.Module, valid: Any) -> Judged:
        """Return how the mean weights do on music held out."""

    def state(self) -> Any:
        """Return the optimisers' state."""

    def restore(self, state: Any) -> None:
        """Take a stored state."""

    def close(self) -> None:
        """End workers."""


class TokenTeacher:
    """Teaches a model of tokens.

    Parameters
    ----------
    model : Module
    config : RunConfig
    device : torch.device

    Raises
    ------
    ParameterError
        The run names a metric that this family has not, or what only learners have.
    """

    unit = "tokens"

    def __init__(self, model: nn.Module, config: RunConfig, device: torch.device) -> None:
        self._model, self._config, self._device = model, config, device
        _check_names("loss", [config.loss] if config.loss else [], ())
        _check_names("player_lr", list(config.player_lr), ())
        _check_names("data", list(config.data), ())
        _check_names("stop_metric", [config.stop_metric] if config.stop_metric else [], _METRICS)
        self._optimizer = make_optimizer(model, config)
        self._engine = Engine(model, config, device)
        self._judge: Engine | None = None

    def count(self, step: int) -> int:  # noqa: ARG002
        """Return the rows of a step."""
        return self._config.rows

    def step(self, rows: Any, *, rate: float, step: int, progress: float) -> dict[str, Any]:  # noqa: ARG002
        """Move the weights once."""
        _set_rate(self._optimizer, rate)
        parts = self._engine.fill_gradients(rows)
        norm = _move(self._optimizer, list(self._model.parameters()), self._config.clip)
        return {
            "loss": round(parts.pop("nats_per_token"), 5),
            "grad_norm": norm,
            "nats_per_note": {name: round(value, 4) for name, value in parts.items()},
        }

    def judge(self, mean: nn.Module, valid: Any) -> Judged:
        """Return nats a note, infilling apart."""
        if self._judge is None:
            self._judge = Engine(mean, self._config, self._device)
        found = evaluate(self._judge.losses, valid)
        said = {
            "nats_per_note": found.nats_per_note,
            "infill_left": found.infill_left,
            "infill_both": found.infill_both,
        }
        return Judged(value=found.nats_per_note, said=said, whole=found.to_dict())

    def state(self) -> Any:
        """Return the optimiser's state."""
        return self._optimizer.state_dict()

    def restore(self, state: Any) -> None:
        """Take a stored state."""
        self._optimizer.load_state_dict(state)

    def close(self) -> None:
        """End the workers."""
        self._engine.close()
        if self._judge is not None:
            self._judge.close()


class LearnerTeacher:
    """Teaches a `Learner`.

    Parameters
    ----------
    model : Learner
    config : RunConfig
    device : torch.device

    Raises
    ------
    ParameterError
        The run names a loss or a player that the family has not.
    """

    unit = "phrases"

    def __init__(self, model: Learner, config: RunConfig, device: torch.device) -> None:
        self._model, self._config, self._device = model, config, device
        _check_names("loss", [config.loss] if config.loss else [], model.losses)
        _check_names("player_lr", list(config.player_lr), model.players)
        _check_names(
            "stop_metric", [config.stop_metric] if config.stop_metric else [], model.metrics
        )
        model.loss_name = config.loss or (model.losses[0] if model.losses else "")
        self._weights = {name: model.weights_of(name) for name in model.players}
        self._optimizers = {
            name: make_player_optimizer(weights, config) for name, weights in self._weights.items()
        }

    def count(self, step: int) -> int:
        """Return the phrases of a step: each move takes its own."""
        return self._config.rows * len(self._model.turns(step))

    def step(self, rows: Any, *, rate: float, step: int, progress: float) -> dict[str, Any]:
        """Let the players move in turn, each on phrases of its own."""
        if self._device.type == "cpu":
            torch.set_num_threads(self._config.threads)
        turns = self._model.turns(step)
        size = len(next(iter(rows.values()))) // len(turns)
        told: dict[str, float] = {}
        norms = []
        for k, player in enumerate(turns):
            at = k * size
            batch = {name: one[at : at + size] for name, one in rows.items()}
            optimizer = self._optimizers[player]
            _set_rate(optimizer, rate * self._config.player_lr.get(player, 1.0))
            with torch.autocast(self._device.type, torch.bfloat16, enabled=self._config.bf16):
                loss, parts = self._model.loss(
                    self._to_device(batch), player=player, step=step, progress=progress
                )
            grads = torch.autograd.grad(loss, self._weights[player], allow_unused=True)
            for weight, grad in zip(self._weights[player], grads, strict=True):
                weight.grad = grad
            norms.append(_move(optimizer, self._weights[player], self._config.clip))
            prefix = "" if len(self._model.players) == 1 else f"{player}_"
            told |= {f"{prefix}{name}": _number(value) for name, value in parts.items()}
            told["loss" if not prefix else f"{prefix}loss"] = float(loss.detach())
        loss_told = told.pop("loss", told.get(f"{turns[-1]}_loss", math.nan))
        return {
            "loss": round(loss_told, 5),
            "grad_norm": max(norms),
            "parts": {name: round(value, 5) for name, value in told.items()},
        }

    def _to_device(self, batch: dict[str, Any]) -> dict[str, Tensor]:
        return {
            name: torch.from_numpy(np.ascontiguousarray(_readable(one))).to(self._device)
            for name, one in batch.items()
        }

    @torch.no_grad()
    def judge(self, mean: nn.Module, valid: Any) -> Judged:
        """Return the family's own metrics over the phrases held out."""
        mean.eval()
        sums: dict[str, tuple[float, float]] = {}
        size = max(1, self._config.rows)
        length = len(next(iter(valid.values())))
        torch.manual_seed(self._config.seed)
        for at in range(0, length, size):
            batch = self._to_device({name: one[at : at + size] for name, one in valid.items()})
            measured: dict[str, tuple[float, float]] = mean.measure(batch)  # type: ignore[operator]
            for name, (total, count) in measured.items():
                one = sums.get(name, (0.0, 0.0))
                sums[name] = (one[0] + float(total), one[1] + float(count))
        said = {name: total / count if count else math.nan for name, (total, count) in sums.items()}
        first, better = next(iter(self._model.metrics.items()))
        value = said[first] if better == "low" else -said[first]
        return Judged(value=value, said=said, whole=dict(said))

    def state(self) -> Any:
        """Return the optimisers' states."""
        return {name: one.state_dict() for name, one in self._optimizers.items()}

    def restore(self, state: Any) -> None:
        """Take stored states."""
        for name, one in self._optimizers.items():
            one.load_state_dict(state[name])

    def close(self) -> None:
        """Nothing is left open."""


def make_teacher(model: nn.Module, config: RunConfig, device: torch.device) -> Teacher:
    """Return what drives a model.

    Examples
    --------
    >>> from motet.models import build_model
    >>> config = RunConfig(size="tiny")
    >>> make_teacher(build_model("transformer", "tiny"), config, torch.device("cpu")).unit
    'tokens'
    """
    if isinstance(model, Learner):
        return LearnerTeacher(model, config, device)
    return TokenTeacher(model, config, device)


def _set_rate(optimizer: Optimizer, rate: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = rate


def _move(optimizer: Optimizer, weights: list[nn.Parameter], clip: float) -> float:
    """Take a step unless the gradient is no number; return its norm before clipping."""
    norm = float(nn.utils.clip_grad_norm_(weights, clip))
    if math.isfinite(norm):
        optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return round(norm, 4)


def _number(value: Tensor | float) -> float:
    return float(value.detach()) if isinstance(value, Tensor) else float(value)


def _readable(array: Any) -> Any:
    """Return an array in a dtype that torch reads: it has few unsigned ones."""
    kinds = {"uint16": np.int32, "uint32": np.int64, "uint64": np.int64}
    return array.astype(kinds[str(array.dtype)]) if str(array.dtype) in kinds else array


def _check_names(what: str, names: list[str], allowed: Any) -> None:
    for name in names:
        if name not in allowed:
            told = ", ".join(allowed) or "none"
            raise ParameterError(
                f"{what} names {name!r}, which this family has not; it has: {told}",
                zh=f"{what} 中的 {name!r} 不属于该类别;可用:{told}",
            )
