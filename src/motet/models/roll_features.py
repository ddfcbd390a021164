"""What is known of the frames before each frame of a piano roll.

Conventions: rolls have shape (b, t, ..., p): rows, frames, pitches last; what a frame is told of is before it
once the roll was delayed.

Offers `delay`, `find_ages`, `average_past`, `fold_octaves`.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

__all__ = ["average_past", "delay", "find_ages", "fold_octaves"]


def delay(x: Tensor, n_frames: int) -> Tensor:
    """Return a roll that starts so many frames later; nothing sounds before.

    Examples
    --------
    >>> delay(torch.tensor([[[1.0], [2.0], [3.0]]]), 2).flatten().tolist()
    [0.0, 0.0, 1.0]
    """
    margins = [0, 0] * (x.ndim - 2) + [n_frames, 0]
    return functional.pad(x, margins)[:, : x.shape[1]]


def find_ages(past: Tensor) -> tuple[Tensor, Tensor]:
    """Return how long each pitch has sounded (log), and how recently (1 / frames).

    Examples
    --------
    >>> recent = find_ages(torch.tensor([[[0.0], [1.0], [0.0], [0.0]]]))[1]
    >>> recent.flatten().tolist()
    [0.0, 1.0, 0.5, 0.3333333432674408]
    """
    shape = (-1,) + (1,) * (past.ndim - 2)
    steps = torch.arange(1, past.shape[1] + 1, device=past.device).view(shape)  # (t, 1, ...)
    is_on = past > 0
    last_off = torch.where(is_on, 0, steps).cummax(dim=1).values
    last_on = torch.where(is_on, steps, 0).cummax(dim=1).values
    recent = torch.where(last_on > 0, 1.0 / (steps - last_on + 1), 0.0)
    return torch.log1p(((steps - last_off) * is_on).float()) / 2, recent


def average_past(past: Tensor, frames: float) -> Tensor:
    """Return the fading mean of each pitch over the last frames.

    Examples
    --------
    >>> round(average_past(torch.ones(1, 400, 1), 10.0)[0, -1].item(), 2)
    1.05
    """
    steps = torch.arange(past.shape[1], device=past.device)
    gap = (steps[:, None] - steps).float()  # (t, t)
    weights = torch.where(gap >= 0, torch.exp(-gap / frames), 0.0) / frames
    return torch.einsum("ts,bs...->bt...", weights, past)


def fold_octaves(x: Tensor) -> Tensor:
    """Return each pitch's sum over its octaves.

    Examples
    --------
    >>> fold_octaves(torch.eye(26)[3])[[3, 15, 16]].tolist()
    [1.0, 1.0, 0.0]
    """
    p = x.shape[-1]
    n_octaves = -(-p // 12)
    wrapped = functional.pad(x, (0, -p % 12)).reshape(*x.shape[:-1], n_octaves, 12).sum(-2)
    return wrapped.repeat(*[1] * (x.ndim - 1), n_octaves)[..., :p]
