"""What is a recording is told by its content, not by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.audio.sniff import is_recording


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("a.wav", b"RIFF\0\0\0\0WAVEfmt ", True),
        ("a.mid", b"RIFF\0\0\0\0RMIDdata", False),
        ("a.dat", b"fLaC\0\0", True),
        ("a", b"OggS\0", True),
        ("a.mp3", b"ID3\x04", True),
        ("a.mp3", b"\xff\xfb\x90\x64", True),
        ("a.mid", b"\xff\xfb\x90\x64", False),
        ("a.wav", b"MThd\0\0\0\6", False),
        ("a.mid", b"MThd\0\0\0\6", False),
        ("a.aiff", b"FORM\0\0\0\0AIFF", True),
        ("a.json", b"{}", False),
    ],
)
def test_by_content(tmp_path: Path, name: str, head: bytes, expected: bool) -> None:
    (tmp_path / name).write_bytes(head)
    assert is_recording(tmp_path / name) is expected


def test_what_is_not_there_goes_by_its_name() -> None:
    assert is_recording("gone.flac")
    assert not is_recording("gone.musicxml")
