"""The layers of a cell: its rhythm without its pitches, its pitches without their rhythm, and laying
one on the other.

Conventions: the rhythm of a cell is where its notes begin and how long they last, loudness and
articulation with it; its pitches are its notes in their order, those that begin together as one group.
Notes begin together when they lie on one position of the grid (24 a quarter note). Grace notes belong
to the pitches, not to the rhythm. Onsets count from anywhere, but both cells from the same place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from motet.score import Note
from motet.score.note import note_order
from motet.tokens.vocab import POSITIONS_PER_QN

__all__ = ["lay_pitches", "lay_rhythm", "pitches_of", "rhythm_of"]


def rhythm_of(notes: Sequence[Note]) -> tuple[tuple[int, int], ...]:
    """Return the rhythm of a cell.

    Parameters
    ----------
    notes : sequence of Note

    Returns
    -------
    tuple of (onset, duration), ticks
        Sorted, one for each note; grace notes left out.

    Examples
    --------
    >>> from motet.score import make_score
    >>> rhythm_of(make_score("C4:1 E4+G4:2").parts[0].notes)
    ((0, 480), (480, 960), (480, 960))
    """
    return tuple(sorted((note.onset_tick, note.duration_tick) for note in notes if not note.grace))


def pitches_of(notes: Sequence[Note], *, resolution: int) -> tuple[tuple[int, ...], ...]:
    """Return the pitches of a cell in their order, each group from low to high, grace notes first.

    Parameters
    ----------
    notes : sequence of Note
    resolution : int, ticks a quarter note

    Returns
    -------
    tuple of tuple of int, MIDI numbers

    Examples
    --------
    >>> from motet.score import make_score
    >>> pitches_of(make_score("C4:1 G4+E4:2").parts[0].notes, resolution=480)
    ((60,), (64, 67))
    """
    return tuple(tuple(note.pitch for note in group) for group in _groups(notes, resolution))


def _groups(notes: Sequence[Note], resolution: int) -> list[list[Note]]:
    """Return the notes that begin together, group by group; graces and pitches in order."""
    found: dict[int, list[Note]] = {}
    for note in sorted(notes, key=note_order):
        place = (2 * POSITIONS_PER_QN * note.onset_tick + resolution) // (2 * resolution)
        found.setdefault(place, []).append(note)
    return [
        [one for one in group if one.grace]
        + sorted((one for one in group if not one.grace), key=lambda one: one.pitch)
        for _, group in sorted(found.items())
    ]


def lay_pitches(kept: Sequence[Note], fresh: Sequence[Note]) -> tuple[Note, ...]:
    """Return a cell's own rhythm, tick for tick, with the pitches of other notes.

    Parameters
    ----------
    kept : sequence of Note
        Whose rhythm, loudness and articulation stay.
    fresh : sequence of Note
        Whose pitches come in: each note takes from those that begin nearest to it.

    Returns
    -------
    tuple of Note
        As many as `kept` has, without its grace notes; `kept` itself where `fresh` is empty.

    Examples
    --------
    >>> from motet.score import make_score
    >>> kept, fresh = (make_score(text).parts[0].notes for text in ("C4:1 D4:3", "E5:2 G5:2"))
    >>> [(note.onset_tick, note.pitch) for note in lay_pitches(kept, fresh)]
    [(0, 76), (480, 76)]
    """
    sounding = [note for note in kept if not note.grace]
    heard = [note for note in fresh if not note.grace]
    if not heard or not sounding:
        return tuple(kept)
    onsets = sorted({note.onset_tick for note in heard})
    groups: dict[int, list[Note]] = {}
    for note in sounding:
        near = min(onsets, key=lambda onset: (abs(onset - note.onset_tick), onset))
        groups.setdefault(near, []).append(note)
    found: list[Note] = []
    for onset, group in sorted(groups.items()):
        chord = sorted((n for n in heard if n.onset_tick == onset), key=lambda note: note.pitch)
        by_onset: dict[int, list[Note]] = {}
        for note in group:  # what lay on several ticks of one place takes its pitches tick by tick
            by_onset.setdefault(note.onset_tick, []).append(note)
        shared = list(by_onset.values()) if len(group) > len(chord) else [group]
        for members in shared:
            members.sort(key=lambda note: note.pitch)
            for k, note in enumerate(members):
                alone = len(members) == 1
                taken = chord[-1 if alone else _spread(k, len(members), len(chord))]
                found.append(
                    replace(note, pitch=taken.pitch, spelling=taken.spelling, ornaments=())
                )
    return tuple(sorted(found, key=note_order))


def lay_rhythm(kept: Sequence[Note], fresh: Sequence[Note], *, resolution: int) -> tuple[Note, ...]:
    """Return a cell's own pitches, in their order, in the rhythm of other notes.

    Parameters
    ----------
    kept : sequence of Note
        Whose pitches stay.
    fresh : sequence of Note
        Whose rhythm and loudness come in; of more onsets than there are groups of pitches, some evenly
        chosen ones are used.
    resolution : int, ticks a quarter note

    Returns
    -------
    tuple of Note
        `kept` itself where `fresh` has too few onsets.

    Examples
    --------
    >>> from motet.score import make_score
    >>> kept, fresh = (make_score(text).parts[0].notes for text in ("C4:2 D4:2", "G5:3 G5:1"))
    >>> [(note.onset_tick, note.pitch) for note in lay_rhythm(kept, fresh, resolution=480)]
    [(0, 60), (1440, 62)]
    """
    pitches = _groups(kept, resolution)
    places = _groups([note for note in fresh if not note.grace], resolution)
    if not pitches or len(places) < len(pitches):
        return tuple(kept)
    chosen = [places[_spread(k, len(pitches), len(places))] for k in range(len(pitches))]
    is_line = _is_line(kept)
    found: list[Note] = []
    for k, (group, place) in enumerate(zip(pitches, chosen, strict=True)):
        onset = min(note.onset_tick for note in place)
        duration = max(note.duration_tick for note in place)
        if is_line and k + 1 < len(chosen):
            following = min(note.onset_tick for note in chosen[k + 1])
            duration = max(1, min(duration, following - onset))
        velocity = max(note.velocity for note in place)
        found += [
            replace(
                note, onset_tick=onset, duration_tick=0 if note.grace else duration,
                velocity=velocity, ties_tick=(),
            )
            for note in group
        ]  # fmt: skip
    return tuple(found)


def _spread(k: int, n: int, m: int) -> int:
    """Return which of m the k-th of n takes: the first the first, the last the last."""
    return k * (m - 1) // max(1, n - 1)


def _is_line(notes: Sequence[Note]) -> bool:
    """Whether no note sounds on when another begins."""
    ends = sorted((note.onset_tick, note.end_tick) for note in notes if not note.grace)
    return all(one[1] <= two[0] for one, two in pairwise(ends))
