"""Measures of pitch: how tonal a score is, how many pitch classes it uses, how its lines move.

Conventions: drums have no pitch and grace notes no time, so neither counts; what is undefined (no
pitched note) is nan.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from motet.score import Score, note_table
from motet.score.table import NoteTable
from motet.theory import SCALES

__all__ = [
    "chromatic_share",
    "entropy_bits",
    "interval_shares",
    "mean_interval_semi",
    "pitch_class_entropy_bits",
    "pitch_span_semi",
    "pitched_notes",
    "scale_fit",
]

FloatArray = npt.NDArray[np.float64]
MAX_MOVE_SEMI: Final = 12


def pitched_notes(score: Score) -> NoteTable:
    """Return the note table without drums and grace notes.

    Parameters
    ----------
    score : Score

    Returns
    -------
    structured array of `motet.score.NOTE_DTYPE`, shape (n,), sorted by onset

    Examples
    --------
    >>> from motet.score import make_score
    >>> pitched_notes(make_score("C4:1 E4:1", "drums 36:1"))["pitch"].tolist()
    [60, 64]
    """
    table = note_table(score)
    return table[~table["is_drum"] & (table["duration_tick"] > 0)]


def entropy_bits(counts: npt.ArrayLike) -> float:
    """Return the entropy of a distribution.

    Parameters
    ----------
    counts : array of numbers >= 0
        Need not add up to 1.

    Returns
    -------
    float, bits, >= 0
        nan when everything is 0.

    Examples
    --------
    >>> entropy_bits([3, 3, 0, 3, 3])
    2.0
    """
    share = np.asarray(counts, dtype=np.float64).ravel()
    total = share.sum()
    if total <= 0:
        return float("nan")
    share = share[share > 0] / total
    return float(max(0.0, -(share * np.log2(share)).sum()))


def _scale_table() -> FloatArray:
    """Return 1 where a pitch class is in a scale; 24 scales by 12 pitch classes."""
    rows = np.zeros((24, 12))
    for tonic in range(12):
        for k, name in enumerate(("major", "harmonic minor")):
            rows[12 * k + tonic, [(tonic + semi) % 12 for semi in SCALES[name]]] = 1.0
    return rows


_SCALES: Final = _scale_table()


def scale_fit(score: Score) -> float:
    """Return the share of sounding time that lies in the best-fitting scale.

    Parameters
    ----------
    score : Score

    Returns
    -------
    float, 0 to 1
        Over the 12 major scales (the modes and natural minor are among them) and the 12 harmonic
        minor ones, one for the whole score. Twelve equal pitch classes give 0.58; nan without
        pitched notes.

    Source
    ------
    Own definition; weighted by duration like the key profiles of `motet.analysis`.

    Examples
    --------
    >>> from motet.score import make_score
    >>> scale_fit(make_score("C4:1 D4:1 E4:1 F4:1 G4:1 A4:1 B4:1 C#4:1"))
    0.875
    """
    table = pitched_notes(score)
    time = np.bincount(table["pitch"] % 12, weights=table["duration_qn"], minlength=12)
    total = time.sum()
    return float((_SCALES @ time).max() / total) if total > 0 else float("nan")


def chromatic_share(score: Score) -> float:
    """Return the share of sounding time outside the key signature in force.

    Parameters
    ----------
    score : Score
        Without a key signature, C major is taken.

    Returns
    -------
    float, 0 to 1
        nan without pitched notes.

    Examples
    --------
    >>> from motet.score import make_score
    >>> chromatic_share(make_score("F#4:1 G4:3", fifths=1)), chromatic_share(make_score("F#4:1"))
    (0.0, 1.0)
    """
    table = pitched_notes(score)
    total = table["duration_qn"].sum()
    if total <= 0:
        return float("nan")
    ticks = np.array([key.tick for key in score.keys], dtype=np.int64)
    fifths = np.array([0, *(key.fifths for key in score.keys)], dtype=np.int64)
    at = fifths[np.searchsorted(ticks, table["onset_tick"], side="right")]
    is_in = _SCALES[(at * 7) % 12, table["pitch"] % 12]
    return float((table["duration_qn"] * (1.0 - is_in)).sum() / total)


def pitch_class_entropy_bits(score: Score) -> float:
    """Return the entropy of the pitch classes, every note counted once.

    Parameters
    ----------
    score : Score

    Returns
    -------
    float, bits, 0 to 3.58
        nan without pitched notes.

    Examples
    --------
    >>> from motet.score import make_score
    >>> pitch_class_entropy_bits(make_score("C4:1 C5:1 G4:4 G3:1"))
    1.0
    """
    return entropy_bits(np.bincount(pitched_notes(score)["pitch"] % 12, minlength=12))


def _moves(score: Score) -> npt.NDArray[np.int64]:
    """Return the steps of the highest notes of every part, one after another."""
    table = pitched_notes(score)
    found = []
    for k in np.unique(table["part"]):
        rows = table[table["part"] == k]
        _, group = np.unique(rows["onset_tick"], return_inverse=True)
        top = np.zeros(int(group.max()) + 1, dtype=np.int64)
        np.maximum.at(top, group, rows["pitch"])
        found.append(np.diff(top))
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def interval_shares(score: Score) -> FloatArray:
    """Return how often the lines move by each interval.

    Parameters
    ----------
    score : Score

    Returns
    -------
    float64, shape (25,), shares
        From an octave down to an octave up; wider leaps count as octaves. A part's line is the
        highest note of each of its onsets. All 0 where nothing moves.

    Examples
    --------
    >>> from motet.score import make_score
    >>> shares = interval_shares(make_score("C4:1 D4:1 D4:1 C3:1"))
    >>> [(int(k) - 12, round(float(shares[k]), 2)) for k in shares.nonzero()[0]]
    [(-12, 0.33), (0, 0.33), (2, 0.33)]
    """
    moves = np.clip(_moves(score), -MAX_MOVE_SEMI, MAX_MOVE_SEMI) + MAX_MOVE_SEMI
    counts = np.bincount(moves, minlength=2 * MAX_MOVE_SEMI + 1).astype(np.float64)
    return np.asarray(counts / max(1.0, counts.sum()))


def mean_interval_semi(score: Score) -> float:
    """Return the mean size of a move of the lines.

    Parameters
    ----------
    score : Score

    Returns
    -------
    float, semitones, >= 0
        A part's line is the highest note of each of its onsets; nan where nothing moves.

    Examples
    --------
    >>> from motet.score import make_score
    >>> mean_interval_semi(make_score("C4:1 D4:1 B3:1", "C3+G3:4"))
    2.5
    """
    moves = _moves(score)
    return float(np.abs(moves).mean()) if len(moves) else float("nan")


def pitch_span_semi(score: Score) -> float:
    """Return the distance from the lowest to the highest note of a part, averaged over the parts.

    Parameters
    ----------
    score : Score

    Returns
    -------
    float, semitones, >= 0
        nan without pitched notes.

    Examples
    --------
    >>> from motet.score import make_score
    >>> pitch_span_semi(make_score("C4:1 G4:1", "C3:1 F3:1"))
    6.0
    """
    table = pitched_notes(score)
    rows = [table["pitch"][table["part"] == k] for k in np.unique(table["part"])]
    return float(np.mean([int(row.max()) - int(row.min()) for row in rows])) if rows else np.nan
