"""An error is one readable line, in the language of the run."""

from __future__ import annotations

from motet.cli.reason import tell_error
from motet.errors import FormatError, ParameterError


def test_the_place_speaks_the_language() -> None:
    error = FormatError("bad", zh="坏了", path="a.mid", place="byte 12, track 2")
    assert tell_error(error, language="zh") == "a.mid,第 12 字节,第 2 轨:坏了"
    assert tell_error(error, language="en") == str(error)


def test_an_endless_path_is_shortened_and_the_error_kept() -> None:
    error = FormatError("bad", zh="坏了", path="n" * 5000)
    assert len(tell_error(error, language="en")) < 140
    assert len(error.path) == 5000


def test_no_place_no_mark() -> None:
    assert tell_error(ParameterError("no", zh="不"), language="zh") == "不"
