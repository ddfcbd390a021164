"""Means and their spread, and figures as text.

Conventions: what is undefined (nan) is left out; a mean over nothing is nan and is written as a dash.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

__all__ = ["half_interval", "known_mean", "tell", "within"]


def known_mean(values: Iterable[float]) -> float:
    """Return the mean of what is defined.

    Parameters
    ----------
    values : iterable of float

    Returns
    -------
    float
        nan where nothing is.

    Examples
    --------
    >>> known_mean([1.0, float("nan"), 3.0])
    2.0
    """
    known = [value for value in values if not math.isnan(value)]
    return float(np.mean(known)) if known else float("nan")


def half_interval(values: Iterable[float], rng: np.random.Generator) -> float:
    """Return half the width of the 95 % interval of a mean, by bootstrap.

    Parameters
    ----------
    values : iterable of float
    rng : numpy.random.Generator

    Returns
    -------
    float
        nan with fewer than two values.

    Examples
    --------
    >>> half_interval([2.0, 2.0, 2.0], np.random.default_rng(0))
    0.0
    """
    known = np.array([value for value in values if not math.isnan(value)])
    if len(known) < 2:
        return float("nan")
    means = rng.choice(known, size=(400, len(known))).mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(high - low) / 2


def tell(value: float | None, digits: int = 3) -> str:
    """Return a figure as text, a dash where it is undefined.

    Parameters
    ----------
    value : float or None
    digits : int
        After the point.

    Returns
    -------
    str

    Examples
    --------
    >>> tell(0.12345), tell(float("nan")), tell(2.0, 1)
    ('0.123', '–', '2.0')
    """
    return "–" if value is None or math.isnan(value) else f"{value:.{digits}f}"


def within(value: float, people: float, tolerance: float) -> bool:
    """Return whether a figure is as near to that of people as a share of it.

    Parameters
    ----------
    value, people : float
    tolerance : float
        0.05 is 5 %.

    Returns
    -------
    bool
        False where one is undefined.

    Examples
    --------
    >>> within(0.96, 1.0, 0.05), within(0.94, 1.0, 0.05)
    (True, False)
    """
    return abs(value - people) <= tolerance * abs(people)
