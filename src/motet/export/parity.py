"""Whether a bundle computes what the trained model computes.

Conventions: logits are float32, shape (t, v); differences are in nats. The reference is a plain NumPy
forward pass without a cache: slow, and obvious.

Offers `reference_logits`, `random_weights`, `SIZES`, `Parity`, `compare_logits`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.export.graph import Shape

__all__ = ["SIZES", "Parity", "compare_logits", "random_weights", "reference_logits"]

FloatArray = npt.NDArray[np.float32]

SIZES: Final[dict[str, dict[str, int]]] = {
    "tiny": {"n_layers": 2, "width": 64, "n_heads": 4, "n_kv_heads": 2, "ffn_width": 192},
    "small": {"n_layers": 5, "width": 256, "n_heads": 8, "n_kv_heads": 2, "ffn_width": 704},
    "medium": {"n_layers": 6, "width": 384, "n_heads": 6, "n_kv_heads": 2, "ffn_width": 1056},
    "base": {"n_layers": 8, "width": 512, "n_heads": 8, "n_kv_heads": 2, "ffn_width": 1408},
}
"""Sizes for weights drawn at random, as `motet.models` names them."""


def random_weights(
    size: str, *, seed: int, vocab_size: int = 1536, spread: float = 1.0
) -> tuple[dict[str, Any], dict[str, FloatArray]]:
    """Return a configuration and weights drawn at random, for tests and measurements.

    Parameters
    ----------
    size : str
        One of `SIZES`.
    seed : int
    vocab_size : int
    spread : float
        Factor of the standard deviation 1 / sqrt(inputs).

    Returns
    -------
    dict, dict of str to float32
        As a weights file holds them.

    Raises
    ------
    ParameterError
        There is no such size.

    Examples
    --------
    >>> config, weights = random_weights("tiny", seed=0)
    >>> weights["embed.weight"].shape
    (1536, 64)
    """
    if size not in SIZES:
        raise ParameterError(
            f"size must be one of {', '.join(SIZES)}, got {size!r}",
            zh=f"size 须为 {'、'.join(SIZES)} 之一,收到 {size!r}",
        )
    rng = np.random.default_rng(seed)
    config = {**SIZES[size], "vocab_size": vocab_size, "family": "transformer", "size": size}
    width, ffn = SIZES[size]["width"], SIZES[size]["ffn_width"]
    kv = width // SIZES[size]["n_heads"] * SIZES[size]["n_kv_heads"]

    def draw(n: int, k: int) -> FloatArray:
        return (rng.standard_normal((n, k)) * (spread / math.sqrt(k))).astype(np.float32)

    weights = {"embed.weight": draw(vocab_size, width), "norm.weight": np.ones(width, np.float32)}
    for i in range(SIZES[size]["n_layers"]):
        block = f"blocks.{i}"
        for name, n, k in (
            ("attn.q", width, width), ("attn.k", kv, width), ("attn.v", kv, width),
            ("attn.o", width, width), ("mlp.gate", ffn, width), ("mlp.up", ffn, width),
            ("mlp.down", width, ffn),
        ):  # fmt: skip
            weights[f"{block}.{name}.weight"] = draw(n, k)
        for norm in ("norm1", "norm2"):
            gain = 1 + 0.1 * rng.standard_normal(width)
            weights[f"{block}.{norm}.weight"] = gain.astype(np.float32)
    return config, weights


def reference_logits(
    weights: Mapping[str, FloatArray], shape: Shape, ids: npt.NDArray[np.integer[Any]]
) -> FloatArray:
    """Return the logits after each id of one document, computed plainly.

    Parameters
    ----------
    weights : mapping of str to float32
    shape : Shape
    ids : integers, shape (t,)

    Returns
    -------
    float32, shape (t, v)

    Source
    ------
    RMS norm: Zhang and Sennrich 2019; rotary positions: Su et al. 2021; SwiGLU: Shazeer 2020;
    grouped-query attention: Ainslie et al. 2023.

    Examples
    --------
    >>> from motet.export.graph import read_shape
    >>> config, weights = random_weights("tiny", seed=0)
    >>> reference_logits(weights, read_shape(config, weights), np.array([1, 5, 9])).shape
    (3, 1536)
    """
    t, head, group = len(ids), shape.head, shape.n_heads // shape.n_kv_heads

    def norm(x: FloatArray, name: str) -> FloatArray:
        scale = np.sqrt(np.mean(np.square(x), axis=-1, keepdims=True) + shape.norm_eps)
        normed: FloatArray = (x / scale * weights[f"{name}.weight"]).astype(np.float32)
        return normed

    angle = np.arange(t)[:, None] / shape.rope_theta ** (np.arange(0, head, 2) / head)[None, :]
    cos, sin = np.cos(angle)[:, None], np.sin(angle)[:, None]  # (t, 1, head / 2)

    def turn(x: FloatArray) -> FloatArray:
        left, right = np.split(x, 2, axis=-1)
        turned = np.concatenate([left * cos - right * sin, right * cos + left * sin], axis=-1)
        return turned.astype(np.float32)

    future = np.triu(np.full((t, t), -np.inf, dtype=np.float32), 1)
    x = weights["embed.weight"][ids]  # (t, d)
    for i in range(shape.n_layers):
        block = f"blocks.{i}"
        h = norm(x, f"{block}.norm1")
        q, k, v = (
            (h @ weights[f"{block}.attn.{part}.weight"].T).reshape(t, -1, head) for part in "qkv"
        )
        q, k = turn(q), turn(k)
        k, v = np.repeat(k, group, axis=1), np.repeat(v, group, axis=1)  # (t, h, head)
        score = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(head) + future
        share = np.exp(score - score.max(axis=-1, keepdims=True))
        share /= share.sum(axis=-1, keepdims=True)
        seen = np.einsum("hqk,khd->qhd", share, v).reshape(t, -1).astype(np.float32)
        x = x + seen @ weights[f"{block}.attn.o.weight"].T
        h = norm(x, f"{block}.norm2")
        gate = h @ weights[f"{block}.mlp.gate.weight"].T
        up = h @ weights[f"{block}.mlp.up.weight"].T
        x = x + (gate / (1 + np.exp(-gate)) * up) @ weights[f"{block}.mlp.down.weight"].T
    return (norm(x, "norm") @ weights["embed.weight"].T).astype(np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parity:
    """How far two sets of logits lie apart.

    Parameters
    ----------
    max_abs : float
        Largest difference of a logit.
    mean_kl : float, nats
        Mean over steps of the divergence of the second distribution from the first.
    max_kl : float, nats
    same_best : float, 0 to 1
        Share of steps whose likeliest id is the same.

    Examples
    --------
    >>> compare_logits(np.zeros((2, 4), np.float32), np.zeros((2, 4), np.float32)).max_abs
    0.0
    """

    max_abs: float
    mean_kl: float
    max_kl: float
    same_best: float


def compare_logits(expected: FloatArray, got: FloatArray) -> Parity:
    """Return how far logits lie from those expected.

    Parameters
    ----------
    expected, got : float32, shape (t, v)

    Returns
    -------
    Parity

    Examples
    --------
    >>> ones = np.eye(3, dtype=np.float32)
    >>> compare_logits(ones, ones + 5).mean_kl < 1e-6
    True
    """

    def log_share(logits: FloatArray) -> npt.NDArray[np.float64]:
        shifted = logits.astype(np.float64) - logits.max(axis=-1, keepdims=True)
        total: npt.NDArray[np.float64] = np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
        share: npt.NDArray[np.float64] = shifted - total
        return share

    p, q = log_share(expected), log_share(got)
    kl = (np.exp(p) * (p - q)).sum(axis=-1)
    return Parity(
        max_abs=float(np.abs(expected - got).max()),
        mean_kl=float(kl.mean()),
        max_kl=float(kl.max()),
        same_best=float((expected.argmax(-1) == got.argmax(-1)).mean()),
    )
