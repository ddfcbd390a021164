"""What each part does in each bar: density, polyphony, range, syncopation, loudness, as arrays.

Conventions: arrays have shape (k, m): parts, bars; a note belongs to the bar where it begins, except
that polyphony counts what sounds. Where a cell has no note, counts are 0 and pitches and velocities nan.
Drums have no pitches.

Source: syncopation as in Longuet-Higgins and Lee, "The Rhythmic Interpretation of Monophonic Music",
Music Perception 1 (1984), 424-441: a note on a weak place that sounds over, or leaves silent, a
stronger one counts the difference of their weights.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from motet.score import Metre, Score, note_table

__all__ = ["CellFeatures", "find_features", "metre_weights", "syncopation"]

FloatArray = npt.NDArray[np.float64]
_STEPS_PER_QN = 4


@dataclass(frozen=True, kw_only=True, eq=False)
class CellFeatures:
    """Features of every cell (part and bar); all arrays are float64, shape (k, m).

    Parameters
    ----------
    n_notes : count
    density : onsets a quarter note; notes together count once
    polyphony : mean number of notes while anything sounds
    low, high, mean_pitch : MIDI numbers; the mean is weighted by duration
    syncopation : sum of weight differences, >= 0
    velocity : mean, 1 to 127
    """

    n_notes: FloatArray
    density: FloatArray
    polyphony: FloatArray
    low: FloatArray
    high: FloatArray
    mean_pitch: FloatArray
    syncopation: FloatArray
    velocity: FloatArray

    def as_lists(self) -> dict[str, list[list[float | None]]]:
        """Return all arrays as lists for JSON, rounded to 3 places, None for nan."""
        return {
            one.name: [
                [None if np.isnan(cell) else round(float(cell), 3) for cell in row]
                for row in getattr(self, one.name)
            ]
            for one in fields(self)
        }


def find_features(score: Score) -> CellFeatures:
    """Return what each part does in each bar.

    Parameters
    ----------
    score : Score

    Returns
    -------
    CellFeatures

    Examples
    --------
    >>> from motet.score import make_score
    >>> found = find_features(make_score("r:4 | C4+E4:2 G4:2"))
    >>> found.density.tolist(), found.polyphony.tolist(), found.high.tolist()
    ([[0.0, 0.5]], [[0.0, 1.5]], [[nan, 67.0]])
    """
    table = note_table(score)
    table = table[table["duration_tick"] > 0]
    n_parts, bars = len(score.parts), score.bars
    shape = (n_parts, len(bars))
    cell = table["part"].astype(np.int64) * len(bars) + table["bar"]

    def total(weights: npt.NDArray[np.float64] | None, mask: npt.NDArray[np.bool_]) -> FloatArray:
        chosen = None if weights is None else weights[mask]
        found = np.bincount(cell[mask], weights=chosen, minlength=n_parts * len(bars))
        return found.astype(np.float64).reshape(shape)

    every = np.ones(len(table), dtype=bool)
    pitched = ~table["is_drum"]
    pitch = table["pitch"].astype(np.float64)
    count = total(None, every)
    low, high = np.full(shape, np.inf), np.full(shape, -np.inf)
    where = (table["part"][pitched].astype(np.int64), table["bar"][pitched].astype(np.int64))
    np.minimum.at(low, where, pitch[pitched])
    np.maximum.at(high, where, pitch[pitched])
    low[np.isinf(low)], high[np.isinf(high)] = np.nan, np.nan
    duration = table["duration_qn"]
    onsets = np.unique(np.stack((cell, table["onset_tick"])), axis=1)[0]
    moments = np.bincount(onsets, minlength=n_parts * len(bars)).reshape(shape)
    bar_qn = np.array([bar.duration_tick / score.resolution for bar in bars])
    with np.errstate(invalid="ignore", divide="ignore"):
        mean_pitch = total(pitch * duration, pitched) / total(duration, pitched)
        velocity = total(table["velocity"].astype(np.float64), every) / count
    polyphony, beat_slips = np.zeros(shape), np.zeros(shape)
    for k in range(n_parts):
        rows = table[table["part"] == k]
        polyphony[k] = _polyphony(score, rows)
        beat_slips[k] = syncopation(score, rows["onset_qn"])
    return CellFeatures(
        n_notes=count,
        density=moments / bar_qn,
        polyphony=polyphony,
        low=low,
        high=high,
        mean_pitch=mean_pitch,
        syncopation=beat_slips,
        velocity=velocity,
    )


def _polyphony(score: Score, rows: npt.NDArray[np.void]) -> FloatArray:
    """Return the mean number of notes while a part sounds, a value a bar, shape (m,)."""
    starts = np.array([bar.start_tick for bar in score.bars] + [score.bars[-1].end_tick])
    begin, end = rows["onset_tick"], rows["onset_tick"] + rows["duration_tick"]
    edges = np.unique(np.concatenate((begin, end, starts)))
    change = np.zeros(len(edges))
    np.add.at(change, np.searchsorted(edges, begin), 1.0)
    np.add.at(change, np.searchsorted(edges, end), -1.0)
    sounding = np.cumsum(change)[:-1]
    length = np.diff(edges).astype(np.float64)
    bar = np.clip(np.searchsorted(starts, edges[:-1], side="right") - 1, 0, score.n_bars - 1)
    area = np.bincount(bar, weights=sounding * length, minlength=score.n_bars)
    filled = np.bincount(bar, weights=(sounding > 0) * length, minlength=score.n_bars)
    return np.asarray(area / np.maximum(filled, 1.0), dtype=np.float64)


def metre_weights(metre: Metre) -> tuple[int, ...]:
    """Return how strong each sixteenth of a bar is: 0 for the downbeat, less further down.

    Parameters
    ----------
    metre : Metre

    Returns
    -------
    tuple of int, <= 0

    Examples
    --------
    >>> metre_weights(Metre(tick=0, numerator=2, denominator=4))
    (0, -3, -2, -3, -1, -3, -2, -3)
    >>> metre_weights(Metre(tick=0, numerator=6, denominator=8))
    (0, -3, -2, -3, -2, -3, -1, -3, -2, -3, -2, -3)
    """
    n_steps = max(1, round(metre.bar_qn * _STEPS_PER_QN))
    beats = [max(1, round(beat * _STEPS_PER_QN)) for beat in metre.beats_qn]
    weights = [-9] * n_steps
    groups, level = [n_steps], 0
    if len(beats) % 2 == 0 and len(beats) > 2 and len(set(beats)) == 1:
        groups = [n_steps // 2, n_steps - n_steps // 2]
    divisions = [[n_steps], groups, beats]
    while max(divisions[-1]) > 1:
        finer: list[int] = []
        for size in divisions[-1]:
            by = 3 if size % 3 == 0 else 2 if size % 2 == 0 else size
            finer += [size // by] * by
        divisions.append(finer)
    for division in divisions:
        places = np.concatenate(([0], np.cumsum(division)[:-1])).tolist()
        is_new = False
        for place in places:
            if place < n_steps and weights[place] == -9:
                weights[place], is_new = -level, True
        level += is_new
    return tuple(weights)


def syncopation(score: Score, onset_qn: FloatArray) -> FloatArray:
    """Return the syncopation of one line in each bar.

    Parameters
    ----------
    score : Score
        Gives the bars.
    onset_qn : float64, shape (n,), quarter notes
        In any order; the nearest sixteenths count.

    Returns
    -------
    float64, shape (m,), >= 0
        0 where every note is followed by one on the next stronger place.

    Source
    ------
    Longuet-Higgins and Lee (1984), see above.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:1.5 E4:1 G4:1.5")
    >>> syncopation(score, np.array([0.0, 1.5, 2.5])).tolist()
    [2.0]
    """
    found = np.zeros(score.n_bars)
    if len(onset_qn) == 0:
        return found
    steps = np.unique(np.rint(np.asarray(onset_qn) * _STEPS_PER_QN).astype(np.int64))
    starts = np.array(
        [round(bar.start_tick / score.resolution * _STEPS_PER_QN) for bar in score.bars]
    )
    known: dict[tuple[int, int, tuple[int, ...]], tuple[int, ...]] = {}
    weight = np.full(int(max(steps[-1], starts[-1])) + 512, -9, dtype=np.int64)
    for bar, start in zip(score.bars, starts.tolist(), strict=True):
        kind = (bar.metre.numerator, bar.metre.denominator, bar.metre.groups)
        if kind not in known:
            known[kind] = metre_weights(bar.metre)
        row = known[kind]
        length = round(bar.duration_tick / score.resolution * _STEPS_PER_QN)
        # A short first bar is the end of a full one.
        row = row[len(row) - length :] if bar.index == 0 and length < len(row) else row[:length]
        weight[start : start + len(row)] = row
    after = np.append(steps[1:], steps[-1] + 1)
    bars = np.clip(np.searchsorted(starts, steps, side="right") - 1, 0, score.n_bars - 1)
    for step, until, bar_index in zip(steps.tolist(), after.tolist(), bars.tolist(), strict=True):
        passed = weight[step + 1 : min(until, step + 64)]
        if len(passed):
            found[bar_index] += max(0, int(passed.max()) - int(weight[step]))
    return found
