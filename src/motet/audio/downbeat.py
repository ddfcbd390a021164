"""Which pulses are beats and downbeats, in which metre: every reading is weighed, the best one told.

Conventions: a step is a twelfth of a pulse (`motet.audio.accents`). A reading is a metre, a beat of so
many steps, and a phase: the step of the first downbeat. Long recordings are read in chunks; the metre
is that of the whole, the phase may change from chunk to chunk where pulses were missed.

How: a line and a small network over contrasts of accents at downbeats, other beats and between them,
over how alike bars are, tempo and density: fitted as a conditional logit on pieces of the training
split (``benchmarks/quality/beats_fit.py``).

Source: cues as in Lerdahl and Jackendoff (1983), chapter 4; the weighing is our own.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.accents import ROWS, STEPS

__all__ = [
    "METRES",
    "BarReading",
    "MetreForm",
    "Readings",
    "find_bars",
    "lay_readings",
    "weigh_readings",
]

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]
LEVELS: Final = (6, 8, 12, 18, 24, 36)
"""Steps a beat: a half, two thirds, one, one and a half, two and three pulses."""
_SHORTEST_S, _LONGEST_S = 0.18, 1.9
_CHUNK_S: Final = 60.0
_SLIP: Final = 4.0
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


@dataclass(frozen=True, slots=True, eq=False)
class BarReading:
    """The reading that was chosen.

    Parameters
    ----------
    form : MetreForm
    step : int64, shape (n,)
        Steps on which beats lie.
    place : int64, shape (n,)
        Their places in the bar.
    confidence : float, 0 to 1
    """

    form: MetreForm
    step: Int64
    place: Int64
    confidence: float


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


@cache
def _model() -> dict[str, Float64]:
    """Return the fitted numbers: mean and scale of the features, a line and a small network."""
    path = resources.files("motet.audio").joinpath("data/beats.npz")
    with path.open("rb") as file, np.load(file, allow_pickle=False) as numbers:
        return {name: np.asarray(numbers[name], np.float64) for name in numbers.files}


def weigh_readings(features: Float64) -> Float64:
    """Return how much speaks for each reading, in natural units.

    Parameters
    ----------
    features : float64, shape (n, f)
        From `lay_readings`.

    Returns
    -------
    float64, shape (n,)

    Examples
    --------
    >>> weigh_readings(lay_readings(np.zeros((8, 193)), 0.5).features).shape
    (470,)
    """
    model = _model()
    x = np.clip((features - model["mean"]) / model["scale"], -5.0, 5.0)
    energy: Float64 = x @ model["line"]
    return energy + np.tanh(x @ model["inner"].T + model["bias"]) @ model["outer"]


def find_bars(
    accents: Float64,
    pulse_s: Float64,
    *,
    first_s: float,
    last_s: float,
    metre: tuple[int, int] | None = None,
    quarter_s: float | None = None,
) -> BarReading | None:
    """Return the most probable beats and bars over given pulses.

    Parameters
    ----------
    accents : float64, shape (8, n)
        From `find_accents` with the same pulses.
    pulse_s : float64, shape (p,), seconds
    first_s, last_s : float, seconds
        When the first and the last note begin.
    metre : (int, int) or None
        Known metre; None weighs all of `METRES`.
    quarter_s : float or None, seconds
        Length of a quarter note where the tempo is known.

    Returns
    -------
    BarReading or None
        None where no reading is left: the recording is shorter than any bar.

    Examples
    --------
    >>> from motet.audio.accents import find_accents
    >>> from motet.audio.heard import HeardNote
    >>> notes = [HeardNote(0.5 * k, 0.5 * k + 0.45, pitch, 80, 0.9) for k in range(48)
    ...          for pitch in ((60, 64), (48 - k % 2 * 5,))[k % 3 == 0]]
    >>> pulses = np.arange(49) * 0.5
    >>> bars = find_bars(find_accents(pulses, None, notes), pulses, first_s=0.0, last_s=23.5)
    >>> bars.form.metre, bars.place[:4].tolist()
    ((3, 4), [0, 1, 2, 0])
    """
    forms = tuple(range(len(METRES)))
    if metre is not None:
        forms = tuple(k for k, one in enumerate(METRES) if one.metre == metre)
    period = float(np.median(np.diff(pulse_s)))
    chunks = _cut(accents.shape[1], period)
    edges = np.interp((first_s, last_s), pulse_s, np.arange(len(pulse_s)) * STEPS)
    energies, found = [], None
    for low, high in chunks:
        found = lay_readings(
            accents[:, low:high],
            period,
            first_step=round(float(edges[0])) - low,
            last_step=round(float(edges[1])) - low,
            forms=forms,
            quarter_s=quarter_s,
        )
        energies.append(weigh_readings(found.features))
    if found is None or not len(found.form):
        return None
    return _choose(found, np.stack(energies), chunks, accents.shape[1])


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


def _cut(n_steps: int, period: float) -> list[tuple[int, int]]:
    """Return chunks of about `_CHUNK_S`, each starting at a multiple of every level's steps."""
    n_chunks = max(1, round(n_steps * period / STEPS / _CHUNK_S))
    edges = [round(k * n_steps / n_chunks / 72) * 72 for k in range(n_chunks)] + [n_steps]
    return list(itertools.pairwise(edges))


