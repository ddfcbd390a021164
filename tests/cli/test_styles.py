"""``motet styles`` lists what the arranger has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import motet as library
from motet.cli.styles import register


def test_json_lists_all(motet: Callable[..., Any]) -> None:
    found = motet("styles", "--json")
    assert found.code == 0
    assert [one["name"] for one in found.facts["styles"]] == [one.name for one in library.styles()]


def test_at_least_48_grooves_over_16_styles(motet: Callable[..., Any]) -> None:
    styles = motet("styles", "--json").facts["styles"]
    assert len(styles) >= 16
    assert sum(len(one["grooves"]) for one in styles) >= 48


def test_titles_are_chinese_when_asked(motet: Callable[..., Any]) -> None:
    found = motet("styles", "--lang", "zh")
    assert all(one.title_zh in found.out for one in library.styles())
    assert "种风格" in found.out
    assert callable(register)
