"""Exports are prepared without touching the project and fetched by their id alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.errors import ParameterError
from motet.project import Project
from motet.score import make_score
from motet.server.exports import find_file, finish_export, prepare_export
from motet.server.schemas.export import ExportRequest

PROJECT = Project.start(make_score("C4:4 D4:4"), title="../a\nb")


def test_a_written_file_is_found_with_name_and_type(tmp_path: Path) -> None:
    ready = prepare_export(PROJECT, ExportRequest(format="musicxml", bars="2"), tmp_path)
    assert Path(ready["folder"]).parent == tmp_path
    assert "/" not in ready["stem"]
    assert "\n" not in ready["stem"]
    told = finish_export(ready, {"name": "月.musicxml", "n_bytes": 1, "losses": [], "remarks": []})
    found = find_file(tmp_path, told["url"].rsplit("/", 1)[-1])
    assert (found.name, found.media_type) == (
        "月.musicxml",
        "application/vnd.recordare.musicxml+xml",
    )


def test_half_a_project_is_refused_before_a_folder_is_made(tmp_path: Path) -> None:
    for wish in ({"format": "motet", "bars": "1"}, {"format": "mid", "bars": "7"}):
        with pytest.raises(ParameterError):
            prepare_export(PROJECT, ExportRequest(**wish), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["..", "x", "a" * 32, "../" * 9])
def test_ids_that_are_not_there_give_a_plain_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(ParameterError, match="no such file"):
        find_file(tmp_path, name)
