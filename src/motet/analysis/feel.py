"""Tempo and feel: straight or swung, by how much, and which parts play early or late.

Conventions: ``swing`` is where the off-beat falls in its beat: 0.5 is straight, 2/3 a triplet swing, 3/4
a dotted figure. Only beats (or half beats, for swung sixteenths) divided in two count. ``late_ms`` is a
part's mean distance from the grid; positive is late.

Source: swing ratios of 1 to about 3.5, smaller at fast tempos, in Friberg and Sundström, "Swing Ratios
and Ensemble Timing in Jazz Performance", Music Perception 19 (2002), 333-349. The estimator is our own.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from motet.score import Score, note_table

__all__ = ["FeelEstimate", "estimate_feel"]

FloatArray = npt.NDArray[np.float64]
_SWUNG_FROM = 0.57  # tuned on the arranger's styles
_LOW, _HIGH = 0.40, 0.80
_MIN_PAIRS = 4
_ON_BEAT = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class FeelEstimate:
    """How a score swings.

    Parameters
    ----------
    qpm : float
        Mean tempo by time, quarter notes a minute.
    feel : str
        ``"straight"``, ``"swing"`` (swung eighths), ``"swing-16"`` (swung sixteenths), ``"compound"``
        (the metre itself is ternary) or ``"unknown"`` (too few divided beats).
    swing : float, 0.5 to 0.8
        Place of the off-beat in the unit that is divided; 0.5 where straight or unknown.
    ratio : float, >= 1
        Long to short: 2 at `swing` 2/3.
    p : float, 0 to 1
        Share of divided beats that agree with `feel`.
    n_pairs : int
        Divided beats that were heard.
    late_ms : tuple of float
        A value a part, nan without notes.
    spread_ms : tuple of float
        Standard deviation around it; 0 is quantised.
    """

    qpm: float
    feel: str
    swing: float
    ratio: float
    p: float
    n_pairs: int
    late_ms: tuple[float, ...]
    spread_ms: tuple[float, ...]

    @property
    def is_quantised(self) -> bool:
        """Whether every part keeps to the grid within 2 ms."""
        return all(np.isnan(one) or one < 2.0 for one in self.spread_ms)


def estimate_feel(score: Score) -> FeelEstimate:
    """Return tempo and feel of a score.

    Parameters
    ----------
    score : Score
        Played or quantised; its bars and tempo map give the grid.

    Returns
    -------
    FeelEstimate

    Examples
    --------
    >>> from motet.score import make_score
    >>> bar = "C4:0.67 C4:0.33 C4:0.67 C4:0.33 "
    >>> found = estimate_feel(make_score(4 * bar, metre="2/4"))
    >>> found.feel, round(found.ratio, 1)
    ('swing', 2.0)
    """
    table = note_table(score)
    end_s = score.time.tick_to_s(score.end_tick)
    qpm = score.end_tick / score.resolution / end_s * 60 if end_s > 0 else _first_qpm(score)
    place, unit_qn = _beat_places(score, table)
    is_compound = bool(len(unit_qn)) and float(np.median(unit_qn)) > 1.01
    feel, swing, p, n_pairs = "unknown", 0.5, 0.0, 0
    if is_compound:
        feel, p = "compound", 1.0
    else:
        feel, swing, p, n_pairs = _judge(place)
    late, spread = _lateness(score, table, place, unit_qn, swing if feel == "swing" else 0.5)
    return FeelEstimate(
        qpm=float(qpm),
        feel=feel,
        swing=swing,
        ratio=swing / (1 - swing),
        p=p,
        n_pairs=n_pairs,
        late_ms=late,
        spread_ms=spread,
    )


def _first_qpm(score: Score) -> float:
    return score.tempos[0].qpm if score.tempos else 120.0


def _beat_places(score: Score, table: npt.NDArray[np.void]) -> tuple[FloatArray, FloatArray]:
    """Return each onset in beats since the start (its integer part counts beats) and its beat's length."""
    starts, sizes = [], []
    for bar in score.bars:
        tick = float(bar.start_tick)
        for beat in bar.metre.beats_qn:
            full = float(beat) * score.resolution
            by = 2 if full > score.resolution * 1.6 else 1
            for _ in range(by):
                if tick < bar.end_tick - 0.5:
                    starts.append(tick)
                    sizes.append(full / by)
                tick += full / by
    start, size = np.array(starts), np.array(sizes)
    k = np.clip(
        np.searchsorted(start, table["onset_tick"].astype(np.float64), side="right") - 1,
        0,
        len(start) - 1,
    )
    place = k + (table["onset_tick"] - start[k]) / size[k]
    return np.asarray(place, dtype=np.float64), size[k] / score.resolution


