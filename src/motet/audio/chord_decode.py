"""The chord model: what a cell sounds like under each chord, and one chord after another.

Conventions: a state is a root (0 to 11) with a kind of chord; state ``12 * k + root`` has kind
``KINDS[k]``, the last state is silence ("N"). Scores are natural logarithms.

How: a small network looks at a cell from each root and says how well each kind of chord fits; one chord
follows another as in the songs that it learned from, relative to the key; a new chord begins with the
probability of its place in the bar. All numbers lie in ``data/harmony.npz``, fitted by
``benchmarks/quality/audio_harmony_fit.py`` on sound rendered from pieces of the training split.

Source: hidden Markov chains over chords go back to Sheh and Ellis, "Chord Segmentation and Recognition
using EM-Trained Hidden Markov Models", ISMIR 2003; the network and its features are our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.chord_cells import Cells, describe_cells

__all__ = ["KINDS", "TRIAD_OF", "Decoding", "decode", "emission", "harmony_weights", "key_prior"]

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]

KINDS: Final = (
    "maj", "min", "7", "maj7", "m7", "dim", "dim7", "m7b5", "aug", "sus4", "7sus4", "6", "m6",
)  # fmt: skip
"""The kinds of chord that are told apart, as `motet.theory.QUALITIES` names them."""
TRIAD_OF: Final = (0, 1, 0, 0, 1, 2, 2, 2, 3, 4, 4, 0, 1)
"""Class of each kind's triad: major, minor, diminished, augmented, suspended."""
_AT_ONCE: Final = 512
_N_STATES: Final = 12 * len(KINDS) + 1
_GROUP_OF: Final = (0, 1, 2, 0, 1, 3, 3, 3, 2, 2, 2, 0, 1)
"""How a kind moves on: rests in major, rests in minor, wants to go on, diminished."""


@dataclass(frozen=True, slots=True, eq=False)
class Decoding:
    """The best run of chords, and how probable each state is in each cell.

    Parameters
    ----------
    states : int64, shape (t,)
    posterior : float64, shape (t, s)
        Rows sum to 1.
    """

    states: Int64
    posterior: Float64


@cache
def harmony_weights() -> dict[str, Float64]:
    """Return the fitted numbers by name, float64.

    Returns
    -------
    dict

    Examples
    --------
    >>> harmony_weights()["w1"].shape[0]
    97
    """
    place = resources.files("motet.audio").joinpath("data/harmony.npz")
    with place.open("rb") as file, np.load(file, allow_pickle=False) as found:
        return {name: found[name].astype(np.float64) for name in found.files}


def emission(cells: Cells) -> Float64:
    """Return how well each state explains each cell: the network's logarithm less the prior's share.

    Parameters
    ----------
    cells : Cells

    Returns
    -------
    float64, shape (t, s)

    Examples
    --------
    >>> from motet.audio.chord_cells import lay_cells
    >>> from motet.audio.chroma import Chroma
    >>> ones = np.ones((43, 12), np.float32)
    >>> emission(lay_cells(Chroma(ones, 0.05, 0.0, ones), None)).shape
    (5, 157)
    """
    weights = harmony_weights()
    gain, share = weights["gain_prior"]
    prior = share * np.repeat(weights["log_kind"], 12)
    n_cells = len(cells.treble)
    out = np.full((n_cells, _N_STATES), -30.0)
    for start in range(0, n_cells, _AT_ONCE):
        features = describe_cells(cells, start=start, end=start + _AT_ONCE)
        hidden = np.maximum(features @ weights["w1"] + weights["b1"], 0.0)
        kinds = hidden @ weights["w2"] + weights["b2"]  # (t, 12, q)
        logits = kinds.transpose(0, 2, 1).reshape(len(kinds), -1)
        logits -= logits.max(axis=1, keepdims=True)
        logits -= np.log(np.exp(logits).sum(axis=1, keepdims=True))
        out[start : start + _AT_ONCE, :-1] = gain * (logits - prior)
    out[cells.is_silent] = -30.0
    out[cells.is_silent, -1] = 0.0
    return out


