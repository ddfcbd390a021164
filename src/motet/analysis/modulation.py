"""Where a score is in which key.

Conventions: spans are half-open, follow each other without a gap from tick 0 to the end, and begin
at beats; 24 keys, C major to B major, then C minor to B minor. Written key signatures are not
looked at. A key that is touched for less than about two bars counts as colour, not as a change.

Source: dynamic programming over local key fits with a cost of change is Temperley's, The Cognition of
Basic Musical Structures (2001), chapter 7, with his profiles; that chords weigh in and all costs are
our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from motet.analysis.chord_model import (
    STATE_QUALITIES,
    best_states,
    score_cells,
    score_keys,
)
from motet.analysis.evidence import Grid, gather_evidence
from motet.analysis.key import MAJOR_PROFILE, MINOR_PROFILE
from motet.score.score import Score
from motet.theory.pitch import fifths_position
from motet.theory.scale import Key, key_from_signature

__all__ = ["KeySpan", "estimate_key_spans", "keys_of_grid"]

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_PROFILE_GAIN = 0.8
_CHORD_GAIN = 0.5
_CHANGE_COST = 3.0
_CHANGE_NEAR = (0.0, 0.0, 1.0, 2.0, 3.0, 4.0, 4.0)  # by distance of signatures in fifths
_LINE_DISCOUNT = 0.7
_END_BONUS = 2.0
_EDGE_COST, _EDGE_CELLS = 5.0, 16.0  # a change soon after the start or before the end
_MINOR_TONICS = ("min", "m6", "mMaj7", "madd9")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySpan:
    """A stretch in one key.

    Parameters
    ----------
    start_tick, end_tick : int, ticks
        Half-open.
    key : Key
    margin : float, 0 to 1
        How much more probable the key is than the next, on average over the stretch; below 0.2 is
        a guess.
    """

    start_tick: int
    end_tick: int
    key: Key
    margin: float


def estimate_key_spans(score: Score) -> tuple[KeySpan, ...]:
    """Return the keys of a score and where they change.

    Parameters
    ----------
    score : Score

    Returns
    -------
    tuple of KeySpan
        Empty when nothing pitched sounds.

    Examples
    --------
    >>> from motet.score import make_score
    >>> home = "C4+E4+G4:2 F4+A4+C5:2 | G4+B4+D5+F5:2 C4+E4+G4:2 | "
    >>> away = "E4+G#4+B4:2 A4+C#5+E5:2 | B4+D#5+F#5+A5:2 E4+G#4+B4:2 | "
    >>> [span.key.name() for span in estimate_key_spans(make_score(home * 3 + away * 3))]
    ['C major', 'E major']
    """
    grid = gather_evidence(score)
    if not grid.weights.any():
        return ()
    keys, margins = keys_of_grid(score, grid)
    spans: list[KeySpan] = []
    first = 0
    for t in range(1, len(keys) + 1):
        if t == len(keys) or keys[t] != keys[first]:
            spans.append(
                KeySpan(
                    start_tick=int(grid.start_tick[first]) if first else 0,
                    end_tick=int(grid.end_tick[t - 1]),
                    key=keys[first],
                    margin=float(margins[first:t].mean()),
                )
            )
            first = t
    return tuple(spans)


@cache
def _profiles() -> FloatArray:
    """Return the logarithm of how likely each pitch class is in each key, against evenness."""
    rows = []
    for profile in (MAJOR_PROFILE, MINOR_PROFILE):
        share = np.array(profile) / np.sum(profile)
        rows += [np.log(np.roll(share, tonic) * 12.0) for tonic in range(12)]
    return np.array(rows)


def _plain_key(index: int) -> Key:
    """Return a key of 24 with the simplest signature."""
    return key_from_signature(_signature(index, 0.0), "major" if index < 12 else "minor")


def _signature(index: int, centre: float) -> int:
    """Return the signature of a key of 24 that is nearest to a centre on the line of fifths."""
    fifths = 7 * (index % 12 + (3 if index >= 12 else 0)) % 12
    choices = [one for one in (fifths - 12, fifths) if -7 <= one <= 7]
    return min(choices, key=lambda one: (abs(one - centre), abs(one)))


@cache
def _chord_priors() -> FloatArray:
    """Return the logarithm of each chord state's probability in each key, against no key."""
    flat = score_keys([None])[0][0]
    return np.array([score_keys([_plain_key(index)])[0][0] - flat for index in range(24)])


@cache
def _costs() -> FloatArray:
    """Return what each change of key costs, less the cost that all share."""
    signature = np.array([_signature(index, 0.0) for index in range(24)])
    apart = (signature[:, None] - signature[None, :] + 6) % 12 - 6
    costs = np.array(_CHANGE_NEAR)[np.abs(apart)]
    return np.asarray(costs, dtype=np.float64)


