"""Why a recording is refused, in both languages."""

import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from motet.audio import read_audio
from motet.audio.refusal import stopped, unreadable
from motet.errors import FormatError


def end(code: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", f"raise SystemExit({code})"])


def test_the_decoders_last_line_becomes_the_reason_with_its_frame():
    log = io.BytesIO(b"noise\n" + json.dumps({"error": "bad block", "frame": 70}).encode())
    error = stopped(end(1), Path("a.flac"), log)
    assert str(error) == "a.flac, frame 70: cannot be read as audio: bad block"


def test_a_decoder_that_says_nothing_is_told_by_its_exit():
    with tempfile.TemporaryFile() as log:
        assert "exit 9" in str(stopped(end(9), Path("a.mp3"), log))


def test_places_and_reasons_are_told_in_chinese():
    error = unreadable(Path("a.wav"), "the file is empty", "文件为空", "byte 0")
    assert error.localised("zh") == "a.wav,第 0 字节:无法作为音频读取:文件为空"


@pytest.mark.parametrize("head", [b"\x13\x37" * 500, b"RIFF\x10\0\0\0WAVEfmt "])
def test_the_decoders_words_have_chinese(tmp_path, head):
    path = tmp_path / "a.wav"
    path.write_bytes(head)
    with pytest.raises(FormatError) as caught:
        read_audio(path)
    told = caught.value.localised("zh").replace(str(path), "")
    assert not any(word in told for word in ("File", "error", "struct", "Format"))
