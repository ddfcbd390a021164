"""Older projects open for ever; those of the future are refused by name."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from motet.errors import FormatError
from motet.io import read, write_json, write_midi
from motet.project import Project
from motet.project.upgrade import PROJECT_FORMAT, check_digests, dump, upgrade
from motet.score import make_score

DATA = Path(__file__).parent / "data"
SCORE = replace(make_score("C4:1 E4:1 G4:2"), title="Old")


def archive(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    return buffer.getvalue()


def test_a_project_of_format_1_opens_as_it_was() -> None:
    """The fixture was saved by the first version; tests/project/data/make_format_1.py says how."""
    project = Project.open(DATA / "format-1.motet")
    assert project.title == "Format one"
    assert [(one.id, one.parent, one.task) for one in project.tree] == [
        ("1", "", "import"), ("2", "1", "import"), ("3", "1", "import"),
        ("4", "3", "infill"),
    ]  # fmt: skip
    assert [(one.where, one.layer) for one in project.locks] == [
        ("Bass:1-2", "all"), ("Tune:2", "rhythm"), ("3-4", "harmony")
    ]  # fmt: skip
    assert project.state.branches == {"main": "2", "other": "4"}
    assert [n.pitch for n in project.score_of("3").parts[0].notes] == [72, 76, 79, 77, 76, 74, 72]
    assert project.current.written == ("hhhh", "hhhh")
    assert read(DATA / "format-1.motet").score == project.score
    assert [(p.id, p.base, p.state, len(p.candidates)) for p in project.state.proposals] == [
        ("p1", "3", "accepted", 3), ("p2", "4", "discarded", 2)
    ]  # fmt: skip
    assert project.redo().chosen == ("Tune:3",)
    assert project.current.candidate == 2
    made, taken = (project.score_of(name).parts[0].notes for name in ("p1.2", "4"))
    third = [[n for n in notes if 3840 <= n.onset_tick < 5760] for notes in (made, taken)]
    assert third[0] == third[1]


@pytest.mark.parametrize("name", ["score.json", "song.mid"])
def test_format_0_is_a_zip_of_one_score(tmp_path: Path, name: str) -> None:
    data = write_json(SCORE) if name.endswith("json") else write_midi(SCORE)
    (tmp_path / "old.motet").write_bytes(archive({name: data, "notes.txt": b"hello"}))
    project = Project.open(tmp_path / "old.motet")
    assert [n.pitch for n in project.score.parts[0].notes] == [60, 64, 67]
    assert (project.title, project.current.task, project.current.note) == ("Old", "import", name)
    project.lock("1")
    project.save()
    assert Project.open(tmp_path / "old.motet").locks == project.locks


def test_format_0_may_have_a_title() -> None:
    manifest = json.dumps({"format": 0, "title": "Mine"}).encode()
    files = upgrade({"manifest.json": manifest, "a.json": write_json(SCORE)})
    assert json.loads(files["manifest.json"])["title"] == "Mine"
    check_digests(files, json.loads(files["manifest.json"]))


def test_a_zip_without_a_score_is_no_project() -> None:
    with pytest.raises(FormatError, match="no score"):
        upgrade({"a.txt": b"x"})
    with pytest.raises(FormatError, match=r"a\.mid"):
        upgrade({"a.mid": b"MThd"}, path="x.motet")


def test_the_future_is_refused_clearly() -> None:
    manifest = dump({"format": PROJECT_FORMAT + 1})
    with pytest.raises(FormatError, match="format 2") as caught:
        upgrade({"manifest.json": manifest, "a.json": write_json(SCORE)}, path="new.motet")
    assert "update Motet" in str(caught.value)
    assert "升级" in caught.value.zh


def test_today_is_left_alone() -> None:
    files = {"manifest.json": dump({"format": PROJECT_FORMAT}), "x": b"y"}
    assert upgrade(files) == files