def keys_of_grid(score: Score, grid: Grid) -> tuple[list[Key], FloatArray]:
    """Return the key of each cell of a grid and its margin.

    Parameters
    ----------
    score : Score
        For the spelling of its notes.
    grid : Grid

    Returns
    -------
    list of Key, float64 of shape (t,)

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4+E4+G4:2 G4+B4+D5+F5:2 | C4+E4+G4:4")
    >>> keys, margins = keys_of_grid(score, gather_evidence(score))
    >>> len(keys), keys[0].name()
    (8, 'C major')
    """
    prior, foreign = score_keys([None] * len(grid.level))
    states = best_states(score_cells(grid, foreign), prior, grid.level)
    total = grid.weights.sum(axis=1)
    share = grid.weights / np.maximum(total, 1e-12)[:, None]
    gain = np.minimum(total, 2.0)
    fit = _PROFILE_GAIN * gain[:, None] * (share @ _profiles().T)
    chords = _chord_priors()[:, states].T
    fit += _CHORD_GAIN * np.minimum(gain, 1.0)[:, None] * chords
    _add_frame(fit, states, total)
    path, margins = _decode(fit, grid.level)
    centre = _centre(score)
    names: dict[int, Key] = {}
    for index in set(path.tolist()):
        mode = "major" if index < 12 else "minor"
        names[index] = key_from_signature(_signature(index, centre), mode)
    return [names[index] for index in path.tolist()], margins


def _add_frame(fit: FloatArray, states: IntArray, total: FloatArray) -> None:
    """Favour keys on whose tonic triad the music begins or ends."""
    sounding = np.flatnonzero(total)
    if len(sounding) == 0:
        return
    for t in (int(sounding[0]), int(sounding[-1])):
        quality = STATE_QUALITIES[int(states[t]) // 12]
        is_minor = quality in _MINOR_TONICS
        fit[t, int(states[t]) % 12 + (12 if is_minor else 0)] += _END_BONUS


def _centre(score: Score) -> float:
    """Return the middle of the spelled notes on the line of fifths, as a major signature."""
    names = [note.spelling for part in score.parts if not part.is_drums for note in part.notes]
    places = [fifths_position(name) for name in names if name]
    return sum(places) / len(places) - 2.0 if places else 0.0


def _decode(fit: FloatArray, level: IntArray) -> tuple[IntArray, FloatArray]:
    """Return the best key of each cell and its lead in probability over the next."""
    n_cells = len(fit)
    costs = _CHANGE_COST + _costs()
    np.fill_diagonal(costs, 0.0)
    weak = np.array([30.0, 2.0 * _LINE_DISCOUNT, _LINE_DISCOUNT, 0.0])[level]
    to_edge = np.minimum(np.arange(n_cells), n_cells - np.arange(n_cells))
    weak += _EDGE_COST * np.maximum(0.0, 1.0 - to_edge / _EDGE_CELLS)
    off = 1.0 - np.eye(24)
    best, back = fit[0].copy(), np.zeros((n_cells, 24), dtype=np.int64)
    forward, backward = np.zeros((n_cells, 24)), np.zeros((n_cells, 24))
    forward[0] = fit[0]
    for t in range(1, n_cells):
        step = -(costs + off * weak[t])
        table = best[:, None] + step
        back[t] = table.argmax(axis=0)
        best = table[back[t], np.arange(24)] + fit[t]
        forward[t] = _log_sum(forward[t - 1][:, None] + step, axis=0) + fit[t]
    for t in range(n_cells - 1, 0, -1):
        step = -(costs + off * weak[t])
        backward[t - 1] = _log_sum(step + (fit[t] + backward[t])[None, :], axis=1)
    path = np.zeros(n_cells, dtype=np.int64)
    path[-1] = int(best.argmax())
    for t in range(n_cells - 1, 0, -1):
        path[t - 1] = back[t, path[t]]
    log_p = forward + backward
    p = np.exp(log_p - _log_sum(log_p, axis=1)[:, None])
    own = p[np.arange(n_cells), path].copy()
    p[np.arange(n_cells), path] = 0.0
    return path, np.clip(own - p.max(axis=1), 0.0, 1.0)


def _log_sum(table: FloatArray, *, axis: int) -> FloatArray:
    peak = table.max(axis=axis, keepdims=True)
    total = np.log(np.exp(table - peak).sum(axis=axis)) + np.squeeze(peak, axis=axis)
    return np.asarray(total, dtype=np.float64)
