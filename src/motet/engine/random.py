"""Random numbers that are counted, not drawn: one for each (seed, candidate, bar, slot, step).

Conventions: a number depends on its five counters alone, on no state and no order, so writing one cell
anew never reshuffles another. Integer arithmetic on 64 bits only: every machine gives the same bits.

Offers `uniform`, `CellRandom`.

Source: the mixing function of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
generators", OOPSLA 2014), applied once for each counter.
"""

from __future__ import annotations

from typing import Final

__all__ = ["CellRandom", "uniform"]

_WORD: Final = (1 << 64) - 1
_GOLDEN: Final = 0x9E3779B97F4A7C15


def _mix(state: int) -> int:
    """Return 64 bits, each of which depends on every bit of the state."""
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _WORD
    return state ^ (state >> 31)


def _absorb(state: int, counter: int) -> int:
    """Return the state after one more counter."""
    return _mix((state + _GOLDEN + (counter & _WORD) * _GOLDEN) & _WORD ^ (counter >> 64 & _WORD))


class CellRandom:
    """The random numbers of one cell of one candidate, step after step.

    Parameters
    ----------
    seed, candidate, bar, slot : int
        Any whole numbers; those below 0 or above 64 bits too.

    Examples
    --------
    >>> CellRandom(7, 0, 3, 1).at(2) == uniform(7, 0, 3, 1, 2)
    True
    """

    __slots__ = ("_state",)

    def __init__(self, seed: int, candidate: int, bar: int, slot: int) -> None:
        state = 0
        for counter in (seed, candidate, bar, slot):
            state = _absorb(state, counter)
        self._state = state

    def at(self, step: int) -> float:
        """Return the number of a step, in [0, 1)."""
        return (_absorb(self._state, step) >> 11) * 2.0**-53


def uniform(seed: int, candidate: int, bar: int, slot: int, step: int) -> float:
    """Return a number in [0, 1) that depends on five counters alone.

    Parameters
    ----------
    seed, candidate, bar, slot, step : int
        Any whole numbers.

    Returns
    -------
    float, [0, 1)
        A multiple of 2 ** -53, the same on every machine.

    Source
    ------
    Slow twin: tests/parity/test_random.py.

    Examples
    --------
    >>> uniform(1, 0, 0, 0, 0) == uniform(1, 0, 0, 0, 0) != uniform(1, 0, 0, 0, 1)
    True
    """
    return CellRandom(seed, candidate, bar, slot).at(step)
