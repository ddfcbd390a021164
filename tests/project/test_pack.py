"""A project as bytes: readable by people, checked to the last one, refused when it lies."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.errors import FormatError
from motet.io import read
from motet.io.motet_file import MIMETYPE, open_archive
from motet.project import Project
from motet.project.pack import motet_version, unpack


def rebuilt(data: bytes, change: Callable[[dict[str, bytes]], Any]) -> bytes:
    """The same archive with other files in it."""
    files = open_archive(data)
    change(files)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in files.items():
            archive.writestr(name, held)
    return buffer.getvalue()


def edited(name: str, **change: Any) -> Callable[[dict[str, bytes]], Any]:
    def change_json(files: dict[str, bytes]) -> None:
        files[name] = json.dumps({**json.loads(files[name]), **change}).encode()

    return change_json


def test_a_person_can_read_it(saved: Path) -> None:
    files = open_archive(saved.read_bytes())
    assert list(files)[:4] == ["mimetype", "manifest.json", "README.txt", "current.mid"]
    assert files["mimetype"].decode() == MIMETYPE
    readme = files["README.txt"].decode()
    assert "motet project show" in readme
    assert "工程" in readme
    manifest = json.loads(files["manifest.json"])
    assert (manifest["format"], manifest["title"], manifest["version"]) == (
        1,
        "Small",
        motet_version(),
    )
    assert json.loads(files["tree.json"])["nodes"][0]["written"] == ["hhhhhhhh", "hhhhhhhh"]
    assert read(files["current.mid"]).score.n_notes == Project.open(saved).score.n_notes
    assert read(files[manifest["score"]]).score == Project.open(saved).score


def test_any_cut_is_refused_and_never_crashes(saved: Path) -> None:
    data = saved.read_bytes()
    for length in {*range(0, len(data), 37), *range(len(data) - 60, len(data))}:
        with pytest.raises(FormatError):
            unpack(data[:length])


def test_any_flipped_byte_is_refused_or_harmless(saved: Path) -> None:
    data, whole = saved.read_bytes(), unpack(saved.read_bytes())
    for place in range(0, len(data), 53):
        broken = bytearray(data)
        broken[place] ^= 0x55
        try:
            state, scores = unpack(bytes(broken))
        except FormatError:
            continue
        assert (state.nodes, scores) == (whole[0].nodes, whole[1])


@pytest.mark.parametrize(
    "change",
    [
        edited("manifest.json", format="one"),
        edited("manifest.json", format=-1),
        edited("manifest.json", format=True),
        edited("manifest.json", files={}),
        edited("manifest.json", files=[]),
        edited("manifest.json", files={"../x": "00"}),
        edited("tree.json", current="2"),
        lambda files: files.pop("tree.json"),
        lambda files: files.update({"manifest.json": b"[" * 99_999}),
        lambda files: files.update({"manifest.json": b'{"format": NaN}'}),
        lambda files: files.update({"manifest.json": b"\xff\xfe"}),
        lambda files: files.pop(next(name for name in files if name.startswith("scores"))),
        lambda files: files.update({next(n for n in files if n.startswith("scores")): b"{}"}),
    ],
)
def test_wrong_content_is_refused_in_both_languages(
    saved: Path, change: Callable[[dict[str, bytes]], Any]
) -> None:
    with pytest.raises(FormatError) as caught:
        unpack(rebuilt(saved.read_bytes(), change), path="x.motet")
    assert caught.value.path == "x.motet"
    assert any("\u4e00" <= sign <= "\u9fff" for sign in caught.value.zh)


def test_what_may_be_lost_may_be_lost(saved: Path) -> None:
    data = rebuilt(saved.read_bytes(), lambda f: [f.pop("README.txt"), f.pop("current.mid")])
    assert unpack(data) == unpack(saved.read_bytes())
