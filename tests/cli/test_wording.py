"""The language is chosen by --lang, MOTET_LANG, the locale, in this order."""

from __future__ import annotations

import pytest

from motet.cli.wording import split_globals, translator
from motet.errors import ParameterError


@pytest.mark.parametrize(
    ("args", "environ", "language"),
    [
        (["--lang", "zh"], {"MOTET_LANG": "en"}, "zh"),
        (["show", "--lang=en"], {"LANG": "zh_CN.UTF-8"}, "en"),
        ([], {"MOTET_LANG": "zh", "LC_ALL": "en_US.UTF-8"}, "zh"),
        ([], {"LC_ALL": "zh_TW.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ([], {"LC_ALL": "", "LC_MESSAGES": "zh_CN", "LANG": "C"}, "zh"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {}, "en"),
    ],
)
def test_language(args: list[str], environ: dict[str, str], language: str) -> None:
    assert split_globals(args, environ).language == language


def test_globals_may_stand_anywhere_before_a_double_dash() -> None:
    found = split_globals(["show", "--json", "a.mid", "--", "--json", "--lang"], {})
    assert found.as_json
    assert found.args == ("show", "a.mid", "--", "--json", "--lang")


@pytest.mark.parametrize("args", [["--lang", "fr"], ["--lang"], ["--lang="]])
def test_another_language_is_refused(args: list[str]) -> None:
    with pytest.raises(ParameterError, match="--lang must be en or zh"):
        split_globals(args, {}).check()


def test_translator() -> None:
    assert translator("en")("bar", "小节") == "bar"
    assert translator("zh")("bar", "小节") == "小节"
