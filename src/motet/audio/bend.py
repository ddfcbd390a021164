"""How the pitch of a note moves around its semitone: vibrato, slides, what is out of tune.

Conventions: semitones from the note's pitch, one value a frame of the network (86.13 a second).

Source: own definition; the contour comes from the network, see `motet.audio.network`.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["find_bend"]

Float32 = NDArray[np.float32]
_PER_SEMI: Final = 3
_REACH: Final = 4
_WIDTH: Final = 2.5
_WEAKEST: Final = 0.1


def find_bend(contour: Float32, *, column: int) -> tuple[float, ...]:
    """Return how far the sound lies from a pitch, frame by frame.

    Parameters
    ----------
    contour : float32, shape (n, 264), 0 to 1
        The frames of the note; see `motet.audio.network.Posteriors`.
    column : int, 0 to 87
        Pitch of the note, 0 for MIDI 21.

    Returns
    -------
    tuple of float, semitones, -1.34 to 1.34
        One a frame, rounded to cents; where the contour is too weak, the last value before.

    Examples
    --------
    >>> contour = np.zeros((3, 264), np.float32)
    >>> contour[:, 3 * 48 + 2] = 0.8
    >>> find_bend(contour, column=48)
    (0.33, 0.33, 0.33)
    """
    centre = _PER_SEMI * column + 1
    first, last = max(0, centre - _REACH), min(contour.shape[1], centre + _REACH + 1)
    near = contour[:, first:last].astype(np.float64)
    if not len(near):
        return ()
    offset = np.arange(first, last) - centre
    near = near * np.exp(-0.5 * np.square(offset / _WIDTH))
    best = near.argmax(axis=1)
    rows = np.arange(len(near))
    at = np.clip(best, 1, near.shape[1] - 2)
    left, top, right = near[rows, at - 1], near[rows, at], near[rows, at + 1]
    bow = left - 2.0 * top + right
    shift = np.where(bow < 0, 0.5 * (left - right) / np.where(bow < 0, bow, -1.0), 0.0)
    found = (offset[at] + np.clip(shift, -0.5, 0.5)) / _PER_SEMI
    is_clear = near[rows, best] >= _WEAKEST
    if not is_clear.any():
        return (0.0,) * len(near)
    held = np.maximum.accumulate(np.where(is_clear, rows, -1))
    held = np.where(held < 0, int(np.argmax(is_clear)), held)
    return tuple(np.round(_smooth(found[held]), 2).tolist())


def _smooth(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a line without single frames that jump: medians of three."""
    if len(line) < 3:
        return line
    padded = np.pad(line, 1, mode="edge")
    return np.asarray(np.median(np.lib.stride_tricks.sliding_window_view(padded, 3), axis=1))
