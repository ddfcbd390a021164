"""A section of the page is replaced, and nothing else."""

from __future__ import annotations

from pathlib import Path

from motet.suite.page import make_table, put_section, write_section


def test_a_section_is_replaced() -> None:
    text = "a\n<!-- x -->\nold\n<!-- end x -->\nb\n"
    made = put_section(text, "x", make_table(("h", "i"), [("1", "2")]))
    assert made == "a\n<!-- x -->\n| h | i |\n| --- | --- |\n| 1 | 2 |\n<!-- end x -->\nb\n"
    assert put_section(made, "x", "old") == text


def test_a_new_section_comes_last_under_its_title() -> None:
    made = put_section("a\n", "y", "new", title="Why")
    assert made == "a\n\n## Why\n\n<!-- y -->\nnew\n<!-- end y -->\n"
    assert put_section(made, "y", "newer").count("## Why") == 1


def test_backslashes_stay(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    write_section(page, "x", r"\1 and \g<0>")
    write_section(page, "x", r"\2")
    assert r"\2" in page.read_text(encoding="utf-8")
    assert r"\1" not in page.read_text(encoding="utf-8")
