"""Reasons of the system are Chinese in a Chinese message, and untouched in an English one."""

from __future__ import annotations

import errno
import os

import pytest

from motet.cli.reason import tell_error, tell_reason
from motet.errors import FormatError, ParameterError


@pytest.mark.parametrize(
    "number",
    [
        errno.ENOENT,
        errno.EACCES,
        errno.EISDIR,
        errno.ENOTDIR,
        errno.EEXIST,
        errno.ENAMETOOLONG,
        errno.ENOSPC,
        errno.EROFS,
        errno.EPERM,
        errno.EIO,
        errno.ENOMEM,
    ],
)
def test_usual_reasons_have_chinese(number: int) -> None:
    english = str(OSError(number, os.strerror(number)))
    chinese = tell_reason(english, language="zh")
    assert not any(letter.isascii() and letter.isalpha() for letter in chinese)
    assert tell_reason(english, language="en") == english


@pytest.mark.parametrize(
    ("place", "zh"),
    [
        ("byte 12", "第 12 字节"),
        ("line 3, column 9", "第 3 行第 9 列"),
        ("line 3", "第 3 行"),
        ("bar 7", "第 7 小节"),
        ("key groove[0]", "key groove[0]"),
    ],
)
def test_places(place: str, zh: str) -> None:
    error = FormatError("bad", zh="坏了", path="a.mid", place=place)
    assert tell_error(error, language="zh") == f"a.mid,{zh}:坏了"
    assert tell_error(error, language="en") == str(error)


def test_an_endless_path_is_shortened() -> None:
    error = FormatError("bad", zh="坏了", path="n" * 5000)
    assert len(tell_error(error, language="en")) < 140


def test_no_place_no_mark() -> None:
    assert tell_error(ParameterError("no", zh="不"), language="zh") == "不"
