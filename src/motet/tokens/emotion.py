"""The EMOTION value of bars on the grid: how they are likely to feel, in quarters.

Conventions: a value is valence quarter * 4 + arousal quarter, 0 to 15; the quarters of -1 to 1 are
cut at -0.5, 0 and 0.5, for what is asked of the model and for what it is taught alike.

Offers `emotion_value`, `emotion_of`, `estimate_grid_emotion`, `grid_emotion`. Source: `motet.analysis.emotion`.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from motet.analysis.emotion import MODE_VALENCE, EmotionEstimate, find_cues, weigh_cues
from motet.tokens.layout import GridScore, key_tonic
from motet.tokens.vocab import POSITIONS_PER_QN

__all__ = ["emotion_of", "emotion_value", "estimate_grid_emotion", "grid_emotion"]

_MIN_NOTES: Final = 4


def emotion_value(valence: float, arousal: float) -> int:
    """Return the EMOTION value of valence and arousal.

    Parameters
    ----------
    valence, arousal : float, -1 to 1

    Returns
    -------
    int, -1 to 15
        -1 when one of them is nan.

    Examples
    --------
    >>> emotion_value(-1.0, -1.0), emotion_value(0.0, -0.1), emotion_value(1.0, 1.0)
    (0, 9, 15)
    """
    if math.isnan(valence) or math.isnan(arousal):
        return -1
    sad, calm = (min(3, max(0, math.floor((one + 1) * 2))) for one in (valence, arousal))
    return sad * 4 + calm


def emotion_of(value: int) -> tuple[float, float] | None:
    """Return the valence and arousal in the middle of an EMOTION value, None for -1.

    Parameters
    ----------
    value : int, -1 to 15

    Returns
    -------
    tuple of float, or None

    Examples
    --------
    >>> emotion_of(0), emotion_of(11)
    ((-0.75, -0.75), (0.25, 0.75))
    """
    return None if value < 0 else (value // 4 / 2 - 0.75, value % 4 / 2 - 0.75)


def estimate_grid_emotion(grid: GridScore) -> EmotionEstimate | None:
    """Return how bars on the grid are likely to feel, None for fewer than four notes.

    Parameters
    ----------
    grid : GridScore
        A window or a whole piece. Pitches count as they sound, before normalising.

    Returns
    -------
    EmotionEstimate or None

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C5:.5 E5:.5 G5:.5 E5:.5 " * 4, qpm=160)).grid
    >>> estimate_grid_emotion(grid).valence > 0
    True
    """
    notes = grid.notes
    if len(notes) < _MIN_NOTES:
        return None
    is_drum = np.array([part.is_drums for part in grid.parts], np.bool_)[notes["part"]]
    key = key_tonic(grid.key)
    return weigh_cues(
        find_cues(
            onset_qn=(grid.bar_starts[notes["bar"]] + notes["pos"]) / POSITIONS_PER_QN,
            duration_qn=notes["dur"] / POSITIONS_PER_QN,
            pitch=notes["pitch"] - grid.shift_semi,
            velocity=8.0 * (notes["vel"] + 1.0),
            part=notes["part"],
            is_drum=is_drum,
            length_qn=float(grid.bar_starts[-1]) / POSITIONS_PER_QN,
            qpm=grid.qpm,
            mode_valence=0.0 if key is None else MODE_VALENCE[key[1]],
        )
    )


def grid_emotion(grid: GridScore) -> int:
    """Return the EMOTION value of bars on the grid.

    Parameters
    ----------
    grid : GridScore

    Returns
    -------
    int, -1 to 15
        -1 where it cannot say: fewer than four notes, or drums alone.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid_emotion(score_to_grid(make_score("drums 36:1 38:1 36:1 38:1")).grid)
    -1
    """
    found = estimate_grid_emotion(grid)
    return -1 if found is None else emotion_value(found.valence, found.arousal)
