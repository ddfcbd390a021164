"""Every tick of a score through one function: the ground under all edits of time.

Conventions: a mapping takes a tick and gives a tick; it must not run backwards. Spans and notes
have both ends mapped, so that what touched still touches. *State* events hold until the next of
their kind (a tempo, a clef, a controller); the others stand at one point (a lyric, a text).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from motet.score.event import Control
from motet.score.note import Note
from motet.score.part import Part
from motet.score.score import Score

__all__ = [
    "PART_EVENTS",
    "PART_STATES",
    "SCORE_EVENTS",
    "SCORE_STATES",
    "TickMap",
    "map_note",
    "map_part",
    "map_score",
    "state_at",
    "state_key",
]

TickMap = Callable[[int], int]
Event = TypeVar("Event")

SCORE_EVENTS = (
    "tempos",
    "metres",
    "keys",
    "bar_lengths",
    "chords",
    "sections",
    "repeats",
    "endings",
    "texts",
    "raw",
)
"""Fields of a score that hold events."""
PART_EVENTS = ("clefs", "controls", "lyrics", "dynamics", "spans", "texts", "raw")
"""Fields of a part that hold events."""
SCORE_STATES = ("tempos", "metres", "keys", "chords", "sections")
"""Those of a score that hold until the next."""
PART_STATES = ("clefs", "controls", "dynamics")
"""Those of a part that hold until the next."""


def state_key(event: object) -> Hashable:
    """Return what an event holds the state of: two events with one key replace each other.

    Examples
    --------
    >>> state_key(Control(tick=0, kind="cc", number=64, value=127))
    ('cc', 64)
    """
    if isinstance(event, Control):
        return (event.kind, event.number)
    return getattr(event, "staff", 0)


def state_at(events: Iterable[Event], tick: int) -> dict[Hashable, Event]:
    """Return the last event of each `state_key` at or before a tick.

    Parameters
    ----------
    events : iterable of events with a ``tick``
        In any order; of two at one tick the later one in order holds.
    tick : int, ticks

    Returns
    -------
    dict

    Examples
    --------
    >>> down, up = (Control(tick=t, kind="cc", number=64, value=v) for t, v in ((0, 127), (9, 0)))
    >>> state_at((down, up), 5) == {("cc", 64): down}
    True
    """
    held: dict[Hashable, Event] = {}
    for event in sorted(events, key=lambda event: getattr(event, "tick", 0)):
        if getattr(event, "tick", 0) > tick:
            break
        held[state_key(event)] = event
    return held


def map_note(note: Note, move: TickMap) -> Note:
    """Return a note with onset, end and inner ties mapped; it keeps at least one tick.

    Parameters
    ----------
    note : Note
    move : callable, tick -> tick

    Returns
    -------
    Note

    Examples
    --------
    >>> map_note(Note(onset_tick=10, duration_tick=4, pitch=60), lambda tick: 2 * tick).end_tick
    28
    """
    onset = move(note.onset_tick)
    duration = max(0, move(note.end_tick) - onset)
    if note.duration_tick > 0:
        duration = max(1, duration)
    ties = note.ties_tick
    if ties:
        moved = sorted({move(note.onset_tick + tie) - onset for tie in ties})
        ties = tuple(tie for tie in moved if 0 < tie < duration)
    return replace(note, onset_tick=onset, duration_tick=duration, ties_tick=ties)


def _map_events(events: Iterable[Any], move: TickMap) -> tuple[Any, ...]:
    out = []
    for event in events:
        if hasattr(event, "start_tick"):
            start, end = move(event.start_tick), move(event.end_tick)
            out.append(replace(event, start_tick=start, end_tick=max(start, end)))
        elif hasattr(event, "duration_tick"):
            tick = move(event.tick)
            duration = max(1, move(event.tick + event.duration_tick) - tick)
            out.append(replace(event, tick=tick, duration_tick=duration))
        else:
            out.append(replace(event, tick=move(event.tick)))
    return tuple(out)


def map_part(part: Part, move: TickMap) -> Part:
    """Return a part with every tick in it mapped: notes, ties, clefs, controls, lyrics, spans.

    Parameters
    ----------
    part : Part
    move : callable, tick -> tick

    Returns
    -------
    Part

    Examples
    --------
    >>> part = Part(notes=(Note(onset_tick=1, duration_tick=1, pitch=60),))
    >>> map_part(part, lambda tick: tick + 5).notes[0].onset_tick
    6
    """
    events: dict[str, Any] = {name: _map_events(getattr(part, name), move) for name in PART_EVENTS}
    return replace(part, notes=tuple(map_note(note, move) for note in part.notes), **events)


def map_score(score: Score, move: TickMap, *, resolution: int | None = None) -> Score:
    """Return a score with every tick in it mapped, and nothing else changed.

    Parameters
    ----------
    score : Score
    move : callable, tick -> tick
    resolution : int or None, ticks a quarter note
        Resolution of the result; the same when None.

    Returns
    -------
    Score

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:1", chords="C:1 G:1")
    >>> [chord.tick for chord in map_score(score, lambda tick: 3 * tick).chords]
    [0, 1440]
    """
    events: dict[str, Any] = {
        name: _map_events(getattr(score, name), move) for name in SCORE_EVENTS
    }
    return replace(
        score,
        parts=tuple(map_part(part, move) for part in score.parts),
        length_tick=move(score.length_tick) if score.length_tick else 0,
        resolution=score.resolution if resolution is None else resolution,
        **events,
    )
