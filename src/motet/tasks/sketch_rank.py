"""Which sketches come first, and which are too much like a better one.

Conventions: marks are of the judge, or of the sketching bundle's own critic where there is none; they
compare within a frame (style, chords, metre), so that each frame keeps its share.

Offers `mark_ideas`, `choose_ideas`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.engine.bundle import Bundle, list_bundles
from motet.engine.noise_driver import judge_phrases
from motet.phrases.band import BandOptions, extract_band
from motet.tasks.judge import JUDGE, rank_grids
from motet.tokens.layout import GridScore

__all__ = ["choose_ideas", "mark_ideas"]

_ALIKE: Final = 1.5
"""How much, in spreads of the marks, an idea loses that is the same as a better one."""
_HOLE: Final = 4.0
"""How much an idea loses whose tune, chords, bass or drums are silent throughout; less for less."""


def mark_ideas(model: Bundle, grids: list[GridScore], each: int) -> npt.NDArray[np.float64]:
    """Return the mark of each idea, in spreads from the mean of those of equal frame.

    Parameters
    ----------
    model : Bundle
        Of interface "noise", whose critic judges where there is no bundle that does nothing else.
    grids : list of GridScore
    each : int, > 0
        How many stand on one frame; those of a frame follow one another.

    Returns
    -------
    float64, shape (n,)

    Examples
    --------
    >>> from motet.engine.bundle import load_bundle
    >>> mark_ideas(load_bundle("gan-band"), [], 4).shape
    (0,)
    """
    marks = _hear(model, grids)
    for start in range(0, len(grids), each):
        frame = marks[start : start + each]
        known = np.isfinite(frame)
        if known.any():
            spread = frame[known].std() or 1.0
            frame[:] = np.where(known, (frame - frame[known].mean()) / spread, -9.0)
    holes = np.array([_holes(grid) for grid in grids])
    return np.where(np.isfinite(marks), marks, -9.0) - _HOLE * holes


def _hear(model: Bundle, grids: list[GridScore]) -> npt.NDArray[np.float64]:
    """Return the judge's marks, or those of the bundle's own critic where there is no judge."""
    if any(name == JUDGE for name in list_bundles()):
        return np.nan_to_num(np.array(rank_grids(grids), np.float64), nan=-np.inf)
    windows, of_grid = [], []
    for at, grid in enumerate(grids):
        cut = extract_band(_padded(grid), BandOptions(least_tracks=1))
        windows += cut
        of_grid += [at] * len(cut)
    marks = np.full(len(grids), -np.inf)
    if windows:
        scores = judge_phrases(model, windows)
        total = np.bincount(of_grid, weights=scores, minlength=len(grids))
        count = np.bincount(of_grid, minlength=len(grids))
        marks = np.where(count > 0, total / np.maximum(count, 1), -np.inf)
    return marks


def _holes(grid: GridScore) -> float:
    """Return the share of bars in which a part is silent; one that pads may be."""
    needed = [k for k, one in enumerate(grid.parts) if one.role not in ("strings", "pad")]
    counts = np.zeros((len(grid.parts), grid.n_bars))
    np.add.at(counts, (grid.notes["part"], grid.notes["bar"]), 1)
    return float((counts[needed] == 0).mean()) if needed else 0.0


def _padded(grid: GridScore) -> GridScore:
    """Return the grid with at least four bars."""
    missing = 4 - grid.n_bars
    if missing <= 0:
        return grid
    return replace(grid, bars=np.concatenate([grid.bars, np.repeat(grid.bars[-1:], missing)]))


def choose_ideas(marks: npt.NDArray[np.float64], grids: list[GridScore], n: int) -> list[int]:
    """Return which ideas to keep, best first, each unlike the ones that are better.

    Parameters
    ----------
    marks : float64, shape (n,)
    grids : list of GridScore
        With equal parts.
    n : int
        At most so many.

    Returns
    -------
    list of int

    Examples
    --------
    >>> from motet.engine.probe import practice_grid
    >>> choose_ideas(np.array([0.1, 0.4]), [practice_grid(2, 2)] * 2, 1)
    [1]
    """
    planes = np.array([_outline(grid) for grid in grids])
    size = np.maximum(planes.sum(axis=1), 1)
    left = marks.copy()
    chosen: list[int] = []
    alike = np.zeros(len(grids))
    while len(chosen) < min(n, len(grids)):
        best = int(np.argmax(left - _ALIKE * alike))
        chosen.append(best)
        left[best] = -np.inf
        shared = (planes * planes[best]).sum(axis=1)
        alike = np.maximum(alike, shared / (size + size[best] - shared))
    return sorted(chosen, key=lambda at: -marks[at])


def _outline(grid: GridScore) -> npt.NDArray[np.float64]:
    """Return where each part of the first four bars begins notes, and of which pitch class."""
    plane = np.zeros((len(grid.parts), 64, 12))
    notes = grid.notes[grid.notes["bar"] < 4]
    slot = np.minimum(notes["bar"] * 16 + notes["pos"] // 6, 63)
    plane[notes["part"], slot, notes["pitch"] % 12] = 1
    return plane.reshape(-1)
