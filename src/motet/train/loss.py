"""Cross-entropy of the next token, fused with the output layer in pieces that stay in the cache.

Conventions: nats. The logits of a batch are never held as a whole: each piece of rows is multiplied,
normalised and turned into its gradient at once.

Offers `fused_cross_entropy`.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

__all__ = ["fused_cross_entropy"]


class _Fused(torch.autograd.Function):
    """Forward computes the gradient too; backward only scales it."""

    @staticmethod
    def forward(
        ctx: Any, hidden: Tensor, weight: Tensor, targets: Tensor, scale: Tensor, chunk: int
    ) -> tuple[Tensor, Tensor]:
        needs = ctx.needs_input_grad[0]
        losses = torch.empty_like(scale, dtype=torch.float32)  # (n,)
        narrow = weight.to(hidden.dtype)  # (v, d)
        to_hidden = torch.empty_like(hidden) if needs else None  # (n, d)
        to_weight = torch.zeros_like(weight) if needs else None  # (v, d)
        for start in range(0, hidden.shape[0], chunk):
            part = slice(start, start + chunk)
            h, y = hidden[part], targets[part]
            logits = (h @ narrow.T).float()  # (chunk, v)
            log_total = logits.logsumexp(dim=-1, keepdim=True)  # (chunk, 1)
            losses[part] = (log_total - logits.gather(1, y[:, None]))[:, 0]
            if to_hidden is not None and to_weight is not None:
                grad = logits.sub_(log_total).exp_()
                grad.scatter_add_(1, y[:, None], torch.full_like(log_total, -1.0))
                grad = grad.mul_(scale[part, None]).to(hidden.dtype)
                to_hidden[part] = grad @ narrow
                to_weight += (grad.T @ h).to(to_weight.dtype)
        if needs:
            ctx.save_for_backward(to_hidden, to_weight)
        ctx.mark_non_differentiable(losses)
        return (losses * scale).sum(), losses

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, Tensor, None, None, None]:
        to_hidden, to_weight = ctx.saved_tensors
        return to_hidden * grads[0].to(to_hidden.dtype), to_weight * grads[0], None, None, None


def fused_cross_entropy(
    hidden: Tensor, weight: Tensor, targets: Tensor, *, scale: Tensor, chunk: int = 512
) -> tuple[Tensor, Tensor]:
    """Return the scaled sum of the losses, and the loss of each token.

    Parameters
    ----------
    hidden : float, shape (n, d)
        The model's stream, as `Transformer.hidden` gives it.
    weight : float32, shape (v, d)
        The output layer.
    targets : int64, shape (n,)
    scale : float32, shape (n,)
        Weight of each token in the sum; 0 leaves it out.
    chunk : int
        Rows at a time.

    Returns
    -------
    float32, shape (): differentiable; and float32, shape (n,), nats, which is not

    Examples
    --------
    >>> total, each = fused_cross_entropy(
    ...     torch.zeros(2, 4), torch.zeros(8, 4), torch.tensor([1, 2]), scale=torch.ones(2))
    >>> round(float(total), 4)
    4.1589
    """
    total, losses = _Fused.apply(hidden, weight, targets, scale, chunk)  # type: ignore[no-untyped-call]
    return total, losses
