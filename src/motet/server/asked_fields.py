"""Fields of a wish that a page may not name: files of the machine that the server runs on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from motet.errors import ParameterError

__all__ = ["refuse_paths"]

_FILES = ("references", "bundle")
_NAMED = ("style", "to", "groove", "ensemble", "ground", "instrument")


def refuse_paths(fields: Mapping[str, Any]) -> None:
    """Return nothing when no field names a file.

    Parameters
    ----------
    fields : mapping
        Of a brief, or options of a task.

    Raises
    ------
    ParameterError
        One does.

    Examples
    --------
    >>> refuse_paths({"style": "swing", "bars": 8})
    >>> refuse_paths({"style": "/home/me/own.toml"})
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: style must be a name here, not a file, got '/home/me/own.toml'
    """
    for name in _FILES:
        if fields.get(name):
            raise ParameterError(
                f"{name} names files, which a page may not; upload them instead",
                zh=f"{name} 指向文件,网页不能使用;请改为上传",
            )
    for name in _NAMED:
        value = fields.get(name)
        if isinstance(value, str) and ("/" in value or "\\" in value or value.endswith(".toml")):
            raise ParameterError(
                f"{name} must be a name here, not a file, got {value!r}",
                zh=f"此处 {name} 须为名称而不是文件,收到 {value!r}",
            )
