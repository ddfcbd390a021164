"""``motet project undo|redo|go|branch|import|export|prune``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from motet.cli.project_history import register
from motet.io import read, write
from motet.project import Project
from motet.score import transpose
from project_files import make_project, small_score


def test_out_and_back_in(motet: Callable[..., Any], tmp_path: Path) -> None:
    path = make_project(tmp_path)
    assert motet("project", "import", "a.motet", "a.mid").code == 2
    write(transpose(small_score(), shift_semi=2), tmp_path / "up.mid")
    found = motet("project", "import", "a.motet", "up.mid")
    assert found.code == 0
    assert "Tune, bars 1-4: new pitches on the same rhythm" in found.out
    node = Project.open(path).current
    assert (node.task, node.note, node.written) == ("import", "up.mid", ("hhhh", "hhhh"))
    assert motet("project", "export", "a.motet", "out.mid").code == 0
    assert read(tmp_path / "out.mid").score.parts[0].notes[0].pitch == 74
    assert callable(register)


def test_about_in_the_tree(motet: Callable[..., Any], tmp_path: Path) -> None:
    path = make_project(tmp_path)
    write(transpose(small_score(), shift_semi=2), tmp_path / "up.mid")
    motet("project", "import", "a.motet", "up.mid")
    assert motet("project", "undo", "a.motet", "--json").facts["step"] == "1"
    assert motet("project", "branch", "a.motet", "low").code == 0
    write(transpose(small_score(), shift_semi=-2), tmp_path / "down.mid")
    motet("project", "import", "a.motet", "down.mid")
    assert motet("project", "go", "a.motet", "main", "--json").facts["branch"] == "main"
    told = motet("project", "undo", "a.motet").out
    assert "<low>" in told
    assert "* 1" in told
    assert motet("project", "redo", "a.motet", "--json").facts["step"] == "2"
    assert Project.open(path).state.branches == {"main": "2", "low": "3"}
    assert motet("project", "prune", "a.motet").out == "0 candidates forgotten\n"


def test_mistakes(motet: Callable[..., Any], tmp_path: Path) -> None:
    make_project(tmp_path)
    for args, code, word in (
        (["undo", "a.motet"], 2, ""), (["redo", "a.motet"], 2, ""), (["go", "a.motet", "7"], 2, "7"),
        (["branch", "a.motet", "7"], 2, "7"), (["import", "a.motet", "no.mid"], 2, "no.mid"),
        (["export", "a.motet", "x.docx"], 2, "x.docx"), (["undo", "a.motet", "--steps", "0"], 2, "steps"),
    ):  # fmt: skip
        for language in ("en", "zh"):
            found = motet("project", *args, "--lang", language)
            assert (found.code, found.out) == (code, ""), found
            assert word in found.err
            assert any("\u4e00" <= sign <= "\u9fff" for sign in found.err) == (language == "zh")
