"""What typer finds wrong is said as our own error, without a word of another language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from motet.cli.usage import check_repeats, usage_error

WRONG = [
    ["arrange", "--qpm", "fast"],
    ["arrange", "--bars", "2.5"],
    ["arrange", "--intensity=loud"],
    ["arrange", "C", "F", "G"],
    ["arrange", "--stems=yes"],
    ["arrange", "--seed"],
    ["arrange", "-z"],
    ["arrange", "--seed", "1", "--seed", "2"],
    ["render", "a.mid", "--from-bar", "x"],
    ["render"],
    ["convert", "a.mid"],
    ["play", "--bars", "2"],
]
ENGLISH = ("Input", "valid", "unexpected", "argument", "requires", "Option", "Got", "missing")


@pytest.mark.parametrize("args", WRONG)
def test_both_languages_are_whole(motet: Callable[..., Any], args: list[str]) -> None:
    english, chinese = motet(*args), motet(*args, "--lang", "zh")
    for found in (english, chinese):
        assert (found.code, found.out) == (2, "")
        assert len(found.err.splitlines()) == 1
    assert "Input should" not in english.err
    assert "--help" in english.err or "twice" in english.err
    assert not [word for word in ENGLISH if word in chinese.err]


def test_a_repeated_part_is_allowed(motet: Callable[..., Any]) -> None:
    words = ("--part", "bass", "--part", "drums", "--title", "--part")
    assert motet("arrange", "| C |", *words, "-o", "a.mid").code == 0


def test_nothing_after_a_double_dash_is_an_option(motet: Callable[..., Any]) -> None:
    found = motet("arrange", "--seed", "1", "--", "| C |", "--seed")
    assert "twice" not in found.err
    assert found.code == 2
    assert callable(check_repeats)
    assert callable(usage_error)
