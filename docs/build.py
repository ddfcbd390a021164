"""Builds docs/reference from the code: the command line, in both languages, and the public names.

Run by ``make docs``; tests/docs compares what it prints with what is committed.
"""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path

from motet.cli.app import help_page, page_names
from motet.language import LANGUAGES, Language, say

__all__ = ["FOLDER", "build_pages"]

FOLDER = Path(__file__).parent / "reference"
PACKAGES = (
    "api",
    "errors",
    "units",
    "language",
    "score",
    "theory",
    "io",
    "analysis",
    "brief",
    "tokens",
    "arranger",
    "corpus",
    "engine",
    "evaluate",
    "originality",
    "sentence",
    "tasks",
    "provenance",
    "project",
    "why",
    "render",
)


def build_cli_page(language: Language) -> str:
    """Return the reference of the command line as Markdown."""
    title = say("Command line", "命令行", language=language)
    note = say(
        "Built by `make docs` from the help pages; do not edit. [中文](cli.zh.md)",
        "由 `make docs` 从帮助页生成,请勿手改。[English](cli.md)",
        language=language,
    )
    lines = [f"# {title}", "", note, ""]
    for name in ("", *page_names()):
        page = help_page(name, language=language).rstrip()
        lines += [f"## motet {name}".rstrip(), "", "```text", page, "```", ""]
    return "\n".join(lines)


def build_names_page() -> str:
    """Return every public name with the first line of its docstring as Markdown."""
    lines = ["# Public names", "", "Built by `make docs` from the docstrings; do not edit.", ""]
    for package in PACKAGES:
        module = importlib.import_module(f"motet.{package}")
        first = (inspect.getdoc(module) or "").splitlines()[0]
        lines += [f"## motet.{package}", "", first, ""]
        for name in sorted(getattr(module, "__all__", ()), key=str.lower):
            thing = getattr(module, name)
            if inspect.isclass(thing) or inspect.isroutine(thing):
                text = (inspect.getdoc(thing) or "").split("\n\n")[0].replace("\n", " ")
                lines.append(f"- `{name}`: {text}")
            else:
                lines.append(f"- `{name}`")
        lines.append("")
    return "\n".join(lines)


def build_pages() -> dict[Path, str]:
    """Return the text of each page of the reference."""
    pages = {FOLDER / "names.md": build_names_page()}
    for language in LANGUAGES:
        ending = "" if language == "en" else f".{language}"
        pages[FOLDER / f"cli{ending}.md"] = build_cli_page(language)
    return pages


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for path, text in build_pages().items():
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(FOLDER.parent.parent))
