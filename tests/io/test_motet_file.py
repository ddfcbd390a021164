"""Project archives: opened safely, their current score read, hostile ones refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from motet.errors import FormatError, ParameterError
from motet.io import read, sniff, write_json
from motet.io.motet_file import MIMETYPE, is_project, open_archive, read_project, take_json
from motet.score import make_score

SCORE = make_score("C4:1 E4:1 G4:2")


def archive(*files: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as made:
        for name, data in files:
            made.writestr(zipfile.ZipInfo(name), data, compress_type=how)
    return buffer.getvalue()


def project(manifest: bytes = b'{"score": "scores/a.json"}') -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("mimetype", MIMETYPE)
        made.writestr("manifest.json", manifest)
        made.writestr("scores/a.json", write_json(SCORE))
    return buffer.getvalue()


def test_a_project_is_read_like_any_score(tmp_path: Path) -> None:
    data = project()
    assert sniff(data) == "project"
    assert is_project(data)
    (tmp_path / "song.motet").write_bytes(data)
    assert read(tmp_path / "song.motet").score == SCORE
    assert read(data).score == SCORE
    assert read(data, format="project").score == SCORE


def test_a_zipped_musicxml_is_no_project() -> None:
    assert sniff(archive(("META-INF/container.xml", b"<x/>"))) == "musicxml"


@pytest.mark.parametrize(
    "name",
    [
        "../a.json",
        "/etc/passwd",
        "a/../b.json",
        "a\\b.json",
        "C:a.json",
        "a//b",
        ".hidden",
        "a" * 200,
        "中.json",
    ],
)
def test_path_tricks_are_refused(name: str) -> None:
    with pytest.raises(FormatError, match="no project has"):
        open_archive(archive((name, b"x")), path="x.motet")


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    bomb = archive(("manifest.json", bytes(8 << 20)))
    assert len(bomb) < 20_000
    with pytest.raises(FormatError, match="times"):
        open_archive(bomb)


def test_many_files_that_are_large_together_are_refused() -> None:
    noise = bytes(range(256)) * 4096
    files = [(f"scores/{k}.json", noise * 15) for k in range(18)]
    with pytest.raises(FormatError, match=r"bytes are read|times"):
        open_archive(archive(*files))


def test_a_lying_size_is_found_out() -> None:
    data = bytearray(archive(("manifest.json", b'{"a": 1}' * 100)))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    with pytest.raises(FormatError):
        open_archive(bytes(data))


def test_two_files_of_one_name_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("a.json", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("a.json", "2")
    with pytest.raises(FormatError, match="one name"):
        open_archive(buffer.getvalue())


def test_unusual_packing_is_refused() -> None:
    with pytest.raises(FormatError, match="unusual"):
        open_archive(archive(("a.json", b"{}" * 99), how=zipfile.ZIP_BZIP2))


@pytest.mark.parametrize(
    "manifest", [b"{}", b"[]", b"", b"{", b'{"score": 5}', b'{"score": "scores/b.json"}', b"\xff"]
)
def test_a_manifest_that_names_nothing(manifest: bytes) -> None:
    with pytest.raises(FormatError) as caught:
        read_project(project(manifest))
    assert any("\u4e00" <= sign <= "\u9fff" for sign in caught.value.zh)


def test_a_damaged_score_is_named() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("manifest.json", '{"score": "scores/a.json"}')
        made.writestr("scores/a.json", '{"format": 1, "colour": 3}')
    with pytest.raises(FormatError, match=r"scores/a\.json"):
        read_project(buffer.getvalue())


def test_json_of_an_archive() -> None:
    assert take_json({"a": b"{}"}, "a") == {}
    with pytest.raises(FormatError, match=r"has no b\.json"):
        take_json({}, "b.json", path="x")
    with pytest.raises(ParameterError):
        read_project("nowhere.motet")
