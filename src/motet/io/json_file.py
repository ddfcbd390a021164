"""Motet JSON: a score as text that people can read, complete and exact.

Conventions: one object with ``"format": 1``, then the fields of `Score` by their own names; fields
at their default are left out; one event or note a line; bytes are hexadecimal. Numbers are
integers. An unknown key is refused, with the nearest known one named.
"""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import MISSING, fields, is_dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from motet.errors import FormatError, MotetError
from motet.io.atomic import write_whole
from motet.io.json_limits import check_counts, check_shape
from motet.io.limits import MAX_JSON_BYTES, check_score_size, load_bytes
from motet.io.loaded import Loaded
from motet.score import Control, Note, RawEvent, Score

__all__ = ["JSON_FORMAT", "read_json", "write_json"]

JSON_FORMAT = 1
_MAX_TICK = 1 << 40
_RANGES = {
    "quarter_us": (1, 0xFFFFFF),
    "numerator": (1, 1024),
    "denominator": (1, 64),
    "fifths": (-7, 7),
    "resolution": (1, 32767),
    "pitch": (0, 127),
    "velocity": (1, 127),
    "release_velocity": (0, 127),
    "program": (0, 127),
    "bank": (0, 16383),
    "channel": (-1, 15),
    "value": (-8192, 16383),
    "transposition_semi": (-127, 127),
    "octave": (-10, 10),
    "duration_tick": (0, _MAX_TICK),
    "n_staves": (1, 64),
    "staff": (1, 64),
    "voice": (1, 1024),
}
_MAX_INNER = 1000
_WANTED = {
    bool: ("true or false", "true 或 false"),
    str: ("text", "文本"),
    int: ("a whole number", "整数"),
    bytes: ("hexadecimal text", "十六进制文本"),
}
_EVENT_KINDS = {
    Control: (
        re.compile("cc|bend|pressure|key-pressure|program"),
        '"cc", "bend", "pressure", "key-pressure", "program"',
    ),
    RawEvent: (
        re.compile("sysex|escape|message|meta-[0-7][0-9a-fA-F]"),
        '"sysex", "escape", "message", "meta-7f"',
    ),
}
_Place = tuple[Any, str | int] | None
"""What a value stands in, and its key or number there; None is the top."""


def write_json(score: Score, path: str | Path | None = None) -> bytes:
    """Return a score as the bytes of a Motet JSON file; nothing is lost.

    Parameters
    ----------
    score : Score
    path : str, Path or None
        Where to write the file as well; it is written whole or not at all.

    Returns
    -------
    bytes
        UTF-8; the same bytes for equal scores.

    Raises
    ------
    ParameterError
        The file cannot be written.

    Examples
    --------
    >>> from motet.score import make_score
    >>> print(write_json(make_score("C4:1")).decode()[:35])
    {
      "format": 1,
      "parts": [
        {
    """
    document = {"format": JSON_FORMAT, **_to_plain(score)}
    data = ("\n".join(_lines(document, 0)) + "\n").encode("utf-8", "replace")
    if path is not None:
        write_whole(path, data)
    return data


def read_json(source: str | Path | bytes) -> Loaded:
    """Return the score of a Motet JSON file.

    Parameters
    ----------
    source : str, Path or bytes
        Path of the file, or its content.

    Returns
    -------
    Loaded
        Without repairs: a damaged file is refused.

    Raises
    ------
    FormatError
        It is not JSON, not Motet's format 1, has an unknown key, or a value is not what its key
        holds; the message names the place.
    ParameterError
        There is no such file.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:1 E4:1", chords="C:2")
    >>> read_json(write_json(score)).score == score
    True
    """
    data, path = load_bytes(source, max_bytes=MAX_JSON_BYTES)
    check_shape(data, path=path)
    try:
        document = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise FormatError(
            f"this is not JSON: {error.msg}",
            zh=f"这不是有效的 JSON:{error.msg}",
            path=path,
            place=f"line {error.lineno}, column {error.colno}",
        ) from error
    except (ValueError, RecursionError) as error:
        raise FormatError(
            f"this is not JSON that can be read: {str(error)[:80]}",
            zh=f"无法读取此 JSON:{str(error)[:80]}",
            path=path,
        ) from error
    try:
        score = _read_document(document)
        check_score_size(score)
    except FormatError as error:
        error.path = error.path or path
        raise
    except MotetError as error:
        raise FormatError(error.en, zh=error.zh, path=path) from error
    return Loaded(score)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number of JSON")


