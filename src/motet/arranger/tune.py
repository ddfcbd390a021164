"""Pitches for a rhythm: the cheapest singable line through chord tones, steps and an arch.

Conventions: a tune is found by dynamic programming over the pitches in range. Chord tones stand on
strong places, other tones come and go by step, leaps are few, a repeated rhythm repeats its contour
(a sequence), phrases end where phrases end. The costs are our own, tuned by listening and against the
interval, chord-tone and repetition figures of human lead sheets (docs/log.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

__all__ = ["TuneNote", "find_tune", "judge_tune"]

_MOVE = np.array([0.62, 0.03, 0.0, 0.3, 0.33, 0.3, 2.2, 0.35, 0.45, 0.45, 2.0, 2.5, 0.3])
_TURN = 0.25
_WIDE = 9.0
_IMITATION = 0.9


@dataclass(frozen=True, slots=True)
class TuneNote:
    """What one note of a tune must serve.

    ``goal`` is the pitch that the phrase's arch asks for, ``model`` the index of the earlier note whose
    step from its predecessor is to be imitated (-1: none), ``final`` the pitch classes that may end a
    phrase here (empty: no phrase ends here), ``starts_phrase`` whether a leap is free here.
    """

    chord_pcs: tuple[int, ...]
    scale_pcs: tuple[int, ...]
    favoured_pcs: tuple[int, ...]
    avoid_pcs: tuple[int, ...]
    is_strong: bool
    is_long: bool
    goal: float
    model: int = -1
    final: tuple[int, ...] = ()
    starts_phrase: bool = False


@lru_cache(maxsize=4096)
def _mask(pcs: tuple[int, ...]) -> np.ndarray:
    """Return which of the twelve pitch classes are among some."""
    mask = np.zeros(12, dtype=bool)
    mask[list(pcs)] = True
    mask.flags.writeable = False
    return mask


def _among(pitches: np.ndarray, pcs: tuple[int, ...]) -> np.ndarray:
    """Return which pitches belong to some pitch classes; a table is ten times as fast as isin."""
    return np.asarray(_mask(pcs)[pitches % 12])


def _note_costs(note: TuneNote, pitches: np.ndarray) -> np.ndarray:
    in_chord = _among(pitches, note.chord_pcs)
    in_scale = _among(pitches, note.scale_pcs)
    favoured = _among(pitches, note.favoured_pcs)
    weight = 1.0 + 1.0 * note.is_strong + 0.8 * note.is_long
    cost = np.where(in_chord, 0.0, np.where(in_scale, 0.75 * weight, 4.5 * weight))
    cost = cost + np.where(favoured, 0.0, 0.7)
    if note.is_strong or note.is_long:
        cost = cost + np.where(_among(pitches, note.avoid_pcs), 2.5, 0.0)
    if note.final:
        cost = cost + np.where(_among(pitches, note.final), 0.0, 5.0)
    return np.asarray(cost + 0.035 * (pitches - note.goal) ** 2, dtype=np.float64)


def _ladder(note: TuneNote, pitches: np.ndarray) -> np.ndarray:
    """Return each pitch's place on the scale, half steps for tones between."""
    in_scale = _among(pitches, note.scale_pcs)
    count = np.cumsum(in_scale).astype(np.float64)
    return np.where(in_scale, count, count + 0.5)


def find_tune(
    notes: list[TuneNote],
    *,
    low: int,
    high: int,
    rng: np.random.Generator,
    start: int | None = None,
    noise: float = 0.9,
) -> list[int]:
    """Return a pitch for every note.

    Parameters
    ----------
    notes : list of TuneNote
        In order of time; a `model` index points to an earlier note.
    low, high : int, MIDI numbers
        Range, both included.
    rng : numpy.random.Generator
    start : int or None
        The pitch sung before.
    noise : float, >= 0
        How far the choice may stray from the cheapest line.

    Returns
    -------
    list of int, MIDI numbers

    Examples
    --------
    >>> c = TuneNote((0, 4, 7), (0, 2, 4, 5, 7, 9, 11), (0, 2, 4, 5, 7, 9, 11), (5,), True, True, 64.0)
    >>> find_tune([c], low=60, high=67, rng=np.random.default_rng(0), noise=0.0)
    [64]
    """
    pitches = np.arange(low, high + 1)
    n = len(pitches)
    gap = np.abs(pitches[:, None] - pitches[None, :])
    move = np.where(gap <= 12, _MOVE[np.minimum(gap, 12)], _WIDE)
    found: list[int] = []
    k = 0
    while k < len(notes):
        stop = k + 1
        while stop < len(notes) and notes[stop].model < k:
            stop += 1
        found += _solve(notes, found, k, stop, pitches, move, rng, start, noise, n)
        k = stop
    return found


