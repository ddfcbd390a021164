"""Phrases of a band spoilt on purpose, so that a judge learns what people would not write.

Conventions: a roll is bool (b, 5, 64, 48) with attacks (b, 5, 64), as in `motet.phrases.band`; within a
segment (from an attack to the next) the pitches are those of the attack. Each way spoils some tracks of a
phrase by some amount, both drawn anew, so that faults from slight to gross are met. Slots that the metre
does not fill stay empty.

Offers `spoil_rolls`, `WAYS`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.phrases.band import N_BARS, N_PITCHES, N_SLOTS, TRACKS, metre_steps

__all__ = ["WAYS", "spoil_rolls"]

Bools = npt.NDArray[np.bool_]
Rows = npt.NDArray[Any]
_BAR: Final = N_SLOTS // N_BARS
_DRUMS: Final = TRACKS.index("drums")
_N_KINDS: Final = 12
_Way = Callable[[Bools, Bools, np.random.Generator, int], tuple[Bools, Bools]]


def spoil_rolls(
    roll: Bools, attack: Bools, metre: npt.NDArray[np.integer], rng: np.random.Generator
) -> tuple[Bools, Bools, npt.NDArray[np.int8]]:
    """Return each phrase spoilt in one way or two, and the first of the ways.

    Parameters
    ----------
    roll : bool, shape (b, 5, 64, 48)
    attack : bool, shape (b, 5, 64)
    metre : integer, shape (b,)
    rng : Generator

    Returns
    -------
    bool (b, 5, 64, 48), bool (b, 5, 64), int8 (b,)
        The last is an index of `WAYS`. No phrase stays as it was, unless nothing in it sounds.

    Examples
    --------
    >>> attack = np.zeros((1, 5, 64), bool)
    >>> attack[0, 0, ::4] = True
    >>> roll = np.zeros((1, 5, 64, 48), bool)
    >>> roll[0, 0, np.arange(64), np.arange(64) // 4 + 12] = True
    >>> spoilt, _, way = spoil_rolls(roll, attack, np.zeros(1, int), np.random.default_rng(0))
    >>> bool((spoilt == roll).all()), len(WAYS)
    (False, 9)
    """
    spoilt, begun = roll.copy(), attack.copy()
    ways = np.zeros(len(roll), np.int8)
    others = rng.permutation(len(roll))
    for row in range(len(roll)):
        steps = metre_steps(int(metre[row]))
        inside = np.flatnonzero((np.arange(N_SLOTS) % _BAR) < steps)
        ways[row], found = _spoil(roll[row][:, inside], attack[row][:, inside], rng, steps)
        if found is None:
            other = int(others[row])
            found = _mix(roll, attack, metre, row, other, inside)
        spoilt[row][:, inside], begun[row][:, inside] = found
    return spoilt, begun, ways


def _spoil(
    roll: Rows, attack: Rows, rng: np.random.Generator, steps: int
) -> tuple[int, tuple[Bools, Bools] | None]:
    """Return a way and what it makes of a phrase; None where the way needs another phrase."""
    ways = list(WAYS.values())
    first, found = -1, (roll, attack)
    for _ in range(12 if attack.any() else 0):
        at = int(rng.integers(len(ways)))
        way = ways[at]
        if way is None:
            if first < 0:
                return at, None
            continue
        made = way(*found, rng, steps)
        same = all(np.array_equal(*pair) for pair in zip(made, found, strict=True))
        if same or not made[1].any():
            continue
        first, found = (at if first < 0 else first), made
        if rng.random() < 0.7:
            break
    return max(first, 0), found


def _mix(
    roll: Bools,
    attack: Bools,
    metre: npt.NDArray[np.integer],
    row: int,
    other: int,
    inside: npt.NDArray[np.int64],
) -> tuple[Bools, Bools]:
    """Return a phrase with one of its tracks from another phrase; shifted against it where none fits."""
    mine, theirs = attack[row].any(axis=1), attack[other].any(axis=1)
    shared = np.flatnonzero(mine & theirs)
    if other == row or metre[row] != metre[other] or not len(shared) or mine.sum() < 2:
        rng = np.random.default_rng(row)
        return _shift(roll[row][:, inside], attack[row][:, inside], rng, len(inside) // N_BARS)
    track = int(shared[row % len(shared)])
    mixed, begun = roll[row][:, inside].copy(), attack[row][:, inside].copy()
    mixed[track], begun[track] = roll[other][track, inside], attack[other][track, inside]
    return mixed, begun


def _draw_tracks(attack: Bools, rng: np.random.Generator, *, pitched: bool = False) -> list[int]:
    """Return some of the tracks that sound; one at least."""
    able = np.flatnonzero(attack.any(axis=1))
    if pitched and (able != _DRUMS).any():
        able = able[able != _DRUMS]
    n = 1 if rng.random() < 0.5 else int(rng.integers(1, len(able) + 1))
    chosen: list[int] = rng.choice(able, n, replace=False).tolist()
    return chosen


def _segments(attack: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Return for each slot of a track the attack it hangs on; the first slot's before the first."""
    t = len(attack)
    return np.asarray(np.maximum.accumulate(np.where(attack, np.arange(t), 0)))


def _pitches(
    roll: Rows, attack: Rows, rng: np.random.Generator, _steps: int
) -> tuple[Bools, Bools]:
    """Return the notes at other pitches, here and there."""
    found = roll.copy()
    share, reach = rng.uniform(0.08, 0.7), int(rng.choice([2, 3, 7, 12]))
    for track in _draw_tracks(attack, rng):
        last = _segments(attack[track])
        t = len(last)
        move = rng.integers(1, reach + 1, t) * rng.choice([-1, 1], t) * (rng.random(t) < share)
        size = _N_KINDS if track == _DRUMS else N_PITCHES
        place = (np.arange(size) - move[last][:, None]) % size
        found[track, :, :size] = np.take_along_axis(roll[track, :, :size], place, axis=1)
    return found, attack


def _order(roll: Rows, attack: Rows, rng: np.random.Generator, _steps: int) -> tuple[Bools, Bools]:
    """Return the pitches of a track in another order, its rhythm kept."""
    found = roll.copy()
    for track in _draw_tracks(attack, rng):
        starts = np.flatnonzero(attack[track])
        if len(starts) < 2:
            continue
        source = np.arange(attack.shape[1])
        span = len(starts) if rng.random() < 0.5 else int(rng.integers(2, 9))
        key = np.arange(len(starts)) // span + rng.random(len(starts))
        source[starts] = starts[np.argsort(key)]
        columns = roll[track][source[_segments(attack[track])]]
        found[track] = columns & roll[track].any(axis=1)[:, None]
    return found, attack


def _onsets(roll: Rows, attack: Rows, rng: np.random.Generator, _steps: int) -> tuple[Bools, Bools]:
    """Return the notes a little earlier or later, each for itself."""
    found, begun = roll.copy(), attack.copy()
    share, reach = rng.uniform(0.1, 0.8), int(rng.integers(1, 4))
    for track in _draw_tracks(attack, rng):
        t: int = attack.shape[1]
        starts = np.flatnonzero(attack[track])
        moves = rng.integers(-reach, reach + 1, len(starts)) * (rng.random(len(starts)) < share)
        moved = np.clip(starts + moves, 0, t - 1)
        begun[track] = False
        begun[track, moved] = True
        column = np.zeros(t, np.int64)
        column[moved] = starts
        sound = roll[track].any(axis=1)
        sound[moved] = True
        last = _segments(begun[track])
        sound &= begun[track][last]
        found[track] = roll[track][column[last]] & sound[:, None]
    return found, begun


def _bars(roll: Rows, attack: Rows, rng: np.random.Generator, _steps: int) -> tuple[Bools, Bools]:
    """Return the bars, or the halves of the bars, of some tracks in another order."""
    found, begun = roll.copy(), attack.copy()
    n = N_BARS if rng.random() < 0.7 else 2 * N_BARS
    size = attack.shape[1] // n
    tracks = _draw_tracks(attack, rng)
    order = rng.permutation(n)
    order = np.roll(np.arange(n), 1) if (order == np.arange(n)).all() else order
    source = (order[:, None] * size + np.arange(size)).reshape(-1)
    for track in tracks:
        found[track], begun[track] = roll[track][source], attack[track][source]
    return found, begun


def _shift(roll: Rows, attack: Rows, rng: np.random.Generator, steps: int) -> tuple[Bools, Bools]:
    """Return some tracks later than they were, against the others and the bar."""
    found, begun = roll.copy(), attack.copy()
    for track in _draw_tracks(attack, rng):
        late = (
            int(rng.integers(1, steps)) if rng.random() < 0.8 else steps * int(rng.integers(1, 4))
        )
        found[track] = np.roll(roll[track], late, axis=0)
        begun[track] = np.roll(attack[track], late)
    return found, begun


def _transpose(
    roll: Rows, attack: Rows, rng: np.random.Generator, steps: int
) -> tuple[Bools, Bools]:
    """Return a track, for some bars or all, in another key than the others."""
    found = roll.copy()
    for track in _draw_tracks(attack, rng, pitched=True)[:2]:
        size = _N_KINDS if track == _DRUMS else N_PITCHES
        first = int(rng.integers(0, N_BARS)) * steps
        end = attack.shape[1] if rng.random() < 0.6 else first + steps
        away = int(rng.choice([-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5]))
        found[track, first:end, :size] = np.roll(roll[track, first:end, :size], away, axis=1)
    return found, attack


def _thin(roll: Rows, attack: Rows, rng: np.random.Generator, steps: int) -> tuple[Bools, Bools]:
    """Return some tracks with notes left out, or whole bars."""
    found, begun = roll.copy(), attack.copy()
    t: int = attack.shape[1]
    share = rng.uniform(0.2, 0.8)
    for track in _draw_tracks(attack, rng):
        last = _segments(attack[track])
        gone = rng.random(t) < share
        silent = gone[last] if rng.random() < 0.6 else gone[np.arange(t) // steps]
        found[track, silent] = False
        begun[track] = begun[track] & ~silent & found[track].any(axis=1)
    return found, begun


def _crowd(roll: Rows, attack: Rows, rng: np.random.Generator, _steps: int) -> tuple[Bools, Bools]:
    """Return some tracks with notes struck again at odd places, and with tones added."""
    found, begun = roll.copy(), attack.copy()
    t: int = attack.shape[1]
    share = rng.uniform(0.1, 0.6)
    for track in _draw_tracks(attack, rng):
        begun[track] = begun[track] | (rng.random(t) < share) & roll[track].any(axis=1)
        last = _segments(begun[track])
        if track == _DRUMS:
            extra = rng.random((t, _N_KINDS)) < share / 3
            found[track, :, :_N_KINDS] |= extra
            begun[track] = found[track].any(axis=1)
            continue
        move = rng.integers(-6, 7, t) * (rng.random(t) < share)
        place = (np.arange(N_PITCHES) - move[last][:, None]) % N_PITCHES
        moved = np.take_along_axis(roll[track], place, axis=1)
        found[track] = roll[track] | moved if track in (1, 4) else moved
    return found, begun


def _stick(roll: Rows, attack: Rows, rng: np.random.Generator, _steps: int) -> tuple[Bools, Bools]:
    """Return a track that stays on one pitch, or on one bar, for long."""
    found, begun = roll.copy(), attack.copy()
    for track in _draw_tracks(attack, rng, pitched=True)[:2]:
        starts = np.flatnonzero(attack[track])
        first = int(rng.choice(starts))
        if rng.random() < 0.7:
            n = min(len(starts), int(rng.integers(6, 33)))
            held = starts[starts >= first][:n]
            until = starts[starts > held[-1]]
            end = int(until[0]) if len(until) else attack.shape[1]
            sound: Bools = np.asarray(roll[track, first:end].any(axis=1))
            found[track, first:end] = roll[track, first] & sound[:, None]
        else:
            size = int(rng.choice([2, 4, 6]))
            source = first // size * size + np.arange(attack.shape[1]) % size
            source = np.minimum(source, attack.shape[1] - 1)
            found[track], begun[track] = roll[track][source], attack[track][source]
    return found, begun


WAYS: Final[dict[str, _Way | None]] = {
    "pitches moved": _pitches,
    "pitches reordered": _order,
    "onsets moved": _onsets,
    "bars shuffled": _bars,
    "parts shifted": _shift,
    "part transposed": _transpose,
    "part of another piece": None,
    "notes left out or added": lambda *given: (
        _thin(*given) if given[2].random() < 0.5 else _crowd(*given)
    ),
    "stuck": _stick,
}
"""Name of each way to what does it; None where it needs another phrase."""
