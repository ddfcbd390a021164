"""Briefs from tables and TOML files; stored ones are versioned.

Conventions: a table has the fields of `Brief` and ``format``; unknown fields are errors, with the
nearest one offered. Format 2 added fields to format 1 and changed none, so that both are read alike.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from motet.brief.brief import BRIEF_FORMAT, BRIEF_KEYS, Brief
from motet.brief.text import check_keys
from motet.errors import FormatError, ParameterError

__all__ = ["brief_from_dict", "brief_from_toml", "read_brief"]


def brief_from_dict(table: Mapping[str, Any]) -> Brief:
    """Return the brief that a table describes.

    Parameters
    ----------
    table : mapping
        Fields of `Brief`, and ``format`` if it was stored.

    Returns
    -------
    Brief

    Raises
    ------
    ParameterError
        The format is unknown, a field is unknown, or a value is not allowed.

    Examples
    --------
    >>> brief_from_dict({"format": 1, "key": "D", "parts": [{"instrument": "flute"}]}).key
    'D'
    """
    own = dict(table)
    version = own.pop("format", BRIEF_FORMAT)
    if isinstance(version, bool) or version not in range(1, BRIEF_FORMAT + 1):
        raise ParameterError(
            f"a brief must have format = 1 to {BRIEF_FORMAT}, got {version!r}; a newer Motet may read "
            "it",
            zh=f"需求须有 format = 1 到 {BRIEF_FORMAT},收到 {version!r};新版 Motet 或可读取",
        )
    check_keys(own, BRIEF_KEYS, what="a brief", what_zh="需求")
    return Brief(**own)


def brief_from_toml(text: str, *, path: str = "") -> Brief:
    """Return the brief that a TOML text describes.

    Parameters
    ----------
    text : str
        Fields of `Brief`; parts as ``[[parts]]``.
    path : str
        Of the file, for messages.

    Returns
    -------
    Brief

    Raises
    ------
    FormatError
        It is not TOML.
    ParameterError
        A field or value is not allowed.

    Examples
    --------
    >>> brief_from_toml('key = "D"\\n[[parts]]\\ninstrument = "flute"').parts[0].program
    73
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormatError(
            f"the brief is not TOML: {error}", zh=f"需求不是合法的 TOML:{error}", path=path
        ) from error
    return brief_from_dict(table)


def read_brief(path: str | Path) -> Brief:
    """Return the brief in a TOML file.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    Brief

    Raises
    ------
    FormatError
        The file cannot be read or is not TOML.
    ParameterError
        A field or value is not allowed.

    Examples
    --------
    >>> _ = Path("a.toml").write_text('key = "D"', encoding="utf-8")
    >>> read_brief("a.toml").key
    'D'
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not text in UTF-8"
        raise FormatError(
            f"cannot read the brief: {reason}", zh=f"无法读取需求文件:{reason}", path=str(path)
        ) from error
    return brief_from_toml(text, path=str(path))
