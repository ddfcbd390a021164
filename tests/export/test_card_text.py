"""What every card says stands there in both languages, with as many points."""

from __future__ import annotations

import re

import pytest

from motet.export import card_text


@pytest.mark.parametrize("name", card_text.__all__)
def test_both_languages_say_it(name: str) -> None:
    english, chinese = getattr(card_text, name)
    assert re.search("[\u4e00-\u9fff]", chinese)
    assert not re.search("[\u4e00-\u9fff]", english)
    assert english.count("\n- ") == chinese.count("\n- ")


@pytest.mark.parametrize("name", card_text.__all__)
def test_no_figure_of_one_bundle_stands_in_it(name: str) -> None:
    for text in getattr(card_text, name):
        assert not re.search(r"\d+\.\d|\d%|\d %", text)
