"""What the commands of a project share."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.cli.project_file import changing, file_argument, finish_change, project_path
from motet.errors import ParameterError
from motet.project import Project
from project_files import make_project


def test_names() -> None:
    assert project_path("song") == Path("song.motet")
    assert project_path("a/Song.MOTET").name == "Song.MOTET"
    for name in ("song.mid", ""):
        with pytest.raises(ParameterError, match="motet") as caught:
            project_path(name)
        assert "工程" in caught.value.zh
    assert file_argument(lambda _, zh: zh).metavar == "FILE"
    assert callable(finish_change)


def test_nothing_is_saved_where_something_went_wrong(tmp_path: Path) -> None:
    path = make_project(tmp_path)
    before = path.read_bytes()

    def stumble() -> None:
        with changing(str(path)) as project:
            project.lock("1")
            project.lock("Kazoo")

    with pytest.raises(ParameterError):
        stumble()
    assert path.read_bytes() == before
    with changing(str(path)) as project:
        project.lock("1")
    assert len(Project.open(path).locks) == 1
