"""``motet project new|show|log``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.project_begin import project_facts, register
from motet.project import Project
from project_files import make_project
from tiny_bundle import make_tiny_bundle


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(make_tiny_bundle(tmp_path_factory.mktemp("bundle")))


def test_from_options(motet: Callable[..., Any], tmp_path: Path, bundle: str) -> None:
    found = motet("project", "new", "song", "--bars", "4", "--part", "flute,piano", "--seed", "3",
                  "--candidates", "1", "--bundle", bundle, "--title", "Light", "--json")  # fmt: skip
    assert found.code == 0
    assert found.facts["file"] == "song.motet"
    assert (found.facts["n_bars"], found.facts["title"], found.facts["step"]) == (4, "Light", "1")
    assert Project.open(tmp_path / "song.motet").current.seed == 3


def test_from_a_file_and_shown(motet: Callable[..., Any], tmp_path: Path) -> None:
    make_project(tmp_path)
    assert motet("project", "new", "b.motet", "--from", "a.mid", "--title", "B").code == 0
    told = motet("project", "show", "b.motet").out
    assert told.startswith("B: 4 bars, 4/4")
    assert "Tune  " in told
    assert "* 1  read in  <main>" in told
    chinese = motet("project", "log", "b.motet", "--lang", "zh").out
    assert "读入" in chinese
    assert project_facts(Project.open(tmp_path / "a.motet"))["parts"][0]["written"] == "hhhh"
    assert callable(register)


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        (["new", "a.motet", "--from", "a.mid"], 2, "a.motet"),
        (["new", "b.mid"], 2, "b.mid"),
        (["new", "b.motet", "--from", "a.mid", "--style", "pop"], 2, "style"),
        (["new", "b.motet", "--from", "none.mid"], 2, "none.mid"),
        (["new", "b.motet", "--bars", "0"], 2, "0"),
        (["show", "none.motet"], 2, "none.motet"),
        (["show", "text.motet"], 3, "text.motet"),
        (["show", "a.mid"], 2, "a.mid"),
    ],
)
def test_mistakes(
    motet: Callable[..., Any], tmp_path: Path, args: list[str], code: int, word: str
) -> None:
    make_project(tmp_path)
    (tmp_path / "text.motet").write_text("hello")
    before = sorted(path.name for path in tmp_path.iterdir())
    for language in ("en", "zh"):
        found = motet("project", *args, "--lang", language)
        assert (found.code, found.out) == (code, "")
        assert word in found.err
        assert len(found.err.splitlines()) == 1
        assert any("\u4e00" <= sign <= "\u9fff" for sign in found.err) == (language == "zh")
    assert sorted(path.name for path in tmp_path.iterdir()) == before
