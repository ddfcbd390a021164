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

from motet.audio.accents import STEPS
from motet.audio.readings import METRES, MetreForm, Readings, lay_readings

__all__ = ["BarReading", "find_bars", "weigh_readings"]

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]
_CHUNK_S: Final = 60.0
_SLIP: Final = 4.0


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
