"""Where chords may change under a melody, and how well each place fits each chord.

Conventions: a slot is the shortest stretch that may have a chord of its own; levels are 3 at a bar line,
2 in the middle of a bar, 1 at any other beat. Phrases end where the melody rests or holds at the end of
two, four or eight bars. Ticks are the score's own.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from motet.score import Bar, Note, Part, Score
from motet.tasks.harmonise.habits import tone_habits
from motet.tasks.harmonise.kind import KINDS
from motet.tasks.harmonise.palette import Entry

__all__ = ["Slot", "fit_slots", "lay_slots", "mark_phrases"]

FloatArray = npt.NDArray[np.float64]

_LENGTH_POWER = 0.6
_FIRST = 1.4
_ON_BEAT = 1.0
_OFF_BEAT = 0.7
_HELD = 0.5
_LATE = 10
_RUB = 1.6
_DOUBLED = 2.5
_MOST = 2.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A stretch that may have a chord of its own.

    Parameters
    ----------
    start_tick, end_tick : int, ticks
    bar : int
    level : int, 1 to 3
    closes : float, 0 to 1
        How much a phrase ends here; 1 at the end of the piece.
    """

    start_tick: int
    end_tick: int
    bar: int
    level: int
    closes: float = 0.0


def lay_slots(score: Score, *, chords_per_bar: int = 2) -> tuple[Slot, ...]:
    """Return where chords may change.

    Parameters
    ----------
    score : Score
    chords_per_bar : int, 1 to 8
        At most so many in a bar, on beats.

    Returns
    -------
    tuple of Slot
        A pickup has none.

    Examples
    --------
    >>> from motet.score import make_score
    >>> [(one.start_tick, one.level) for one in lay_slots(make_score("C4:4 D4:4"))]
    [(0, 3), (960, 2), (1920, 3), (2880, 2)]
    >>> len(lay_slots(make_score("C4:3", metre="3/4"))), len(lay_slots(make_score("C4:3", metre="6/8")))
    (1, 2)
    """
    found = []
    bars = score.bars
    for bar in bars:
        is_pickup = bar.index == 0 and bar.number == 0 and len(bars) > 1
        if is_pickup:
            continue
        edges = _edges(bar, score.resolution, chords_per_bar)
        half = bar.start_tick + bar.duration_tick / 2
        for start, end in itertools.pairwise(edges):
            level = 3 if start == bar.start_tick else 2 if abs(start - half) < 2 else 1
            found.append(Slot(start_tick=start, end_tick=end, bar=bar.index, level=level))
    return tuple(found)


def _edges(bar: Bar, resolution: int, most: int) -> list[int]:
    """Return the edges of a bar's slots: its beats, joined until there are few enough."""
    beats = [bar.start_tick]
    for beat in bar.metre.beats_qn:
        beats.append(beats[-1] + round(float(beat) * resolution))
    beats = [one for one in beats if one < bar.end_tick] + [bar.end_tick]
    n = len(beats) - 1
    wanted = max(1, min(n, most))
    if n == 3 and wanted == 2:
        wanted = 1
    while wanted > 1 and n % wanted:
        wanted -= 1
    step = n // wanted
    return [*beats[:-1:step], bar.end_tick]


