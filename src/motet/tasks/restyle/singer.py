"""Who sings the tune in the new style: an instrument of its world whose range holds it as it lies.

Conventions: a kept tune is never moved by an octave; the instrument gives way. One that is not kept may
move by octaves to where the style's own instrument sounds best.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from motet.arranger.style import Style
from motet.score import Note
from motet.theory.instrument import Instrument, find_instrument

__all__ = ["choose_singer", "octaves_to"]

_WORLDS: dict[str, tuple[str, ...]] = {
    "classical": ("violin", "flute", "oboe", "clarinet", "viola", "cello", "bassoon"),
    "jazz": ("alto_sax", "tenor_sax", "flute", "clarinet", "trumpet", "trombone", "baritone_sax"),
    "latin": ("flute", "clarinet", "alto_sax", "tenor_sax", "trombone", "cello"),
    "pop": ("alto_sax", "tenor_sax", "violin", "electric_piano", "cello"),
    "rock": ("overdriven_guitar", "saw_lead"),
    "electronic": ("saw_lead", "square_lead"),
    "soul": ("alto_sax", "tenor_sax", "electric_piano", "trombone"),
    "folk": ("fiddle", "flute", "accordion", "viola", "cello"),
    "world": ("clarinet", "violin", "accordion", "cello"),
    "screen": ("french_horn", "violin", "oboe", "cello", "trombone"),
}
_EDGE = 0.02
_STAYS = 0.75  # semitones of strain that a tune bears before it moves by an octave


def choose_singer(style: Style, melody: Sequence[Note]) -> tuple[Instrument, float]:
    """Return the instrument for a tune as it lies, and the share of notes within its range.

    Parameters
    ----------
    style : Style
    melody : sequence of Note

    Returns
    -------
    Instrument, float
        The style's own where the tune lies well on it, else the next of its world that does.

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> from motet.score import make_score
    >>> low, high = (make_score(text).parts[0].notes for text in ("C3:1 E3:1 G2:2", "C5:1 E5:1 G5:2"))
    >>> [choose_singer(find_style("bossa"), one)[0].identifier for one in (low, high)]
    ['cello', 'flute']
    """
    own = find_instrument(style.melody.instrument)
    found = [own]
    for name in _WORLDS.get(style.group, _WORLDS["pop"]):
        one = find_instrument(name)
        if one.identifier not in {other.identifier for other in found}:
            found.append(one)
    costs = [_cost(one, melody) + 0.05 * (k > 0) + 0.01 * k for k, one in enumerate(found)]
    best = found[int(np.argmin(costs))]
    pitches = [note.pitch for note in melody]
    inside = sum(best.low <= pitch <= best.high for pitch in pitches)
    return best, inside / len(pitches) if pitches else 1.0


def _cost(one: Instrument, melody: Sequence[Note]) -> float:
    """Return how badly a tune lies on an instrument: what it cannot play counts most."""
    pitches = np.array([note.pitch for note in melody] or [one.comfortable_low])
    outside = float(np.mean((pitches < one.low) | (pitches > one.high)))
    strained = float(np.mean((pitches < one.comfortable_low) | (pitches > one.comfortable_high)))
    dull = float(np.mean(pitches < one.comfortable_low + 2)) if one.family != "keys" else 0.0
    return 6.0 * (outside if outside > _EDGE else 0.0) + strained + 0.2 * dull


def octaves_to(style: Style, melody: Sequence[Note]) -> int:
    """Return by how many semitones, in whole octaves, a tune moves to lie where the style sings.

    Parameters
    ----------
    style : Style
    melody : sequence of Note

    Returns
    -------
    int, semitones
        0 where it lies well already.

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> from motet.score import make_score
    >>> octaves_to(find_style("bossa"), make_score("C3:1 E3:1 G3:2").parts[0].notes)
    12
    """
    pitches = np.array([note.pitch for note in melody])
    if not len(pitches):
        return 0
    low, high = style.melody.low, style.melody.high

    def strain(shift: int) -> float:
        moved = pitches + shift
        outside = np.maximum(low - moved, 0) + np.maximum(moved - high, 0)
        return float(outside.mean()) + _STAYS * (shift != 0) + 0.01 * abs(shift)

    return min(range(-48, 49, 12), key=lambda shift: (strain(shift), abs(shift)))
