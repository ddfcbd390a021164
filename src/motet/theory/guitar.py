"""Guitar chord shapes, worked out on the neck.

Conventions: strings run from the lowest to the highest; a fret is 0 for open, -1 for a string that
is not played. Pitches are sounding ones. A shape spans four frets (open strings apart) and needs
four fingers, where a barre counts as one.

Source: standard tuning E2 A2 D3 G3 B3 E4; which shapes are reachable is worked out here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from motet.theory.chord import Chord

__all__ = ["GUITAR_TUNING", "GuitarShape", "guitar_shape", "guitar_shapes"]

GUITAR_TUNING = (40, 45, 50, 55, 59, 64)
"""Open strings of a guitar, E2 A2 D3 G3 B3 E4."""


@dataclass(frozen=True, slots=True)
class GuitarShape:
    """One way to finger a chord.

    Parameters
    ----------
    frets : tuple of int, one for each string
        -1 for a string that is not played.
    pitches : tuple of int, MIDI numbers, ascending

    Examples
    --------
    >>> from motet.theory.chord import parse_chord
    >>> guitar_shape(parse_chord("C")).frets
    (-1, 3, 2, 0, 1, 0)
    """

    frets: tuple[int, ...]
    pitches: tuple[int, ...]

    @property
    def position(self) -> int:
        """Lowest fret that a finger stands on; 0 when all strings are open."""
        return min((fret for fret in self.frets if fret > 0), default=0)

    @property
    def n_fingers(self) -> int:
        """How many fingers it takes, a barre at the lowest fret counting as one."""
        stopped = [fret for fret in self.frets if fret > 0]
        barred = stopped.count(self.position)
        can_bar = barred >= 2 and 0 not in self.frets[self.frets.index(self.position) :]
        return len(stopped) - (barred - 1 if can_bar else 0)


@lru_cache(maxsize=1024)
def guitar_shapes(
    chord: Chord, *, low: int = 40, high: int = 88, n_strings_max: int = 6
) -> tuple[GuitarShape, ...]:
    """Return the playable shapes of a chord, the handiest first.

    Parameters
    ----------
    chord : Chord
    low, high : int, MIDI numbers
        Sounding range, both ends included.
    n_strings_max : int, 1 to 6
        How many strings may sound.

    Returns
    -------
    tuple of GuitarShape
        At most 40; empty under no chord or where nothing can be played.

    Examples
    --------
    >>> from motet.theory.chord import parse_chord
    >>> [shape.frets for shape in guitar_shapes(parse_chord("F"))][:1]
    [(1, 3, 3, 2, 1, 1)]
    """
    if not chord.root:
        return ()
    wanted = set(chord.pcs)
    sounding = wanted | {chord.bass_pc}
    needed = _needed(chord)
    found: dict[tuple[int, ...], float] = {}
    for position in range(1, 13):
        for frets in _fret_choices(chord.bass_pc, sounding, position):
            pitches = tuple(
                GUITAR_TUNING[string] + fret for string, fret in enumerate(frets) if fret >= 0
            )
            if frets in found or not 3 <= len(pitches) <= n_strings_max:
                continue
            if pitches[0] < low or max(pitches) > high or len(set(pitches)) < len(pitches):
                continue
            pcs = {pitch % 12 for pitch in pitches}
            if not needed <= pcs or list(pitches) != sorted(pitches):
                continue
            shape = GuitarShape(frets, pitches)
            if shape.n_fingers <= 4:
                found[frets] = _effort(shape, len(sounding - pcs))
    best = sorted(found, key=lambda frets: (found[frets], frets))[:40]
    return tuple(
        GuitarShape(f, tuple(GUITAR_TUNING[s] + n for s, n in enumerate(f) if n >= 0)) for f in best
    )


def _needed(chord: Chord) -> set[int]:
    """Return the tones that a shape may not leave out: all but fifth, and root over a bass."""
    extensions = [semi for semi in chord.intervals if semi > 12]
    tones = {(chord.root_pc + semi) % 12 for semi in chord.intervals if semi in (3, 4, 10, 11)}
    if len(chord.intervals) <= 4:
        tones |= {pc for pc in chord.pcs if pc != chord.fifth_pc or len(chord.pcs) < 4}
    if extensions:
        tones.add((chord.root_pc + extensions[-1]) % 12)
    tones |= set(chord.guide_tones)
    if 6 in chord.intervals or 8 in chord.intervals:
        tones.add(chord.fifth_pc)
    return tones | {chord.bass_pc}


def _fret_choices(bass_pc: int, pcs: set[int], position: int) -> Iterator[tuple[int, ...]]:
    """Yield frets in a window of four from a position, the bass on the lowest string played."""
    options = []
    for open_pitch in GUITAR_TUNING:
        frets = [f for f in range(position, position + 4) if (open_pitch + f) % 12 in pcs]
        if open_pitch % 12 in pcs and position <= 4:
            frets.insert(0, 0)
        options.append(frets)
    for first in range(4):
        for fret in options[first]:
            if (GUITAR_TUNING[first] + fret) % 12 == bass_pc:
                head = (-1,) * first + (fret,)
                yield from _extend(head, options, n_gaps=0)


def _extend(
    head: tuple[int, ...], options: list[list[int]], *, n_gaps: int
) -> Iterator[tuple[int, ...]]:
    """Yield every way to go on to the highest string: one string may be skipped, the top left out."""
    string = len(head)
    if string == len(GUITAR_TUNING):
        yield head
        return
    for fret in options[string]:
        yield from _extend((*head, fret), options, n_gaps=n_gaps)
    if string >= 4:
        yield head + (-1,) * (len(GUITAR_TUNING) - string)
    if n_gaps == 0 and string < 5:
        for fret in options[string + 1]:
            yield from _extend((*head, -1, fret), options, n_gaps=1)


def _effort(shape: GuitarShape, n_missing: int) -> float:
    """Return how awkward a shape is: fingers, position, gaps, tones left out, thinness."""
    played = [string for string, fret in enumerate(shape.frets) if fret >= 0]
    n_gaps = played[-1] - played[0] + 1 - len(played)
    stopped = [fret for fret in shape.frets if fret > 0]
    stretch = max(stopped) - min(stopped) if stopped else 0
    n_open = shape.frets.count(0)
    return (
        shape.n_fingers * 0.7
        + shape.position * 0.5
        + n_gaps * 4.0
        + n_missing * 3.0
        + stretch * 0.6
        + (6 - len(played)) * 0.9
        + (5 - played[-1]) * 0.6
        - (n_open * 0.5 if shape.position <= 2 else -n_open * 1.0)
    )


@lru_cache(maxsize=4096)
def guitar_shape(
    chord: Chord,
    *,
    low: int = 40,
    high: int = 88,
    n_strings_max: int = 6,
    near_fret: int | None = None,
) -> GuitarShape | None:
    """Return the handiest shape of a chord, or None where there is none.

    Parameters
    ----------
    chord : Chord
    low, high : int, MIDI numbers
        Sounding range, both ends included.
    n_strings_max : int, 1 to 6
    near_fret : int or None
        Where the hand is; shapes far from it cost more.

    Returns
    -------
    GuitarShape or None

    Examples
    --------
    >>> from motet.theory.chord import parse_chord
    >>> guitar_shape(parse_chord("Am")).frets, guitar_shape(parse_chord("Am"), near_fret=5).frets
    ((-1, 0, 2, 2, 1, 0), (5, 7, 7, 5, 5, 5))
    """
    shapes = guitar_shapes(chord, low=low, high=high, n_strings_max=n_strings_max)
    if not shapes:
        return None
    if near_fret is None:
        return shapes[0]
    return min(
        enumerate(shapes), key=lambda one: one[0] * 0.4 + abs(one[1].position - near_fret) * 2.0
    )[1]
