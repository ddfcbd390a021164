"""Notes that agree one for one: the same intervals in the same rhythm, nothing changed between them.

Conventions: tempo changes nothing; every time between two onsets must be as many times the other's. People
who draw on one stock write variants of it, seldom the same notes for long: of two passages that agree to
the same number of bits, the one without a change is the likelier copy. What such a run says beyond `LEAST`
counts twice.

Offers `LEAST`, `extra_bits`, `run_bits`.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from motet.originality.gram import Floats
from motet.originality.line import Ints

__all__ = ["LEAST", "extra_bits", "run_bits"]

LEAST: Final = 35.0
"""Bits; tuned on planted splices in validation pieces (docs/decisions/0007-originality-index.md)."""


def run_bits(own: Ints, theirs: Ints, *, own_time: Ints, their_time: Ints, bits: Floats) -> float:
    """Return how much the richest run of notes says that agree one for one.

    Parameters
    ----------
    own, theirs : int64, shape (k,)
        Indices of the notes that agree in pitch, as in `motet.originality.align.Alignment`.
    own_time, their_time : int64, positions
        Onsets of both lines.
    bits : float64, as long as `own_time`
        What each of one's own notes says, pitch and rhythm.

    Returns
    -------
    float, bits
        0 where nothing agrees.

    Examples
    --------
    >>> time, bits = np.array([0, 24, 48, 60, 72]), np.ones(5)
    >>> every = np.arange(5)
    >>> run_bits(every, every, own_time=time, their_time=2 * time, bits=bits)
    5.0
    >>> run_bits(every, every, own_time=time, their_time=np.array([0, 24, 48, 72, 84]), bits=bits)
    3.0
    """
    if not len(own):
        return 0.0
    said = np.concatenate(([0.0], np.cumsum(bits[own])))
    apart, other = np.diff(own_time[own]), np.diff(their_time[theirs])
    is_next = (np.diff(own) == 1) & (np.diff(theirs) == 1)
    best, first = 0.0, 0
    for k in range(len(apart) + 1):
        goes_on = k < len(apart) and bool(is_next[k])
        is_even = goes_on and (k == first or apart[k] * other[k - 1] == apart[k - 1] * other[k])
        if not is_even:
            best = max(best, float(said[k + 1] - said[first]))
            first = k if goes_on else k + 1
    return best


def extra_bits(said: float) -> float:
    """Return what is added for a run of notes that agree one for one.

    Parameters
    ----------
    said : float, bits
        Of `run_bits`.

    Returns
    -------
    float, bits

    Examples
    --------
    >>> extra_bits(30.0), extra_bits(50.0)
    (0.0, 15.0)
    """
    return max(0.0, said - LEAST)
