"""The optimiser, the learning rate over a run, and the running mean of the weights.

Conventions: progress is the share of the run that is done, 0 to 1, by steps or by the clock.

Offers `make_optimizer`, `make_player_optimizer`, `Optimizer`, `find_rate`, `Ema`.

Sources: AdamW: Loshchilov and Hutter, 2019; Muon: Jordan et al., 2024, its rate matched to AdamW's:
Liu et al., "Muon is Scalable for LLM Training", 2025; constant rate with a decay at the end: Hägele et al.,
"Scaling Laws and Compute-Optimal Training Beyond Fixed Training Durations", 2024; mean of weights over
a share of the run: Karras et al., "Analyzing and Improving the Training Dynamics of Diffusion Models",
2024 (power function).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import torch
from torch import Tensor, nn

from motet.train.config import RunConfig

__all__ = ["Ema", "Optimizer", "find_rate", "make_optimizer", "make_player_optimizer"]

_EMA_POWER: Final = 16.0


class Optimizer:
    """One or two of torch's optimisers that step together.

    Parameters
    ----------
    parts : list of torch.optim.Optimizer

    Examples
    --------
    >>> weight = nn.Parameter(torch.ones(2))
    >>> Optimizer([torch.optim.SGD([weight], lr=1.0)]).param_groups[0]["lr"]
    1.0
    """

    def __init__(self, parts: list[torch.optim.Optimizer]) -> None:
        self._parts = parts

    @property
    def param_groups(self) -> list[dict[str, Any]]:
        """Groups of all parts; a change of one takes effect."""
        return [group for part in self._parts for group in part.param_groups]

    def step(self) -> None:
        """Move the weights along their gradients."""
        for part in self._parts:
            part.step()

    def zero_grad(self, *, set_to_none: bool = True) -> None:
        """Forget the gradients."""
        for part in self._parts:
            part.zero_grad(set_to_none=set_to_none)

    def state_dict(self) -> dict[str, Any]:
        """Return the state, as `load_state_dict` takes it."""
        return {"parts": [part.state_dict() for part in self._parts]}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Take a stored state."""
        for part, one in zip(self._parts, state["parts"], strict=True):
            part.load_state_dict(one)


def make_optimizer(model: nn.Module, config: RunConfig) -> Optimizer:
    """Return the optimiser of a model's weights; only matrices decay.

    Parameters
    ----------
    model : Module
        Its embedding is named ``embed``; Muon leaves it to AdamW.
    config : RunConfig

    Returns
    -------
    Optimizer

    Examples
    --------
    >>> make_optimizer(nn.Linear(2, 2), RunConfig()).param_groups[1]["weight_decay"]
    0.0
    """
    inner = [
        weight
        for name, weight in model.named_parameters()
        if weight.ndim == 2 and not name.startswith("embed")
    ]
    return make_player_optimizer(list(model.parameters()), config, turned=inner)


def make_player_optimizer(
    weights: Sequence[nn.Parameter],
    config: RunConfig,
    *,
    turned: Sequence[nn.Parameter] | None = None,
) -> Optimizer:
    """Return the optimiser of some weights, by the name that a run gives; only matrices decay.

    Parameters
    ----------
    weights : sequence of Parameter
    config : RunConfig
        ``beta1`` and ``beta2`` are for those of Adam's kind (adversaries like a ``beta1`` of
        0 to 0.5); the momentum of SGD is 0.9.
    turned : sequence of Parameter or None
        The matrices that Muon moves; None is all.

    Examples
    --------
    >>> weight = nn.Parameter(torch.zeros(2, 2))
    >>> len(make_player_optimizer([weight], RunConfig(optimizer="sgd")).param_groups)
    2
    """
    inner: list[nn.Parameter] = []
    if config.optimizer == "muon":
        inner = list(turned) if turned is not None else [w for w in weights if w.ndim == 2]
    moved = {id(weight) for weight in inner}
    rest = [weight for weight in weights if id(weight) not in moved]
    groups = [
        {"params": [w for w in rest if w.ndim > 1], "weight_decay": config.weight_decay},
        {"params": [w for w in rest if w.ndim <= 1], "weight_decay": 0.0},
    ]
    rate, betas = config.lr, (config.beta1, config.beta2)
    if config.optimizer == "sgd":
        return Optimizer([torch.optim.SGD(groups, lr=rate, momentum=0.9)])
    if config.optimizer == "rmsprop":
        return Optimizer([torch.optim.RMSprop(groups, lr=rate)])
    if config.optimizer == "adam":
        return Optimizer([torch.optim.Adam(groups, lr=rate, betas=betas, fused=True)])
    parts: list[torch.optim.Optimizer] = [
        torch.optim.AdamW(groups, lr=rate, betas=betas, eps=1e-8, fused=True)
    ]
    if inner:
        parts.append(
            torch.optim.Muon(
                inner, lr=rate, weight_decay=config.weight_decay, adjust_lr_fn="match_rms_adamw"
            )
        )
    return Optimizer(parts)


def find_rate(config: RunConfig, *, step: int, progress: float) -> float:
    """Return the learning rate of a step.

    Parameters
    ----------
    config : RunConfig
    step : int
        From 0; warm-up counts steps.
    progress : float, 0 to 1

    Returns
    -------
    float

    Examples
    --------
    >>> config = RunConfig(lr=1.0, warmup_steps=0, decay=0.5)
    >>> [find_rate(config, step=9, progress=p) for p in (0.2, 0.5, 0.75, 1.0)]
    [1.0, 1.0, 0.5, 0.0]
    """
    left = 1.0 - min(1.0, max(0.0, progress))
    if config.schedule == "cosine":
        fall = 0.5 - 0.5 * math.cos(math.pi * left)
    elif config.schedule == "linear":
        fall = left
    else:
        fall = min(1.0, left / config.decay) if config.decay else 1.0
    return config.lr * fall * min(1.0, (step + 1) / max(1, config.warmup_steps))


class Ema:
    """A running mean of weights that reaches back over a fixed share of the run so far.

    At step t it keeps ``(1 - 1/t) ** 17`` of itself, but no more than `most`: a short run's mean holds
    its last 6 % or so, and no trace of the random start.

    Parameters
    ----------
    model : Module
    most : float
        0 keeps nothing: the mean is the last weights.

    Examples
    --------
    >>> model = nn.Linear(1, 1, bias=False)
    >>> ema = Ema(model, most=0.999)
    >>> ema.update(model, step=1)
    >>> bool(ema.weights["weight"] == model.weight)
    True
    """

    def __init__(self, model: nn.Module, *, most: float) -> None:
        self.most = most
        self.weights: dict[str, Tensor] = {
            name: weight.detach().clone() for name, weight in model.named_parameters()
        }

    @torch.no_grad()
    def update(self, model: nn.Module, *, step: int) -> None:
        """Take in the weights after a step, counted from 1."""
        keep = min(self.most, (1 - 1 / max(1, step)) ** (_EMA_POWER + 1))
        mine = list(self.weights.values())
        torch._foreach_lerp_(mine, [w.detach() for w in model.parameters()], 1 - keep)
