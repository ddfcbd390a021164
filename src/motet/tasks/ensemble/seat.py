"""Lines seated on chairs: octaves chosen so that each stays in range, and voices keep their order.

Conventions: a line is notes one after the other; only octaves change, never pitch classes or rhythm. The
whole line is weighed at once (shortest path over octave shifts).

Source: own definition; ranges of `motet.theory.instrument`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from motet.score import Note
from motet.theory.instrument import Instrument

__all__ = ["fit_line"]

_SHIFTS = (0, -12, 12, -24, 24, -36, 36, -48, 48)
_NEVER = 1e6

_Placed = tuple[tuple[Note, ...], int]


class _Voice:
    """A line that already stands, to be asked what sounds at a tick."""

    def __init__(self, notes: Sequence[Note]) -> None:
        self.notes = sorted((n for n in notes if not n.grace), key=lambda n: n.onset_tick)
        self.onsets = [n.onset_tick for n in self.notes]

    def at(self, tick: int) -> int:
        """Return the pitch that sounds; -1 for none."""
        k = bisect_right(self.onsets, tick) - 1
        return self.notes[k].pitch if k >= 0 and self.notes[k].end_tick > tick else -1


def fit_line(
    notes: Sequence[Note],
    instrument: Instrument,
    *,
    resolution: int,
    above: Sequence[Sequence[Note]] = (),
    below: Sequence[Sequence[Note]] = (),
    is_melody: bool = False,
) -> _Placed:
    """Return a line in the range of an instrument.

    Parameters
    ----------
    notes : sequence of Note
    instrument : Instrument
    resolution : int, ticks a quarter note
    above, below : sequences of lines
        Lines that should stay above, or below.
    is_melody : bool
        Whether octaves may change between phrases only, as far as the range lets them.

    Returns
    -------
    tuple of Note and int
        The notes, and how many moved by octaves.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.theory.instrument import find_instrument
    >>> line = make_score("E5:1 D5:1 C5:2").parts[0].notes
    >>> [note.pitch for note in fit_line(line, find_instrument("cello"), resolution=480)[0]]
    [64, 62, 60]
    """
    if not notes:
        return (), 0
    highs, lows = [_Voice(one) for one in above], [_Voice(one) for one in below]
    best: list[float] = [0.0] * len(_SHIFTS)
    sources: list[list[int]] = []
    for k, note in enumerate(notes):
        own = [_own(note, shift, instrument, highs, lows, is_melody) for shift in _SHIFTS]
        if not k:
            best = own
            continue
        last = notes[k - 1]
        rest = note.onset_tick - last.end_tick >= resolution // 2
        change = (0.5 if rest else 1.6) * (5.0 if is_melody else 1.0)
        source, costs = [], []
        for j, cost in enumerate(own):
            reach = [
                best[i] + change * abs(_SHIFTS[i] - _SHIFTS[j]) / 12 * 4
                for i in range(len(_SHIFTS))
            ]
            at = min(range(len(reach)), key=reach.__getitem__)
            source.append(at)
            costs.append(reach[at] + cost)
        sources.append(source)
        best = costs
    at = min(range(len(best)), key=best.__getitem__)
    path = [at]
    for source in reversed(sources):
        at = source[at]
        path.append(at)
    shifts = [_SHIFTS[k] for k in reversed(path)]
    placed = tuple(
        replace(note, pitch=note.pitch + shift, staff=1, voice=1)
        for note, shift in zip(notes, shifts, strict=True)
    )
    return placed, sum(shift != 0 for shift in shifts)


def _own(
    note: Note,
    shift: int,
    instrument: Instrument,
    above: Sequence[_Voice],
    below: Sequence[_Voice],
    is_melody: bool,
) -> float:
    """Return what it costs that a note stands so many semitones higher."""
    pitch = note.pitch + shift
    if not instrument.low <= pitch <= instrument.high:
        return _NEVER
    cost = abs(shift) / 12 * (1.0 if is_melody else 0.5)
    outside = max(instrument.comfortable_low - pitch, pitch - instrument.comfortable_high, 0)
    cost += 1.5 * outside if is_melody else 2.5 * outside
    if not is_melody:
        middle = (instrument.comfortable_low + instrument.comfortable_high) / 2
        cost += 0.06 * abs(pitch - middle)
    for voice in above:
        top = voice.at(note.onset_tick)
        if top >= 0 and pitch >= top:
            cost += 2.0 + 0.15 * min(12, pitch - top)
    for voice in below:
        floor = voice.at(note.onset_tick)
        if floor >= 0 and pitch <= floor:
            cost += 2.0 + 0.15 * min(12, floor - pitch)
    return cost
