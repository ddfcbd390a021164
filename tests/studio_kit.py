"""A real studio for tests: the server as a process of its own, with its API, and a browser for its page."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import quote

CHROMIUM = "/usr/bin/chromium"
BROWSER_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip
PLAIN_SOCKET = socket.socket
WAIT_S = 90.0
LEAST_MS = 20_000
"""How long a browser step may take before its test fails: machines that test are often busy."""


def why_not() -> str:
    """Why there can be no browser tests here; empty if there can."""
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "playwright is not installed (pip install 'motet[test]')"
    if not find_browser():
        return "there is no chromium here (apt-get install chromium)"
    return (
        "" if (find_page() / "index.html").exists() else "the page is not built (make studio-build)"
    )


def find_page() -> Path:
    """Return the folder of the built page: the package's, or the one that STUDIO_PAGE names."""
    import motet.server

    own = Path(motet.server.__file__).parent / "page"
    return Path(os.environ.get("STUDIO_PAGE", own))


def find_browser() -> str:
    """Return the path of a Chromium; empty if there is none."""
    return CHROMIUM if Path(CHROMIUM).exists() else shutil.which("chromium") or ""


@dataclass
class Answer:
    """What came back for a request."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as values."""
        return json.loads(self.body)


@dataclass
class Studio:
    """A server on a free port of this machine with a folder of its own."""

    folder: Path
    port: int = 0
    options: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Studio:
        """Start the server and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = self.port or free_port()
        command = [
            sys.executable, "-m", "motet.cli.main", "studio", "--port", str(self.port),
            "--database", f"sqlite:///{self.folder / 'studio.db'}",
            "--folder", str(self.folder / "files"), "--workers", "1", "--no-open",
            "--page", str(find_page()), *self.options,
        ]  # fmt: skip
        with (self.folder / "log.txt").open("ab") as log:
            self.process = subprocess.Popen(
                command,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env=self.surroundings(),
            )
        end = time.monotonic() + WAIT_S
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            with contextlib.suppress(OSError, HTTPException):
                if self.call("GET", "/api/health").status == 200:
                    return self
            time.sleep(0.1)
        raise RuntimeError(f"the studio did not start:\n{self.log()}")

    def surroundings(self) -> dict[str, str]:
        """Return the environment of the server: a home of its own, no settings of ours."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MOTET_")}
        return {**kept, "HOME": str(self.folder), "LANG": "C.UTF-8"}

    def log(self) -> str:
        """What the server has said."""
        return (self.folder / "log.txt").read_text(encoding="utf-8", errors="replace")[-4000:]

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send the server a signal and wait for its end."""
        if self.process is not None:
            if self.process.poll() is None:
                self.process.send_signal(number)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(20)
            self.process = None

    def stop(self) -> None:
        """End the server as Ctrl-C does."""
        self.kill(signal.SIGINT)

    def call(
        self, method: str, path: str, value: Any = None, *, body: bytes | None = None
    ) -> Answer:
        """Return the answer to a request; `value` goes as JSON, `body` as it is."""
        data = body if body is not None else None if value is None else json.dumps(value).encode()
        headers = {"Origin": self.url}
        if value is not None:
            headers["Content-Type"] = "application/json"
        elif body is not None:
            headers["Content-Type"] = "application/octet-stream"
        line = HTTPConnection("127.0.0.1", self.port, timeout=WAIT_S)
        try:
            line.request(method, path, body=data, headers=headers)
            found = line.getresponse()
            return Answer(found.status, dict(found.getheaders()), found.read())
        finally:
            line.close()

    def ask(self, method: str, path: str, value: Any = None, *, body: bytes | None = None) -> Any:
        """Return the values of a request that must succeed."""
        found = self.call(method, f"/api{path}", value, body=body)
        if found.status >= 400:
            told = found.body.decode()[:600] + (self.log() if found.status == 500 else "")
            raise AssertionError(f"{method} {path}: {found.status} {told}")
        return found.json if found.body else None

    def wait(self, job: dict[str, Any]) -> dict[str, Any]:
        """Wait for the end of a job that must succeed; return its result."""
        end = time.monotonic() + WAIT_S
        while job["state"] in {"queued", "running"} and time.monotonic() < end:
            time.sleep(0.05)
            job = self.ask("GET", f"/jobs/{job['id']}")
        assert job["state"] == "done", job
        return dict(job["result"] or {})

    def take_in(self, data: bytes, name: str = "song.mid", title: str = "") -> dict[str, Any]:
        """Return the project made from the bytes of a file, by the ways that the page takes."""
        sent = self.ask("POST", f"/uploads?name={quote(name)}", body=data)
        job = self.ask("POST", "/imports", {"upload_id": sent["upload_id"], "title": title or name})
        return self.project(self.wait(job)["project_id"])

    def project(self, project_id: str) -> dict[str, Any]:
        """Return a project as it stands."""
        return dict(self.ask("GET", f"/projects/{project_id}"))


def free_port() -> int:
    """Return a port that nobody listens on."""
    with PLAIN_SOCKET(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class LoopbackSocket(PLAIN_SOCKET):
    """A socket that reaches this machine and no other."""

    def connect(self, address: Any) -> None:
        """Connect, if the address is this machine's own."""
        if self.family != getattr(socket, "AF_UNIX", None) and address[0] != "127.0.0.1":
            raise RuntimeError("tests must not use the network")
        super().connect(address)


def small_song() -> bytes:
    """Return a MIDI file of eight bars: melody, chords, bass and drums in C major."""
    from motet.io import write_midi
    from motet.score import Note, Part, Score

    beat = 480
    tune = [60, 64, 67, 72, 71, 67, 64, 62] * 4
    roots = [36, 33, 41, 43] * 2

    def note(onset: int, duration: int, pitch: int, velocity: int) -> Note:
        """Return a note; times in beats."""
        return Note(
            onset_tick=onset * beat, duration_tick=duration * beat, pitch=pitch, velocity=velocity
        )

    melody = tuple(note(i, 1, pitch, 84) for i, pitch in enumerate(tune))
    piano = tuple(
        note(4 * bar, 4, root + 24 + step, 64)
        for bar, root in enumerate(roots)
        for step in (0, 3 if root == 33 else 4, 7)
    )
    bass = tuple(
        note(4 * bar + 2 * half, 2, root, 80) for bar, root in enumerate(roots) for half in (0, 1)
    )
    drums = tuple(note(i, 1, 36 if i % 2 == 0 else 38, 90) for i in range(32))
    parts = (
        Part(name="Flute", program=73, notes=melody),
        Part(name="Piano", program=0, notes=piano),
        Part(name="Bass", program=32, notes=bass),
        Part(name="Drums", is_drums=True, notes=drums),
    )
    return bytes(write_midi(Score(parts=parts, resolution=beat)))
