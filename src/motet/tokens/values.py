"""Metres, tempos, velocities and keys as values of their token families, and back.

Conventions: positions are 24 a quarter note; -1 stands for none, where there is no value for it.
"""

from __future__ import annotations

import math
from typing import Final

from motet.errors import ParameterError
from motet.tokens.vocab import METRE_DENOMINATORS, MODES, POSITIONS_PER_QN

__all__ = [
    "MODE_TONICS",
    "NO_KEY",
    "UNMETRED",
    "key_tonic",
    "metre_length",
    "metre_of",
    "metre_value",
    "tempo_of",
    "tempo_value",
    "velocity_of",
    "velocity_value",
]

UNMETRED: Final = 64
"""METRE value of music without a metre, and of metres that the table has not."""
NO_KEY: Final = 84
"""KEY value of music without a key."""
MODE_TONICS: Final = (0, 9, 2, 4, 5, 7, 11)
"""Tonic of each of `MODES` when the key signature is empty."""


def metre_value(numerator: int, denominator: int) -> int:
    """Return the METRE value of a metre.

    Parameters
    ----------
    numerator, denominator : int, > 0

    Returns
    -------
    int, 0 to 64
        A metre outside the table is written with another denominator (2/1 as 4/2, 24/16 as 12/8)
        where that keeps its length, else as 64, unmetred.

    Examples
    --------
    >>> metre_of(metre_value(7, 8)), metre_of(metre_value(2, 1)), metre_value(17, 4)
    ((7, 8), (4, 2), 64)
    """
    while denominator > 0 and (denominator > 16 or numerator > 16) and numerator % 2 == 0:
        numerator, denominator = numerator // 2, denominator // 2
    if denominator == 1:
        numerator, denominator = numerator * 2, 2
    if denominator not in METRE_DENOMINATORS or not 1 <= numerator <= 16:
        return UNMETRED
    return (numerator - 1) * 4 + METRE_DENOMINATORS.index(denominator)


def metre_of(value: int) -> tuple[int, int] | None:
    """Return numerator and denominator of a METRE value, None for unmetred.

    Parameters
    ----------
    value : int, 0 to 64

    Returns
    -------
    tuple of int, or None

    Raises
    ------
    ParameterError
        The value is out of range.

    Examples
    --------
    >>> metre_of(13), metre_of(64)
    ((4, 4), None)
    """
    if not 0 <= value <= UNMETRED:
        raise ParameterError(
            f"a METRE value is 0 to {UNMETRED}, got {value}",
            zh=f"METRE 的取值为 0 到 {UNMETRED},收到 {value}",
        )
    return None if value == UNMETRED else (value // 4 + 1, METRE_DENOMINATORS[value % 4])


def metre_length(value: int) -> int:
    """Return the length of a full bar of a METRE value; unmetred bars count as a whole note.

    Parameters
    ----------
    value : int, 0 to 64

    Returns
    -------
    int, positions

    Examples
    --------
    >>> metre_length(metre_value(7, 8)), metre_length(64)
    (84, 96)
    """
    metre = metre_of(value)
    if metre is None:
        return 4 * POSITIONS_PER_QN
    return metre[0] * 4 * POSITIONS_PER_QN // metre[1]


def tempo_value(qpm: float | None) -> int:
    """Return the TEMPO value of a tempo, -1 for None.

    Parameters
    ----------
    qpm : float or None, quarter notes a minute

    Returns
    -------
    int, -1 to 23
        The nearest of 30 * 2 ** (value / 6).

    Examples
    --------
    >>> tempo_value(120.0), tempo_value(1.0), tempo_value(None)
    (12, 0, -1)
    """
    if qpm is None or not qpm > 0:
        return -1
    return min(23, max(0, round(6 * math.log2(qpm / 30))))


def tempo_of(value: int) -> float | None:
    """Return the tempo of a TEMPO value, None for -1.

    Parameters
    ----------
    value : int, -1 to 23

    Returns
    -------
    float or None, quarter notes a minute

    Examples
    --------
    >>> tempo_of(12)
    120.0
    """
    return None if value < 0 else 30.0 * 2.0 ** (value / 6)


def velocity_value(velocity: int) -> int:
    """Return the VEL value of a velocity.

    Parameters
    ----------
    velocity : int, 1 to 127

    Returns
    -------
    int, 0 to 15

    Examples
    --------
    >>> velocity_value(80), velocity_value(127), velocity_value(1)
    (9, 15, 0)
    """
    return min(15, max(0, (velocity + 4) // 8 - 1))


def velocity_of(value: int) -> int:
    """Return the velocity of a VEL value.

    Parameters
    ----------
    value : int, 0 to 15

    Returns
    -------
    int, 8 to 127

    Examples
    --------
    >>> velocity_of(9), velocity_of(15)
    (80, 127)
    """
    return min(127, 8 * (value + 1))


def key_tonic(key: int) -> tuple[int, str] | None:
    """Return the tonic's pitch class and the mode of a KEY value, None for no key.

    Parameters
    ----------
    key : int, 0 to 84

    Returns
    -------
    tuple of int and str, or None

    Examples
    --------
    >>> key_tonic(0), key_tonic(9 * 7 + 1), key_tonic(84)
    ((0, 'major'), (9, 'minor'), None)
    """
    return None if key == NO_KEY else (key // 7, MODES[key % 7])
