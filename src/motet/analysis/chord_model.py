"""How likely what sounds is under each chord, and one chord after another.

Conventions: a state is a root (0 to 11) with a kind of chord from `motet.theory.QUALITIES`; state
``12 * k + root`` has kind ``STATE_QUALITIES[k]``. Scores are natural logarithms. Cells and levels are
those of `motet.analysis.evidence`.

Source: the model (a hidden Markov chain over beats whose states are chords) goes back to Sheh and
Ellis, "Chord Segmentation and Recognition using EM-Trained Hidden Markov Models", ISMIR 2003; for
symbolic music see Raphael and Stoddard, "Functional Harmonic Analysis Using Probabilistic Models",
Computer Music Journal 28 (2004). All weights are our own, set by hand; `docs/analysis.md` says on
which music.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from motet.analysis.evidence import Grid
from motet.theory.chord_table import QUALITIES
from motet.theory.scale import Key

__all__ = [
    "STATE_QUALITIES",
    "TRIADS",
    "Decoding",
    "best_states",
    "decode_chords",
    "score_cells",
    "score_keys",
    "state_tones",
    "triad_of",
]

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_PRIOR = {
    "maj": 1.0, "min": 0.45, "7": 0.18, "m7": 0.1, "maj7": 0.06, "dim": 0.007, "m7b5": 0.007,
    "dim7": 0.009, "sus4": 0.03, "sus2": 0.008, "aug": 0.001, "6": 0.003, "m6": 0.0015,
    "add9": 0.003, "9": 0.0015, "m9": 0.001, "maj9": 0.001, "7sus4": 0.012, "mMaj7": 0.0003,
    "7b9": 0.0004, "7#5": 0.0003, "5": 0.004,
}  # fmt: skip
STATE_QUALITIES: tuple[str, ...] = tuple(_PRIOR)
"""The kinds of chord that are told apart while segmenting; others are named afterwards."""
TRIADS: tuple[str, ...] = ("maj", "min", "dim", "aug", "sus4", "sus2", "5")
"""Classes of triad that a confidence speaks about."""

_TONE_WEIGHT = {0: 1.0, 1: 0.85, 2: 0.75, 3: 0.55, 4: 0.35}
_FOREIGN = 0.035
_FOREIGN_OUTSIDE = 0.6  # a tone outside the key is so much less likely as a passing tone
_BASS = (0.62, 0.14, 0.13, 0.05, 0.01)
_BASS_FOREIGN = 0.007
_BASS_GAIN = 1.0
_GAIN = 0.8
_GAIN_POWER = 1.3
_OUTSIDE_COST = 1.1
_DEGREE_BONUS = {
    "major": {0: 1.0, 7: 0.9, 5: 0.7, 9: 0.3, 2: 0.3, 4: -0.3},
    "minor": {0: 1.0, 7: 0.9, 5: 0.7, 8: 0.3, 3: 0.2, 10: 0.2, 2: -0.1},
}
_OTHER_DEGREE = -0.8
_OTHER_MOTION = -0.15
_MOTION_BONUS = {
    0: -0.7,
    5: 0.5,
    7: 0.2,
    2: 0.15,
    10: 0.0,
    9: 0.15,
    3: 0.0,
    4: 0.0,
    8: 0.15,
    6: -0.7,
}
_CHANGE = np.array([0.02, 0.14, 0.3, 0.75])
_CHANGE_PRIOR_CELLS = 12.0
_ROUNDS = 2


def triad_of(quality: str) -> str:
    """Return the class of triad in `TRIADS` that a quality rests on.

    Parameters
    ----------
    quality : str
        A name in `motet.theory.QUALITIES`.

    Returns
    -------
    str

    Examples
    --------
    >>> [triad_of(one) for one in ("maj7", "m7b5", "7#5", "9sus4")]
    ['maj', 'dim', 'aug', 'sus4']
    """
    tones = set(QUALITIES[quality].intervals)
    if 4 in tones:
        return "aug" if 8 in tones and 7 not in tones else "maj"
    if 3 in tones:
        return "dim" if 6 in tones and 7 not in tones else "min"
    if 5 in tones:
        return "sus4"
    return "sus2" if 2 in tones else "5"


@dataclass(frozen=True, slots=True)
class Decoding:
    """The best run of states, and how probable each class is.

    Parameters
    ----------
    states : int64, shape (t,)
        Best state of each cell.
    p_class : float64, shape (t, 12 * len(TRIADS))
        Probability of each root and triad; column ``12 * k + root`` is triad ``TRIADS[k]``.
    change : float64, shape (4,)
        Probability of a new chord at each metric level, as found in this score.
    """

    states: IntArray
    p_class: FloatArray
    change: FloatArray


@cache
def _templates() -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return for each state: tones' weights, logarithms of bass probabilities, prior."""
    n = 12 * len(_PRIOR)
    tones, bass, prior = np.zeros((n, 12)), np.full((n, 12), _BASS_FOREIGN), np.zeros(n)
    total = sum(_PRIOR.values()) * 12
    for k, (quality, weight) in enumerate(_PRIOR.items()):
        for root in range(12):
            row = 12 * k + root
            prior[row] = np.log(weight / total)
            for place, semi in enumerate(QUALITIES[quality].intervals):
                pc = (root + semi) % 12
                rank = place if quality != "5" else 2 * place
                tones[row, pc] = _TONE_WEIGHT[rank]
                bass[row, pc] = _BASS[rank]
    bass /= bass.sum(axis=1, keepdims=True)
    return tones, np.log(bass * 12.0), prior