def _solve(
    notes: list[TuneNote],
    found: list[int],
    begin: int,
    stop: int,
    pitches: np.ndarray,
    move: np.ndarray,
    rng: np.random.Generator,
    start: int | None,
    noise: float,
    n: int,
) -> list[int]:
    """Solve one stretch whose models all lie before it; a state is a pitch and its direction."""
    before = found[-1] if found else start
    rising = pitches[:, None] > pitches[None, :]
    falling = pitches[:, None] < pitches[None, :]
    best = np.zeros((n, 2))
    back: list[np.ndarray] = []
    for k in range(begin, stop):
        note = notes[k]
        cost = _note_costs(note, pitches) + rng.uniform(0.0, noise, size=n)
        if k == begin:
            if before is not None:
                at = int(np.clip(before - pitches[0], 0, n - 1))
                cost = cost + move[:, at] * (0.2 if note.starts_phrase else 1.0)
            best = np.repeat(cost[:, None], 2, axis=1)
            back.append(np.zeros((n, 2), dtype=np.int64))
            continue
        step = _steps(notes, found, k, begin, pitches, move)
        after_down, after_up = best[:, 0], best[:, 1]
        turn = 0.0 if note.starts_phrase else _TURN
        up_from = np.stack([after_down + turn, after_up])
        down_from = np.stack([after_down, after_up + turn])
        new = np.empty((n, 2))
        source = np.empty((n, 2), dtype=np.int64)
        for way, (origin, allowed) in enumerate(((down_from, ~rising), (up_from, ~falling))):
            side = np.argmin(origin, axis=0)
            total = np.where(allowed, origin[side, np.arange(n)][None, :] + step, 1e9)
            pick = np.argmin(total, axis=1)
            new[:, way] = total[np.arange(n), pick]
            source[:, way] = pick * 2 + side[pick]
        best = new + cost[:, None]
        back.append(source)
    state = int(np.argmin(best))
    path = [state // 2]
    for source in reversed(back[1:]):
        state = int(source[state // 2, state % 2])
        path.append(state // 2)
    return [int(pitches[index]) for index in reversed(path)]


def _steps(
    notes: list[TuneNote],
    found: list[int],
    k: int,
    begin: int,
    pitches: np.ndarray,
    move: np.ndarray,
) -> np.ndarray:
    """Return what it costs to come to note ``k`` at each pitch from each pitch before."""
    note = notes[k]
    total = move * (0.2 if note.starts_phrase else 1.0)
    leaps = np.abs(pitches[:, None] - pitches[None, :]) > 2
    loose = ~_among(pitches, notes[k - 1].chord_pcs)
    outside = ~_among(pitches, note.chord_pcs)
    total = total + 2.6 * (loose[None, :] & leaps) + 0.9 * (outside[:, None] & leaps)
    if 0 < note.model < begin:
        ladder = _ladder(note, pitches)
        step = ladder[:, None] - ladder[None, :]
        old = _ladder(notes[note.model], pitches)
        wanted = old[found[note.model] - pitches[0]] - old[found[note.model - 1] - pitches[0]]
        total = total + _IMITATION * np.minimum(np.abs(step - wanted), 4.0)
    return np.asarray(total)


def judge_tune(pitches: list[int], *, low: int, high: int) -> float:
    """Return how singable a tune is, higher is better: span, steps, direction, one climax.

    Parameters
    ----------
    pitches : list of int, MIDI numbers
    low, high : int, MIDI numbers
        The range it could have used.

    Returns
    -------
    float
        0 for an empty tune; usual tunes are between -2 and 3.

    Examples
    --------
    >>> judge_tune([60, 62, 64, 67, 65, 64, 62, 60], low=60, high=72) > judge_tune(
    ...     [60, 60, 60, 60, 60, 60, 60, 60], low=60, high=72)
    True
    """
    if len(pitches) < 3:
        return 0.0
    line = np.array(pitches)
    moves = np.diff(line)
    size = np.abs(moves)
    span = int(line.max() - line.min())
    score = 1.5 - abs(span - 0.72 * (high - low)) / 4.0
    steps = float(np.mean((size > 0) & (size <= 2)))
    score += 1.5 - 4.0 * abs(steps - 0.52)
    score -= 3.0 * abs(float(np.mean(size == 0)) - 0.14)
    score -= 0.5 * float(np.mean(size > 7)) * len(size) / 4
    top = int(np.sum(line == line.max()))
    score -= 0.15 * max(0, top - 2)
    turns = float(np.mean(np.sign(moves[1:]) * np.sign(moves[:-1]) < 0)) if len(moves) > 1 else 0.0
    score -= 3.0 * max(0.0, turns - 0.38)
    return score
