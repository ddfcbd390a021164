"""English and Chinese side by side."""

import pytest

from motet.language import LANGUAGES, choose_language, say


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