def state_tones() -> npt.NDArray[np.bool_]:
    """Return which pitch classes belong to each state.

    Returns
    -------
    bool, shape (s, 12)

    Examples
    --------
    >>> state_tones()[0].nonzero()[0].tolist()
    [0, 4, 7]
    """
    return _templates()[0] > 0


@cache
def _motion() -> FloatArray:
    """Return the factor for a chord on each root (columns) after one on each other (rows)."""
    roots = np.arange(12)
    table = np.array([_MOTION_BONUS.get(one, _OTHER_MOTION) for one in range(12)])
    return np.asarray(np.exp(table[(roots[None, :] - roots[:, None]) % 12]), dtype=np.float64)


def _moves(mass: FloatArray, motion: FloatArray) -> FloatArray:
    """Return what reaches each state from all others: ``motion`` knows roots only."""
    by_root = mass.reshape(-1, 12).sum(axis=0) @ motion
    reached = by_root[None, :] - mass.reshape(-1, 12) * motion[0, 0]
    return np.asarray(np.maximum(reached, 0.0).reshape(-1), dtype=np.float64)


@cache
def _key_terms(key: Key) -> tuple[FloatArray, FloatArray]:
    """Return the prior of each state in a key, and the weight of foreign tones there."""
    tones, _, prior = _templates()
    mode = "minor" if key.is_minor else "major"
    scale = np.zeros(12, dtype=bool)
    scale[list(key.pcs)] = True
    raised = (key.tonic_pc + 11) % 12
    degree = (np.arange(len(prior)) % 12 - key.tonic_pc) % 12
    allowed = np.tile(scale, (len(prior), 1))
    if mode == "minor":
        allowed[np.isin(degree, (2, 7, 11)), raised] = True
    outside = ((tones > 0) & ~allowed).sum(axis=1)
    bonus = np.array([_DEGREE_BONUS[mode].get(one, _OTHER_DEGREE) for one in range(12)])
    score = prior + bonus[degree] - _OUTSIDE_COST * outside
    score -= np.log(np.exp(score).sum())
    foreign = np.where(scale, 1.0, _FOREIGN_OUTSIDE)
    if mode == "minor":
        foreign[raised] = 0.9
    return score, foreign


def score_keys(keys: list[Key | None]) -> tuple[FloatArray, FloatArray]:
    """Return prior of each state and weight of foreign tones in each cell.

    Parameters
    ----------
    keys : list of Key or None
        One a cell; None is no key.

    Returns
    -------
    float64, shapes (t, s) and (t, 12)

    Examples
    --------
    >>> prior, foreign = score_keys([Key("C"), None])
    >>> bool(prior[0, 0] > prior[0, 6]), bool(prior[1, 0] == prior[1, 6])
    (True, True)
    """
    _, _, flat = _templates()
    terms = [(flat, np.ones(12)) if key is None else _key_terms(key) for key in keys]
    return np.array([one for one, _ in terms]), np.array([one for _, one in terms])


def score_cells(grid: Grid, foreign: FloatArray) -> FloatArray:
    """Return the logarithm of how well each state explains each cell.

    Parameters
    ----------
    grid : Grid
    foreign : float64, shape (t, 12)
        From `score_keys`.

    Returns
    -------
    float64, shape (t, s)
        0 throughout where nothing sounds.

    Examples
    --------
    >>> from motet.analysis.evidence import gather_evidence
    >>> from motet.score import make_score
    >>> grid = gather_evidence(make_score("C4+E4+G4:4"))
    >>> scores = score_cells(grid, np.ones((4, 12)))
    >>> int(scores[0].argmax())
    0
    """
    tones, bass, _ = _templates()
    total = grid.weights.sum(axis=1)
    gain = np.where(total > 0, _GAIN * total**_GAIN_POWER, 0.0)
    share = grid.weights / np.maximum(total, 1e-12)[:, None]
    found = np.zeros((len(total), len(tones)))
    # Few keys occur in a score, so that the templates are made once for each.
    kinds, which = np.unique(foreign, axis=0, return_inverse=True)
    for k, row in enumerate(kinds):
        rate = np.where(tones > 0, tones, _FOREIGN * row[None, :])
        rate /= rate.sum(axis=1, keepdims=True)
        cells = which.reshape(-1) == k
        found[cells] = share[cells] @ np.log(rate * 12.0).T
    return gain[:, None] * found + _BASS_GAIN * grid.bass @ bass.T


