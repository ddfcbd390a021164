"""What a bundle expects after each id of a document: for research, without a training framework.

Offers `logits`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from motet.engine.bundle import Bundle, load_bundle
from motet.engine.graph import open_graph
from motet.engine.session import MAX_LENGTH
from motet.errors import ParameterError

__all__ = ["logits"]


def logits(
    ids: npt.ArrayLike, *, bundle: str | Path | Bundle = "small", n_threads: int = 1
) -> npt.NDArray[np.float32]:
    """Return the logits of the next token after each id of one document.

    Parameters
    ----------
    ids : integers, shape (t,), 1 <= t <= 4096
        As `motet.tokens.encode` gives them.
    bundle : str, Path or Bundle
        A name, a folder, or an open one, which saves reading it again.
    n_threads : int, >= 1

    Returns
    -------
    float32, shape (t, v)
        Not normalised: a softmax over the last axis gives probabilities. Row k foretells id k + 1. They are
        those of the bundle's 8-bit or 4-bit weights; `motet.models.load_model` gives the full ones.

    Raises
    ------
    ParameterError
        The ids are none, too many, or no ids of the vocabulary.
    BundleError
        There is no such bundle.

    Examples
    --------
    >>> logits([1, 5], bundle="nobody")
    Traceback (most recent call last):
    motet.errors.BundleError: there is no bundle 'nobody'; ...
    """
    opened = bundle if isinstance(bundle, Bundle) else load_bundle(bundle)
    row = np.asarray(ids)
    n_ids = opened.config["vocab_size"]
    if row.ndim != 1 or not 0 < len(row) <= MAX_LENGTH or row.dtype.kind not in "iu":
        raise ParameterError(
            f"ids must be one row of 1 to {MAX_LENGTH} whole numbers, got shape {row.shape} of {row.dtype}",
            zh=f"ids 须为一行 1 到 {MAX_LENGTH} 个整数,收到形状 {row.shape}、类型 {row.dtype}",
        )
    if row.min() < 0 or row.max() >= n_ids:
        raise ParameterError(
            f"ids must be 0 to {n_ids - 1}, got {row.min()} to {row.max()}; see motet.tokens.encode",
            zh=f"ids 须为 0 到 {n_ids - 1},收到 {row.min()} 到 {row.max()};见 motet.tokens.encode",
        )
    t = len(row)
    _, n_heads, head = opened.cache_shape
    empty = np.zeros((1, n_heads, t, head), np.float32)
    feeds: dict[str, Any] = {
        "ids": row.astype(np.int64)[None],
        "seqlens": np.array([t - 1], np.int32),
        "total": np.array([t], np.int32),
        "at": np.arange(t, dtype=np.int64),
    }
    for i in range(opened.cache_shape[0]):
        feeds |= {f"past_key_{i}": empty, f"past_value_{i}": empty}
    run = open_graph(opened, n_threads=n_threads)
    found: npt.NDArray[np.float32] = run.run(["logits"], feeds)[0][0]  # (t, v)
    return found
