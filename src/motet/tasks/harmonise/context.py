"""Which root a half bar's melody, and what is sung around it, makes likely: learned from lead sheets.

Conventions: a row is half a bar; pitch classes are above the tonic. It knows songs in major alone; in minor it
says nothing.

Source: a softmax regression (multinomial logistic) fitted by tools/learn_harmony.py on the training split of
the lead sheets that are free everywhere; works in ``motet/bundles/ATTRIBUTION.md``. On a quarter of them kept
apart it finds people's root for 0.48 of the time, the search without it for 0.43.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from motet.score import Part, Score
from motet.theory.scale import Key

__all__ = ["describe_context", "guess_roots"]

FloatArray = npt.NDArray[np.float64]

_SHIFTS = (3, 2, 1, 0, -1, -2, -3)
_BEGIN_SHIFTS = (0, -1, 1)
_N_PLACES = 19


@lru_cache(maxsize=1)
def _weights() -> FloatArray:
    """Return the weights, shape (f, 12)."""
    text = Path(__file__).with_name("roots.json").read_text(encoding="utf-8")
    return np.array(json.loads(text)["weights"], np.float64)


def describe_context(score: Score, melody: Part, key: Key) -> FloatArray:
    """Return what is known of each half bar.

    Parameters
    ----------
    score : Score
    melody : Part
        One voice.
    key : Key

    Returns
    -------
    float64, shape (2 * bars, 140)
        Sung time of each pitch class three halves before to three after, what sounds where this half,
        the next and the last begin, its place among eight bars and in the piece, and 1.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C5:4 | G4:4")
    >>> found = describe_context(score, score.parts[0], Key("C"))
    >>> found.shape, int(found[0, 36:48].argmax()), int(found[2, 36:48].argmax())
    ((4, 140), 0, 7)
    """
    n = 2 * score.n_bars
    sung, begun = np.zeros((n, 12)), np.zeros((n, 12))
    early = score.resolution // 2
    for bar in score.bars:
        middle = (bar.start_tick + bar.end_tick) // 2
        halves = ((bar.start_tick, middle), (middle, bar.end_tick))
        for note in melody.notes:
            if note.end_tick <= bar.start_tick or note.onset_tick >= bar.end_tick:
                continue
            pc = (note.pitch - key.tonic_pc) % 12
            for half, (start, end) in enumerate(halves):
                length = min(note.end_tick, end) - max(note.onset_tick, start)
                if length > 0:
                    sung[2 * bar.index + half, pc] += length / max(1, end - start)
                    if note.onset_tick - early <= start:
                        begun[2 * bar.index + half, pc] = 1.0
    places = np.zeros((n, _N_PLACES))
    rows = np.arange(n)
    bars = rows // 2
    first = int(score.bars[0].number == 0)
    places[rows, (bars - first) % 8] = 1.0
    places[rows, 8 + rows % 2] = 1.0
    places[rows, 10 + np.minimum(4, (n - 1 - rows) // 2)] = 1.0
    places[rows, 15 + np.minimum(3, bars)] = 1.0
    columns = [_shifted(sung, k) for k in _SHIFTS] + [_shifted(begun, k) for k in _BEGIN_SHIFTS]
    return np.concatenate([*columns, places, np.ones((n, 1))], axis=1)


def _shifted(rows: FloatArray, by: int) -> FloatArray:
    """Return rows moved down; what comes in is 0."""
    out = np.zeros_like(rows)
    if by > 0:
        out[by:] = rows[:-by]
    elif by < 0:
        out[:by] = rows[-by:]
    else:
        out = rows
    return out


def guess_roots(score: Score, melody: Part, key: Key) -> FloatArray:
    """Return how likely each root is in each half bar, as logarithms.

    Parameters
    ----------
    score : Score
    melody : Part
    key : Key

    Returns
    -------
    float64, shape (2 * bars, 12)
        Roots above the tonic; all 0 in minor.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("E5:2 G5:2 | D5:2 B4:2 | C5:4")
    >>> found = guess_roots(score, score.parts[0], Key("C"))
    >>> [int(row.argmax()) for row in found[::2]]
    [0, 7, 0]
    """
    if key.is_minor:
        return np.zeros((2 * score.n_bars, 12))
    values = describe_context(score, melody, key) @ _weights()
    values -= values.max(axis=1, keepdims=True)
    found: FloatArray = values - np.log(np.exp(values).sum(axis=1, keepdims=True))
    return found
