"""The best ways through the chords of a palette, under a melody: several paths, the best first.

Conventions: a path has one entry of the palette a slot. Its score weighs how the melody fits, how usual
each succession is (`motet.tasks.harmonise.habits`), where chords may change, cadences at the ends of
phrases, and whether every device leads where it must.

Source: Viterbi's algorithm (Andrew Viterbi, 1967), as it is used for harmonising melodies by Moray Allan
and Christopher Williams, "Harmonising Chorales by Probabilistic Inference", NIPS 2004; the weights are
ours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from motet.tasks.harmonise.evidence import Slot
from motet.tasks.harmonise.habits import find_habits
from motet.tasks.harmonise.palette import Entry
from motet.theory.scale import Key

__all__ = ["Path", "find_paths"]

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_HABIT = {1: 0.5, 2: 0.42, 3: 0.3}
_FIT = {1: 1.0, 2: 1.0, 3: 0.95}
_NEVER = -30.0
_UNLED = -7.0
_CHANGE = {3: 0.0, 2: -1.2, 1: -2.4}
_STAY = {1: -1.2, 2: -1.6, 3: -2.6}
"""What holding over a bar line costs, by adventure."""
_SAME_STATE = -2.4
_NOISE = 0.7
_WELCOME = {1: 0.5, 2: 0.7, 3: 1.2}


@dataclass(frozen=True, slots=True)
class Path:
    """A way through the palette: an entry a slot, and its score."""

    entries: tuple[Entry, ...]
    score: float


def find_paths(
    slots: tuple[Slot, ...],
    fit: FloatArray,
    palette: tuple[Entry, ...],
    key: Key,
    *,
    adventure: int,
    style: str = "",
    n: int = 1,
    seed: int = 0,
    eager: float = 0.0,
    push: float = 1.0,
) -> tuple[Path, ...]:
    """Return the best paths, each different from the others.

    Parameters
    ----------
    slots : tuple of Slot, not empty
    fit : float64, shape (t, s)
        Of `fit_slots`.
    palette : tuple of Entry
    key : Key
    adventure : int, 1 to 3
    style : str
    n : int, >= 1
        How many; fewer where there are no more.
    seed : int
        Of the search for the others; the best one does not depend on it.
    eager : float
        How much more willingly chords change within a bar.
    push : float
        How much more welcome devices are than usual.

    Returns
    -------
    tuple of Path, best first

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.harmonise.evidence import fit_slots, lay_slots, mark_phrases
    >>> from motet.tasks.harmonise.palette import find_palette
    >>> score = make_score("E4:2 G4:2 | F4:2 A4:2 | D4:2 B3:2 | C4:4")
    >>> slots = mark_phrases(score, score.parts[0], lay_slots(score, chords_per_bar=1))
    >>> palette = find_palette(Key("C"), 1)
    >>> fit = fit_slots(score, score.parts[0], slots, palette)
    >>> path = find_paths(slots, fit, palette, Key("C"), adventure=1)[0]
    >>> [entry.chord.symbol for entry in path.entries]
    ['C', 'F', 'G', 'C']
    """
    step, hold = _steps(palette, key, adventure, style)
    own = _FIT[adventure] * fit + np.array([entry.bonus for entry in palette])[None, :] * (
        _WELCOME[adventure] * push
    )
    own = own + _cadences(slots, palette, key)
    first = 0.4 * np.log2(find_habits(key.mode, style=style).begin + 1e-4)
    own[0] += first[[entry.state for entry in palette]]
    own[0] -= [2.0 * bool(entry.chord.bass) for entry in palette]
    rng = np.random.default_rng((seed, 71))
    found: dict[tuple[int, ...], float] = {}
    costs = (step, hold, _changes(slots, adventure, eager))
    best = _walk(own, costs)
    found[tuple(best)] = _value(best, own, costs)
    for _ in range(0 if n <= 1 else 3 * n):
        noisy = own + rng.gumbel(0.0, _NOISE, own.shape)
        path = _walk(noisy, costs)
        found.setdefault(tuple(path), _value(path, own, costs))
    ranked = sorted(found.items(), key=lambda one: (-one[1], one[0]))[:n]
    return tuple(Path(tuple(palette[k] for k in path), round(value, 4)) for path, value in ranked)


def _steps(
    palette: tuple[Entry, ...], key: Key, adventure: int, style: str
) -> tuple[FloatArray, FloatArray]:
    """Return what it is worth to go from one entry to another, and to hold one."""
    habits = find_habits(key.mode, style=style)
    states = np.array([entry.state for entry in palette])
    step = np.log2(np.maximum(habits.follow[np.ix_(states, states)], 2e-4)) * _HABIT[adventure]
    same = states[:, None] == states[None, :]
    step[same] = _SAME_STATE
    above = np.array([(entry.chord.root_pc - key.tonic_pc) % 12 for entry in palette])
    is_secondary = np.array([entry.device == "secondary" for entry in palette])
    for i, entry in enumerate(palette):
        own = above == above[i]
        if entry.leads:
            led = np.isin(above, list(entry.leads))
            step[i, ~led & ~own] += _UNLED
            # A chord that leads somewhere must sound before it; it may still change its colour.
            step[i, led] = np.maximum(step[i, led], -2.0 * _HABIT[adventure])
        if entry.device in ("tritone", "approach", "cadential", "backdoor"):
            step[i, own] += _UNLED
        if entry.device == "secondary":
            step[i, own & ~is_secondary] += _UNLED
    is_inverted = np.array([bool(entry.chord.bass) for entry in palette])
    for j, entry in enumerate(palette):
        if entry.device == "cadential":
            step[above == 7, j] += _UNLED
            step[j, is_inverted] += _UNLED
        if entry.device in ("approach", "tritone"):
            step[np.isin(above, list(entry.leads)), j] += _UNLED / 2
    np.fill_diagonal(step, _NEVER)
    return step, np.zeros(len(palette))


def _changes(slots: tuple[Slot, ...], adventure: int, eager: float) -> FloatArray:
    """Return for each slot what a change and what holding is worth there."""
    out = np.zeros((len(slots), 2))
    for t, slot in enumerate(slots):
        cost = _CHANGE[slot.level]
        out[t] = (cost * (1.0 - eager) if slot.level < 3 else 0.0, 0.0)
        if slot.level == 3:
            out[t, 1] = _STAY[adventure]
    return out


def _cadences(slots: tuple[Slot, ...], palette: tuple[Entry, ...], key: Key) -> FloatArray:
    """Return what each entry is worth where phrases end, just before, and at the very end."""
    above = np.array([(entry.chord.root_pc - key.tonic_pc) % 12 for entry in palette])
    is_home = (above == 0) & np.array(
        [e.device in ("diatonic", "extended") and not e.chord.bass for e in palette]
    )
    is_open = (above == 7) & np.array([e.device in ("diatonic", "extended") for e in palette])
    is_leading = np.array(
        [bool(e.leads) and e.device not in ("diatonic", "extended") for e in palette]
    )
    is_dominant = np.array([4 in e.chord.intervals and not e.chord.bass for e in palette])
    is_dominant &= above == 7
    is_dominant |= np.array([e.device in ("tritone", "backdoor") and 0 in e.leads for e in palette])
    out = np.zeros((len(slots), len(palette)))
    for t, slot in enumerate(slots):
        if slot.closes <= 0:
            continue
        out[t] += slot.closes * (0.9 * is_home + 0.5 * is_open - 1.5 * is_leading)
    if len(slots) > 1:
        out[-1] += 7.0 * is_home - 3.0 * ~is_home
        before = len(slots) - 2
        while before > 0 and slots[before].bar == slots[-1].bar:
            out[before] += 1.0 * is_home
            before -= 1
        out[before] += 1.6 * is_dominant
    return out


def _walk(own: FloatArray, costs: tuple[FloatArray, FloatArray, FloatArray]) -> IntArray:
    """Return the best entry of each slot."""
    step, hold, change = costs
    n_slots, n = own.shape
    best = own[0].copy()
    source = np.zeros((n_slots, n), np.int64)
    stay = np.arange(n)
    for t in range(1, n_slots):
        reach = best[:, None] + step + change[t, 0]
        top = reach.argmax(axis=0)
        moved = reach[top, stay]
        held = best + hold + change[t, 1]
        keeps = held >= moved
        source[t] = np.where(keeps, stay, top)
        best = np.where(keeps, held, moved) + own[t]
    path = np.zeros(n_slots, np.int64)
    path[-1] = int(best.argmax())
    for t in range(n_slots - 1, 0, -1):
        path[t - 1] = source[t, path[t]]
    return path


def _value(
    path: IntArray, own: FloatArray, costs: tuple[FloatArray, FloatArray, FloatArray]
) -> float:
    """Return the score of a path."""
    step, hold, change = costs
    total = float(own[0, path[0]])
    for t in range(1, len(path)):
        a, b = path[t - 1], path[t]
        total += float(own[t, b])
        total += float(hold[b] + change[t, 1] if a == b else step[a, b] + change[t, 0])
    return total
