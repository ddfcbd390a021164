"""Where a score carries the record of how it came to be: one raw event at its start.

Conventions: a sequencer's own event (meta 7F) whose data begins with 7D, the number kept for such uses,
and ``motet-record:``. Other programs pass over it. `motet.provenance` reads and writes what it holds.

Source: Standard MIDI Files 1.0, sequencer-specific meta event.
"""

from __future__ import annotations

from dataclasses import replace

from motet.score import RawEvent, Score

__all__ = ["get_mark", "is_mark", "put_mark"]

_KIND = "meta-7f"
_HEAD = b"\x7dmotet-record:"


def is_mark(event: RawEvent) -> bool:
    """Return whether a raw event holds a record.

    Examples
    --------
    >>> is_mark(RawEvent(tick=0, kind="sysex", data=b""))
    False
    """
    return event.kind == _KIND and event.data.startswith(_HEAD)


def get_mark(score: Score) -> bytes:
    """Return what the record of a score holds, empty where it has none.

    Examples
    --------
    >>> get_mark(put_mark(Score(), b"x")), get_mark(Score())
    (b'x', b'')
    """
    held = [*score.raw, *(event for part in score.parts for event in part.raw)]
    return next((event.data[len(_HEAD) :] for event in held if is_mark(event)), b"")


def put_mark(score: Score, data: bytes) -> Score:
    """Return a score with another record; with none where the data is empty.

    Examples
    --------
    >>> len(put_mark(put_mark(Score(), b"x"), b"y").raw), put_mark(Score(), b"") == Score()
    (1, True)
    """
    raw = tuple(event for event in score.raw if not is_mark(event))
    parts = tuple(
        replace(part, raw=tuple(one for one in part.raw if not is_mark(one)))
        if any(map(is_mark, part.raw))
        else part
        for part in score.parts
    )
    if data:
        raw = (RawEvent(tick=0, kind=_KIND, data=_HEAD + data), *raw)
    return replace(score, raw=raw, parts=parts)
