"""Options that commands share say the same in both languages."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from motet.cli import wish


def english(en: str, zh: str) -> str:
    """What an option says to English readers."""
    del zh
    return en


def chinese(en: str, zh: str) -> str:
    """What an option says to Chinese readers."""
    del en
    return zh


@pytest.mark.parametrize("name", [one for one in wish.__all__ if one != "instrument_option"])
def test_each_option_has_its_own_words_in_both_languages(name: str) -> None:
    declare: Any = getattr(wish, name)
    en, zh = declare(english), declare(chinese)
    assert en.param_decls == zh.param_decls
    assert en.param_decls[0] == "--" + name.removesuffix("_option").replace("_", "-")
    assert en.help.isascii()
    assert any("\u4e00" <= sign <= "\u9fff" for sign in zh.help)


def test_words_may_be_a_command_s_own() -> None:
    found = wish.metre_option(chinese, "Of the tune.", "曲调的拍号。")
    assert found.help == "曲调的拍号。"
    assert wish.instrument_option(english, "Who plays.", "由谁演奏。").help == "Who plays."
    assert "--tempo" in wish.qpm_option(english, "--tempo").param_decls


def test_what_only_a_whole_piece_can_have_is_not_offered_for_new_bars() -> None:
    own = wish.feel_option(english, is_written=True).help
    whole = wish.feel_option(english).help
    assert "half-time" in whole
    assert "half-time" not in own
    assert inspect.signature(wish.feel_option).parameters["is_written"].default is False
