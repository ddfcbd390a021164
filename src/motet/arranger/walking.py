"""Walking bass: the cheapest path through chord tones, scale steps and approaches.

Conventions: a run of walking notes has one pitch a step; the path (pitch and direction) is found over
all pitches in range, with a little seeded noise so that choruses differ. Costs are our own, tuned by
ear on twelve-bar blues, "rhythm changes" and ii-V chains.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from motet.theory.chord import Chord

__all__ = ["WalkStep", "walk"]

_MOVE = {0: 2.6, 1: 0.25, 2: 0.0, 3: 0.35, 4: 0.55, 5: 0.6, 6: 2.2, 7: 0.9, 8: 2.5, 9: 2.5}
_OCTAVE = 1.4
_TURN = 0.7
_WIDE = 6.0


@dataclass(frozen=True, slots=True)
class WalkStep:
    """What one walking note must serve: its chord, whether the chord starts here, what comes next."""

    chord: Chord
    scale: tuple[int, ...]
    is_chord_start: bool
    next_root_pc: int | None
    is_strong: bool


def _note_cost(step: WalkStep, pitch: int) -> float:
    pc = pitch % 12
    if step.is_chord_start:
        if pc == step.chord.bass_pc:
            return 0.0
        return 2.0 if pc in step.chord.pcs[:3] else 8.0
    if step.next_root_pc is not None:
        distance = (pc - step.next_root_pc) % 12
        if distance in (1, 11):
            return 0.1
        if distance in (2, 10) and pc in step.scale:
            return 0.2
        if distance == 7:
            return 0.5
        if distance == 0:
            return 3.0
        return 0.9 if pc in step.chord.pcs else 3.0
    if pc in step.chord.pcs:
        return 0.2 if step.is_strong else 0.35
    if pc in step.scale:
        return 1.2 if step.is_strong else 0.3
    return 3.2


def walk(
    steps: list[WalkStep],
    *,
    low: int,
    high: int,
    rng: np.random.Generator,
    start: int | None = None,
) -> list[int]:
    """Return the pitches of a walking line.

    Parameters
    ----------
    steps : list of WalkStep
    low, high : int, MIDI numbers
        Range of the instrument, both included.
    rng : numpy.random.Generator
        Small noise, so that equal bars need not sound equal.
    start : int or None
        The pitch before the first step.

    Returns
    -------
    list of int, MIDI numbers
        One a step, within the range.

    Examples
    --------
    >>> from motet.theory.chord import parse_chord
    >>> chord = parse_chord("C")
    >>> line = [WalkStep(chord, (0, 2, 4, 5, 7, 9, 11), k == 0, 5 if k == 3 else None, k % 2 == 0)
    ...         for k in range(4)]
    >>> walk(line, low=28, high=50, rng=np.random.default_rng(0))[0] % 12
    0
    """
    if not steps:
        return []
    pitches = np.arange(low, high + 1)
    n = len(pitches)
    gap = np.abs(pitches[:, None] - pitches[None, :])
    move = np.full((n, n), _WIDE)
    for distance, cost in _MOVE.items():
        move[gap == distance] = cost
    move[gap == 12] = _OCTAVE
    centre = low + 0.5 * (high - low)
    pull = 0.01 * (pitches - centre) ** 2
    best = np.zeros((n, 2))
    if start is not None:
        best += move[:, int(np.clip(start, low, high)) - low][:, None]
    rising = pitches[:, None] > pitches[None, :]
    falling = pitches[:, None] < pitches[None, :]
    back: list[np.ndarray] = []
    for k, step in enumerate(steps):
        cost = np.array([_note_cost(step, int(pitch)) for pitch in pitches]) + pull
        cost = cost + rng.uniform(0.0, 0.55, size=n)
        source = np.zeros((n, 2), dtype=np.int64)
        if k:
            new = np.empty((n, 2))
            turns = (np.array([0.0, _TURN]), np.array([_TURN, 0.0]))
            for way, allowed in enumerate((~rising, ~falling)):
                origin = best + turns[way][None, :]
                side = np.argmin(origin, axis=1)
                total = np.where(allowed, origin[np.arange(n), side][None, :] + move, 1e9)
                pick = np.argmin(total, axis=1)
                new[:, way] = total[np.arange(n), pick]
                source[:, way] = pick * 2 + side[pick]
            best = new
        best = best + cost[:, None]
        back.append(source)
    state = int(np.argmin(best))
    path = [state // 2]
    for source in reversed(back[1:]):
        state = int(source[state // 2, state % 2])
        path.append(state // 2)
    return [int(pitches[index]) for index in reversed(path)]
