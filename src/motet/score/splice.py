"""Replacing a stretch of one part without a trace elsewhere: the ground under locks.

Conventions: controllers, clefs and dynamics are states. A stretch that comes in brings its own
states along; behind it the states that held before are set again, so the rest sounds and reads as
it did.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from motet.score.event import Control
from motet.score.part import Part
from motet.score.retime import PART_EVENTS, PART_STATES, map_part, state_at, state_key

__all__ = ["Piece", "default_control", "splice"]

_DEFAULTS = {("cc", 1): 0, ("cc", 7): 100, ("cc", 10): 64, ("cc", 11): 127} | {
    ("cc", number): 0 for number in range(64, 70)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a part that begins at ``start_tick``."""

    part: Part
    start_tick: int


def default_control(control: Control, *, program: int) -> Control | None:
    """Return the control that undoes another, or None where no default is known.

    Parameters
    ----------
    control : Control
    program : int, 0 to 127
        The part's own program, to which a program change goes back.

    Returns
    -------
    Control or None

    Source
    ------
    General MIDI Level 1 and MMA recommended practice RP-015 (response to Reset All Controllers):
    modulation 0, volume 100, pan 64, expression 127, pedals up, no bend, no pressure.

    Examples
    --------
    >>> default_control(Control(tick=9, kind="cc", number=64, value=127), program=0).value
    0
    """
    if control.kind == "program":
        return replace(control, value=program)
    if control.kind in ("bend", "pressure", "key-pressure"):
        return replace(control, value=0)
    value = _DEFAULTS.get((control.kind, control.number))
    return None if value is None else replace(control, value=value)


def splice(part: Part, piece: Piece | None, *, start_tick: int, end_tick: int) -> Part:
    """Return a part with a stretch emptied, or replaced by a piece of another part.

    Parameters
    ----------
    part : Part
    piece : Piece or None
        What comes in, as long as the stretch; nothing when None.
    start_tick, end_tick : int, ticks
        The stretch, half-open. Notes and events that begin in it go.

    Returns
    -------
    Part

    Examples
    --------
    >>> from motet.score import make_score
    >>> part = make_score("C4:1 D4:1 E4:1").parts[0]
    >>> [note.pitch for note in splice(part, None, start_tick=480, end_tick=960).notes]
    [60, 64]
    """

    def inside(event: Any, low: int, high: int) -> bool:
        begin = event.start_tick if hasattr(event, "start_tick") else event.tick
        return bool(low <= begin < high)

    coming: Part | None = None
    if piece is not None:
        low, high = piece.start_tick, piece.start_tick + end_tick - start_tick
        cut: dict[str, Any] = {
            name: tuple(e for e in getattr(piece.part, name) if inside(e, low, high))
            for name in PART_EVENTS
        }
        notes = tuple(n for n in piece.part.notes if low <= n.onset_tick < high)
        by_tick = start_tick - low
        coming = map_part(replace(piece.part, notes=notes, **cut), lambda tick: tick + by_tick)
    fields: dict[str, Any] = {}
    is_followed = any(note.onset_tick >= end_tick for note in part.notes)
    for name in PART_EVENTS:
        old = getattr(part, name)
        kept = [event for event in old if not inside(event, start_tick, end_tick)]
        new = list(getattr(coming, name)) if coming is not None else []
        if name in PART_STATES:
            if piece is not None:
                before = state_at(kept, start_tick - 1)
                wanted = state_at(getattr(piece.part, name), piece.start_tick)
                new = _change(before, wanted, start_tick, part.program, new) + new
            if is_followed:
                kept += _change(
                    state_at(kept + new, end_tick),
                    state_at(old, end_tick),
                    end_tick,
                    part.program,
                    [],
                )
        fields[name] = tuple(sorted(kept + new, key=_begin)) if kept or new else ()
    keep = [n for n in part.notes if not start_tick <= n.onset_tick < end_tick]
    return replace(part, notes=(*keep, *(coming.notes if coming is not None else ())), **fields)


def _begin(event: Any) -> int:
    return int(event.start_tick if hasattr(event, "start_tick") else event.tick)


def _change(
    have: dict[Any, Any], want: dict[Any, Any], tick: int, program: int, present: list[Any]
) -> list[Any]:
    """Return the events at a tick that turn one set of states into another."""
    taken = {state_key(event) for event in present if event.tick == tick}
    out = []
    for key, event in want.items():
        if key not in taken and (key not in have or _differs(have[key], event)):
            out.append(replace(event, tick=tick))
    for key, event in have.items():
        if key not in want and key not in taken and isinstance(event, Control):
            rest = default_control(event, program=program)
            if rest is not None and _differs(rest, event):
                out.append(replace(rest, tick=tick))
    return out


def _differs(one: Any, other: Any) -> bool:
    return bool(replace(one, tick=0) != replace(other, tick=0))
