"""English and Chinese side by side."""

import errno
import os

import pytest

from motet.language import (
    LANGUAGES,
    choose_language,
    count_columns,
    pad_columns,
    say,
    say_place,
    say_reason,
)


def test_there_are_two_languages():
    assert LANGUAGES == ("en", "zh")


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("zh", "zh"),
        ("zh_CN.UTF-8", "zh"),
        ("zh-Hant", "zh"),
        ("ZH", "zh"),
        ("en_GB", "en"),
        ("C", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_a_locale_chooses_a_language(wish, language):
    assert choose_language(wish) == language


def test_say_returns_the_one_asked_for():
    assert say("bar", "小节") == "bar"
    assert say("bar", "小节", language="zh") == "小节"


@pytest.mark.parametrize(
    ("place", "zh"),
    [
        ("byte 12", "第 12 字节"),
        ("byte 120, track 2", "第 120 字节,第 2 轨"),
        ("line 3, column 9", "第 3 行第 9 列"),
        ("line 3", "第 3 行"),
        ("bar 7", "第 7 小节"),
        ("tick 480", "第 480 tick"),
        ("part P2, bar 7", "声部 P2,第 7 小节"),
        ("groove 'bar 7, line 2', drums", "律动 'bar 7, line 2',drums"),
        ("key groove[0]", "key groove[0]"),
        ("format", "format"),
        ("", ""),
    ],
)
def test_places(place, zh):
    assert say_place(place, language="zh") == zh
    assert say_place(place) == place


@pytest.mark.parametrize(
    "name",
    [
        "ENOENT", "EACCES", "EISDIR", "ENOTDIR", "EEXIST", "ENAMETOOLONG", "ENOSPC", "EROFS",
        "EPERM", "EIO", "ENOMEM",
    ],
)  # fmt: skip
def test_usual_reasons_have_chinese(name):
    number = getattr(errno, name)
    english = str(OSError(number, os.strerror(number)))
    chinese = say_reason(english, language="zh")
    assert not any(letter.isascii() and letter.isalpha() for letter in chinese)
    assert say_reason(english) == english


def test_columns_of_mixed_texts_line_up():
    assert [count_columns(text) for text in ("", "Flute", "长笛", "第 3 小节", "，“a”")] == [
        0,
        5,
        4,
        9,
        5,
    ]
    assert {count_columns(pad_columns(text, 8)) for text in ("", "Flute", "长笛")} == {8}
    assert pad_columns("长笛独奏曲", 4) == "长笛独奏曲"
