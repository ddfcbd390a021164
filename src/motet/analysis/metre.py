"""Where the bar lines lie: metre and pickup from the notes alone, with how sure that is.

Conventions: ``pickup_qn`` is what sounds before the first full bar, 0 when the first bar is full. Each
pair of metre and pickup is weighed by a conditional logit over contrasts of accents (`accent`) at
downbeats, mid-bar and other beats; the probabilities of all pairs add up to 1. 2/2 counts as 4/4.

Weights: fitted on every other piece of the Polish scores and of OpenScore Lieder (`clean` class); the
rest is the measurement in ``docs/analysis.md`` (``benchmarks/quality/structure.py``).

Source: cues as in Lerdahl and Jackendoff (1983), chapter 4; the weighing is our own.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from motet.analysis.accent import ACCENTS, STEPS_PER_QN, Accents, find_accents
from motet.errors import ParameterError
from motet.score import BarLength, Metre, Score

__all__ = [
    "CANDIDATES",
    "MetreEstimate",
    "MetreGuess",
    "estimate_metre",
    "hypotheses",
    "set_pickup",
]

FloatArray = npt.NDArray[np.float64]
CANDIDATES = ("2/4", "3/4", "4/4", "6/8", "3/8", "9/8", "12/8", "3/2", "5/4")
"""Metres that are weighed when none is given."""
_SURE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class MetreGuess:
    """A metre, its pickup (quarter notes) and how probable both together are (0 to 1)."""

    metre: str
    pickup_qn: float
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MetreEstimate:
    """Where bar lines lie.

    Parameters
    ----------
    metre : str
        ``"3/4"``.
    pickup_qn : float, quarter notes, >= 0
        What sounds before the first full bar.
    p_metre : float, 0 to 1
        How probable the metre is; 1 when it was given.
    p_pickup : float, 0 to 1
        How probable the pickup is in that metre.
    p_written : float, 0 to 1
        How probable the written bar lines (metre given: its written pickup) are.
    guesses : tuple of MetreGuess
        The best five, best first.
    """

    metre: str
    pickup_qn: float
    p_metre: float
    p_pickup: float
    p_written: float
    guesses: tuple[MetreGuess, ...]

    @property
    def is_sure(self) -> bool:
        """Whether the pickup is at least 90 % probable."""
        return self.p_pickup >= _SURE


def estimate_metre(score: Score, *, metre: str | None = None) -> MetreEstimate | None:
    """Return the most probable bar lines, from the notes alone.

    Parameters
    ----------
    score : Score
        Its bar lines are only compared with, never used. Looks at the stretch up to the second
        written metre.
    metre : str or None
        ``"3/4"`` if the metre is known and only the pickup is asked for; None weighs both.

    Returns
    -------
    MetreEstimate or None
        None when nothing sounds.

    Raises
    ------
    ParameterError
        The metre cannot be read, or its bar is no multiple of a sixteenth note.

    Examples
    --------
    >>> from motet.score import make_score
    >>> bar = "C3+E4:2 G4:1 E4:1 "
    >>> found = estimate_metre(make_score("G4:1 " + 8 * bar), metre="4/4")
    >>> found.pickup_qn, found.is_sure
    (1.0, True)
    """
    metres = CANDIDATES if metre is None else (metre,)
    first = score.metre_at(0)
    changes = [
        one.tick
        for one in score.metres
        if one.tick > 0 and (one.numerator, one.denominator) != (first.numerator, first.denominator)
    ]
    accents = find_accents(score, end_tick=changes[0] if changes else None)
    if accents is None:
        return None
    names, pickups, features = hypotheses(accents, metres=metres)
    energy = features @ _weights()
    p = np.exp(energy - energy.max())
    p /= p.sum()
    order = np.argsort(-p, kind="stable")
    by_metre = {name: float(p[[one == name for one in names]].sum()) for name in metres}
    # The metre is chosen first, so that many weak pickups do not beat one strong metre.
    chosen = max(by_metre, key=lambda name: by_metre[name])
    place = next(int(k) for k in order if names[int(k)] == chosen)
    return MetreEstimate(
        metre=chosen,
        pickup_qn=pickups[place] / STEPS_PER_QN,
        p_metre=by_metre[chosen],
        p_pickup=float(p[place] / by_metre[chosen]),
        p_written=_p_written(score, first, names, pickups, p),
        guesses=tuple(
            MetreGuess(metre=names[k], pickup_qn=pickups[k] / STEPS_PER_QN, p=float(p[k]))
            for k in order[:5].tolist()
        ),
    )


def hypotheses(
    accents: Accents, *, metres: tuple[str, ...] = CANDIDATES
) -> tuple[list[str], list[int], FloatArray]:
    """Return every metre with every pickup, and the features by which they are weighed.

    Parameters
    ----------
    accents : Accents
    metres : tuple of str

    Returns
    -------
    names : list of str
        Metre of each hypothesis.
    pickups : list of int, sixteenths
    features : float64, shape (h, f)

    Raises
    ------
    ParameterError
        A metre cannot be read, or its bar is no multiple of a sixteenth note.

    Examples
    --------
    >>> from motet.score import make_score
    >>> names, pickups, features = hypotheses(find_accents(make_score("C4:4")), metres=("2/4",))
    >>> len(names), pickups
    (8, [0, 1, 2, 3, 4, 5, 6, 7])
    """
    names: list[str] = []
    pickups: list[int] = []
    rows: list[FloatArray] = []
    for name in metres:
        metre = _parse(name)
        bar = metre.bar_qn * STEPS_PER_QN
        if bar.denominator != 1:
            raise ParameterError(
                f"metre must have bars of whole sixteenth notes, got {name!r}; give 4/4 or 6/8",
                zh=f"metre 的小节长必须是十六分音符的整数倍,收到 {name!r};可用 4/4 或 6/8",
            )
        rows.append(_features(accents, name, metre, int(bar)))
        names += [name] * int(bar)
        pickups += range(int(bar))
    return names, pickups, np.vstack(rows)


def _features(accents: Accents, name: str, metre: Metre, bar: int) -> FloatArray:
    """Return the features of all pickups in one metre, shape (bar, f)."""
    strength = accents.strength
    n_steps = strength.shape[1]
    n_bars = max(1.0, n_steps / bar)
    trust = min(1.0, float(np.sqrt(n_bars / 16)))
    residue = np.arange(n_steps) % bar
    counts = np.maximum(1, np.bincount(residue, minlength=bar))
    means = np.stack(
        [np.bincount(residue, weights=row, minlength=bar) / counts for row in strength]
    )
    beats = [int(one * STEPS_PER_QN) for one in metre.beats_qn]
    places = np.concatenate(([0], np.cumsum(beats)[:-1])).astype(np.int64)
    offsets = np.arange(bar)
    down = means[:, offsets]
    mid = means[:, (offsets + bar // 2) % bar] if len(beats) % 2 == 0 else np.zeros_like(down)
    rest = [means[:, (offsets + place) % bar] for place in places[1:]] or [np.zeros_like(down)]
    others = np.mean(rest, axis=0)
    contrasts = np.concatenate((down, mid, others)) * trust
    is_compound = max(beats) == 6 and len(set(beats)) == 1
    beat = beats[0]
    past_start = np.where(accents.first_step > 0, 1.0, 0.0)
    extra = np.stack(
        [
            offsets == 0,
            (offsets == 0) * past_start,
            offsets % STEPS_PER_QN == 0,
            offsets % (STEPS_PER_QN // 2) == 0,
            offsets == (STEPS_PER_QN // 2 if is_compound else beat),
            offsets % beat == 0,
            offsets * 2 == bar,
            offsets * 2 > bar,
            (accents.end_step - offsets) % bar == 0,
            (offsets > 0) & (accents.end_step % bar == 0),
            (accents.last_onset_step - offsets) % bar == 0,
            (accents.last_onset_step - offsets) % beat == 0,
        ]
    ).astype(np.float64)
    alike = _likeness(strength, bar)
    per_metre = np.zeros((len(CANDIDATES) + 4, bar))
    if name in CANDIDATES:
        per_metre[CANDIDATES.index(name)] = 1.0
    per_metre[len(CANDIDATES) :] = np.array(
        [alike[0], alike[1], np.log2(bar / 16) * alike[0], abs(np.log2(bar / 16))]
    )[:, None]
    return np.concatenate((contrasts, extra, per_metre)).T


def _likeness(strength: FloatArray, bar: int) -> tuple[float, float]:
    """Return how alike onsets and bass are one bar later: their autocorrelation at that lag."""
    if strength.shape[1] <= bar + 1:
        return 0.0, 0.0
    first, second = (
        float(np.mean(strength[k, bar:] * strength[k, :-bar])) for k in (0, ACCENTS.index("bass"))
    )
    return first, second


def _p_written(
    score: Score, first: Metre, names: list[str], pickups: list[int], p: FloatArray
) -> float:
    """Return the probability of the bar lines as they are written; 0 where they are no candidate."""
    name = _plain_name(first)
    bar = score.bars[0]
    is_pickup = bar.is_irregular and bar.duration_tick < first.bar_qn * score.resolution
    step = round(bar.duration_tick / score.resolution * STEPS_PER_QN) if is_pickup else 0
    return float(
        sum(
            p[k]
            for k, (one, pickup) in enumerate(zip(names, pickups, strict=True))
            if one == name and pickup == step
        )
    )


def _plain_name(metre: Metre) -> str:
    """Return the metre as a candidate would be called: 2/2 is 4/4."""
    name = f"{metre.numerator}/{metre.denominator}"
    return {"2/2": "4/4", "1/4": "2/4"}.get(name, name)


def _parse(name: str) -> Metre:
    top, _, bottom = name.partition("/")
    if not (top.isdigit() and bottom in ("1", "2", "4", "8", "16") and 1 <= int(top) <= 32):
        raise ParameterError(
            f"metre looks like 3/4, got {name!r}", zh=f"metre(拍号)应写作 3/4,收到 {name!r}"
        )
    return Metre(tick=0, numerator=int(top), denominator=int(bottom))


@cache
def _weights() -> FloatArray:
    """Return the fitted weights, one a feature."""
    text = resources.files("motet.analysis").joinpath("metre_weights.json").read_text("utf-8")
    return np.array(json.loads(text)["weights"], dtype=np.float64)


def set_pickup(score: Score, *, pickup_qn: float) -> Score:
    """Return the score with its first bar as long as a pickup, all notes where they are.

    Parameters
    ----------
    score : Score
    pickup_qn : float, quarter notes, >= 0
        0 takes a pickup away.

    Returns
    -------
    Score

    Raises
    ------
    ParameterError
        The pickup is negative or not shorter than a bar.

    Examples
    --------
    >>> from motet.score import make_score
    >>> [bar.start_tick for bar in set_pickup(make_score("G4:1 C4:4 C4:4"), pickup_qn=1).bars]
    [0, 480, 2400]
    """
    bar_qn = score.metre_at(0).bar_qn
    if not 0 <= pickup_qn < bar_qn:
        raise ParameterError(
            f"pickup_qn must be 0 to below {float(bar_qn):g} quarter notes, got {pickup_qn}",
            zh=f"pickup_qn 必须在 0 到 {float(bar_qn):g} 个四分音符之间(不含),收到 {pickup_qn}",
        )
    lengths = tuple(one for one in score.bar_lengths if one.tick > 0)
    ticks = round(Fraction(pickup_qn) * score.resolution)
    if ticks:
        lengths = (BarLength(tick=0, duration_tick=ticks), *lengths)
    return replace(score, bar_lengths=lengths)
