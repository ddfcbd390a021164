"""How far two distributions are apart.

Conventions: distributions are counts or shares, of the same shape.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError

__all__ = ["jensen_shannon_bits"]


def jensen_shannon_bits(one: npt.ArrayLike, other: npt.ArrayLike) -> float:
    """Return the Jensen-Shannon divergence of two distributions.

    Parameters
    ----------
    one, other : arrays of numbers >= 0, of the same shape
        Need not add up to 1.

    Returns
    -------
    float, bits, 0 to 1
        0 when they are the same, 1 when they share nothing; nan when one is all 0.

    Raises
    ------
    ParameterError
        The shapes differ.

    Source
    ------
    Jianhua Lin, "Divergence Measures Based on the Shannon Entropy", IEEE Transactions on
    Information Theory 37 (1991), 145-151.

    Examples
    --------
    >>> jensen_shannon_bits([1, 1, 0], [0, 0, 5]), jensen_shannon_bits([1, 2], [2, 4])
    (1.0, 0.0)
    """
    p, q = (np.asarray(values, dtype=np.float64).ravel() for values in (one, other))
    if p.shape != q.shape:
        raise ParameterError(
            f"both distributions must have the same shape, got {p.shape} and {q.shape}",
            zh=f"两个分布的形状必须相同,收到 {p.shape} 与 {q.shape}",
        )
    if p.sum() <= 0 or q.sum() <= 0:
        return float("nan")
    p, q = p / p.sum(), q / q.sum()
    middle = (p + q) / 2

    def away(values: npt.NDArray[np.float64]) -> float:
        kept = values > 0
        return float((values[kept] * np.log2(values[kept] / middle[kept])).sum())

    return max(0.0, (away(p) + away(q)) / 2)
