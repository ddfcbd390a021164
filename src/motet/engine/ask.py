"""A choice that is the model's, and what its probabilities mean under rules.

Conventions: ids are token ids; logits are float32 over the vocabulary.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Ask", "weigh_ends"]


@dataclass(slots=True)
class Ask:
    """A choice that is the model's.

    Parameters
    ----------
    allowed : int, shape (n,)
        At least two ids.
    point : float, [0, 1)
        Where the distribution is inverted.
    ends : tuple of int
        Those of `allowed` that end the cell, where notes may go on too.
    free : int, shape (m,), or None
        Note tokens that the grammar alone would allow. Rules take notes away but must not thereby
        make an end likelier: its odds are those against all of these.
    """

    allowed: npt.NDArray[np.intp]
    point: float
    ends: tuple[int, ...] = ()
    free: npt.NDArray[np.intp] | None = None


def weigh_ends(logits: npt.NDArray[np.float32], ask: Ask) -> npt.NDArray[np.float32]:
    """Return the logits with the ends of a cell as likely as they would be without rules.

    Parameters
    ----------
    logits : float32, shape (v,)
        Left as it is.
    ask : Ask

    Returns
    -------
    float32, shape (v,)

    Examples
    --------
    >>> ask = Ask(np.array([1, 2]), 0.5, ends=(1,), free=np.array([2, 3]))
    >>> [round(float(one), 3) for one in weigh_ends(np.zeros(4, np.float32), ask)]
    [0.0, -0.693, 0.0, 0.0]
    """
    if ask.free is None:
        return logits
    is_end = (ask.allowed[:, None] == np.array(ask.ends, dtype=np.intp)).any(axis=1)
    ends, notes = ask.allowed[is_end], ask.allowed[~is_end]
    if not len(notes) or not len(ends):
        return logits
    top = float(logits[ask.free].max())
    free = float(np.exp(logits[ask.free] - top).sum())
    left = float(np.exp(logits[notes] - top).sum())
    weighed = logits.copy()
    weighed[ends] -= math.log(max(free, left) / max(left, 1e-9 * free))
    return weighed
