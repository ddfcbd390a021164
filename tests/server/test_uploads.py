"""Uploads: known by content, limited, unguessable, gone after an hour, no path of the client's."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from motet.errors import FormatError, ParameterError
from motet.io import write_midi
from motet.project import Project
from motet.score import make_score
from motet.server.upload_limits import SCORE_BYTES
from motet.server.uploads import clean_name, find_upload, keep_facts, receive, sweep


async def _pieces(data: bytes, size: int = 65536) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


def _send(data: bytes, root: Path, name: str = "x") -> str:
    return asyncio.run(receive(_pieces(data), root, name=name)).kind


def test_files_are_known_by_content_not_by_name(tmp_path: Path) -> None:
    score = make_score("C4:4")
    packed = Project.start(score, title="One").save(tmp_path / "one.motet").read_bytes()
    root = tmp_path / "uploads"
    assert _send(write_midi(score), root, "song.mp3.exe") == "score"
    assert _send(b"RIFF\x00\x00\x00\x00WAVEfmt ", root, "song.mid") == "audio"
    assert _send(packed, root, "song.mid") == "project"
    assert _send(b"\xff\xfb\x90\x00" + bytes(5000), root, "song.mp3") == "audio"


def test_a_score_over_the_limit_is_refused_before_it_is_read_whole(tmp_path: Path) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b"MThd"
        while True:
            sent += 1 << 20
            yield bytes(1 << 20)

    with pytest.raises(ParameterError, match="at most 10 MB") as caught:
        asyncio.run(receive(endless(), tmp_path, name="big.mid"))
    assert "10 MB" in caught.value.zh
    assert sent <= SCORE_BYTES + (2 << 20)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_of_a_client_that_went_away(tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"MThd"
        raise ConnectionError("gone")

    with pytest.raises(ConnectionError):
        asyncio.run(receive(broken(), tmp_path, name="a.mid"))
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="empty"):
        _send(b"", tmp_path)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.mid", "a.mid"),
        ("a\r\nSet-Cookie: x.mid", "a__Set-Cookie_ x.mid"),
        ("\u202egpj.mid", "_gpj.mid"),
        ("..", "file"),
        ("月光 ♪.musicxml", "月光 ♪.musicxml"),
        ("x" * 300 + ".mid", "x" * 109 + ".mid"),
    ],
)
def test_names_hold_no_path_and_no_sign_of_control(name: str, clean: str) -> None:
    assert clean_name(name) == clean


def test_ids_are_found_again_and_paths_are_not(tmp_path: Path) -> None:
    upload = asyncio.run(receive(_pieces(write_midi(make_score("C4:4"))), tmp_path, name="a.mid"))
    with pytest.raises(ParameterError, match="no such upload"):
        find_upload(tmp_path, upload.upload_id)  # not read yet
    keep_facts(upload, {"n_bars": 1})
    assert find_upload(tmp_path, upload.upload_id).facts == {"n_bars": 1}
    for wrong in ("..", ".", "", "/etc", upload.upload_id + "/..", upload.upload_id[:-1]):
        with pytest.raises(ParameterError, match="no such upload"):
            find_upload(tmp_path, wrong)


def test_uploads_are_gone_after_an_hour(tmp_path: Path) -> None:
    old = asyncio.run(receive(_pieces(b"MThd"), tmp_path, name="old"))
    new = asyncio.run(receive(_pieces(b"MThd"), tmp_path, name="new"))
    os.utime(old.folder, (1.0, 1.0))
    assert sweep(tmp_path) == 1
    assert not old.folder.exists()
    assert new.folder.exists()
