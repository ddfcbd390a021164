"""Low-rank adapters: a model learns a little music without unlearning the rest, in few numbers.

Conventions: a matrix W (n, k) becomes W + s · B A with A (r, k) and B (n, r); r is the rank and s the
scale over r. B starts at zero, so an adapted model begins as the model itself. All matrices of a block
take adapters; embeddings (tied with the output) and norms stay as they are.

Offers `add_adapters`, `merge_adapters`, `adapter_state`, `load_adapter_state`, `Adapted`.

Source: Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models", 2021; the scale over the root of
the rank: Kalajdzievski, "A Rank Stabilization Scaling Factor for Fine-Tuning with LoRA", 2023.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from motet.errors import ParameterError

__all__ = ["Adapted", "adapter_state", "add_adapters", "load_adapter_state", "merge_adapters"]

_NAMES: Final = frozenset(("q", "k", "v", "o", "gate", "up", "down"))


class Adapted(nn.Module):
    """A linear layer that stays as it is, and a low-rank change to it that learns.

    Parameters
    ----------
    base : Linear
        Without bias; frozen.
    rank : int
    scale : float
        Of the change, over the root of the rank.
    p_drop : float, [0, 1)
        Share of the inputs of the change that are left out while training.

    Examples
    --------
    >>> layer = nn.Linear(3, 2, bias=False)
    >>> bool((Adapted(layer, rank=1)(torch.ones(1, 3)) == layer(torch.ones(1, 3))).all())
    True
    """

    def __init__(
        self, base: nn.Linear, *, rank: int, scale: float = 1.0, p_drop: float = 0.0
    ) -> None:
        super().__init__()
        self.base = base
        self.base.weight.requires_grad_(False)
        self.scale, self.p_drop = scale / math.sqrt(rank), p_drop
        weight = base.weight
        self.a = nn.Parameter(weight.new_empty(rank, base.in_features))  # (r, k)
        self.b = nn.Parameter(weight.new_zeros(base.out_features, rank))  # (n, r)
        nn.init.normal_(self.a, std=base.in_features**-0.5)

    def forward(self, x: Tensor) -> Tensor:
        """Return the layer's output and its change, shape (..., n)."""
        y: Tensor = self.base(x)
        z = functional.dropout(x, self.p_drop, self.training) @ self.a.T  # (..., r)
        return y + self.scale * (z @ self.b.T)

    @torch.no_grad()
    def merge(self, *, share: float = 1.0) -> nn.Linear:
        """Return the layer with a share of the change in its weights."""
        self.base.weight += share * self.scale * (self.b @ self.a)
        return self.base


def add_adapters(
    model: nn.Module, *, rank: int = 8, scale: float = 1.0, p_drop: float = 0.0
) -> int:
    """Return how many numbers now learn: the model's own are frozen, its matrices adapted.

    Parameters
    ----------
    model : Module
        With linear layers named ``q``, ``k``, ``v``, ``o``, ``gate``, ``up`` or ``down``; changed in place.
    rank : int, 1 to 256
    scale : float
    p_drop : float, [0, 1)

    Raises
    ------
    ParameterError
        The rank is out of range, or the model has no such layer.

    Examples
    --------
    >>> from motet.models import build_model
    >>> add_adapters(build_model("transformer", "tiny"), rank=2)
    4864
    """
    if not 1 <= rank <= 256:
        raise ParameterError(
            f"rank must be 1 to 256, got {rank}", zh=f"rank 须为 1 到 256,收到 {rank}"
        )
    for weight in model.parameters():
        weight.requires_grad_(False)
    places = [
        (parent, name, layer)
        for parent in model.modules()
        for name, layer in parent.named_children()
        if name in _NAMES and isinstance(layer, nn.Linear)
    ]
    if not places:
        raise ParameterError(
            "this model has no layers that take adapters", zh="该模型没有可加适配器的层"
        )
    for parent, name, layer in places:
        setattr(parent, name, Adapted(layer, rank=rank, scale=scale, p_drop=p_drop))
    return sum(weight.numel() for weight in model.parameters() if weight.requires_grad)


def merge_adapters(model: nn.Module, *, share: float = 1.0) -> nn.Module:
    """Return the same model with what its adapters learnt in its own weights, and no adapters.

    Parameters
    ----------
    model : Module
        Changed in place.
    share : float
        How much of the change is taken; 0 gives the model as it was.

    Examples
    --------
    >>> from motet.models import build_model, count_weights
    >>> model = build_model("transformer", "tiny")
    >>> n_weights = count_weights(model)
    >>> _ = add_adapters(model, rank=2)
    >>> count_weights(merge_adapters(model)) == n_weights
    True
    """
    for parent in list(model.modules()):
        for name, layer in list(parent.named_children()):
            if isinstance(layer, Adapted):
                setattr(parent, name, layer.merge(share=share))
    for weight in model.parameters():
        weight.requires_grad_(True)
    return model


def adapter_state(model: nn.Module) -> dict[str, Tensor]:
    """Return a copy of what the adapters hold, by name.

    Examples
    --------
    >>> from motet.models import build_model
    >>> model = build_model("transformer", "tiny")
    >>> _ = add_adapters(model, rank=2)
    >>> len(adapter_state(model))
    28
    """
    return {
        name: weight.detach().clone()
        for name, weight in model.named_parameters()
        if weight.requires_grad
    }


@torch.no_grad()
def load_adapter_state(model: nn.Module, state: Mapping[str, Tensor]) -> None:
    """Set the adapters to what `adapter_state` kept.

    Examples
    --------
    >>> from motet.models import build_model
    >>> model = build_model("transformer", "tiny")
    >>> _ = add_adapters(model, rank=2)
    >>> load_adapter_state(model, adapter_state(model))
    """
    weights = dict(model.named_parameters())
    for name, kept in state.items():
        weights[name].copy_(kept)
