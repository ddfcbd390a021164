"""Seats inside an instrument: where each key of a kit or a keyboard stands between the loudspeakers.

Conventions: pan is -1 (left) to 1 (right), as the audience sees a stage: hi-hat right, low tom left;
low keys of a keyboard left. Used where a SoundFont puts all its samples in the middle.

Source: own values, from the common practice of mixing; keys as in the General MIDI percussion map.
"""

from __future__ import annotations

__all__ = ["KIT_PANS", "seat_pan"]

KIT_PANS = {
    37: 0.05, 39: -0.06, 41: -0.35, 42: 0.28, 43: -0.26, 44: 0.28, 45: -0.12, 46: 0.28, 47: 0.04,
    48: 0.17, 49: 0.36, 50: 0.30, 51: -0.33, 52: -0.45, 53: -0.33, 54: 0.22, 55: 0.18, 56: 0.26,
    57: -0.42, 59: -0.33, 60: 0.30, 61: 0.38, 62: -0.30, 63: -0.26, 64: -0.38, 65: 0.42, 66: 0.50,
    67: -0.42, 68: -0.48, 69: 0.42, 70: -0.42, 73: 0.36, 74: 0.36, 75: -0.32, 76: 0.32, 77: 0.40,
    80: -0.40, 81: -0.40, 82: 0.42,
}  # fmt: skip
"""Pans of the General MIDI percussion keys; keys that are missing stand in the middle."""

_KEYBOARDS = frozenset((*range(0, 4), 6, 8, 9, 11, 12, 13, 14, 46))
_DRUM_BANK = 128


def seat_pan(bank: int, program: int, key: int) -> float:
    """Return where a key stands inside its instrument.

    Parameters
    ----------
    bank, program : int
        As the SoundFont has them; drum kits are in bank 128.
    key : int, 0 to 127

    Returns
    -------
    float, -1 to 1
        0 for instruments that sound from one point.

    Source
    ------
    Own values (module docstring).

    Examples
    --------
    >>> seat_pan(128, 0, 42), seat_pan(128, 0, 36), seat_pan(0, 0, 40), seat_pan(0, 73, 90)
    (0.28, 0.0, -0.15, 0.0)
    """
    if bank == _DRUM_BANK:
        return KIT_PANS.get(key, 0.0)
    if program in _KEYBOARDS:
        return max(-0.3, min(0.3, (key - 64) * 0.3 / 48))
    return 0.0
