"""Help pages: complete in both languages, in columns that fit."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.cli.app import command_names, help_page
from motet.cli.help import wrap_text
from motet.language import Language

PAGES = ["", *command_names()]


def columns(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", PAGES)
def test_lines_fit(name: str, language: Language) -> None:
    assert max(columns(line) for line in help_page(name, language=language).splitlines()) <= 94


@pytest.mark.parametrize("name", PAGES)
def test_chinese_pages_are_chinese_line_by_line(name: str) -> None:
    page = help_page(name, language="zh").split("\n示例:")[0]
    # A name too long for its column stands on a line of its own, its text below.
    page = re.sub(r"^(  (?:-\S+ / -\S+|\S+\|\S+))\n", r"\1 ", page, flags=re.MULTILINE)
    for line in page.splitlines():
        has_han = any("\u4e00" <= letter <= "\u9fff" for letter in line)
        assert has_han or not line.strip(), line


@pytest.mark.parametrize("name", PAGES)
def test_both_pages_have_the_same_options(name: str) -> None:
    both = [help_page(name, language=language) for language in ("en", "zh")]
    options = [re.findall(r"^  (-\S+(?:, --[\w-]+)?)", page, flags=re.MULTILINE) for page in both]
    assert options[0] == options[1]
    assert "--json" in options[0]


@pytest.mark.parametrize("name", command_names())
def test_each_command_shows_an_example(name: str) -> None:
    assert f"motet {name}" in help_page(name, language="en").split("Examples:")[1]


@settings(max_examples=50)
@given(st.text(alphabet="ab 和弦,", max_size=60), st.integers(12, 40))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    lines = wrap_text(text, width=width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(columns(line) <= width or " " not in line for line in lines)
