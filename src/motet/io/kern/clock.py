"""From the units of the scan to ticks: a resolution that holds every length of the file.

Conventions: the resolution is a multiple of 480 where that is possible, and at most 32,767 ticks a
quarter note, which is all that a score and MIDI can say; beyond it times are rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import gcd, lcm

from motet.io.kern.track import UNITS_PER_QN

__all__ = ["choose_resolution", "tick_maker"]

_MAX_RESOLUTION = 32_767
_ROUNDED_RESOLUTION = 30_240  # 2^5 * 3^3 * 5 * 7


def choose_resolution(durations: Iterable[int]) -> tuple[int, bool]:
    """Return ticks a quarter note, and whether all lengths are whole in them.

    Parameters
    ----------
    durations : iterable of int
        Units of the scan.

    Returns
    -------
    tuple of int and bool

    Examples
    --------
    >>> choose_resolution([UNITS_PER_QN, UNITS_PER_QN // 3]), choose_resolution([UNITS_PER_QN // 7])
    ((480, True), (3360, True))
    """
    exact = UNITS_PER_QN // gcd(UNITS_PER_QN, *durations)
    for base in (480, 96, 24, 8, 1):
        resolution = lcm(base, exact)
        if resolution <= _MAX_RESOLUTION:
            return resolution, True
    return _ROUNDED_RESOLUTION, False


def tick_maker(resolution: int) -> Callable[[int], int]:
    """Return the function that gives the tick of a time, rounded to the nearest.

    Parameters
    ----------
    resolution : int, ticks a quarter note

    Returns
    -------
    callable

    Examples
    --------
    >>> tick_maker(480)(UNITS_PER_QN * 3 // 2)
    720
    """
    whole, rest = divmod(UNITS_PER_QN, resolution)
    if not rest:
        half = whole // 2

        def exact(time: int) -> int:
            return (time + half) // whole

        return exact

    def rounded(time: int) -> int:
        return (2 * time * resolution + UNITS_PER_QN) // (2 * UNITS_PER_QN)

    return rounded
