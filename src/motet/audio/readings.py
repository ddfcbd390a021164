"""Every reading of pulses as beats and bars, and the features by which readings are weighed.

Conventions: a step is a twelfth of a pulse (`motet.audio.accents`). A reading is a metre, a beat of so
many steps, and a phase: the step of the first downbeat.

Source: cues as in Lerdahl and Jackendoff (1983), chapter 4; the features are our own.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.accents import ROWS, STEPS

__all__ = ["LEVELS", "METRES", "MetreForm", "Readings", "lay_readings"]

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]
LEVELS: Final = (6, 8, 12, 18, 24, 36)
"""Steps a beat: a half, two thirds, one, one and a half, two and three pulses."""
_SHORTEST_S, _LONGEST_S = 0.18, 1.9
_NEAR_OCT: Final = 0.2
_LIKE_ROWS: Final = (0, 1, 2, 3, 4, 5, 7)
_N_EXTRA: Final = 71


@dataclass(frozen=True, slots=True)
class MetreForm:
    """A metre: beats a bar, and whether each is divided in three; `beat_qn` in quarter notes."""

    metre: tuple[int, int]
    beats: int
    is_triple: bool
    beat_qn: float


METRES: Final = (
    MetreForm((4, 4), 4, False, 1.0),
    MetreForm((3, 4), 3, False, 1.0),
    MetreForm((2, 4), 2, False, 1.0),
    MetreForm((6, 8), 2, True, 1.5),
    MetreForm((9, 8), 3, True, 1.5),
    MetreForm((12, 8), 4, True, 1.5),
    MetreForm((5, 4), 5, False, 1.0),
    MetreForm((7, 8), 7, False, 0.5),
)


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """All readings of a stretch: index of the metre, steps a beat, phase; features of each."""

    form: Int64
    level: Int64
    phase: Int64
    features: Float64


def lay_readings(
    accents: Float64,
    pulse_s: float,
    *,
    first_step: int = 0,
    last_step: int = 0,
    forms: tuple[int, ...] = tuple(range(len(METRES))),
    quarter_s: float | None = None,
) -> Readings:
    """Return every reading of a stretch with the features by which it is weighed.

    Parameters
    ----------
    accents : float64, shape (8, n)
        From `find_accents`.
    pulse_s : float, seconds
        Median period of the pulses.
    first_step, last_step : int
        Where the first and the last note begin.
    forms : tuple of int
        Indices of `METRES` that are weighed.
    quarter_s : float or None, seconds
        Length of a quarter note where it is known: then only the levels near it are weighed.

    Returns
    -------
    Readings

    Examples
    --------
    >>> readings = lay_readings(np.zeros((8, 193)), 0.5, forms=(0,), quarter_s=0.5)
    >>> readings.phase.tolist()
    [0, 6, 12, 18, 24, 30, 36, 42]
    """
    form, level, phase, rows = [], [], [], []
    n_steps = accents.shape[1]
    strong = accents[ROWS.index("count")] if accents[2].any() else accents[0]
    for steps, index in _pairs(forms, pulse_s, quarter_s):
        beat_s = steps * pulse_s / STEPS
        one = METRES[index]
        unit_s = beat_s * (2.0 if one.beat_qn == 0.5 else 1.0)
        if not (beat_s >= _SHORTEST_S and 0.24 <= unit_s <= _LONGEST_S):
            continue
        bar = steps * one.beats
        if bar > n_steps:
            continue
        phases = np.arange(0, bar, 4 if steps == 8 else 6)
        rows.append(
            _features(accents, strong, index, steps, phases, beat_s, (first_step, last_step))
        )
        form += [index] * len(phases)
        level += [steps] * len(phases)
        phase += phases.tolist()
    features = np.vstack(rows) if rows else np.zeros((0, len(ROWS) * 3 + _N_EXTRA))
    return Readings(np.array(form, np.int64), np.array(level, np.int64), np.array(phase, np.int64),
                    features)  # fmt: skip


def _features(
    accents: Float64,
    strong: Float64,
    index: int,
    steps: int,
    phases: Int64,
    beat_s: float,
    edges: tuple[int, int],
) -> Float64:
    """Return the features of all phases of one metre at one level, shape (phases, f)."""
    form = METRES[index]
    bar = steps * form.beats
    n_steps = accents.shape[1]
    trust = min(1.0, float(np.sqrt(n_steps / bar / 8.0)))
    residue = np.arange(n_steps) % bar
    counts = np.maximum(1, np.bincount(residue, minlength=bar))
    means = np.stack([np.bincount(residue, weights=row, minlength=bar) / counts for row in accents])
    down = means[:, phases]
    beats = [means[:, (phases + k * steps) % bar] for k in range(form.beats)]
    mid = beats[form.beats // 2] if form.beats == 4 else np.zeros_like(down)
    others = np.mean(beats[1:], axis=0)
    contrasts = np.concatenate((down, mid, others)) * trust
    every = np.mean(beats, axis=0)[:3]

    def inside(*places: float) -> Float64:
        found: Float64 = np.mean(
            [
                means[:3, (phases + k * steps + round(place * steps)) % bar]
                for k in range(form.beats)
                for place in places
            ],
            axis=0,
        )
        return found

    halves, thirds, quarters = inside(0.5), inside(1 / 3, 2 / 3), inside(0.25, 0.75)
    split = np.concatenate((halves[[0, 2]], thirds[[0, 2]], quarters[[0, 2]], every[[0, 2]]))
    triple = float(form.is_triple)
    tempo = np.log2(beat_s / 0.52)
    length = np.log2(beat_s * form.beats / 2.0)
    busy = np.log2(max(0.05, _n_onsets(strong)) * steps)
    alike = _alike(accents, steps, form.beats)
    ones = np.ones(len(phases))
    kind = np.zeros((len(METRES), len(phases)))
    kind[index] = 1.0
    flat = [tempo, tempo**2, tempo * triple, tempo**2 * triple, length, length**2, busy, busy**2]
    flat += [*alike, length * alike[2], length * alike[4]]
    edge = np.stack(
        [
            np.abs((edges[0] - phases + bar // 2) % bar - bar // 2) <= 2,
            np.abs((edges[1] - phases + bar // 2) % bar - bar // 2) <= 2,
            np.abs((edges[0] - phases + steps // 2) % steps - steps // 2) <= 1,
            phases % STEPS != 0,
        ]
    ).astype(np.float64)
    return np.concatenate(
        (
            contrasts,
            split[:6] * (1.0 - triple),
            split[:6] * triple,
            split[6:],
            np.array(flat)[:, None] * ones,
            edge,
            kind,
        )
    ).T


def _n_onsets(strong: Float64) -> float:
    """Return how many onsets there are a step, roughly: tops that stand out."""
    inner = strong[1:-1]
    tops = (inner > 0.2) & (inner >= strong[:-2]) & (inner > strong[2:])
    return float(tops.sum()) / max(1, len(strong))


def _alike(accents: Float64, steps: int, n_beats: int) -> list[float]:
    """Return how alike the rows are to themselves a bar later, as other metres would have it, half a
    bar, a beat and half a beat later."""
    lags = {k: _likeness(accents, k * steps) for k in {2, 3, 4, n_beats}}
    rivals = {2: (3,), 3: (2, 4), 4: (3,)}.get(n_beats, (2, 3, 4))
    other = np.max([lags[k] for k in rivals], axis=0)
    half = lags[2] if n_beats == 4 else np.zeros(len(_LIKE_ROWS))
    beat, inner = _likeness(accents, steps), _likeness(accents, steps // 2)
    found: list[float] = np.concatenate((lags[n_beats], other, half, beat, inner)).tolist()
    return found


def _likeness(accents: Float64, lag: int) -> Float64:
    """Return how alike rows are to themselves so many steps later, at quarters of pulses."""
    rows = accents[list(_LIKE_ROWS)]
    if rows.shape[1] <= lag + STEPS:
        return np.zeros(len(rows))
    own = np.maximum(0.2, np.mean(rows[:, ::3] ** 2, axis=1))
    return np.asarray(np.mean(rows[:, lag::3] * rows[:, :-lag:3], axis=1) / own)


def _pairs(
    forms: tuple[int, ...], pulse_s: float, quarter_s: float | None
) -> list[tuple[int, int]]:
    """Return levels and metres that agree with a known tempo, at least the nearest; else all."""
    pairs = list(itertools.product(LEVELS, forms))
    if quarter_s is None:
        return pairs
    away = [
        abs(np.log2(level * pulse_s / STEPS / (quarter_s * METRES[k].beat_qn)))
        for level, k in pairs
    ]
    limit = max(_NEAR_OCT, min(away) + 1e-6)
    return [pair for pair, one in zip(pairs, away, strict=True) if one <= limit]
