"""How sure a chord reading is, as a probability that was checked against known chords.

Conventions: features of one span of one chord go in, a probability (0 to 1) that root and triad are
right comes out. The logistic curve was fitted on half of the OpenEWLD lead sheets that are free
everywhere: their melodies alone, and the same songs as played by Motet's arranger in all its styles
(whole, without the bass, melody and bass only, comping only), where the chord symbols are the truth.
``benchmarks/quality/harmony_fit.py`` prints the weights; ``benchmarks/quality/harmony.py`` checks
them on other music.

Source: J. Platt, "Probabilistic Outputs for Support Vector Machines", Advances in Large Margin
Classifiers (1999), for a logistic curve over a score; the features are our own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from motet.analysis.chord_model import (
    STATE_QUALITIES,
    TRIADS,
    Decoding,
    state_tones,
    triad_of,
)
from motet.analysis.evidence import Grid

__all__ = ["SpanFeatures", "calibrate", "measure_span"]

_WEIGHTS = (-0.16, 0.737, -0.6, -0.03, -1.243, 0.271, -0.173, 0.181)


@dataclass(frozen=True, slots=True)
class SpanFeatures:
    """What a confidence is computed from.

    Parameters
    ----------
    p : float, 0 to 1
        Mean probability of root and triad under the model.
    n_voices : float
        Mean number of pitch classes that sound at once.
    n_cells : int
        How many cells of the grid the chord holds.
    foreign : float, 0 to 1
        Share of the sound outside the chord.
    n_tones : int
        How many of the chord's tones are heard.
    bass : float, 0 to 1
        How much of the time a bass lies under other notes.
    weight : float
        Mean weight of all pitch classes in a cell.
    """

    p: float
    n_voices: float
    n_cells: int
    foreign: float
    n_tones: int
    bass: float
    weight: float

    def row(self) -> npt.NDArray[np.float64]:
        """Return the features as the numbers that the curve weighs, a constant first."""
        p = min(max(self.p, 0.01), 0.998)
        return np.array(
            [
                1.0,
                np.log(p / (1.0 - p)),
                np.log(max(self.n_voices, 0.3)),
                np.log(max(self.n_cells, 1)),
                self.foreign,
                min(self.n_tones, 3) / 3.0,
                min(self.bass, 1.0),
                self.weight / 4.0,
            ]
        )


def measure_span(grid: Grid, decoding: Decoding, cells: slice) -> SpanFeatures:
    """Return the features of a run of cells with one state.

    Parameters
    ----------
    grid : Grid
    decoding : Decoding
    cells : slice
        The run; its state is that of its first cell.

    Returns
    -------
    SpanFeatures

    Examples
    --------
    >>> from motet.analysis.chord_model import decode_chords, score_cells, score_keys
    >>> from motet.analysis.evidence import gather_evidence
    >>> from motet.score import make_score
    >>> grid = gather_evidence(make_score("C3+E4+G4:4"))
    >>> prior, foreign = score_keys([None] * 4)
    >>> decoding = decode_chords(score_cells(grid, foreign), prior, grid.level)
    >>> found = measure_span(grid, decoding, slice(0, 4))
    >>> found.n_tones, found.n_cells, found.foreign
    (3, 4, 0.0)
    """
    state = int(decoding.states[cells.start])
    column = 12 * TRIADS.index(triad_of(STATE_QUALITIES[state // 12])) + state % 12
    weights = grid.weights[cells].sum(axis=0)
    total = max(float(weights.sum()), 1e-12)
    tones = state_tones()[state]
    n_cells = cells.stop - cells.start
    return SpanFeatures(
        p=float(decoding.p_class[cells, column].mean()),
        n_voices=float(grid.n_voices[cells].mean()),
        n_cells=n_cells,
        foreign=max(0.0, 1.0 - float(weights[tones].sum()) / total),
        n_tones=int((tones & (weights > 0.04 * total)).sum()),
        bass=float(grid.bass[cells].sum(axis=1).mean()),
        weight=float(weights.sum()) / n_cells,
    )


def calibrate(features: SpanFeatures) -> float:
    """Return the probability that root and triad are right.

    Parameters
    ----------
    features : SpanFeatures

    Returns
    -------
    float, 0 to 1

    Examples
    --------
    >>> full = SpanFeatures(0.99, 3.0, 4, 0.05, 3, 1.0, 5.0)
    >>> melody = SpanFeatures(0.45, 1.0, 4, 0.3, 2, 0.0, 0.8)
    >>> calibrate(full) > 0.9, calibrate(melody) < 0.5
    (True, True)
    """
    z = float(np.array(_WEIGHTS) @ features.row())
    return float(1.0 / (1.0 + np.exp(-z)))
