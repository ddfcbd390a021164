"""The point that gives a phrase back best: of the posterior's mean and a few draws from it.

Offers `settle`, `reach`.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from motet.engine.latent import LatentModel, Points, draw_points
from motet.tasks.phrase.heard import Heard
from motet.tasks.phrase.path import step_distance

__all__ = ["reach", "settle"]

_DRAWS: Final = 7
_NARROW: Final = 0.7
"""Draws are this much of the posterior's spread away: its middle is where phrases are given back."""


def reach(
    model: LatentModel,
    a: npt.NDArray[np.int64],
    b: npt.NDArray[np.int64],
    n_steps: npt.NDArray[np.int64],
) -> npt.NDArray[np.float64]:
    """Return for each phrase the share of its steps that two versions have alike, shape (n,).

    Examples
    --------
    >>> reach.__name__
    'reach'
    """
    return np.array([
        1 - step_distance(a[n : n + 1], b[n : n + 1], n_steps[n : n + 1], model.options.content)
        for n in range(len(a))
    ])  # fmt: skip


def settle(heard: Heard, model: LatentModel, *, seed: int = 0) -> tuple[Points, Points]:
    """Return for each phrase the point that gives it back best, and how much of it comes back.

    Parameters
    ----------
    heard : Heard
    model : LatentModel
    seed : int

    Returns
    -------
    float32, shape (n, z)
    float32, shape (n,)
        Share of the steps, 0 to 1.

    Examples
    --------
    >>> settle.__name__
    'settle'
    """
    n = len(heard.mean)
    noise = draw_points(n * (_DRAWS + 1), model.n_latent, seed=seed, stream=99)
    noise[:n] = 0
    z = np.tile(heard.mean, (_DRAWS + 1, 1))
    z += _NARROW * noise * np.tile(heard.spread, (_DRAWS + 1, 1))
    steps = np.tile(heard.cover.n_steps, _DRAWS + 1)
    found = model.decode(z, steps).tokens
    alike = reach(model, np.tile(heard.tokens, (_DRAWS + 1, 1, 1, 1)), found, steps)
    best = alike.reshape(_DRAWS + 1, n).argmax(0) * n + np.arange(n)
    return z[best], alike[best].astype(np.float32)
