"""Units of time and pitch, and every conversion between them.

Conventions: ticks are integers at a score's own resolution (ticks a quarter note);
quarter notes are exact as `fractions.Fraction` or approximate as float; seconds and hertz are
floats; a pitch is a MIDI number 0 to 127, 60 is middle C (C4), 69 is A4.

Source: MIDI 1.0 specification (pitch numbers); equal temperament at A4 = 440 Hz.
"""

from __future__ import annotations

import math
from typing import NewType

from motet.errors import ParameterError

__all__ = [
    "DEFAULT_RESOLUTION",
    "GRID_STEPS_PER_QN",
    "MAX_PITCH",
    "Hertz",
    "Pitch",
    "Quarter",
    "Second",
    "Tick",
    "pitch_to_hz",
    "qn_to_tick",
    "qpm_to_quarter_us",
    "quarter_us_to_qpm",
]

Tick = NewType("Tick", int)
Quarter = NewType("Quarter", float)
Second = NewType("Second", float)
Hertz = NewType("Hertz", float)
Pitch = NewType("Pitch", int)

DEFAULT_RESOLUTION = 480
"""Ticks a quarter note of scores that Motet writes: a multiple of 24, so grid time is exact."""
GRID_STEPS_PER_QN = 24
"""Grid positions a quarter note that models see."""
MAX_PITCH = 127


def pitch_to_hz(pitch: float, *, a4_hz: float = 440.0) -> float:
    """Return the frequency of a pitch in equal temperament.

    Parameters
    ----------
    pitch : float, MIDI number
        69 is A4; fractions are allowed.
    a4_hz : float, Hz
        Tuning of A4.

    Returns
    -------
    float, Hz

    Examples
    --------
    >>> pitch_to_hz(69), round(pitch_to_hz(60), 2)
    (440.0, 261.63)
    """
    return float(a4_hz * 2.0 ** ((pitch - 69.0) / 12.0))


def qn_to_tick(qn: float, *, resolution: int) -> int:
    """Return the nearest tick to a time in quarter notes.

    Parameters
    ----------
    qn : float, quarter notes
    resolution : int, ticks a quarter note, > 0

    Returns
    -------
    int, ticks

    Raises
    ------
    ParameterError
        `resolution` is not positive, or `qn` is not finite.

    Examples
    --------
    >>> qn_to_tick(1.5, resolution=480)
    720
    """
    if resolution <= 0:
        raise ParameterError(
            f"resolution must be > 0 ticks a quarter note, got {resolution}; 480 is usual",
            zh=f"resolution(每四分音符的 tick 数)必须大于 0,收到 {resolution};常用 480",
        )
    if not math.isfinite(qn):
        raise ParameterError(
            f"qn must be a finite number of quarter notes, got {qn}",
            zh=f"qn(四分音符数)必须是有限的数,收到 {qn}",
        )
    return round(qn * resolution)


def qpm_to_quarter_us(qpm: float) -> int:
    """Return the microseconds that a quarter note lasts at a tempo.

    Parameters
    ----------
    qpm : float, quarter notes a minute, > 0

    Returns
    -------
    int, microseconds, 1 to 16,777,215 (what MIDI can say)

    Raises
    ------
    ParameterError
        `qpm` is not between 3.58 and 60,000,000.

    Examples
    --------
    >>> qpm_to_quarter_us(120)
    500000
    """
    if not 3.58 <= qpm <= 60_000_000:
        raise ParameterError(
            f"qpm must be 3.58 to 60,000,000 quarter notes a minute, got {qpm}; try 120",
            zh=f"qpm(每分钟四分音符数)必须在 3.58 到 60,000,000 之间,收到 {qpm};可试 120",
        )
    return min(16_777_215, max(1, round(60_000_000 / qpm)))


def quarter_us_to_qpm(quarter_us: int) -> float:
    """Return the tempo at which a quarter note lasts so many microseconds.

    Parameters
    ----------
    quarter_us : int, microseconds, > 0

    Returns
    -------
    float, quarter notes a minute

    Raises
    ------
    ParameterError
        `quarter_us` is not positive.

    Examples
    --------
    >>> quarter_us_to_qpm(500_000)
    120.0
    """
    if quarter_us <= 0:
        raise ParameterError(
            f"quarter_us must be > 0 microseconds, got {quarter_us}; 500,000 is 120 a minute",
            zh=f"quarter_us(每四分音符微秒数)必须大于 0,收到 {quarter_us};500,000 即每分钟 120 拍",
        )
    return 60_000_000 / quarter_us