def mark_phrases(score: Score, melody: Part, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Return the slots with where phrases end.

    Parameters
    ----------
    score : Score
    melody : Part
    slots : tuple of Slot

    Returns
    -------
    tuple of Slot

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:1 D4:1 E4:1 F4:1 | G4:4 | E4:1 D4:1 C4:1 D4:1 | C4:4")
    >>> slots = mark_phrases(score, score.parts[0], lay_slots(score, chords_per_bar=1))
    >>> [one.closes for one in slots]
    [0.0, 0.4, 0.0, 1.0]
    """
    if not slots:
        return slots
    first_bar = slots[0].bar
    marks = {score.bar_at(one.tick) for one in score.sections}
    held = {bar: _comes_to_rest(score, melody, bar) for bar in {one.bar for one in slots}}
    last_of = {one.bar: k for k, one in enumerate(slots)}
    out = list(slots)
    for bar, k in last_of.items():
        count = bar - first_bar + 1
        closes = 0.0
        if held[bar]:
            closes = (
                0.8 if count % 8 == 0 else 0.6 if count % 4 == 0 else 0.4 if count % 2 == 0 else 0.0
            )
        if bar + 1 in marks:
            closes = max(closes, 0.8)
        if closes:
            # The chord of a close sounds where the melody has come to rest: the bar's last place.
            out[k] = replace(out[k], closes=closes)
    out[-1] = replace(out[-1], closes=1.0)
    return tuple(out)


def _comes_to_rest(score: Score, melody: Part, bar: int) -> bool:
    """Whether a bar's last note is long, or a rest follows it."""
    place = score.bars[bar]
    inside = [n for n in melody.notes if place.start_tick <= n.onset_tick < place.end_tick]
    if not inside:
        return True
    last = max(inside, key=lambda note: note.onset_tick)
    room = place.end_tick - last.onset_tick
    return room >= place.duration_tick * 0.45


def fit_slots(
    score: Score, melody: Part, slots: tuple[Slot, ...], palette: tuple[Entry, ...]
) -> FloatArray:
    """Return how well each chord fits the melody in each slot.

    Parameters
    ----------
    score : Score
    melody : Part
    slots : tuple of Slot
    palette : tuple of Entry

    Returns
    -------
    float64, shape (t, s)
        Natural logarithms of how much likelier the notes are under the chord than by chance; 0 where the
        melody rests.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.harmonise.palette import find_palette
    >>> from motet.theory import Key
    >>> score, palette = make_score("E4:2 C4:2"), find_palette(Key("C"), 1)
    >>> fit = fit_slots(score, score.parts[0], lay_slots(score, chords_per_bar=1), palette)
    >>> palette[int(fit[0].argmax())].chord.symbol
    'C'
    """
    table = tone_habits()
    kinds = np.array([entry.state % len(KINDS) for entry in palette])
    roots = np.array([entry.chord.root_pc for entry in palette])
    member = np.zeros((len(palette), 12), np.bool_)
    for k, entry in enumerate(palette):
        member[k, [pc % 12 for pc in entry.chord.pcs]] = True
    inverted = np.array([bool(entry.chord.bass) for entry in palette])
    bass = np.array([entry.chord.bass_pc for entry in palette])
    out = np.zeros((len(slots), len(palette)))
    notes = sorted(melody.notes, key=lambda note: note.onset_tick)
    for t, slot in enumerate(slots):
        for note in notes:
            if note.onset_tick >= slot.end_tick:
                break
            weight, is_strong = _weigh(note, slot, score.resolution)
            if weight <= 0:
                continue
            above = (note.pitch - roots) % 12
            value = table[int(is_strong), kinds, above]
            own = member[np.arange(len(palette)), note.pitch % 12]
            value = np.where(own, np.maximum(value, 0.75), value)
            rub = member[np.arange(len(palette)), (note.pitch - 1) % 12] & ~own
            value = value - np.where(rub & is_strong & (weight > 0.8), _RUB, 0.0)
            out[t] += weight * value
            if is_strong:  # an inversion whose bass the melody sings is hollow
                out[t] -= _DOUBLED * (inverted & (bass == note.pitch % 12))
    return out


def _weigh(note: Note, slot: Slot, resolution: int) -> tuple[float, bool]:
    """Return how much a note counts in a slot, and whether it is heard as strong there."""
    start, end = max(note.onset_tick, slot.start_tick), min(note.end_tick, slot.end_tick)
    if end <= start:
        return 0.0, False
    length = (end - start) / resolution
    late = resolution // _LATE  # hands are not on the grid
    is_first = note.onset_tick - late <= slot.start_tick < note.end_tick - late
    off = (note.onset_tick - slot.start_tick) % resolution
    on_beat = min(off, resolution - off) <= late
    is_strong = is_first or (on_beat and length >= 1.5)
    weight = min(_MOST, length**_LENGTH_POWER)
    weight *= _FIRST if is_first else _ON_BEAT if on_beat else _OFF_BEAT
    if note.onset_tick < slot.start_tick - late:
        # What comes half a beat early and is held belongs to the beat that it anticipates.
        is_early = slot.start_tick - note.onset_tick <= resolution // 2
        weight *= 1.0 if is_early else _HELD
    return float(weight), is_strong
