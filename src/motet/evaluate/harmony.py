"""Measures of harmony: how consonant a score is, and how well its notes fit its chords.

Conventions: drums and grace notes do not count; what is undefined is nan.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from motet.errors import ParameterError
from motet.evaluate.pitch import pitched_notes
from motet.score import Bar, Score
from motet.theory import parse_chord

__all__ = ["chord_tone_share", "consonance", "strong_places_tick"]

_CONSONANT: Final = np.isin(np.arange(12), (0, 3, 4, 5, 7, 8, 9))


def consonance(score: Score) -> float:
    """Return the share of simultaneous sound that is consonant.

    Every two notes that sound together, of the same part or not, count for as long as they do;
    unisons, octaves, thirds, fourths, fifths and sixths, and their compounds, are consonant. A
    fourth counts because it is dissonant above the bass only.

    Parameters
    ----------
    score : Score

    Returns
    -------
    float, 0 to 1
        Pitches drawn at random give 0.58; nan where no two notes sound together.

    Source
    ------
    Consonant intervals as in Walter Piston, Harmony (Norton, 1941), the chapter on scales and
    intervals; the weighting is our own. Slow twin: tests/evaluate/test_harmony.py. Cost: O(pairs).

    Examples
    --------
    >>> from motet.score import make_score
    >>> consonance(make_score("E4:3 F4:1", "C4:2 E4:2"))
    0.75
    """
    table = pitched_notes(score)
    onset = table["onset_tick"]
    end = onset + table["duration_tick"]
    pitch = table["pitch"].astype(np.int64)
    total = good = 0.0
    # Sorted by onset: if no note meets the one `lag` places on, none meets a later one.
    for lag in range(1, len(table)):
        overlap = np.minimum(end[:-lag], end[lag:]) - onset[lag:]
        together = overlap > 0
        if not (end[:-lag] > onset[lag:]).any():
            break
        time = overlap[together]
        move = np.abs(pitch[lag:] - pitch[:-lag])[together] % 12
        total += float(time.sum())
        good += float(time[_CONSONANT[move]].sum())
    return good / total if total else float("nan")


def strong_places_tick(bar: Bar) -> tuple[int, ...]:
    """Return the ticks of a bar's strong beats.

    Parameters
    ----------
    bar : Bar

    Returns
    -------
    tuple of int, ticks from the start of the score
        The downbeat, and the middle of a bar that has an even number of equal beats. None in
        a pickup bar.

    Examples
    --------
    >>> from motet.score import make_score
    >>> [strong_places_tick(make_score("C4:4", metre=one).bars[0]) for one in ("4/4", "3/4")]
    [(0, 960), (0,)]
    """
    beats = bar.metre.beats_qn
    if bar.is_irregular and bar.index == 0:
        return ()
    if bar.is_irregular or len(beats) % 2 or len(set(beats)) > 1:
        return (bar.start_tick,)
    return (bar.start_tick, bar.start_tick + bar.duration_tick // 2)


def chord_tone_share(score: Score) -> float:
    """Return the share of notes struck on strong beats that belong to the chord symbol there.

    Parameters
    ----------
    score : Score
        With chord symbols. A slash bass belongs to its chord.

    Returns
    -------
    float, 0 to 1
        nan where no note falls on a strong beat under a chord symbol.

    Examples
    --------
    >>> from motet.score import make_score
    >>> chord_tone_share(make_score("C4:1 D4:1 F4:1 G4:1 | G3:4", chords="C:4 G/B:4"))
    0.6666666666666666
    """
    spans = _chord_spans(score)
    table = pitched_notes(score)
    strong = np.array([t for bar in score.bars for t in strong_places_tick(bar)], dtype=np.int64)
    rows = table[np.isin(table["onset_tick"], strong)]
    if not spans or len(rows) == 0:
        return float("nan")
    ticks = np.array([tick for tick, _ in spans])
    at = np.searchsorted(ticks, rows["onset_tick"], side="right") - 1
    members = np.zeros((len(spans), 12), dtype=bool)
    for k, (_, pcs) in enumerate(spans):
        members[k, list(pcs)] = True
    has_tones = np.asarray(members.any(axis=1), dtype=bool)
    is_under = (at >= 0) & has_tones[at]
    if not is_under.any():
        return float("nan")
    return float(members[at, rows["pitch"] % 12][is_under].mean())


def _chord_spans(score: Score) -> list[tuple[int, frozenset[int]]]:
    """Return where each chord begins and its pitch classes; none where it cannot be read."""
    spans = []
    for one in score.chords:
        try:
            chord = parse_chord(one.symbol)
        except ParameterError:
            spans.append((one.tick, frozenset[int]()))
            continue
        pcs = {*chord.pcs, chord.bass_pc} if chord.root else set()
        spans.append((one.tick, frozenset(pcs)))
    return spans
