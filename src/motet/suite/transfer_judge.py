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

from motet.analysis import find_features
from motet.errors import ParameterError
from motet.evaluate import (
    chromatic_share,
    consonance,
    onset_entropy_bits,
    pitch_class_entropy_bits,
    rhythm_repetition,
)
from motet.score import Score, note_table

__all__ = ["LEAST_PIECES", "StyleJudge", "cross_accuracy", "fit_judge", "style_features"]

FloatArray = npt.NDArray[np.float64]
LEAST_PIECES = 30
_SHRINK = 0.25


def style_features(score: Score) -> FloatArray:
    """Return figures of texture, rhythm and harmony that tell styles apart.

    Parameters
    ----------
    score : Score

    Returns
    -------
    float64, shape (f,)
        Finite; what is undefined is 0.

    Examples
    --------
    >>> from motet.score import make_score
    >>> found = style_features(make_score("C4:1 D4:1 E4:2", "C3:4"))
    >>> len(found), bool(np.isfinite(found).all())
    (31, True)
    """
    found = find_features(score)
    pitched = [k for k, part in enumerate(score.parts) if part.notes and not part.is_drums]
    with np.errstate(invalid="ignore", divide="ignore"):
        rows = sorted(pitched, key=lambda k: -_middle(found.mean_pitch[k]))
        top, low = (rows[0], rows[-1]) if rows else (0, 0)
        parts = [_part_figures(found, k) for k in (top, low)]
        inner = [_part_figures(found, k) for k in rows[1:-1]]
        middle = np.mean(inner, axis=0) if inner else np.zeros(6)
    table = note_table(score)
    table = table[(table["duration_tick"] > 0) & ~table["is_drum"]]
    length = table["duration_qn"] if len(table) else np.zeros(1)
    onset = table["onset_qn"] % 1 if len(table) else np.zeros(1)
    shares = [
        float(np.mean(length < 0.3)), float(np.mean((length >= 0.3) & (length < 0.7))),
        float(np.mean((length >= 0.7) & (length < 1.3))), float(np.mean(length >= 1.8)),
        float(np.mean(onset < 0.04)), float(np.mean(np.abs(onset - 0.5) < 0.04)),
    ]  # fmt: skip
    whole = [
        float(len(pitched)), float(any(p.is_drums and p.notes for p in score.parts)),
        consonance(score), chromatic_share(score), onset_entropy_bits(score),
        pitch_class_entropy_bits(score), rhythm_repetition(score),
    ]  # fmt: skip
    row = np.array([*parts[0], *parts[1], *middle, *shares, *whole], dtype=np.float64)
    return np.nan_to_num(row, nan=0.0, posinf=0.0, neginf=0.0)


def _middle(row: FloatArray) -> float:
    known = row[~np.isnan(row)]
    return float(known.mean()) if len(known) else 0.0


def _part_figures(found: object, k: int) -> FloatArray:
    """Return density, polyphony, height, span, syncopation and rests of a part."""
    density, polyphony = found.density[k], found.polyphony[k]  # type: ignore[attr-defined]
    plays = density > 0
    if not plays.any():
        return np.zeros(6)
    high, low = found.high[k][plays], found.low[k][plays]  # type: ignore[attr-defined]
    return np.array(
        [
            float(np.log2(density[plays].mean() + 0.05)), float(polyphony[plays].mean()),
            _middle(found.mean_pitch[k]) / 12,  # type: ignore[attr-defined]
            float((high - low).mean()) / 12,
            float(found.syncopation[k][plays].mean()),  # type: ignore[attr-defined]
            float(1 - plays.mean()),
        ]
    )  # fmt: skip


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
