"""Contours: where in its range a line lies in each bar, so that it rises and falls as singers do.

Conventions: a contour is a window of pitches for each bar, an octave or less, that follows an arch over
every phrase of four bars and lies higher in sections other than the first. Sections of one label have one
contour. A window is wide enough for any chord to have a tone in it. Bars count from 0.

Source: own definition. The bars of human melodies rarely span more than an octave, and phrases tend to
rise and then fall: David Huron, "The melodic arch in Western folksongs", Computing in Musicology 10
(1996), 3-23.

Offers `plan_contour`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from motet.arranger.plan import rng_for
from motet.tasks.frame import FrameSection

__all__ = ["plan_contour"]

_WIDTH_SEMI = 11
_PHRASE_BARS = 4
_LEAN = 0.6  # of the room, from the first bar of a phrase to the last


def plan_contour(
    sections: Sequence[FrameSection],
    *,
    low: int,
    high: int,
    seed: int,
    name: str,
    width_semi: int = _WIDTH_SEMI,
    lean: float = 0.0,
) -> dict[int, tuple[int, int]]:
    """Return the window of pitches of every bar.

    Parameters
    ----------
    sections : sequence of FrameSection
    low, high : int, MIDI numbers
        The part's whole range; a range that is no wider than a window is every bar's.
    seed : int, >= 0
    name : str
        Of the part, so that parts differ.
    width_semi : int, semitones
        From the lowest to the highest pitch of a window.
    lean : float, -1 to 1
        Whether phrases rise (1), fall (-1), or only arch.

    Returns
    -------
    dict of int to (int, int)
        Bar to its lowest and highest pitch.

    Examples
    --------
    >>> windows = plan_contour([FrameSection("A", 0, 4)], low=60, high=84, seed=1, name="Flute")
    >>> [top - bottom for bottom, top in windows.values()]
    [11, 11, 11, 11]
    >>> windows[1][0] > windows[0][0] and windows[2][0] > windows[3][0]
    True
    """
    found: dict[int, tuple[int, int]] = {}
    first = sections[0].label if sections else ""
    room = high - low - width_semi
    for section in sections:
        rng = rng_for(seed, "contour", name, section.label)
        base = float(rng.uniform(0.1, 0.35)) + (0.0 if section.label == first else 0.15)
        rise = float(rng.uniform(0.2, 0.45))
        for bar in range(section.start_bar, section.end_bar):
            if room <= 0:
                found[bar] = (low, high)
                continue
            place = (bar - section.start_bar) % _PHRASE_BARS + 0.5
            arch = math.sin(math.pi * place / _PHRASE_BARS)
            answer = 0.06 * ((bar - section.start_bar) // _PHRASE_BARS % 2)
            slope = _LEAN * lean * (place / _PHRASE_BARS - 0.5)
            share = min(1.0, max(0.0, base + answer + rise * arch + slope))
            bottom = low + round(share * room)
            found[bar] = (bottom, bottom + width_semi)
    return found