def key_prior(p_key: Float64) -> Float64:
    """Return the logarithm of how often each chord occurs, given how probable the keys are.

    Parameters
    ----------
    p_key : float64, shape (24,)
        C major to B major, then C minor to B minor.

    Returns
    -------
    float64, shape (s,)

    Examples
    --------
    >>> prior = key_prior(np.eye(24)[0])
    >>> bool(prior[0] > prior[6])
    True
    """
    tables = harmony_weights()["degree"]  # (2, q, 12)
    mixed = np.zeros((len(KINDS), 12))
    for key, share in enumerate(p_key):
        if share > 1e-3:
            mixed += share * np.roll(tables[key // 12], key % 12, axis=1)
    prior = np.append(mixed.reshape(-1), 1e-3)
    return np.asarray(np.log(prior / prior.sum() + 1e-9), dtype=np.float64)


def _transitions(prior: Float64) -> Float64:
    """Return the probability of each chord after each other one, when there is a change."""
    motion = harmony_weights()["motion"]  # (groups, groups, 12)
    kind, root = np.divmod(np.arange(_N_STATES - 1), 12)
    group = np.array(_GROUP_OF)[kind]
    up = (root[None, :] - root[:, None]) % 12
    table = np.zeros((_N_STATES, _N_STATES))
    table[:-1, :-1] = motion[group[:, None], group[None, :], up]
    moved = np.exp(prior[None, :] + table)
    np.fill_diagonal(moved, 0.0)
    return np.asarray(moved / moved.sum(axis=1, keepdims=True))


def decode(scores: Float64, prior: Float64, level: Int64) -> Decoding:
    """Return the best run of chords.

    Parameters
    ----------
    scores : float64, shape (t, s)
        From `emission`, t >= 1.
    prior : float64, shape (s,)
        From `key_prior`.
    level : int64, shape (t,)
        Metric weight of each cell's start, 0 to 3.

    Returns
    -------
    Decoding

    Examples
    --------
    >>> scores = np.full((3, 157), -9.0)
    >>> scores[:, 7] = 0.0
    >>> decode(scores, key_prior(np.eye(24)[0]), np.array([3, 1, 2])).states.tolist()
    [7, 7, 7]
    """
    change = harmony_weights()["change"][level]
    moves = _transitions(prior)
    likely = np.exp(np.maximum(scores - scores.max(axis=1, keepdims=True), -50.0))
    return Decoding(
        _viterbi(scores, prior, moves, change), _posterior(likely, prior, moves, change)
    )


def _viterbi(scores: Float64, prior: Float64, moves: Float64, change: Float64) -> Int64:
    n_cells, n = scores.shape
    log_moves = np.log(moves + 1e-30)
    back = np.empty((n_cells, n), np.int16)
    best = scores[0] + prior
    own = np.arange(n)
    for t in range(1, n_cells):
        reach = best[:, None] + log_moves
        source = reach.argmax(axis=0)
        move = reach[source, own] + np.log(change[t])
        stay = best + np.log1p(-change[t])
        is_move = move > stay
        back[t] = np.where(is_move, source, own)
        best = np.where(is_move, move, stay) + scores[t]
        best -= best.max()
    states = np.empty(n_cells, np.int64)
    states[-1] = int(best.argmax())
    for t in range(n_cells - 1, 0, -1):
        states[t - 1] = back[t, states[t]]
    return states


def _posterior(likely: Float64, prior: Float64, moves: Float64, change: Float64) -> Float64:
    n_cells = len(likely)
    forward, backward = np.empty_like(likely), np.ones_like(likely)
    row = np.exp(prior) * likely[0]
    forward[0] = row / row.sum()
    for t in range(1, n_cells):
        before = forward[t - 1]
        row = ((1.0 - change[t]) * before + change[t] * (before @ moves)) * likely[t]
        forward[t] = row / row.sum()
    for t in range(n_cells - 1, 0, -1):
        after = likely[t] * backward[t]
        row = (1.0 - change[t]) * after + change[t] * (moves @ after)
        backward[t - 1] = row / row.max()
    posterior = forward * backward
    return np.asarray(posterior / posterior.sum(axis=1, keepdims=True))
