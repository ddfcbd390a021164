"""Drum notation: where each stroke of the kit stands on the staff, and its two voices.

Conventions: hands are voice 1 (stems up), feet voice 2 (stems down). A stroke is printed up to the
next stroke of its voice, at most one beat long.

Source: General MIDI level 1 percussion key map (key names); staff positions as is usual for drum
kits (kick in the lowest space, snare in the third, cymbals above with x heads).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from motet.io.notation.grid import ReadingGrid, ReadNote
from motet.io.notation.metre import UNITS_PER_QN
from motet.io.notation.voice import Event, Lines
from motet.score import Part

__all__ = ["KIT", "Stroke", "read_drums"]

_QN = UNITS_PER_QN
_GHOST_VELOCITY = 48


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a percussion key is printed: ``step`` letter and octave as on a treble staff."""

    name: str
    step: str
    head: str = "normal"
    is_foot: bool = False
    mark: str = ""


KIT: dict[int, Stroke] = {
    35: Stroke("Acoustic Bass Drum", "F4", is_foot=True),
    36: Stroke("Bass Drum", "F4", is_foot=True),
    37: Stroke("Side Stick", "C5", "x"),
    38: Stroke("Snare", "C5"),
    39: Stroke("Hand Clap", "A4", "x"),
    40: Stroke("Electric Snare", "C5"),
    41: Stroke("Low Floor Tom", "G4"),
    42: Stroke("Closed Hi-Hat", "G5", "x"),
    43: Stroke("High Floor Tom", "A4"),
    44: Stroke("Pedal Hi-Hat", "D4", "x", is_foot=True),
    45: Stroke("Low Tom", "A4"),
    46: Stroke("Open Hi-Hat", "G5", "x", mark="open"),
    47: Stroke("Low-Mid Tom", "D5"),
    48: Stroke("High-Mid Tom", "E5"),
    49: Stroke("Crash", "A5", "x"),
    50: Stroke("High Tom", "E5"),
    51: Stroke("Ride", "F5", "x"),
    52: Stroke("China", "B5", "x"),
    53: Stroke("Ride Bell", "F5", "diamond"),
    54: Stroke("Tambourine", "E5", "x"),
    55: Stroke("Splash", "B5", "x"),
    56: Stroke("Cowbell", "E5", "triangle"),
    57: Stroke("Crash 2", "A5", "x"),
    58: Stroke("Vibraslap", "B4", "diamond"),
    59: Stroke("Ride 2", "F5", "x"),
    60: Stroke("High Bongo", "E5"),
    61: Stroke("Low Bongo", "C5"),
    62: Stroke("Mute High Conga", "D5", "x"),
    63: Stroke("Open High Conga", "D5"),
    64: Stroke("Low Conga", "B4"),
    65: Stroke("High Timbale", "E5"),
    66: Stroke("Low Timbale", "C5"),
    67: Stroke("High Agogo", "G5", "triangle"),
    68: Stroke("Low Agogo", "E5", "triangle"),
    69: Stroke("Cabasa", "E5", "x"),
    70: Stroke("Maracas", "E5", "x"),
    71: Stroke("Short Whistle", "G5", "diamond"),
    72: Stroke("Long Whistle", "G5", "diamond"),
    73: Stroke("Short Guiro", "E5", "x"),
    74: Stroke("Long Guiro", "E5", "x"),
    75: Stroke("Claves", "E5", "x"),
    76: Stroke("High Wood Block", "E5", "triangle"),
    77: Stroke("Low Wood Block", "C5", "triangle"),
    78: Stroke("Mute Cuica", "D5", "x"),
    79: Stroke("Open Cuica", "D5"),
    80: Stroke("Mute Triangle", "A5", "triangle"),
    81: Stroke("Open Triangle", "A5", "triangle"),
}
"""General MIDI percussion keys and their print."""

OTHER = Stroke("Percussion", "B4", "diamond")
"""Any other key."""


def read_drums(part: Part, grid: ReadingGrid) -> Lines:
    """Return the voices of a drum part: hands 1, feet 2; feet alone stand in voice 1 of their bar.

    Parameters
    ----------
    part : Part
    grid : ReadingGrid

    Returns
    -------
    Lines
        All on staff 1.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("drums 36+42:1 38+42:1")
    >>> {voice: len(events) for voice, events in read_drums(score.parts[0], ReadingGrid(score)).items()}
    {(1, 1): 2, (1, 2): 1}
    """
    by_voice: dict[int, dict[int, list[ReadNote]]] = {1: defaultdict(list), 2: defaultdict(list)}
    read = grid.read_part(part)
    hands_in = {
        grid.frame_at(one.start).start for one in read if not KIT.get(one.note.pitch, OTHER).is_foot
    }
    for one in read:
        is_foot = KIT.get(one.note.pitch, OTHER).is_foot
        voice = 2 if is_foot and grid.frame_at(one.start).start in hands_in else 1
        by_voice[voice][one.start].append(one)
    lines: Lines = {}
    for voice, groups in by_voice.items():
        starts = sorted(groups)
        events = []
        for k, start in enumerate(starts):
            following = starts[k + 1] if k + 1 < len(starts) else grid.end
            events.append(_stroke_event(start, _stroke_end(grid, start, following), groups[start]))
        if events:
            lines[1, voice] = events
    return lines


def _stroke_end(grid: ReadingGrid, start: int, following: int) -> int:
    """Return where a stroke's value ends: the next stroke, or the next beat, within the bar."""
    low, high = grid.beat_at(start)
    if following < high:
        return following
    if start == low:
        return high
    inside = start - low
    if inside % (_QN // 2) and inside % (_QN // 4) == 0 and following > high:
        half = low + (inside // (_QN // 2) + 1) * (_QN // 2)
        return min(half, high)
    return high


def _height(stroke: Stroke) -> int:
    """Return how high a stroke stands, in steps."""
    return int(stroke.step[1]) * 7 + "CDEFGAB".index(stroke.step[0])


def _stroke_event(start: int, end: int, strokes: list[ReadNote]) -> Event:
    """Return strokes at one place: one of each line of the staff; a flam becomes a grace note."""
    main: dict[str, ReadNote] = {}
    graces = [one.note for one in strokes if one.note.grace]
    for one in strokes:
        if one.note.grace:
            continue
        print_as = KIT.get(one.note.pitch, OTHER)
        key = print_as.step
        other = main.get(key)
        if other is None:
            main[key] = one
            continue
        soft, loud = sorted((other, one), key=lambda item: item.note.velocity)
        main[key] = loud
        if soft.note.onset_tick < loud.note.onset_tick and soft.note.pitch == loud.note.pitch:
            graces.append(soft.note)
    notes = [one.note for one in main.values()] or [one.note for one in strokes]
    notes.sort(key=lambda note: _height(KIT.get(note.pitch, OTHER)))
    event = Event(start, end, notes, graces=graces)
    for note in notes:
        is_snare = note.pitch in (38, 40)
        if "ghost" in note.articulations or (is_snare and note.velocity < _GHOST_VELOCITY):
            event.ghosts.add(note.pitch)
    return event
