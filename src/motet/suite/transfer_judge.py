"""A judge of style that learnt from people's pieces alone: which of some styles does a stretch sound like?

Conventions: a linear discriminant on figures of texture, rhythm and harmony, standardised, with a shrunk
covariance. Names of instruments and tempo are not among the figures, so that putting other instruments
on the same notes does not count as another style. Styles with fewer than 30 pieces have no say.

Source: linear discriminant analysis with shrinkage as in Friedman, "Regularized Discriminant Analysis",
Journal of the American Statistical Association 84 (1989), 165-175.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.evaluate import (
    chromatic_share,
    consonance,
    onset_entropy_bits,
    rhythm_repetition,
)
from motet.score import Score, note_table

__all__ = ["LEAST_PIECES", "StyleJudge", "cross_accuracy", "fit_judge", "style_features"]

FloatArray = npt.NDArray[np.float64]
LEAST_PIECES = 30
_SHRINK = 0.25


def style_features(score: Score) -> FloatArray:
    """Return figures of texture, rhythm and harmony that tell styles apart, however parts are cut.

    Parameters
    ----------
    score : Score

    Returns
    -------
    float64, shape (26,)
        Finite; what is undefined is 0.

    Examples
    --------
    >>> from motet.score import make_score
    >>> found = style_features(make_score("C4:1 D4:1 E4:2", "C3:4"))
    >>> len(found), bool(np.isfinite(found).all())
    (26, True)
    """
    table = note_table(score)
    table = table[(table["duration_tick"] > 0) & ~table["is_drum"]]
    has_drums = float(any(part.is_drums and part.notes for part in score.parts))
    if not len(table):
        return np.zeros(26)
    place = np.rint(table["onset_qn"] * 12).astype(np.int64)
    order = np.lexsort((table["pitch"], place))
    place, pitch = place[order], table["pitch"][order].astype(np.float64)
    moments, first, count = np.unique(place, return_index=True, return_counts=True)
    last = first + count - 1
    length_qn = max(1.0, float(score.end_tick) / score.resolution)
    duration, onset = table["duration_qn"], table["onset_qn"] % 1
    gaps = np.diff(moments) / 12
    row = [
        *_line_figures(pitch[last]), *_line_figures(pitch[first]),
        float(np.log2(len(moments) / length_qn + 0.05)), float(count.mean()),
        float(np.mean(count == 1)), float(np.mean(count >= 3)), float(duration.sum() / length_qn),
        float((pitch[last] - pitch[first])[count > 1].mean()) / 12 if (count > 1).any() else 0.0,
        float(np.mean(duration < 0.3)), float(np.mean((duration >= 0.3) & (duration < 0.7))),
        float(np.mean((duration >= 0.7) & (duration < 1.3))), float(np.mean(duration >= 1.8)),
        float(np.mean(onset < 0.04)), float(np.mean(np.abs(onset - 0.5) < 0.04)),
        float(gaps.std()) if len(gaps) else 0.0, has_drums, consonance(score), chromatic_share(score),
        onset_entropy_bits(score), rhythm_repetition(score),
    ]  # fmt: skip
    return np.nan_to_num(np.array(row, dtype=np.float64), nan=0.0, posinf=0.0, neginf=0.0)


def _line_figures(line: FloatArray) -> list[float]:
    """Return height, mean move, share of steps and share of wide leaps of an outer line."""
    moves = np.abs(np.diff(line))
    if not len(moves):
        return [float(line.mean()) / 12, 0.0, 0.0, 0.0]
    return [
        float(line.mean()) / 12, float(moves.mean()) / 12,
        float(np.mean((moves > 0) & (moves <= 2))), float(np.mean(moves > 7)),
    ]  # fmt: skip


@dataclass(frozen=True, eq=False, kw_only=True)
class StyleJudge:
    """A judge that has learnt.

    Parameters
    ----------
    names : tuple of str
    mean, scale : float64, shape (f,)
    weights : float64, shape (f, c)
    bias : float64, shape (c,)
    """

    names: tuple[str, ...]
    mean: FloatArray
    scale: FloatArray
    weights: FloatArray
    bias: FloatArray

    def shares(self, rows: FloatArray) -> FloatArray:
        """Return how probable each style is for each row of figures, shape (n, c)."""
        energy = ((rows - self.mean) / self.scale) @ self.weights + self.bias
        energy -= energy.max(axis=1, keepdims=True)
        found = np.exp(energy)
        return np.asarray(found / found.sum(axis=1, keepdims=True))


def fit_judge(rows: FloatArray, labels: Sequence[str]) -> StyleJudge:
    """Return a judge of the styles of some pieces.

    Parameters
    ----------
    rows : float64, shape (n, f)
    labels : sequence of str

    Returns
    -------
    StyleJudge

    Raises
    ------
    ParameterError
        There are fewer than two styles.

    Examples
    --------
    >>> rows = np.array([[0.0, 1.0], [0.2, 0.9], [1.0, 0.0], [0.9, 0.1]])
    >>> judge = fit_judge(rows, ["a", "a", "b", "b"])
    >>> [judge.names[k] for k in judge.shares(rows).argmax(axis=1)]
    ['a', 'a', 'b', 'b']
    """
    names = tuple(sorted(set(labels)))
    if len(names) < 2:
        raise ParameterError(
            f"a judge needs two styles or more, got {', '.join(names) or 'none'}",
            zh=f"判别器至少需要两种风格,收到 {'、'.join(names) or '无'}",
        )
    label = np.array([names.index(one) for one in labels])
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    scaled = (rows - mean) / scale
    centres = np.stack([scaled[label == c].mean(axis=0) for c in range(len(names))])
    inside = scaled - centres[label]
    covariance = inside.T @ inside / max(1, len(rows) - len(names))
    size = covariance.shape[0]
    shrunk = (1 - _SHRINK) * covariance + _SHRINK * np.eye(size) * np.trace(covariance) / size
    weights = np.linalg.solve(shrunk + 1e-6 * np.eye(size), centres.T)
    bias = -0.5 * np.sum(centres.T * weights, axis=0)
    return StyleJudge(names=names, mean=mean, scale=scale, weights=weights, bias=bias)


def cross_accuracy(rows: FloatArray, labels: Sequence[str], *, n_folds: int = 5) -> float:
    """Return how often a judge that has not heard a piece names its style.

    Parameters
    ----------
    rows : float64, shape (n, f)
        In random order.
    labels : sequence of str
    n_folds : int

    Returns
    -------
    float, 0 to 1

    Examples
    --------
    >>> rows = np.repeat(np.array([[0.0, 1.0], [1.0, 0.0]]), 5, axis=0)
    >>> cross_accuracy(rows + np.arange(10)[:, None] * 1e-3, ["a"] * 5 + ["b"] * 5)
    1.0
    """
    fold = np.arange(len(rows)) % n_folds
    right = 0
    told = np.array(labels)
    for k in range(n_folds):
        held = fold == k
        judge = fit_judge(rows[~held], told[~held].tolist())
        found = judge.shares(rows[held]).argmax(axis=1)
        right += sum(judge.names[c] == name for c, name in zip(found, told[held], strict=True))
    return right / len(rows)
