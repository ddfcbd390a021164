"""Which part carries the melody, and the top line of a part that carries more.

Conventions: parts are weighed against each other by a conditional logit; the probabilities of all
pitched parts add up to 1. Names, roles and lyrics count only when asked for (`use_words`).

Weights: fitted on every other song of OpenScore Lieder, 20 of its quartets (first violin) and pieces of the
arranger (seeds 100 up); measured on the rest and on POP909 in ``docs/analysis.md``.

Source: the skyline (highest note at each onset) as in Uitdenbogerd and Zobel, "Manipulation of Music
for Melody Matching", ACM Multimedia (1998), 235-240. The features and their weights are our own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from motet.score import Note, Part, Score, note_table

__all__ = ["FEATURES", "MelodyEstimate", "estimate_melody", "melody_features", "skyline"]

FloatArray = npt.NDArray[np.float64]
FEATURES = (
    "top", "monophony", "mean_pitch", "density", "coverage", "span", "step", "variety", "near_voice",
    "rests",
)  # fmt: skip
"""Columns of `melody_features`."""
_WEIGHTS = (1.05, 8.31, 3.78, 0.91, 1.27, -1.44, 3.24, 1.97, 0.79, 0.54)
_WORDS = re.compile(
    r"melod|vocal|voice|voix|sing|sang|canto|lead|solo|sopran|cantus|旋律|主旋|人声|歌|唱",
    re.IGNORECASE,
)
_VOICE_PITCH = 69.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MelodyEstimate:
    """The part that most probably carries the melody.

    Parameters
    ----------
    part : int
        Index of the part.
    p : float, 0 to 1
        How probable that is against the other parts.
    p_parts : tuple of float
        The same for every part; 0 for drums and empty parts.
    """

    part: int
    p: float
    p_parts: tuple[float, ...]


def estimate_melody(score: Score, *, use_words: bool = True) -> MelodyEstimate | None:
    """Return the part that most probably carries the melody.

    Parameters
    ----------
    score : Score
    use_words : bool
        Whether roles, names and lyrics count too.

    Returns
    -------
    MelodyEstimate or None
        None when no pitched part has notes.

    Examples
    --------
    >>> from motet.score import make_score
    >>> estimate_melody(make_score("C3+E3+G3:4 C3+F3+A3:4", "G4:1 A4:1 B4:2 C5:4")).part
    1
    """
    features = melody_features(score)
    pitched = ~np.isnan(features[:, 0]) if len(features) else np.zeros(0, dtype=bool)
    if not pitched.any():
        return None
    energy = np.where(pitched, np.nan_to_num(features) @ np.array(_WEIGHTS), -np.inf)
    if use_words:
        energy += np.array([_said(part) for part in score.parts])
    p = np.exp(energy - energy.max())
    p /= p.sum()
    best = int(np.argmax(p))
    return MelodyEstimate(part=best, p=float(p[best]), p_parts=tuple(float(one) for one in p))


def _said(part: Part) -> float:
    """Return what role, lyrics and name say for a part."""
    if part.role:
        return 20.0 if part.role == "melody" else -2.0
    return 4.0 * bool(part.lyrics) + 3.0 * bool(_WORDS.search(part.name))


def melody_features(score: Score) -> FloatArray:
    """Return what tells a melody from other parts, a row a part.

    Parameters
    ----------
    score : Score

    Returns
    -------
    float64, shape (k, 10)
        Columns as `FEATURES`, each about 0 to 1; nan rows for drums and empty parts.

    Examples
    --------
    >>> from motet.score import make_score
    >>> melody_features(make_score("C3+E3:4", "G4:4"))[:, 0].tolist()
    [0.0, 1.0]
    """
    table = note_table(score)
    table = table[(table["duration_tick"] > 0) & ~table["is_drum"]]
    found = np.full((len(score.parts), len(FEATURES)), np.nan)
    if len(table) == 0:
        return found
    start = np.rint(table["onset_qn"] * 4).astype(np.int64)
    end = np.maximum(
        start + 1, np.rint((table["onset_qn"] + table["duration_qn"]) * 4).astype(np.int64)
    )
    n_steps = int(end.max())
    top = np.full(n_steps, -1, dtype=np.int64)
    order = np.argsort(table["pitch"], kind="stable")
    for row in order.tolist():
        top[start[row] : end[row]] = table["part"][row]
    anything = np.count_nonzero(top >= 0)
    mean_all = float(table["pitch"].mean())
    for k in range(len(score.parts)):
        mask = table["part"] == k
        if not mask.any():
            continue
        rows, begin, until = table[mask], start[mask], end[mask]
        edges = np.zeros(n_steps + 1)
        np.add.at(edges, begin, 1.0)
        np.add.at(edges, until, -1.0)
        sounding = np.cumsum(edges)[:-1]
        on = np.count_nonzero(sounding > 0)
        moments, first = np.unique(begin, return_index=True)
        last = np.append(first[1:], len(rows))
        line = np.array([rows["pitch"][a:b].max() for a, b in zip(first, last, strict=True)])
        moves = np.abs(np.diff(line))
        gaps = np.diff(np.flatnonzero(np.concatenate(([True], sounding > 0, [True]))))
        found[k] = (
            np.count_nonzero((top == k) & (sounding > 0)) / (on or 1),
            len(moments) / len(rows),
            (float(rows["pitch"].mean()) - mean_all) / 12,
            np.log2(1e-3 + len(moments) / (n_steps / 4)),
            on / (anything or 1),
            (float(line.max()) - float(line.min())) / 24,
            float(np.mean((moves > 0) & (moves <= 2))) if len(moves) else 0.0,
            len(np.unique(np.diff(moments))) / 8,
            1.0 - min(1.0, abs(float(line.mean()) - _VOICE_PITCH) / 12),
            np.count_nonzero(gaps > 4) / max(1.0, n_steps / 16),
        )
    return found


def skyline(part: Part) -> tuple[Note, ...]:
    """Return the top line of a part: the highest note at each onset, where nothing higher sounds.

    Parameters
    ----------
    part : Part

    Returns
    -------
    tuple of Note
        In order, as they are in the part.

    Source
    ------
    Uitdenbogerd and Zobel (1998), see above.

    Examples
    --------
    >>> from motet.score import make_score
    >>> [note.pitch for note in skyline(make_score("C4+G4:2 E4:1").parts[0])]
    [67, 64]
    """
    found: list[Note] = []
    highest: dict[int, Note] = {}
    for note in part.notes:
        if note.duration_tick and note.pitch >= highest.get(note.onset_tick, note).pitch:
            highest[note.onset_tick] = note
    sounding: list[Note] = []
    for note in highest.values():
        sounding = [one for one in sounding if one.end_tick > note.onset_tick]
        if all(one.pitch <= note.pitch for one in sounding):
            found.append(note)
        sounding.append(note)
    return tuple(found)