def decode_chords(scores: FloatArray, prior: FloatArray, level: IntArray) -> Decoding:
    """Return the best run of chords and the probability of each root and triad.

    Parameters
    ----------
    scores, prior : float64, shape (t, s)
    level : int64, shape (t,)
        Metric level of each cell's start.

    Returns
    -------
    Decoding

    Examples
    --------
    >>> from motet.analysis.evidence import gather_evidence
    >>> from motet.score import make_score
    >>> grid = gather_evidence(make_score("C4+E4+G4:4 | D4+F4+A4:4"))
    >>> prior, foreign = score_keys([Key("C")] * 8)
    >>> decode_chords(score_cells(grid, foreign), prior, grid.level).states.tolist()
    [0, 0, 0, 0, 14, 14, 14, 14]
    """
    change = _CHANGE.copy()
    for _ in range(_ROUNDS):
        forward, backward, changed = _forward_backward(scores, prior, change[level])
        for one in range(4):
            inside = level[1:] == one
            expected = float(changed[inside].sum()) + _CHANGE_PRIOR_CELLS * _CHANGE[one]
            change[one] = expected / (float(inside.sum()) + _CHANGE_PRIOR_CELLS)
    forward, backward, _ = _forward_backward(scores, prior, change[level])
    posterior = forward * backward
    posterior /= posterior.sum(axis=1, keepdims=True)
    n_triads = len(TRIADS)
    p_class = np.zeros((len(scores), 12 * n_triads))
    for k, quality in enumerate(STATE_QUALITIES):
        at = 12 * TRIADS.index(triad_of(quality))
        p_class[:, at : at + 12] += posterior[:, 12 * k : 12 * k + 12]
    return Decoding(_viterbi(scores, prior, change[level]), p_class, change)


def best_states(scores: FloatArray, prior: FloatArray, level: IntArray) -> IntArray:
    """Return the best run of chords at the usual rates of change: faster than `decode_chords`.

    Parameters
    ----------
    scores, prior : float64, shape (t, s)
    level : int64, shape (t,)

    Returns
    -------
    int64, shape (t,)

    Examples
    --------
    >>> from motet.analysis.evidence import gather_evidence
    >>> from motet.score import make_score
    >>> grid = gather_evidence(make_score("C4+E4+G4:4"))
    >>> prior, foreign = score_keys([None] * 4)
    >>> best_states(score_cells(grid, foreign), prior, grid.level).tolist()
    [0, 0, 0, 0]
    """
    return _viterbi(scores, prior, _CHANGE[level])


def _forward_backward(
    scores: FloatArray, prior: FloatArray, change: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return scaled forward and backward masses and the probability of a change at each cell."""
    n_cells = len(scores)
    motion = _motion()
    likely = np.exp(scores - scores.max(axis=1, keepdims=True))
    enter = np.exp(prior)
    forward, backward = np.empty_like(likely), np.ones_like(likely)
    moved = np.zeros(n_cells)
    row = enter[0] * likely[0]
    forward[0] = row / row.sum()
    for t in range(1, n_cells):
        before = forward[t - 1]
        stay = (1.0 - change[t]) * before
        move = change[t] * _moves(before, motion) * enter[t]
        row = (stay + move) * likely[t]
        forward[t] = row / row.sum()
    for t in range(n_cells - 1, 0, -1):
        after = likely[t] * backward[t]
        move = change[t] * _moves(enter[t] * after, motion.T)
        stay = (1.0 - change[t]) * after
        row = stay + move
        total = float(forward[t - 1] @ row)
        moved[t] = float(forward[t - 1] @ move) / total
        backward[t - 1] = row / row.max()
    return forward, backward, moved[1:]


def _viterbi(scores: FloatArray, prior: FloatArray, change: FloatArray) -> IntArray:
    """Return the best state of each cell."""
    n_cells, n = scores.shape
    best = scores[0] + prior[0]
    back = np.empty((n_cells, n), dtype=np.int32)
    own = np.arange(n)
    root = own % 12
    # The best state before depends on the root only, as roots alone decide how well chords follow.
    by_root = np.log(_motion())
    for t in range(1, n_cells):
        table = best.reshape(-1, 12)
        top = table.argmax(axis=0)
        peak = table[top, np.arange(12)]
        from_root = (peak[:, None] + by_root).argmax(axis=0)
        value = (peak[:, None] + by_root)[from_root, np.arange(12)]
        source = 12 * top[from_root] + from_root
        move = (prior[t].reshape(-1, 12) + (value + np.log(change[t]))[None, :]).reshape(-1)
        stay = best + np.log1p(-change[t])
        is_move = move > stay
        back[t] = np.where(is_move, source[root], own)
        best = np.where(is_move, move, stay) + scores[t]
        best -= best.max()
    states = np.empty(n_cells, dtype=np.int64)
    states[-1] = int(best.argmax())
    for t in range(n_cells - 1, 0, -1):
        states[t - 1] = back[t, states[t]]
    return states
