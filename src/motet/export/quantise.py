"""Weights in 4 or 8 bits by blocks, as the engine's matrix product reads them.

Conventions: a weight is float32, shape (n, k): n outputs, k inputs. Each row is cut into blocks of 32
inputs; each block has one scale that float16 can say. The zero point is in the middle (8 of 16, 128 of 256).

Offers `BLOCK`, `Quantised`, `quantise`, `dequantise`.

Source: the layout is that of MatMulNBits, ONNX Runtime contrib operators (com.microsoft).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError

__all__ = ["BLOCK", "Quantised", "dequantise", "quantise"]

BLOCK: Final = 32
"""Inputs that share a scale."""

_SHRINKS: Final = {4: np.linspace(0.80, 1.04, 13), 8: np.linspace(0.98, 1.0, 3)}
"""Scales that are tried, as shares of the one that just holds the largest weight."""


@dataclass(frozen=True, kw_only=True)
class Quantised:
    """A weight in few bits.

    Parameters
    ----------
    packed : uint8, shape (n, k / 32, 32 * bits / 8)
        With 4 bits, the lower half of a byte comes first.
    scales : float32, shape (n, k / 32)
        Each is exact in float16.
    bits : int
        4 or 8.

    Examples
    --------
    >>> quantise(np.eye(32, dtype=np.float32), bits=4).packed.shape
    (32, 1, 16)
    """

    packed: npt.NDArray[np.uint8]
    scales: npt.NDArray[np.float32]
    bits: int

    @property
    def n_bytes(self) -> int:
        """Size of the weight with its scales."""
        return self.packed.nbytes + self.scales.nbytes // 2


def quantise(weight: npt.NDArray[np.float32], *, bits: int) -> Quantised:
    """Return a weight in 4 or 8 bits, each block with the scale of least squared error.

    Parameters
    ----------
    weight : float32, shape (n, k)
        k is a multiple of 32.
    bits : int
        4 or 8.

    Returns
    -------
    Quantised

    Raises
    ------
    ParameterError
        Another number of bits, another shape, or a weight that is not finite.

    Source
    ------
    Rounding to nearest; the scales are searched on a fixed list, so the result is deterministic.

    Examples
    --------
    >>> weight = np.linspace(-1, 1, 64, dtype=np.float32).reshape(2, 32)
    >>> bool(abs(dequantise(quantise(weight, bits=8)) - weight).max() < 0.005)
    True
    """
    if bits not in _SHRINKS:
        raise ParameterError(f"bits must be 4 or 8, got {bits}", zh=f"bits 须为 4 或 8,收到 {bits}")
    if weight.ndim != 2 or weight.shape[1] % BLOCK:
        raise ParameterError(
            f"a weight to quantise has two axes, the second a multiple of {BLOCK}; "
            f"got shape {weight.shape}",
            zh=f"要量化的权重须为二维,且第二维是 {BLOCK} 的倍数;收到形状 {weight.shape}",
        )
    if not np.isfinite(weight).all():
        raise ParameterError(
            "a weight to quantise holds values that are not finite; train again or take an "
            "earlier checkpoint",
            zh="要量化的权重含有非有限值;请重新训练或使用更早的检查点",
        )
    n, k = weight.shape
    half = 1 << (bits - 1)
    blocks = np.asarray(weight, dtype=np.float32).reshape(n, k // BLOCK, BLOCK)
    peak = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=2)[..., None], axis=2)
    widest = -peak / half  # the largest weight lands on the lowest level, which has no opposite
    best = np.full(blocks.shape[:2], np.inf, dtype=np.float32)
    scales = np.zeros(blocks.shape[:2], dtype=np.float32)
    levels = np.full(blocks.shape, half, dtype=np.uint8)
    for shrink in _SHRINKS[bits]:
        scale = (widest * np.float32(shrink)).astype(np.float16).astype(np.float32)
        inverse = np.divide(1.0, scale, out=np.zeros_like(scale), where=scale != 0)
        level = np.clip(np.rint(blocks * inverse) + half, 0, 2 * half - 1)
        error = np.square((level - half) * scale - blocks).sum(axis=2)
        is_better = error < best
        best = np.where(is_better, error, best)
        scales = np.where(is_better, scale[..., 0], scales)
        levels = np.where(is_better[..., None], level.astype(np.uint8), levels)
    packed = levels if bits == 8 else levels[..., 0::2] | (levels[..., 1::2] << 4)
    return Quantised(packed=packed.astype(np.uint8), scales=scales.astype(np.float32), bits=bits)


def dequantise(quantised: Quantised) -> npt.NDArray[np.float32]:
    """Return the weight that the engine computes with.

    Parameters
    ----------
    quantised : Quantised

    Returns
    -------
    float32, shape (n, k)

    Examples
    --------
    >>> float(dequantise(quantise(np.full((1, 32), -2.0, dtype=np.float32), bits=4))[0, 0])
    -2.0
    """
    packed, half = quantised.packed, 1 << (quantised.bits - 1)
    if quantised.bits == 8:
        levels = packed
    else:
        levels = np.stack([packed & 15, packed >> 4], axis=-1).reshape(*packed.shape[:2], -1)
    blocks = (levels.astype(np.float32) - half) * quantised.scales[..., None]
    return blocks.reshape(len(packed), -1).astype(np.float32)