def _read_document(document: Any) -> Score:
    """Return the score of a parsed file."""
    if not isinstance(document, dict) or "format" not in document:
        raise FormatError(
            'this is JSON but not Motet\'s: it needs "format": 1 at the top',
            zh='这是 JSON,但不是 Motet 的格式:顶层需要 "format": 1',
        )
    told = document["format"]
    if told != JSON_FORMAT or isinstance(told, bool):
        raise FormatError(
            f"this is Motet JSON of format {_show(told)}; this version reads format {JSON_FORMAT}",
            zh=f"这是第 {_show(told)} 版 Motet JSON;本版本只能读取第 {JSON_FORMAT} 版",
            place="format",
        )
    body = {key: value for key, value in document.items() if key != "format"}
    check_counts(body)
    score: Score = _build(Score, body, None)
    return score


@cache
def _shape(kind: type) -> dict[str, tuple[Any, Any]]:
    """Return type and default of each field; `MISSING` where the field must be there."""
    hints = get_type_hints(kind)
    return {field.name: (hints[field.name], field.default) for field in fields(kind)}


@cache
def _needed(kind: type) -> tuple[str, ...]:
    """Return the fields that must be there."""
    return tuple(name for name, (_, default) in _shape(kind).items() if default is MISSING)


class _Line(str):
    """JSON that is written already."""

    __slots__ = ()


@lru_cache(maxsize=32_768)
def _note_line(note: Note) -> _Line:
    """Return a note as JSON; a piece that is edited keeps nearly all of its notes."""
    return _Line(json.dumps(_fields(note), ensure_ascii=False))


def _fields(value: Any) -> dict[str, Any]:
    """Return the fields of a value of a score that are not at their defaults."""
    found = {}
    for name, (_, default) in _shape(value.__class__).items():
        one = getattr(value, name)
        if default is MISSING or one != default:
            found[name] = _to_plain(one)
    return found


def _to_plain(value: Any) -> Any:
    """Return lists, dicts, text and numbers for a value of a score."""
    if isinstance(value, Note):
        return _note_line(value)
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    if isinstance(value, tuple):
        return [_to_plain(one) for one in value]
    if isinstance(value, bytes):
        return value.hex()
    return value


def _lines(value: Any, depth: int) -> list[str]:
    """Return JSON lines: containers of containers are opened, all else stays on one line."""
    if isinstance(value, _Line):
        return [value]
    indent = "  " * (depth + 1)
    is_open = (isinstance(value, list) and any(isinstance(one, dict | _Line) for one in value)) or (
        isinstance(value, dict)
        and (depth == 0 or any(isinstance(one, list) and one for one in value.values()))
        and (depth <= 2)
    )
    if not is_open:
        return [json.dumps(value, ensure_ascii=False)]
    pairs = list(value.items()) if isinstance(value, dict) else [(None, one) for one in value]
    lines = ["{" if isinstance(value, dict) else "["]
    for k, (key, one) in enumerate(pairs):
        inner = _lines(one, depth + 1)
        head = f"{json.dumps(key)}: " if isinstance(value, dict) else ""
        comma = "," if k + 1 < len(pairs) else ""
        lines.append(f"{indent}{head}{inner[0]}")
        lines.extend(inner[1:])
        lines[-1] += comma
    lines.append("  " * depth + ("}" if isinstance(value, dict) else "]"))
    return lines


def _from_plain(kind: Any, value: Any, place: _Place) -> Any:
    """Return a value of a type of the score model, or refuse it with its place."""
    if kind is int:
        if type(value) is int:
            return _check_number(value, place)
    elif kind is str:
        if isinstance(value, str):
            if not value.isascii():
                _check_text(value, place)
            return value
    elif kind is bool:
        if isinstance(value, bool):
            return value
    elif get_origin(kind) is tuple:
        return _from_list(get_args(kind)[0], value, place)
    elif kind is bytes:
        if isinstance(value, str):
            try:
                return bytes.fromhex(value)
            except ValueError:
                raise _refusal(place, "hexadecimal text", "十六进制文本", value) from None
    else:
        return _build(kind, value, place)
    raise _refusal(place, *_WANTED[kind], value)


