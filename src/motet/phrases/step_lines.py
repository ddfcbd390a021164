"""Parts of a piece as lines of steps, in the range of their voice.

Conventions: as `motet.phrases.steps`; a run is a span of bars of one length: start bar, end bar, steps.

Offers `equal_runs`, `read_voice`, `fit_octave`, `place_line`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.phrases.step_codec import (
    BAR_STEPS,
    HOLD,
    STEP_POSITIONS,
    Line,
    Voice,
    read_drums,
    read_line,
)
from motet.tokens.layout import GridScore

__all__ = ["equal_runs", "fit_octave", "place_line", "read_voice"]

_LEAST_STEPS: Final = 4


def equal_runs(grid: GridScore) -> Iterator[tuple[int, int, int]]:
    """Return the spans of bars of one length that steps can say.

    Parameters
    ----------
    grid : GridScore

    Returns
    -------
    iterator of (int, int, int)
        Start bar, end bar (half-open), steps a bar.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> list(equal_runs(score_to_grid(make_score("C4:8")).grid))
    [(0, 2, 16)]
    """
    length = grid.bars["length"]
    edges = np.flatnonzero(np.diff(length, prepend=-1)).tolist()
    for start, end in zip(edges, [*edges[1:], len(length)], strict=True):
        n_steps, rest = divmod(int(length[start]), STEP_POSITIONS)
        if rest == 0 and _LEAST_STEPS <= n_steps <= BAR_STEPS:
            yield start, end, n_steps


def read_voice(grid: GridScore, part: int, voice: Voice, run: tuple[int, int, int]) -> Line:
    """Return one part over a run of equal bars, tokens of its own pitches.

    Parameters
    ----------
    grid : GridScore
    part : int
    voice : Voice
    run : tuple of int
        As `equal_runs` gives it.

    Returns
    -------
    Line

    Examples
    --------
    >>> from motet.phrases.step_codec import VOICES
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C5:4"), key="none").grid
    >>> read_voice(grid, 0, VOICES["melody"][0], (0, 1, 16)).tokens[0, :3].tolist()
    [74, 1, 1]
    """
    start, end, n_steps = run
    first, last = np.searchsorted(grid.notes["bar"], (start, end))
    notes = grid.notes[first:last]
    notes = notes[notes["part"] == part].copy()
    notes["bar"] -= start
    return (read_drums if voice.is_drums else read_line)(notes, end - start, n_steps)


def fit_octave(tokens: npt.NDArray[np.int32], voice: Voice) -> int | None:
    """Return the octaves, in semitones, by which a line must move to lie in the range of its voice.

    Parameters
    ----------
    tokens : int32
        As `Line` has them.
    voice : Voice

    Returns
    -------
    int or None
        None where no octave fits.

    Examples
    --------
    >>> from motet.phrases.step_codec import VOICES
    >>> fit_octave(np.array([2 + 36, 1, 2 + 43]), VOICES["melody"][0])
    12
    """
    onset = tokens[tokens > HOLD]
    if voice.is_drums or not onset.size:
        return 0
    low, high = int(onset.min()) - 2, int(onset.max()) - 2
    shift = 12 * max(0, -((low - voice.low) // 12))
    if not shift:
        shift = -12 * max(0, -((voice.high - high) // 12))
    return shift if voice.low <= low + shift and high + shift <= voice.high else None


def place_line(
    tokens: npt.NDArray[np.int32], voice: Voice, shift: int | None
) -> npt.NDArray[np.int32]:
    """Return the tokens of a window in its voice's range; a note held from before it is a rest.

    Parameters
    ----------
    tokens : int32, shape (bars, 16)
        As `Line` has them.
    voice : Voice
    shift : int or None, semitones
        Of the whole line (`fit_octave`); None moves each note that needs it by octaves of its own.

    Returns
    -------
    int32, shape (bars, 16)

    Examples
    --------
    >>> from motet.phrases.step_codec import VOICES
    >>> place_line(np.array([[1, 62, 1]]), VOICES["melody"][0], 0).tolist()
    [[0, 14, 1]]
    """
    if voice.is_drums:
        return tokens
    flat = tokens.ravel()
    pitch = flat - 2
    if shift is None:
        pitch = np.where(pitch < voice.low, voice.low + (pitch - voice.low) % 12, pitch)
        pitch = np.where(pitch > voice.high, voice.high - 11 + (pitch - voice.high - 1) % 12, pitch)
    moved = np.where(flat > HOLD, 2 + pitch + (shift or 0) - voice.low, flat)
    begun = np.cumsum(flat != HOLD) > 0
    return np.where(begun, moved, 0).reshape(tokens.shape).astype(np.int32)