def _judge(place: FloatArray) -> tuple[str, float, float, int]:
    """Return feel, swing, agreement and number of pairs from onsets counted in beats."""
    eighths, n_fine = _pairs(place)
    sixteenths, _ = _pairs(place * 2)
    if len(eighths) >= _MIN_PAIRS:
        swing = _mode(eighths)
        share = float(np.mean(eighths > _SWUNG_FROM))
        if share > 0.5 and swing > _SWUNG_FROM and swing < 0.72:
            return "swing", swing, share, len(eighths)
        if len(sixteenths) < max(_MIN_PAIRS, n_fine):
            return "straight", 0.5, 1 - share, len(eighths)
    if len(sixteenths) >= _MIN_PAIRS:
        swing = _mode(sixteenths)
        share = float(np.mean(sixteenths > _SWUNG_FROM))
        if share > 0.5 and swing > _SWUNG_FROM and swing < 0.72:
            return "swing-16", swing, share, len(sixteenths)
        return "straight", 0.5, 1 - share, len(sixteenths)
    if len(eighths) >= _MIN_PAIRS:
        share = float(np.mean(eighths > _SWUNG_FROM))
        return "straight", 0.5, 1 - share, len(eighths)
    return "unknown", 0.5, 0.0, len(eighths)


def _pairs(place: FloatArray) -> tuple[FloatArray, int]:
    """Return where the beats that are divided in two are divided, and how many are divided finer."""
    if len(place) == 0:
        return np.zeros(0), 0
    shifted = place + _ON_BEAT
    beat = np.floor(shifted).astype(np.int64)
    inside = shifted - beat - _ON_BEAT
    found, n_fine = [], 0
    order = np.argsort(shifted, kind="stable")
    beat, inside = beat[order], inside[order]
    cuts = np.flatnonzero(np.diff(beat)) + 1
    groups = [(int(beat[a]), inside[a:b]) for a, b in _spans(cuts, len(beat))]
    has_onset = {number: bool((np.abs(cells) < _ON_BEAT).any()) for number, cells in groups}
    for number, cells in groups:
        off = cells[cells >= _ON_BEAT]
        if not len(off) or not (has_onset[number] or has_onset.get(number + 1, False)):
            continue
        middle = off[(off >= _LOW) & (off <= _HIGH)]
        if len(middle) == len(off) and float(middle.max() - middle.min()) < 0.12:
            found.append(float(middle.mean()))
        else:
            n_fine += 1
    return np.array(found), n_fine


def _spans(cuts: npt.NDArray[np.int64], total: int) -> list[tuple[int, int]]:
    edges = [0, *cuts.tolist(), total]
    return list(itertools.pairwise(edges))


def _mode(values: FloatArray) -> float:
    """Return the centre of the densest stretch of values, 0.08 wide."""
    ordered = np.sort(values)
    after = np.searchsorted(ordered, ordered + 0.08, side="right")
    k = int(np.argmax(after - np.arange(len(ordered))))
    return float(ordered[k : after[k]].mean())


def _lateness(
    score: Score,
    table: npt.NDArray[np.void],
    place: FloatArray,
    unit_qn: FloatArray,
    swing: float,
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return each part's mean distance from the nearest grid line and its spread, in ms."""
    inside = place - np.floor(place)
    lines = np.array([0.0, 0.25, 1 / 3, 0.5, 2 / 3, 0.75, 1.0])
    if swing > 0.5:
        lines = np.array([0.0, 1 / 3, swing, 1.0])
    nearest = lines[np.argmin(np.abs(inside[:, None] - lines), axis=1)] if len(inside) else inside
    ticks = (inside - nearest) * unit_qn * score.resolution
    rate = np.array([score.time.tick_to_s(float(t) + 1.0) for t in table["onset_tick"]])
    late_ms = ticks * (rate - table["onset_s"]) * 1000
    late, spread = [], []
    for k in range(len(score.parts)):
        own = late_ms[table["part"] == k]
        late.append(float(own.mean()) if len(own) else float("nan"))
        spread.append(float(own.std()) if len(own) else float("nan"))
    return tuple(late), tuple(spread)