def _from_list(inner: Any, value: Any, place: _Place) -> tuple[Any, ...]:
    """Return a list of values; those inside an event are short."""
    if not isinstance(value, list):
        raise _refusal(place, "a list", "列表", value)
    if len(value) > _MAX_INNER and not is_dataclass(inner):
        raise FormatError(
            f"this list has {len(value):,} entries; at most {_MAX_INNER:,} are read",
            zh=f"此列表有 {len(value):,} 项;最多读取 {_MAX_INNER:,} 项",
            place=_say_place(place),
        )
    if is_dataclass(inner):
        return tuple([_build(inner, one, (place, k)) for k, one in enumerate(value)])
    return tuple([_from_plain(inner, one, (place, k)) for k, one in enumerate(value)])


def _build(kind: Any, value: Any, place: _Place) -> Any:
    """Return a dataclass of the score model from an object."""
    if not isinstance(value, dict):
        raise _refusal(place, "an object { }", "对象 { }", value)
    shape = _shape(kind)
    found = {}
    for key, one in value.items():
        known = shape.get(key)
        if known is None:
            near = difflib.get_close_matches(key[:60], shape, n=1, cutoff=0.4)
            hint, hint_zh = (
                (f"; did you mean {near[0]!r}?", f";是否指 {near[0]!r}?") if near else ("", "")
            )
            raise FormatError(
                f"{kind.__name__} has no key {key[:60]!r}{hint}",
                zh=f"{kind.__name__} 没有键 {key[:60]!r}{hint_zh}",
                place=_say_place(place),
            )
        found[key] = _from_plain(known[0], one, (place, key))
        if key == "kind" and kind in _EVENT_KINDS:
            pattern, words = _EVENT_KINDS[kind]
            if not pattern.fullmatch(one):
                raise _refusal((place, key), words, words, one)
    for name in _needed(kind):
        if name not in found:
            raise FormatError(
                f"{kind.__name__} needs the key {name!r}",
                zh=f"{kind.__name__} 缺少键 {name!r}",
                place=_say_place(place),
            )
    return kind(**found)


def _check_number(value: int, place: _Place) -> int:
    """Return a number that its key allows."""
    name = place[1] if place else ""
    if isinstance(name, int) and place and place[0]:
        name = place[0][1]
    limits = _RANGES.get(str(name))
    if limits is None:
        is_time = str(name).endswith("tick") or name == "times"
        limits = (0 if is_time else -_MAX_TICK, _MAX_TICK)
    low, high = limits
    if not low <= value <= high:
        raise _refusal(place, f"{low} to {high}", f"{low} 到 {high}", value)
    if name == "denominator" and value & (value - 1):
        raise _refusal(place, "1, 2, 4, 8, 16, 32 or 64", "1、2、4、8、16、32 或 64", value)
    return value


def _check_text(value: str, place: _Place) -> None:
    """Refuse half characters (lone surrogates), which no file can hold."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise FormatError(
            "this text has half a character (a lone surrogate)",
            zh="此文本含有半个字符(孤立的代理码位)",
            place=_say_place(place),
        ) from error


def _say_place(place: _Place) -> str:
    """Return a place as text: ``parts[0].notes[3].pitch``."""
    words: list[str] = []
    while place:
        place, key = place
        words.append(f"[{key}]" if isinstance(key, int) else f".{key}")
    return "".join(reversed(words)).lstrip(".") or "top"


def _refusal(place: _Place, wanted: str, wanted_zh: str, value: Any) -> FormatError:
    """Return the error that a value is not what its key holds."""
    came = _show(value)
    return FormatError(
        f"this must be {wanted}, got {came}",
        zh=f"此处应为{wanted_zh},收到 {came}",
        place=_say_place(place),
    )


def _show(value: Any) -> str:
    """Return a value, shortened, as JSON writes it."""
    if isinstance(value, list | dict):
        return "[ ]" if isinstance(value, list) else "{ }"
    if isinstance(value, str):
        value = value[:60]
    return json.dumps(value, ensure_ascii=False)[:60]
