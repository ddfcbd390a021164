"""A small embedding of music, trained to tell styles apart, and the Fréchet distance in it.

Conventions: a stretch of music is described by its distributions and a few sizes, whitened; one hidden
layer and a narrow one after it are trained with NumPy alone. The narrow layer is the embedding.

Source: Dowson and Landau, "The Fréchet distance between multivariate normal distributions", Journal of
Multivariate Analysis 12 (1982), 450-455; Heusel et al., "GANs Trained by a Two Time-Scale Update Rule
Converge to a Local Nash Equilibrium" (2017), for the use of it in a trained embedding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.evaluate.statistics import LAGS, count_histograms, lag_likeness
from motet.tokens.grid import find_groups
from motet.tokens.layout import GridScore
from motet.tokens.vocab import POSITIONS_PER_QN

__all__ = ["WIDTH", "Embedding", "describe_grid", "frechet_distance", "train_embedding"]

FloatArray = npt.NDArray[np.float64]
WIDTH: Final = 16
_HIDDEN: Final = 64
_FLOOR: Final = 1e-3


def describe_grid(grid: GridScore) -> FloatArray:
    """Return the description of a stretch of music that the embedding starts from.

    Parameters
    ----------
    grid : GridScore

    Returns
    -------
    float64, shape (f,)
        Square roots of shares, then sizes: density, notes an onset, height, spread, parts, durations,
        likeness of bars at each lag.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> bool(np.isfinite(describe_grid(score_to_grid(make_score("C4:4 D4:4")).grid)).all())
    True
    """
    rows = [np.sqrt(counts / max(1.0, counts.sum())) for counts in count_histograms(grid).values()]
    drums = np.array([part.is_drums for part in grid.parts], np.bool_)
    notes = grid.notes
    pitched = notes[~drums[notes["part"]]] if len(notes) else notes
    length_qn = max(1.0, float(grid.bars["length"].sum()) / POSITIONS_PER_QN)
    n_onsets = int(find_groups(notes)[1].sum()) if len(notes) else 0
    pitch = pitched["pitch"].astype(np.float64) if len(pitched) else np.array([60.0])
    alike = lag_likeness(grid)
    sizes = [
        np.log1p(n_onsets / length_qn),
        np.log1p(len(notes) / max(1, n_onsets)),
        (pitch.mean() - 60) / 12,
        pitch.std() / 12,
        np.log1p(len(grid.parts)),
        np.log1p(float(pitched["dur"].mean()) / POSITIONS_PER_QN) if len(pitched) else 0.0,
        float(drums.any()) if len(drums) else 0.0,
        *(float(alike[lag].mean()) if len(alike[lag]) else 0.0 for lag in LAGS),
    ]
    return np.concatenate((*rows, np.array(sizes)))


@dataclass(frozen=True, eq=False, kw_only=True)
class Embedding:
    """A trained embedding.

    Parameters
    ----------
    mean, scale : float64, shape (f,)
        Of the descriptions it was trained on.
    layers : three pairs of float64
        Weights and biases; the second gives the embedding, the third the styles.
    labels : tuple of int
        What the last layer tells apart.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> data = rng.normal(size=(60, 4)) + np.repeat([[0.0], [3.0]], 30, axis=0)
    >>> found = train_embedding(data, [0] * 30 + [1] * 30, rng=rng, n_steps=200)
    >>> found.apply(data).shape, found.accuracy(data, [0] * 30 + [1] * 30) > 0.9
    ((60, 16), True)
    """

    mean: FloatArray
    scale: FloatArray
    layers: tuple[tuple[FloatArray, FloatArray], ...]
    labels: tuple[int, ...]

    def apply(self, data: FloatArray) -> FloatArray:
        """Return the embedding of descriptions: (n, f) to (n, `WIDTH`)."""
        return self._forward(data)[1]

    def accuracy(self, data: FloatArray, styles: Sequence[int]) -> float:
        """Return the share of descriptions whose style is told right; styles it does not know are not."""
        best = self._forward(data)[2].argmax(axis=1)
        right = [self.labels[k] == style for k, style in zip(best.tolist(), styles, strict=True)]
        return float(np.mean(right)) if right else float("nan")

    def _forward(self, data: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        x = (data - self.mean) / self.scale
        (w1, b1), (w2, b2), (w3, b3) = self.layers
        hidden = np.tanh(x @ w1 + b1)
        narrow = np.tanh(hidden @ w2 + b2)
        return hidden, narrow, narrow @ w3 + b3


def train_embedding(
    data: FloatArray,
    styles: Sequence[int],
    *,
    rng: np.random.Generator,
    n_steps: int = 1500,
    batch: int = 64,
    rate: float = 3e-3,
    decay: float = 1e-3,
) -> Embedding:
    """Return an embedding trained to tell styles apart.

    Parameters
    ----------
    data : float64, shape (n, f)
        Descriptions of human music.
    styles : sequence of int
    rng : numpy.random.Generator
    n_steps, batch : int
    rate, decay : float
        Of Adam with decoupled decay; set on the corpus by held-out accuracy.

    Returns
    -------
    Embedding

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> train_embedding(rng.normal(size=(9, 3)), [0, 1, 2] * 3, rng=rng, n_steps=5).labels
    (0, 1, 2)
    """
    labels = tuple(sorted(set(styles)))
    target = np.array([labels.index(one) for one in styles])
    counts = np.bincount(target, minlength=len(labels))
    chance = (1.0 / counts)[target]
    chance /= chance.sum()
    sizes = (data.shape[1], _HIDDEN, WIDTH, len(labels))
    layers = tuple((rng.normal(size=(a, b)) / np.sqrt(a), np.zeros(b)) for a, b in pairwise(sizes))
    made = Embedding(
        mean=data.mean(axis=0), scale=data.std(axis=0) + _FLOOR, layers=layers, labels=labels
    )
    weights = [one for layer in layers for one in layer]
    first = [np.zeros_like(one) for one in weights]
    second = [np.zeros_like(one) for one in weights]
    for step in range(1, n_steps + 1):
        rows = rng.choice(len(data), size=batch, p=chance)
        x = data[rows] + 0.0
        grads = _gradients(made, x, target[rows], rng)
        speed = rate * (1 - step / (n_steps + 1))
        for weight, grad, m, v in zip(weights, grads, first, second, strict=True):
            m *= 0.9
            m += 0.1 * grad
            v *= 0.99
            v += 0.01 * grad**2
            move = (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
            weight -= speed * (move + decay * weight)
    return made


def _gradients(
    made: Embedding, data: FloatArray, target: npt.NDArray[np.int64], rng: np.random.Generator
) -> list[FloatArray]:
    """Return the gradients of the cross entropy by the weights, a tenth of the input left out."""
    x = (data - made.mean) / made.scale * (rng.random(data.shape) > 0.1)
    (w1, b1), (w2, b2), (w3, b3) = made.layers
    hidden = np.tanh(x @ w1 + b1)
    narrow = np.tanh(hidden @ w2 + b2)
    scores = narrow @ w3 + b3
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    chances[np.arange(len(target)), target] -= 1
    d3 = chances / len(target)
    d2 = (d3 @ w3.T) * (1 - narrow**2)
    d1 = (d2 @ w2.T) * (1 - hidden**2)
    return [x.T @ d1, d1.sum(axis=0), hidden.T @ d2, d2.sum(axis=0), narrow.T @ d3, d3.sum(axis=0)]


def frechet_distance(
    one: FloatArray, other: FloatArray, *, weights: FloatArray | None = None
) -> float:
    """Return the Fréchet distance of two sets of points, taken as normal distributions.

    Parameters
    ----------
    one, other : float64, shape (n, d), (m, d)
    weights : float64, shape (m,), or None
        Of `other`.

    Returns
    -------
    float, >= 0
        Squared distance of the means, and what the covariances differ by; nan with fewer than two
        points in one set. Small sets come out too far apart: compare sets of one size only.

    Examples
    --------
    >>> points = np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 2.0], [2.0, 2.0]])
    >>> round(frechet_distance(points, points + 1.0), 6), round(frechet_distance(points, points), 6)
    (2.0, 0.0)
    """
    if len(one) < 2 or len(other) < 2:
        return float("nan")
    mass = np.ones(len(other)) if weights is None else weights
    means = one.mean(axis=0), np.average(other, axis=0, weights=mass)
    first = np.cov(one, rowvar=False, bias=True)
    second = np.cov(other, rowvar=False, bias=True, aweights=mass)
    root = _square_root(first)
    middle = np.linalg.eigvalsh(root @ second @ root)
    shared = np.sqrt(np.maximum(middle, 0.0)).sum()
    away = ((means[0] - means[1]) ** 2).sum()
    return max(0.0, float(away + np.trace(first) + np.trace(second) - 2 * shared))


def _square_root(matrix: FloatArray) -> FloatArray:
    """Return the square root of a symmetric matrix without negative eigenvalues."""
    values, vectors = np.linalg.eigh(matrix)
    return np.asarray((vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T)
