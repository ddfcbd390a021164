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


def test_one_style_is_told_in_full(motet: Callable[..., Any]) -> None:
    facts = motet("styles", "bossa", "--json").facts
    assert facts["metres"][0] == "4/4"
    assert facts["qpm"]["low"] < facts["qpm"]["usual"] < facts["qpm"]["high"]
    assert {"comping", "bass", "drums"} <= {part["role"] for part in facts["parts"]}
    said = motet("styles", "波萨诺瓦", "--lang", "zh").out
    assert all(part["name_zh"] in said for part in facts["parts"])
    assert all(groove["name"] in said for groove in facts["grooves"])


def test_a_groove_leads_to_its_style(motet: Callable[..., Any]) -> None:
    assert motet("styles", "bossa-light", "--json").facts["name"] == "bossa"


def test_a_style_that_is_none_offers_the_nearest(motet: Callable[..., Any]) -> None:
    found = motet("styles", "bosa")
    assert found.code == 2
    assert "bossa" in found.err


def test_a_broken_file_of_the_user_is_told(motet: Callable[..., Any]) -> None:
    from platformdirs import user_config_path

    folder = user_config_path("motet") / "styles"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text("style = ", encoding="utf-8")
    found = motet("styles")
    assert found.code == 0
    assert "mine.toml" in found.err
