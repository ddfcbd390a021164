"""Chords for a whole corpus: several processes, and nothing worked out twice.

Conventions: written chords stay. Of the full method, the chords of a piece are kept in the cache under
what they depend on: its notes and bars, and the code that estimates. A piece whose estimate fails or
takes too long stays without chords.

Offers `label_all`.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

import numpy as np

import motet.analysis
from motet.corpus.label import label_chords
from motet.corpus.limit import TookTooLongError, time_limit
from motet.corpus.quick_chords import quick_chords
from motet.corpus.workers import map_ordered
from motet.tokens.layout import GRID_CHORD, GridArray, GridScore

__all__ = ["label_all"]


@dataclass(frozen=True, slots=True)
class _Store:
    """Where labels are kept."""

    folder: Path

    def path(self, grid: GridScore) -> Path:
        """Return the file for a piece's chords."""
        digest = hashlib.sha256(_code().encode())
        programs = [part.program for part in grid.parts]
        for data in (grid.notes.tobytes(), grid.bars.tobytes(), str((grid.key, programs)).encode()):
            digest.update(data)
        name = digest.hexdigest()
        return self.folder / name[:2] / f"{name[2:]}.npy"

    def load(self, path: Path) -> GridArray | None:
        """Return the kept chords, or None."""
        try:
            chords: GridArray = np.load(path, allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None
        return chords if chords.dtype == GRID_CHORD else None

    def save(self, path: Path, chords: GridArray) -> None:
        """Keep chords, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
        with os.fdopen(handle, "wb") as file:
            np.save(file, chords)
        Path(name).replace(path)


@cache
def _code() -> str:
    """Return the fingerprint of the code that estimates."""
    digest = hashlib.sha256()
    for path in sorted(Path(motet.analysis.__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    digest.update(Path(__file__).with_name("label.py").read_bytes())
    return digest.hexdigest()


def label_all(
    grids: Sequence[GridScore],
    cache_folder: Path,
    *,
    method: str = "quick",
    n_workers: int = 1,
    limit_s: float = 120.0,
    on_progress: Callable[[float, str], None] | None = None,
) -> list[GridScore]:
    """Return the pieces with chords, in their order.

    Parameters
    ----------
    grids : sequence of GridScore
    cache_folder : Path
        Chords of the full method are kept in it.
    method : "quick" or "full"
        `quick_chords`, or `motet.analysis.estimate_chords`, which takes 26 times as long.
    n_workers : int, >= 1
    limit_s : float, seconds
        Longest time for one piece.
    on_progress : callable or None

    Returns
    -------
    list of GridScore

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("E4+G4:4", "C3:4")).grid
    >>> label_all([grid], Path("cache"))[0].chords["chord"].tolist()
    [0]
    """
    work: Callable[[GridScore], GridArray | None] = _label_quickly
    if method == "full":
        work = partial(_label, store=_Store(cache_folder / "chords"), limit_s=limit_s)
    done: list[GridScore] = []
    for grid, chords in zip(grids, map_ordered(work, grids, n_workers=n_workers), strict=True):
        done.append(grid if chords is None else replace(grid, chords=chords))
        if on_progress is not None and len(done) % 20 == 0:
            on_progress(len(done) / len(grids), f"chords {len(done)}/{len(grids)}")
    return done


def _label_quickly(grid: GridScore) -> GridArray | None:
    """Return the chords of a piece, None where it keeps what it has."""
    return None if len(grid.chords) else quick_chords(grid)


def _label(grid: GridScore, *, store: _Store, limit_s: float) -> GridArray | None:
    """Return the chords of a piece, None where it keeps what it has."""
    if len(grid.chords):
        return None
    path = store.path(grid)
    kept = store.load(path)
    if kept is not None:
        return kept
    try:
        with time_limit(limit_s):
            chords = label_chords(grid).chords
    except TookTooLongError:
        return None
    store.save(path, chords)
    return chords
