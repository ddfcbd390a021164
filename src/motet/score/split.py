"""One part made several, several made one: hands of a piano, voices of a choir staff.

Conventions: no note is lost or doubled; a part is given by index (negative from the end) or name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Literal

from motet.errors import ParameterError
from motet.score.note import Note
from motet.score.retime import PART_EVENTS
from motet.score.score import Score
from motet.score.selection import find_part, part_indices

__all__ = ["merge_parts", "split_part"]


def split_part(
    score: Score,
    *,
    part: int | str,
    by: Literal["pitch", "staff", "voice"],
    at_pitch: int = 60,
    names: Iterable[str] = (),
) -> Score:
    """Return the score with one part split into several, in its place.

    Parameters
    ----------
    score : Score
    part : int or str
    by : ``"pitch"``, ``"staff"`` or ``"voice"``
        What tells the new parts apart. By pitch the higher one comes first.
    at_pitch : int, MIDI number
        Notes from this pitch up go to the higher part.
    names : iterable of str
        Names of the new parts; the old name with a number where missing.

    Returns
    -------
    Score
        Every note is in exactly one of the new parts. Marks of a staff or lyrics of a voice go with
        it; controllers go to all; other texts and raw events to the first. A part that cannot be
        split stays one.

    Raises
    ------
    ParameterError
        There is no such part, or `by` is unknown.

    Examples
    --------
    >>> from motet.score import make_score
    >>> split = split_part(make_score("C4+C3:1 E4:1"), part=0, by="pitch", names=("Right", "Left"))
    >>> [(part.name, len(part.notes)) for part in split.parts]
    [('Right', 2), ('Left', 1)]
    """
    k = find_part(score, part)
    old = score.parts[k]
    group: Callable[[Note], int]
    if by == "pitch":
        group = _by_pitch(at_pitch)
    elif by == "staff":
        group = _by_staff
    elif by == "voice":
        group = _by_voice
    else:
        raise ParameterError(
            f"by must be 'pitch', 'staff' or 'voice', got {by!r}",
            zh=f"by 必须是 'pitch'、'staff' 或 'voice',收到 {by!r}",
        )
    labels = sorted({group(note) for note in old.notes})
    if len(labels) < 2:
        return score
    named = list(names)
    new = []
    for place, label in enumerate(labels):
        notes = [note for note in old.notes if group(note) == label]
        fields: dict[str, Any] = {"controls": old.controls}
        for name in ("clefs", "dynamics", "spans", "lyrics"):
            fields[name] = tuple(
                event
                for event in getattr(old, name)
                if _goes_with(event, by, label, is_first=place == 0, known=labels)
            )
        fields["texts"] = old.texts if place == 0 else ()
        fields["raw"] = old.raw if place == 0 else ()
        if by == "staff":
            notes = [replace(note, staff=1) for note in notes]
            for name in ("clefs", "dynamics", "spans"):
                fields[name] = tuple(replace(event, staff=1) for event in fields[name])
            fields["n_staves"] = 1
        title = named[place] if place < len(named) else f"{old.name} {place + 1}".strip()
        new.append(replace(old, name=title, notes=tuple(notes), **fields))
    return replace(score, parts=(*score.parts[:k], *new, *score.parts[k + 1 :]))


def _by_pitch(at_pitch: int) -> Callable[[Note], int]:
    return lambda note: int(note.pitch < at_pitch)


def _by_staff(note: Note) -> int:
    return note.staff


def _by_voice(note: Note) -> int:
    return note.voice


def _goes_with(event: Any, by: str, label: int, *, is_first: bool, known: list[int]) -> bool:
    """Whether a mark belongs to one of the new parts; marks of none go to the first."""
    mark = getattr(event, by, None)
    if mark is None or mark not in known:
        return is_first or (mark is None and by != "staff" and hasattr(event, "sign"))
    return bool(mark == label)


def merge_parts(
    score: Score,
    *,
    parts: Iterable[int | str],
    name: str | None = None,
    as_staves: bool = False,
) -> Score:
    """Return the score with several parts made one, in the place of the first.

    Parameters
    ----------
    score : Score
    parts : iterable of int or str
        Two or more; all drum parts, or none.
    name : str or None
        Name of the new part; that of the first when None.
    as_staves : bool
        Whether each keeps its own staff, as the two hands of a piano do.

    Returns
    -------
    Score
        Every note is kept. The instrument is that of the first part; controllers that all of them
        have are said once.

    Raises
    ------
    ParameterError
        There is no such part, fewer than two are given, or drums are mixed with pitches.

    Examples
    --------
    >>> from motet.score import make_score
    >>> merged = merge_parts(make_score("C5:1", "C3:1"), parts=[0, 1], as_staves=True)
    >>> [(note.pitch, note.staff) for note in merged.parts[0].notes], merged.parts[0].n_staves
    ([(48, 2), (72, 1)], 2)
    """
    chosen = part_indices(score, parts)
    old = [score.parts[k] for k in chosen]
    if len(old) < 2 or len({part.is_drums for part in old}) > 1:
        raise ParameterError(
            f"parts must be two or more, all drums or none, got {[part.name for part in old]}",
            zh=f"parts 必须是两个以上声部,且全为鼓或全不为鼓,收到 {[part.name for part in old]}",
        )
    notes: list[Note] = []
    events: dict[str, list[Any]] = {field: [] for field in PART_EVENTS}
    n_staves = 0
    for part in old:
        down = n_staves if as_staves else 0
        notes += [replace(note, staff=note.staff + down) for note in part.notes]
        for field in PART_EVENTS:
            for event in getattr(part, field):
                moved = (
                    replace(event, staff=event.staff + down) if hasattr(event, "staff") else event
                )
                if field == "lyrics" or moved not in events[field]:
                    events[field].append(moved)
        own = max([part.n_staves, *(note.staff for note in part.notes)])
        n_staves = n_staves + own if as_staves else max(n_staves, own)
    fields: dict[str, Any] = {
        field: tuple(sorted(found, key=_begin)) for field, found in events.items()
    }
    title = old[0].name if name is None else name
    new = replace(old[0], name=title, notes=tuple(notes), n_staves=n_staves, **fields)
    rest = [part for k, part in enumerate(score.parts) if k not in chosen[1:]]
    rest[chosen[0]] = new
    return replace(score, parts=tuple(rest))


def _begin(event: Any) -> int:
    return int(event.start_tick if hasattr(event, "start_tick") else event.tick)
