"""Measures of rhythm: where notes begin, how often a bar's rhythm returns, how full the bars are.

Conventions: drums count; grace notes do not. Places in a bar are counted in twelfths of a quarter
note. Notes that begin together in one part are one onset. What is undefined (no note) is nan.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.evaluate.pitch import entropy_bits
from motet.score import Score, note_table

__all__ = [
    "empty_bar_share",
    "mean_duration_qn",
    "note_density",
    "onset_entropy_bits",
    "rhythm_repetition",
]

STEPS_PER_QN: Final = 12
IntArray = npt.NDArray[np.int64]


def _onsets(score: Score) -> IntArray:
    """Return part, bar and place in the bar of every onset, each once, shape (n, 3)."""
    table = note_table(score)
    table = table[table["duration_tick"] > 0]
    starts = np.array([bar.start_tick for bar in score.bars], dtype=np.int64)
    place = (table["onset_tick"] - starts[table["bar"]]) * STEPS_PER_QN / score.resolution
    rows = np.stack((table["part"], table["bar"], np.rint(place).astype(np.int64)), axis=1)
    return np.unique(rows.astype(np.int64), axis=0)


def onset_entropy_bits(score: Score) -> float:
    """Return the entropy of the places in the bar where onsets lie.

    Parameters
    ----------
    score : Score

    Returns
    -------
    float, bits, >= 0
        nan without notes.

    Examples
    --------
    >>> from motet.score import make_score
    >>> onset_entropy_bits(make_score("C4:1 D4:1 E4:1 F4:1 | G4:1 F4:1 E4:1 D4:1"))
    2.0
    """
    places = _onsets(score)[:, 2]
    return entropy_bits(np.bincount(places)) if len(places) else float("nan")


def rhythm_repetition(score: Score) -> float:
    """Return the share of played bars whose rhythm the same part has already played.

    Parameters
    ----------
    score : Score

    Returns
    -------
    float, 0 to 1
        Over every part's bars in which something begins; nan where there is none.

    Examples
    --------
    >>> from motet.score import make_score
    >>> rhythm_repetition(make_score("C4:2 D4:2 | E4:2 F4:2 | G4:4 | C4:2 C4:2"))
    0.5
    """
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for part, bar, place in _onsets(score).tolist():
        cells[part, bar].append(place)
    known = {(part, tuple(places)) for (part, _), places in cells.items()}
    return 1.0 - len(known) / len(cells) if cells else float("nan")


def empty_bar_share(score: Score) -> float:
    """Return the share of bars in which a part is silent.

    Parameters
    ----------
    score : Score

    Returns
    -------
    float, 0 to 1
        Over all bars of all parts that play at all; a bar into which a note is held is not empty.
        nan without notes.

    Examples
    --------
    >>> from motet.score import make_score
    >>> empty_bar_share(make_score("C4:8 r:4 G4:4", "C3:4"))
    0.5
    """
    table = note_table(score)
    table = table[table["duration_tick"] > 0]
    parts = np.unique(table["part"])
    if len(parts) == 0:
        return float("nan")
    starts = np.array([bar.start_tick for bar in score.bars], dtype=np.int64)
    last = np.searchsorted(starts, table["onset_tick"] + table["duration_tick"], side="left") - 1
    change = np.zeros((len(parts), len(starts) + 1), dtype=np.int64)
    row = np.searchsorted(parts, table["part"])
    np.add.at(change, (row, table["bar"]), 1)
    np.add.at(change, (row, last + 1), -1)
    return float(np.mean(np.cumsum(change, axis=1)[:, :-1] == 0))


def note_density(score: Score) -> float:
    """Return how many onsets a part has in a quarter note while it plays.

    Parameters
    ----------
    score : Score

    Returns
    -------
    float, onsets a quarter note, > 0
        Over the bars in which the part begins something, all parts together; nan without notes.

    Examples
    --------
    >>> from motet.score import make_score
    >>> note_density(make_score("C4+E4:2 D4:2 | r:4", "C3:0.5 D3:0.5 E3:3"))
    0.625
    """
    rows = _onsets(score)
    if len(rows) == 0:
        return float("nan")
    bar_qn = np.array([bar.duration_tick / score.resolution for bar in score.bars])
    cells = np.unique(rows[:, :2], axis=0)
    return float(len(rows) / bar_qn[cells[:, 1]].sum())


def mean_duration_qn(score: Score) -> float:
    """Return the mean duration of the pitched notes.

    Parameters
    ----------
    score : Score

    Returns
    -------
    float, quarter notes, > 0
        nan without pitched notes.

    Examples
    --------
    >>> from motet.score import make_score
    >>> mean_duration_qn(make_score("C4:1 D4:3"))
    2.0
    """
    table = note_table(score)
    rows = table["duration_qn"][~table["is_drum"] & (table["duration_tick"] > 0)]
    return float(rows.mean()) if len(rows) else float("nan")
