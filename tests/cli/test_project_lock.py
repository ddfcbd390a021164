"""``motet project lock|unlock|harmony``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from motet.cli.project_lock import register
from motet.project import Project
from motet.score import make_score
from project_files import make_project


def locks(path: Path) -> list[tuple[str, str]]:
    return [(one.where, one.layer) for one in Project.open(path).locks]


def test_locking_and_lifting(motet: Callable[..., Any], tmp_path: Path) -> None:
    path = make_project(tmp_path)
    assert "  locked  ==" in motet("project", "lock", "a.motet", "Tune:1-2", "Bass").out
    motet("project", "lock", "a.motet", "3-4", "--layer", "rhythm")
    motet("project", "lock", "a.motet", "--layer", "harmony")
    assert locks(path) == [("Tune:1-2", "all"), ("Bass", "all"), ("3-4", "rhythm"), ("", "harmony")]
    found = motet("project", "unlock", "a.motet", "Bass:4", "--layer", "all", "--json")
    assert found.facts["locks"][1] == {"where": "Bass:1-3", "layer": "all"}
    motet("project", "unlock", "a.motet")
    assert locks(path) == []
    assert callable(register)


def test_harmony_is_written_down(motet: Callable[..., Any], tmp_path: Path) -> None:
    Project.start(make_score("E4+G4:4 | F4+A4:4", "C3:4 | F3:4", fifths=0)).save(
        tmp_path / "a.motet"
    )
    assert motet("project", "lock", "a.motet", "--layer", "harmony").code == 2
    assert motet("project", "harmony", "a.motet").out == "C F\n"
    assert motet("project", "lock", "a.motet", "--layer", "harmony").code == 0


def test_mistakes(motet: Callable[..., Any], tmp_path: Path) -> None:
    path = make_project(tmp_path)
    for args, word in ((["Kazoo"], "Kazoo"), (["9"], "9"), (["1", "--layer", "tempo"], "tempo")):
        for language in ("en", "zh"):
            found = motet("project", "lock", "a.motet", *args, "--lang", language)
            assert found.code == 2
            assert word in found.err
    assert locks(path) == []
