"""Downloads from a server on this machine: whole, resumed, checked, and refused."""

import hashlib
import http.server
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest

from motet.corpus.fetch import fetch_file, fetch_source
from motet.corpus.manifest import load_manifest
from motet.errors import CorpusError, ParameterError

CONTENT = bytes(range(256)) * 2000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class Handler(http.server.BaseHTTPRequestHandler):
    """Gives CONTENT, by ranges unless the path says otherwise; breaks off where told."""

    asked: ClassVar[list[str]] = []
    break_after: int | None = None

    def do_GET(self) -> None:
        told = self.headers.get("Range", "")
        Handler.asked.append(told)
        if self.path == "/missing":
            self.send_error(404)
            return
        start = (
            int(told.removeprefix("bytes=").rstrip("-")) if told and "plain" not in self.path else 0
        )
        if start >= len(CONTENT):
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(CONTENT)}")
            self.end_headers()
            return
        body = CONTENT[start:]
        self.send_response(206 if start else 200)
        if start:
            first = start + (5 if self.path == "/shifted" else 0)
            self.send_header("Content-Range", f"bytes {first}-{len(CONTENT) - 1}/{len(CONTENT)}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: Handler.break_after])

    def log_message(self, *words: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server on this machine, with sockets that reach nothing else."""
    blocked = socket.socket
    real: Any = blocked.__mro__[1]

    class Loopback(real):  # type: ignore[misc]
        def connect(self, address: Any) -> None:
            if address[0] not in ("127.0.0.1", "::1"):
                raise RuntimeError("tests must not use the network")
            super().connect(address)

    monkeypatch.setattr(socket, "socket", Loopback)
    Handler.asked, Handler.break_after = [], None
    httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def test_a_whole_file(server: str, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = tmp_path / "deep" / "a.bin"
    found = fetch_file(
        f"{server}/a",
        path,
        sha256=SHA256,
        on_progress=lambda done, total: told.append((done, total)),
    )
    assert found == SHA256
    assert path.read_bytes() == CONTENT
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert [one.name for one in path.parent.iterdir()] == ["a.bin"]


def test_what_is_there_is_not_fetched_again(server: str, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(CONTENT)
    assert fetch_file(f"{server}/a", path, sha256=SHA256) == SHA256
    assert Handler.asked == []


def test_a_broken_download_goes_on_from_there(server: str, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    Handler.break_after = 100_000
    with pytest.raises(CorpusError, match="go on from there"):
        fetch_file(f"{server}/a", path, sha256=SHA256)
    assert not path.exists()
    part = tmp_path / "a.bin.part"
    n_there = part.stat().st_size
    assert 0 < n_there <= 100_000
    Handler.break_after = None
    fetch_file(f"{server}/a", path, sha256=SHA256)
    assert path.read_bytes() == CONTENT
    assert Handler.asked == ["", f"bytes={n_there}-"]
    assert not part.exists()


def test_a_server_without_ranges_starts_again(server: str, tmp_path: Path) -> None:
    (tmp_path / "a.bin.part").write_bytes(b"wrong beginning")
    fetch_file(f"{server}/plain", tmp_path / "a.bin", sha256=SHA256)
    assert (tmp_path / "a.bin").read_bytes() == CONTENT


def test_a_finished_part_is_taken(server: str, tmp_path: Path) -> None:
    (tmp_path / "a.bin.part").write_bytes(CONTENT)
    fetch_file(f"{server}/a", tmp_path / "a.bin", sha256=SHA256)
    assert (tmp_path / "a.bin").read_bytes() == CONTENT


def test_a_part_that_is_too_long_starts_again(server: str, tmp_path: Path) -> None:
    (tmp_path / "a.bin.part").write_bytes(CONTENT + b"more")
    fetch_file(f"{server}/a", tmp_path / "a.bin", sha256=SHA256)
    assert (tmp_path / "a.bin").read_bytes() == CONTENT


def test_another_range_is_refused(server: str, tmp_path: Path) -> None:
    (tmp_path / "a.bin.part").write_bytes(CONTENT[:100])
    with pytest.raises(CorpusError, match="another range"):
        fetch_file(f"{server}/shifted", tmp_path / "a.bin", sha256=SHA256)


def test_another_file_is_refused_and_removed(server: str, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="fetch it again"):
        fetch_file(f"{server}/a", tmp_path / "a.bin", sha256="0" * 64)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file(server: str, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="404"):
        fetch_file(f"{server}/missing", tmp_path / "a.bin")


@pytest.mark.parametrize("url", ["http://example.org/a", "ftp://a/b", "file:///etc/passwd", "a"])
def test_only_https(url: str, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="https"):
        fetch_file(url, tmp_path / "a.bin")


def test_a_source_lands_beside_its_archive(server: str, tmp_path: Path) -> None:
    source = replace(load_manifest()[0], url=f"{server}/a.tar.gz", archive="clean/x.tar.zst")
    path, found = fetch_source(source, tmp_path)
    assert (path.name, found) == (f"{source.name}.tar.gz", SHA256)
    packed = tmp_path / "clean" / "x.tar.zst"
    packed.write_bytes(b"other")
    with pytest.raises(CorpusError, match="sha256"):
        fetch_source(source, tmp_path)
