"""Losses of adversaries and of autoencoders, by name, each once and as it should be.

Conventions: nats; means over the batch for adversaries, one number a phrase for autoencoders. A judge's
logits are above 0 for music it takes as real.

Offers `GAN_LOSSES`, `gan_loss`, `gradient_penalty`, `kl_normal`, `free_bits`, `bernoulli_nll`, `gaussian_nll`.

Sources: Goodfellow et al., "Generative Adversarial Nets", 2014 (minimax, non-saturating); Mao et al., "Least
Squares Generative Adversarial Networks", 2017; Lim and Ye, "Geometric GAN", 2017 (hinge); Gulrajani et al.,
"Improved Training of Wasserstein GANs", 2017; Kingma and Welling, "Auto-Encoding Variational Bayes", 2014
(closed-form KL, appendix B); Kingma et al., "Improved Variational Inference with Inverse Autoregressive
Flow", 2016 (free bits).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

from motet.errors import ParameterError

__all__ = [
    "GAN_LOSSES",
    "bernoulli_nll",
    "free_bits",
    "gan_loss",
    "gaussian_nll",
    "gradient_penalty",
    "kl_normal",
]

GAN_LOSSES: Final = ("non_saturating", "minimax", "wasserstein", "hinge", "least_squares")


def gan_loss(name: str, made: Tensor, real: Tensor | None = None) -> Tensor:
    """Return what a player makes smaller: the judge's loss where real music is given, else the writer's.

    Parameters
    ----------
    name : str
        One of `GAN_LOSSES`. "minimax" is the formula as first printed, whose writer learns nothing from a
        sure judge; "non_saturating" is what is used. "wasserstein" needs `gradient_penalty` beside it.
    made : float tensor
        The judge's logits of what was made.
    real : float tensor or None
        Its logits of real music.

    Raises
    ------
    ParameterError
        There is no such loss.

    Examples
    --------
    >>> zero = torch.zeros(2)
    >>> [round(float(gan_loss(name, zero, zero)), 4) for name in GAN_LOSSES]
    [1.3863, 1.3863, 0.0, 2.0, 0.5]
    >>> [round(float(gan_loss(name, zero)), 4) for name in GAN_LOSSES]
    [0.6931, -0.6931, -0.0, -0.0, 0.5]
    """
    if name not in GAN_LOSSES:
        told = ", ".join(GAN_LOSSES)
        raise ParameterError(
            f"there is no adversarial loss {name!r}; there are: {told}",
            zh=f"没有名为 {name!r} 的对抗损失;现有:{told}",
        )
    if real is None:
        if name == "minimax":
            return -functional.softplus(made).mean()  # log(1 - sigmoid)
        if name == "non_saturating":
            return functional.softplus(-made).mean()  # -log sigmoid
        return 0.5 * (made - 1).square().mean() if name == "least_squares" else -made.mean()
    if name == "wasserstein":
        return made.mean() - real.mean()
    if name == "hinge":
        return functional.relu(1 - real).mean() + functional.relu(1 + made).mean()
    if name == "least_squares":
        return 0.5 * ((real - 1).square().mean() + made.square().mean())
    return functional.softplus(-real).mean() + functional.softplus(made).mean()


def gradient_penalty(judge: Callable[[Tensor], Tensor], real: Tensor, made: Tensor) -> Tensor:
    """Return how far the judge's slope is from 1 between real music and what was made, squared.

    Parameters
    ----------
    judge : callable
        Phrases to logits, one a phrase and from that phrase alone (no batch normalisation).
    real, made : float tensor, shape (b, ...)

    Examples
    --------
    >>> float(gradient_penalty(lambda x: 3 * x[:, 0], torch.ones(4, 2), torch.zeros(4, 2)))
    4.0
    """
    share = torch.rand(len(real), *[1] * (real.dim() - 1), device=real.device)
    between = (share * real + (1 - share) * made.detach()).requires_grad_()
    (slopes,) = torch.autograd.grad(judge(between).sum(), between, create_graph=True)
    length = torch.linalg.vector_norm(slopes.flatten(1), dim=1)
    penalty: Tensor = (length - 1).square().mean()
    return penalty


def kl_normal(mean: Tensor, log_variance: Tensor) -> Tensor:
    """Return the KL divergence of diagonal Gaussians from the standard one, nats a phrase.

    Parameters
    ----------
    mean, log_variance : float tensor, shape (b, z)

    Examples
    --------
    >>> kl_normal(torch.tensor([[1.0, 0.0]]), torch.zeros(1, 2)).tolist()
    [0.5]
    """
    return 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum(-1)


def free_bits(kl: Tensor, bits: float) -> Tensor:
    """Return the KL that costs: what is over so many bits a phrase.

    Examples
    --------
    >>> [round(one, 4) for one in free_bits(torch.tensor([0.5, 1.0]), 1.0).tolist()]
    [0.0, 0.3069]
    """
    return (kl - bits * math.log(2)).clamp(min=0)


def bernoulli_nll(logits: Tensor, target: Tensor) -> Tensor:
    """Return minus the log-likelihood of cells that are on or off, nats a phrase.

    Parameters
    ----------
    logits, target : float tensor, shape (b, ...)
        Targets are 0 or 1.

    Examples
    --------
    >>> round(float(bernoulli_nll(torch.zeros(1, 3), torch.ones(1, 3))[0]), 4)
    2.0794
    """
    each = functional.binary_cross_entropy_with_logits(logits, target, reduction="none")
    return each.flatten(1).sum(1)


def gaussian_nll(mean: Tensor, target: Tensor, *, log_variance: float | Tensor = 0.0) -> Tensor:
    """Return minus the log-likelihood of numbers under Gaussians, nats a phrase.

    With variance 1 it is half the squared error and a constant; what is left out of it shifts the
    balance with the KL.

    Parameters
    ----------
    mean, target : float tensor, shape (b, ...)
    log_variance : float or tensor that broadcasts

    Examples
    --------
    >>> round(float(gaussian_nll(torch.zeros(1, 1), torch.ones(1, 1))[0]), 4)
    1.4189
    """
    spread = torch.as_tensor(log_variance, dtype=mean.dtype, device=mean.device)
    each = 0.5 * (math.log(2 * math.pi) + spread + (target - mean).square() * torch.exp(-spread))
    return each.flatten(1).sum(1)
