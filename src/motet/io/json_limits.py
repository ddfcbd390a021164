"""How much a Motet JSON file may hold, looked at before any of it is built.

Conventions: a refusal is a `FormatError`; a parsed file takes some twenty times its size in memory.
"""

from __future__ import annotations

from typing import Any

from motet.errors import FormatError
from motet.io.limits import MAX_EVENTS, MAX_NOTES, MAX_PARTS

__all__ = ["check_counts", "check_shape"]

_MAX_OPEN = 2_000_000
_MAX_KEYS, _MAX_KEYS_EACH = 10_000, 64


def check_shape(data: bytes, *, path: str = "") -> None:
    """Return nothing when the bytes hold no millions of objects, nor objects of thousands of keys.

    Parameters
    ----------
    data : bytes
    path : str
        File to name in the message.

    Raises
    ------
    FormatError
        More than 2,000,000 lists and objects, or more than 64 keys an object.

    Examples
    --------
    >>> check_shape(b'{"format": 1}')
    """
    n_objects, n_keys = data.count(b"{") + data.count(b"["), data.count(b'":')
    for count, most, what, what_zh in (
        (n_objects, _MAX_OPEN, "lists and objects", "列表与对象"),
        (n_keys, _MAX_KEYS + _MAX_KEYS_EACH * n_objects, "keys", "键"),
    ):
        _check(count, most, what, what_zh, path=path, place="line 1")


def check_counts(body: dict[str, Any]) -> None:
    """Return nothing when a parsed file has no more parts, notes and events than a machine should hold.

    Parameters
    ----------
    body : dict
        The object at the top.

    Raises
    ------
    FormatError
        More than 1,024 parts, 250,000 notes or 500,000 events.

    Examples
    --------
    >>> check_counts({"parts": [{"notes": []}]})
    """
    parts = body.get("parts")
    found = [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
    lists = [value for one in (body, *found) for value in one.values() if isinstance(value, list)]
    notes = [one["notes"] for one in found if isinstance(one.get("notes"), list)]
    for count, most, what, what_zh in (
        (len(parts) if isinstance(parts, list) else 0, MAX_PARTS, "parts", "声部"),
        (sum(map(len, notes)), MAX_NOTES, "notes", "音符"),
        (sum(map(len, lists)), MAX_EVENTS, "events", "事件"),
    ):
        _check(count, most, what, what_zh)


def _check(
    count: int, most: int, what: str, what_zh: str, *, path: str = "", place: str = ""
) -> None:
    if count > most:
        raise FormatError(
            f"the file has {count:,} {what}; at most {most:,} are read",
            zh=f"文件有 {count:,} 个{what_zh};最多读取 {most:,} 个",
            path=path,
            place=place,
        )
