"""FAQ, rights, model card and reading list: in both languages, complete, and each entry with its check."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = ("README", "faq", "rights", "reading", "cards/model", "cards/corpus")
CHINESE = re.compile("[\u4e00-\u9fff]")


def read(name: str, language: str = "en") -> str:
    ending = ".md" if language == "en" else ".zh.md"
    return (DOCS / f"{name}{ending}").read_text(encoding="utf-8")


def entries(language: str) -> list[list[str]]:
    """The cells of each work of the reading list."""
    rows = [line for line in read("reading", language).splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return [row for row in cells if row[2].isdigit() or row[0] not in ("work", "著作")]


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_have_the_same_headings_and_link_each_other(name: str) -> None:
    english, chinese = read(name), read(name, "zh")
    short = name.rsplit("/", 1)[-1]
    assert f"]({short}.zh.md)" in english
    assert f"]({short}.md)" in chinese
    levels = [re.findall(r"^#+ ", text, flags=re.MULTILINE) for text in (english, chinese)]
    assert levels[0] == levels[1]
    titles = re.findall(r"^#+ (.*)$", chinese, flags=re.MULTILINE)
    assert all(CHINESE.search(title) for title in titles)


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_link_the_same_things(name: str) -> None:
    def targets(text: str) -> list[str]:
        found = re.findall(r"\]\(([^)]+)\)", text)
        return sorted(one.replace(".zh.md", ".md").replace("CARD.zh", "CARD") for one in found)

    assert targets(read(name)) == targets(read(name, "zh"))


def test_every_work_has_all_its_fields() -> None:
    for language in ("en", "zh"):
        found = entries(language)
        assert 20 <= len(found) <= 35
        for row in found:
            assert len(row) == 6, row
            assert all(len(cell) >= 3 for cell in row), row
            assert 1900 < int(row[2]) < 2027, row
    text = read("reading")
    assert f", {len(entries('en'))} of them" in text
    assert f"共 {len(entries('zh'))} 种" in read("reading", "zh")


def test_no_work_stands_twice_and_both_languages_list_the_same() -> None:
    english, chinese = entries("en"), entries("zh")
    assert len({row[0].lower() for row in english}) == len(english)
    assert [row[:5] for row in english] == [row[:5] for row in chinese]
    assert all(CHINESE.search(row[5]) for row in chinese)


def test_figures_are_quoted_by_reference() -> None:
    for language in ("en", "zh"):
        text = re.sub(r"```.*?```", "", read("faq", language), flags=re.DOTALL)
        assert not re.search(r"\d\.\d{2}|\d ?%", text)
        assert "](quality.md)" in text
