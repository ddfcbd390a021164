"""People's phrases spoilt in ways of several kinds, to measure whether a judge hears it.

Conventions: a grid in, the spoilt grid out; parts, bars, chords, style stay as they are. Written apart
from what judges are trained on (`motet.phrases.spoil`): notes are moved here, not slots of a roll. The kinds
of `UNSEEN` have no counterpart there.

Offers `KINDS`, `UNSEEN`, `corrupt`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.suite.windows import shuffle_bars
from motet.tokens import GridScore, sort_notes
from motet.tokens.layout import GridArray

__all__ = ["KINDS", "UNSEEN", "corrupt"]

_Way = Callable[[GridScore, np.random.Generator], GridScore]
_STEP: Final = 6
_SCALE: Final = np.array((0, 2, 4, 5, 7, 9, 11))


def corrupt(grid: GridScore, kind: str, rng: np.random.Generator) -> GridScore:
    """Return a grid spoilt in one way.

    Parameters
    ----------
    grid : GridScore
    kind : str
        One of `KINDS`.
    rng : Generator

    Returns
    -------
    GridScore

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:1 D4:1 E4:2", fifths=0)).grid
    >>> corrupt(grid, "each bar backwards", np.random.default_rng(0)).notes["pitch"].tolist()
    [64, 62, 60]
    """
    return KINDS[kind](grid, rng)


def _pitched(grid: GridScore) -> npt.NDArray[np.bool_]:
    """Return which notes are of pitched parts."""
    drums = np.array([part.is_drums for part in grid.parts], np.bool_)
    found: npt.NDArray[np.bool_] = ~drums[grid.notes["part"]]
    return found


def _write(grid: GridScore, notes: GridArray) -> GridScore:
    """Return the grid with other notes, within the range of a keyboard."""
    notes["pitch"] = np.clip(notes["pitch"], 0, 127)
    return replace(grid, notes=sort_notes(notes))


def _move_pitches(grid: GridScore, rng: np.random.Generator) -> GridScore:
    """Return a third of the notes one to five semitones away."""
    notes = grid.notes.copy()
    moved = _pitched(grid) & (rng.random(len(notes)) < 1 / 3)
    move = rng.integers(1, 6, len(notes)) * rng.choice([-1, 1], len(notes))
    notes["pitch"] += np.where(moved, move, 0).astype(np.int16)
    return _write(grid, notes)


def _move_onsets(grid: GridScore, rng: np.random.Generator) -> GridScore:
    """Return a third of the notes one or two sixteenths earlier or later, within their bars."""
    notes = grid.notes.copy()
    moved = rng.random(len(notes)) < 1 / 3
    move = _STEP * rng.integers(1, 3, len(notes)) * rng.choice([-1, 1], len(notes))
    last = grid.bars["length"][notes["bar"]] - _STEP
    notes["pos"] = np.clip(notes["pos"] + np.where(moved, move, 0), 0, last)
    return _write(grid, notes)


def _shift_part(grid: GridScore, rng: np.random.Generator) -> GridScore:
    """Return one part later by three to seven eighths; a lone part against its bars."""
    playing = np.unique(grid.notes["part"])
    part = int(rng.choice(playing))
    late = 12 * int(rng.integers(3, 8))
    notes = grid.notes.copy()
    mine = notes["part"] == part
    starts = grid.bar_starts
    onset = (starts[notes["bar"]] + notes["pos"] + np.where(mine, late, 0)) % starts[-1]
    notes["bar"] = np.searchsorted(starts, onset, side="right") - 1
    notes["pos"] = onset - starts[notes["bar"]]
    return _write(grid, notes)


def _replace_chords(grid: GridScore, rng: np.random.Generator) -> GridScore:
    """Return all but the highest part one to six semitones away, anew in each bar."""
    notes = grid.notes.copy()
    pitched = _pitched(grid)
    heights = {
        int(part): float(notes["pitch"][pitched & (notes["part"] == part)].mean())
        for part in np.unique(notes["part"][pitched])
    }
    top = max(heights, key=lambda part: heights[part]) if len(heights) > 1 else -1
    moves = rng.integers(1, 7, grid.n_bars) * rng.choice([-1, 1], grid.n_bars)
    moved = pitched & (notes["part"] != top)
    notes["pitch"] += np.where(moved, moves[notes["bar"]], 0).astype(np.int16)
    return _write(grid, notes)


def _reverse(grid: GridScore, rng: np.random.Generator) -> GridScore:  # noqa: ARG001
    """Return each bar backwards."""
    notes = grid.notes.copy()
    end = np.minimum(notes["pos"] + notes["dur"], grid.bars["length"][notes["bar"]])
    notes["pos"] = grid.bars["length"][notes["bar"]] - end
    return _write(grid, notes)


def _invert(grid: GridScore, rng: np.random.Generator) -> GridScore:  # noqa: ARG001
    """Return each pitched part upside down about its mean."""
    notes = grid.notes.copy()
    pitched = _pitched(grid)
    for part in np.unique(notes["part"][pitched]):
        mine = notes["part"] == part
        middle = round(2 * float(notes["pitch"][mine].mean()))
        notes["pitch"][mine] = middle - notes["pitch"][mine]
    return _write(grid, notes)


def _random_tones(grid: GridScore, rng: np.random.Generator) -> GridScore:
    """Return the rhythms with any tones of the key, each within the part's range."""
    notes = grid.notes.copy()
    pitched = _pitched(grid)
    for part in np.unique(notes["part"][pitched]):
        mine = notes["part"] == part
        low, high = int(notes["pitch"][mine].min()), int(notes["pitch"][mine].max())
        tones = np.arange(low, high + 1)
        tones = tones[np.isin(tones % 12, _SCALE)]
        if len(tones):
            notes["pitch"][mine] = rng.choice(tones, int(mine.sum()))
    return _write(grid, notes)


KINDS: Final[dict[str, _Way]] = {
    "pitches moved": _move_pitches,
    "onsets moved": _move_onsets,
    "bars shuffled": shuffle_bars,
    "a part shifted": _shift_part,
    "chords replaced": _replace_chords,
    "each bar backwards": _reverse,
    "upside down": _invert,
    "any tones of the key": _random_tones,
}
"""Name of each kind to what does it."""
UNSEEN: Final = frozenset({"each bar backwards", "upside down", "any tones of the key"})
"""Kinds that no judge was trained on."""
