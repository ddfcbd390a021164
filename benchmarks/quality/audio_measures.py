"""Figures of what was heard against what is true: mir_eval's, with its own tolerances.

Conventions: notes are (onset s, offset s, pitch); an onset may be 50 ms off, an offset 50 ms or a fifth of
the note, a pitch half a semitone. Beats may be 70 ms off; nothing is cut from the start. Unknown truth gives
no figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

__all__ = [
    "interval_of",
    "measure_beats",
    "measure_chords",
    "measure_key",
    "measure_notes",
    "measure_tempo",
    "measure_track",
]

_NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
Notes = Sequence[tuple[float, float, int]]
Chords = Sequence[tuple[float, float, int, str]]


def measure_notes(true: Notes, heard: Notes) -> dict[str, float]:
    """Return precision, recall and F by onset, and F by onset and offset.

    Examples
    --------
    >>> line = [(0.0, 1.0, 60), (1.0, 2.0, 62)]
    >>> measure_notes(line, [(0.02, 0.4, 60), (1.0, 2.0, 63)])
    {'precision': 0.5, 'recall': 0.5, 'f': 0.5, 'f_offset': 0.0}
    """
    from mir_eval.transcription import precision_recall_f1_overlap

    heard = [one for one in heard if one[1] > one[0]]
    if not true or not heard:
        return dict.fromkeys(("precision", "recall", "f", "f_offset"), 0.0)
    args = [*_split(true), *_split(heard)]
    precision, recall, f, _ = precision_recall_f1_overlap(*args, offset_ratio=None)
    _, _, f_offset, _ = precision_recall_f1_overlap(*args, offset_ratio=0.2)
    return {
        "precision": float(precision), "recall": float(recall), "f": float(f),
        "f_offset": float(f_offset),
    }  # fmt: skip


def _split(notes: Notes) -> tuple[Any, Any]:
    spans = np.array([(onset, offset) for onset, offset, _ in notes], float).reshape(-1, 2)
    return spans, np.array([440 * 2 ** ((pitch - 69) / 12) for _, _, pitch in notes])


def measure_beats(true: Sequence[float], heard: Sequence[float]) -> dict[str, float]:
    """Return F of beats, and the share that goes on rightly when any level of the pulse may be meant.

    Examples
    --------
    >>> found = measure_beats([0.0, 0.5, 1.0, 1.5, 2.0], [0.0, 1.0, 2.0])
    >>> round(found["f"], 3)
    0.75
    """
    from mir_eval.beat import continuity, f_measure

    if not len(true) or not len(heard):
        return {"f": 0.0, "amlt": 0.0}
    right, given = np.asarray(true, float), np.asarray(heard, float)
    amlt = continuity(right, given)[3] if min(len(right), len(given)) > 1 else 0.0
    return {"f": float(f_measure(right, given)), "amlt": float(amlt)}


def measure_tempo(true_bpm: float, heard_bpm: float) -> dict[str, float]:
    """Return whether a tempo is right within 4 %, and whether it is but for a factor of 2 or 3.

    Examples
    --------
    >>> measure_tempo(100.0, 202.0)
    {'tempo': 0.0, 'tempo_octave': 1.0}
    """
    near = [
        factor
        for factor in (1, 2, 3, 1 / 2, 1 / 3)
        if abs(heard_bpm / factor / true_bpm - 1) <= 0.04
    ]
    return {"tempo": float(1 in near), "tempo_octave": float(bool(near))}


def measure_key(true: str, heard: str) -> dict[str, float]:
    """Return mir_eval's weighted score of a key: 1, 0.5 a fifth up, 0.3 relative, 0.2 parallel.

    Examples
    --------
    >>> measure_key("C major", "A minor")
    {'key': 0.3, 'key_exact': 0.0}
    """
    from mir_eval.key import weighted_score

    true, heard = (_plain_key(one) for one in (true, heard))
    return {"key": float(weighted_score(true, heard)), "key_exact": float(true == heard)}


def _plain_key(name: str) -> str:
    from motet.theory import parse_key

    found = parse_key(name)
    return f"{_NAMES[found.tonic_pc]} {found.mode}"


def measure_chords(true: Chords, heard: Chords) -> dict[str, float]:
    """Return the share of time with the right root, and the right major or minor triad.

    Examples
    --------
    >>> measure_chords([(0.0, 2.0, 0, "maj")], [(0.0, 1.0, 0, "min"), (1.0, 2.0, 7, "maj")])
    {'root': 0.5, 'majmin': 0.0}
    """
    from mir_eval.chord import evaluate

    found = evaluate(*interval_of(true), *interval_of(heard))
    return {"root": float(found["root"]), "majmin": float(found["majmin"])}


def interval_of(chords: Chords) -> tuple[Any, list[str]]:
    """Return chords as spans without gaps and labels in Harte's syntax; "N" where nothing is said."""
    spans: list[tuple[float, float]] = []
    labels: list[str] = []
    now = 0.0
    for start, end, root, kind in sorted(chords):
        start = max(start, now)
        if end - start < 1e-6:
            continue
        if start - now > 1e-6:
            spans.append((now, start))
            labels.append("N")
        spans.append((start, end))
        labels.append(f"{_NAMES[root]}:{kind}" if root >= 0 else "N")
        now = end
    return np.array(spans, float).reshape(-1, 2), labels


def measure_track(true: Mapping[str, Any], heard: Mapping[str, Any]) -> dict[str, float]:
    """Return how much of a line of pitch is right within 50 cents, and in any octave, and the voicing.

    Both have ``time_s``, ``hz`` and ``is_voiced``; what is unvoiced has 0 or negative Hz for mir_eval.
    """
    from mir_eval.melody import evaluate

    rows = []
    for one in (true, heard):
        hz = np.asarray(one["hz"], float)
        rows += [np.asarray(one["time_s"], float), np.where(one["is_voiced"], hz, -hz)]
    found = evaluate(*rows)
    return {
        "pitch": float(found["Raw Pitch Accuracy"]),
        "chroma": float(found["Raw Chroma Accuracy"]),
        "voicing_recall": float(found["Voicing Recall"]),
        "voicing_false": float(found["Voicing False Alarm"]),
    }