def _choose(
    found: Readings, energies: Float64, chunks: list[tuple[int, int]], n_steps: int
) -> BarReading:
    """Return the best metre and level, and its best phases through the chunks."""
    classes = sorted(set(zip(found.form.tolist(), found.level.tolist(), strict=True)))
    ways = []
    for form, level in classes:
        mine = np.flatnonzero((found.form == form) & (found.level == level))
        total, way = _follow(
            energies[:, mine], found.phase[mine], level * METRES[form].beats, chunks
        )
        ways.append((total + _other_phases(energies[:, mine]), way))
    totals = np.array([total for total, _ in ways]) / np.sqrt(len(chunks))
    p = np.exp(totals - totals.max())
    p /= p.sum()
    best = int(np.argmax(totals))
    form, level = classes[best]
    steps, places = _beats_of(ways[best][1], level, METRES[form].beats, chunks, n_steps)
    energy = energies.mean(axis=0)
    share = np.exp(energy - energy.max())
    same = (found.form == form) & (found.level == level)
    at_phase = float(share[same].max() / max(1e-12, share[same].sum()))
    return BarReading(METRES[form], steps, places, float(p[best]) * at_phase)


def _other_phases(energy: Float64) -> float:
    """Return what the other phases of one metre add to the best one, so that metres compare whole."""
    top = energy.max(axis=1, keepdims=True)
    return float(np.log(np.exp(energy - top).sum(axis=1)).sum())


def _follow(
    energy: Float64, phase: Int64, bar: int, chunks: list[tuple[int, int]]
) -> tuple[float, list[int]]:
    """Return the energy of the best way through the chunks, and its global phases."""
    order = np.stack([(phase + low) % bar for low, _ in chunks])
    known = np.unique(order)
    table = np.full((len(chunks), bar), -1e9)
    for k in range(len(chunks)):
        table[k, order[k]] = energy[k]
    total = table[0].copy()
    back = []
    for k in range(1, len(chunks)):
        jump = int(np.argmax(total))
        stay = total >= total[jump] - _SLIP
        back.append(np.where(stay, np.arange(bar), jump))
        total = np.maximum(total, total[jump] - _SLIP) + np.maximum(table[k], -50.0)
    place = int(np.argmax(np.where(np.isin(np.arange(bar), known), total, -1e12)))
    value = float(total[place])
    way = [place]
    for one in reversed(back):
        way.append(int(one[way[-1]]))
    return value, way[::-1]


def _beats_of(
    way: list[int], level: int, n_beats: int, chunks: list[tuple[int, int]], n_steps: int
) -> tuple[Int64, Int64]:
    """Return the steps of all beats and their places; no two beats nearer than two thirds."""
    steps: list[int] = []
    places: list[int] = []
    bar = level * n_beats
    for (low, high), phase in zip(chunks, way, strict=True):
        last = high if high < n_steps else n_steps
        first = low + (phase - low) % level
        for step in range(first, last, level):
            if steps and step - steps[-1] < 0.67 * level:
                continue
            steps.append(step)
            places.append((step - phase) % bar // level)
    return np.array(steps, np.int64), np.array(places, np.int64)
