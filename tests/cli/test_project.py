"""``motet project``: the whole way on the command line, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from motet.cli.app import build_app
from motet.cli.project import register

NAMES = [
    *("new", "show", "log", "lock", "unlock", "harmony", "propose", "hear", "compare", "accept"),
    *("discard", "undo", "redo", "go", "branch", "import", "export", "prune"),
]


def commands(language: Any) -> dict[str, Any]:
    group: Any = typer.main.get_command(build_app(language))
    return dict(group.commands["project"].commands)


def test_all_commands_are_there(motet: Callable[..., Any]) -> None:
    assert list(commands("en")) == NAMES
    found = motet("project")
    assert found.code == 0
    assert all(f"\n  {name} " in found.out for name in NAMES)
    assert callable(register)


@pytest.mark.parametrize("name", NAMES)
def test_each_page_speaks_both_languages(motet: Callable[..., Any], name: str) -> None:
    english = motet("project", name, "--help").out
    chinese = motet("project", name, "--help", "--lang", "zh").out
    assert english.startswith(f"Usage: motet project {name}")
    assert f"motet project {name}" in english.split("Examples:")[1]
    for line in chinese.split("\n示例:")[0].splitlines():
        assert not line.strip() or any("\u4e00" <= sign <= "\u9fff" for sign in line), line
    assert max(len(line) for line in english.splitlines()) <= 94


def test_a_mistyped_command(motet: Callable[..., Any]) -> None:
    found = motet("project", "acept")
    assert found.code == 2
    assert "did you mean accept?" in found.err
    assert "没有命令" in motet("project", "qqqq", "--lang", "zh").err


def test_a_projects_score_is_read_everywhere(motet: Callable[..., Any], tmp_path: Path) -> None:
    motet("arrange", "| C | F |", "--bars", "2", "-o", "a.mid")
    assert motet("project", "new", "a.motet", "--from", "a.mid").code == 0
    assert motet("convert", "a.motet", "b.mid").code == 0
    assert motet("show", "a.motet").code == 0
    assert (tmp_path / "b.mid").stat().st_size > 100
