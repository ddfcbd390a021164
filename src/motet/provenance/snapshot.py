"""A score in little room, exact, and its digests by part and by bar.

Conventions: notes are columns of numbers, onsets as steps from the note before; a column in which every note
has the usual value is left out. What stands around the notes is Motet JSON. Raw events are left out. A digest
is the first 16 digits of a SHA-256 over the notes as text: bar, onset in it and length in quarter notes
(``3/2``), pitch, velocity; it does not depend on the resolution.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, replace
from fractions import Fraction
from functools import cache
from typing import Any

from motet.errors import FormatError, MotetError
from motet.io import read_json, write_json
from motet.io.limits import MAX_NOTES, check_score_size
from motet.score import Note, Score

__all__ = ["digest_notes", "restore_score", "take_snapshot"]

_TEXTS = ("spelling", "grace")
_LISTS = ("ties_tick", "articulations", "ornaments")


def take_snapshot(score: Score) -> dict[str, Any]:
    """Return a score in little room, as plain values for JSON.

    Parameters
    ----------
    score : Score

    Returns
    -------
    dict
        ``frame``: everything but notes and raw events; ``notes``: columns, part by part.

    Examples
    --------
    >>> from motet.score import make_score
    >>> take_snapshot(make_score("C4:1 E4:1"))["notes"][0]["pitch"]
    [60, 64]
    """
    bare = tuple(replace(part, notes=(), raw=()) for part in score.parts)
    frame = json.loads(write_json(replace(score, parts=bare, raw=(), length_tick=score.end_tick)))
    return {"frame": frame, "notes": [_columns(part.notes) for part in score.parts]}


@cache
def _usual() -> dict[str, Any]:
    """Return the fields of a note, and what each has when nothing is said."""
    return {one.name: one.default for one in fields(Note)}


def _columns(notes: tuple[Note, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, usual in _usual().items():
        values = [getattr(note, name) for note in notes]
        if name == "onset_tick":
            before = [0, *values][: len(values)]
            found[name] = [now - then for now, then in zip(values, before, strict=True)]
        elif usual is MISSING or any(value != usual for value in values):
            found[name] = [list(one) for one in values] if name in _LISTS else values
    return found


def restore_score(snapshot: Mapping[str, Any], *, path: str = "") -> Score:
    """Return the score of a snapshot.

    Parameters
    ----------
    snapshot : mapping
        Of `take_snapshot`, perhaps from a file.
    path : str
        File to name in messages.

    Returns
    -------
    Score
        Equal to the one that the snapshot was taken of, raw events apart.

    Raises
    ------
    FormatError
        It holds no score.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:1 E4:1 G4:2", qpm=90)
    >>> restore_score(take_snapshot(score)).parts == score.parts
    True
    """
    try:
        frame = snapshot["frame"]
        if not isinstance(frame, dict):
            raise TypeError("the frame is no object")
        score = read_json(json.dumps(frame).encode()).score
        columns = snapshot["notes"]
        if sum(len(one["pitch"]) for one in columns) > MAX_NOTES:
            raise ValueError("there are too many notes")
        parts = [
            replace(part, notes=_notes(own)) for part, own in zip(score.parts, columns, strict=True)
        ]
        found = replace(score, parts=tuple(parts))
        check_score_size(found)
        return found
    except (KeyError, TypeError, ValueError, AttributeError, MotetError) as error:
        raise FormatError(
            f"the record holds no score that can be read: {str(error)[:80]}",
            zh=f"来历记录中没有可读的乐谱:{str(error)[:80]}",
            path=path,
        ) from error


def _notes(columns: Mapping[str, Any]) -> tuple[Note, ...]:
    """Return notes from their columns, each value checked."""
    unknown = columns.keys() - _usual().keys()
    if unknown:
        raise ValueError(f"a note has no {min(unknown)!r}")
    read: dict[str, list[Any]] = {}
    for name, values in columns.items():
        read[name] = [_value(name, one) for one in values]
    now, onsets = 0, []
    for step in read.get("onset_tick", []):
        now += step
        onsets.append(now)
    read["onset_tick"] = onsets
    rows = zip(*read.values(), strict=True)
    return tuple(Note(**dict(zip(read, row, strict=True))) for row in rows)


def _value(name: str, value: Any) -> Any:
    if name in _LISTS:
        inner = int if name == "ties_tick" else str
        if not isinstance(value, list) or any(type(one) is not inner for one in value):
            raise TypeError(f"{name} cannot be {str(value)[:20]!r}")
        return tuple(value)
    if type(value) is not (str if name in _TEXTS else int):
        raise TypeError(f"{name} cannot be {str(value)[:20]!r}")
    return value


def digest_notes(score: Score) -> dict[str, Any]:
    """Return the digests of a score's notes: of all, of each part, of each bar.

    Parameters
    ----------
    score : Score

    Returns
    -------
    dict
        ``all``, ``parts`` in order, ``bars`` in order; 16 hexadecimal digits each, empty where there is
        no note.

    Examples
    --------
    >>> from motet.score import make_score
    >>> one, two = (digest_notes(make_score(text)) for text in ("C4:4 D4:4", "C4:4 E4:4"))
    >>> one["bars"][0] == two["bars"][0], one["bars"][1] == two["bars"][1]
    (True, False)
    """
    parts, bars = [], [[] for _ in score.bars]  # type: list[str], list[list[str]]
    spelled: dict[int, str] = {}
    for k, part in enumerate(score.parts):
        own = []
        for note in part.notes:
            bar = score.bar_at(note.onset_tick)
            place = note.onset_tick - score.bars[bar].start_tick
            for ticks in (place, note.duration_tick):
                if ticks not in spelled:
                    spelled[ticks] = str(Fraction(ticks, score.resolution))
            own.append(
                f"{bar} {spelled[place]} {spelled[note.duration_tick]} {note.pitch} {note.velocity}"
            )
            bars[bar].append(f"{k} {own[-1]}")
        parts.append(_digest(own))
    whole = [f"{k} {one}" for k, one in enumerate(parts)]
    return {"all": _digest(whole), "parts": parts, "bars": [_digest(one) for one in bars]}


def _digest(lines: list[str]) -> str:
    text = "\n".join(sorted(lines))
    return hashlib.sha256(text.encode()).hexdigest()[:16] if lines else ""
