"""An OpenAI-compatible endpoint, a real server in a thread."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from motet.errors import ParameterError
from motet.sentence import Endpoint, understand
from motet.sentence.endpoint import read_endpoint

ASKED: list[dict[str, Any]] = []
ANSWER: dict[str, Any] = {}


class Handler(BaseHTTPRequestHandler):
    """Answers with what the test put into ANSWER."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        ASKED.append(
            {"path": self.path, "key": self.headers.get("Authorization"), **json.loads(body)}
        )
        time.sleep(ANSWER.get("wait_s", 0))
        reply = json.dumps({"choices": [{"message": {"content": ANSWER["content"]}}]}).encode()
        self.send_response(ANSWER.get("status", 200))
        self.end_headers()
        self.wfile.write(ANSWER.get("raw", reply))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def own_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let sockets reach this machine and nothing else."""
    real: Any = socket.socket.__mro__[1]

    class Loopback(real):  # type: ignore[misc]
        def connect(self, place: Any) -> None:
            if place[0] != "127.0.0.1":
                raise RuntimeError("tests must not use the network")
            super().connect(place)

    monkeypatch.setattr(socket, "socket", Loopback)


@pytest.fixture
def address(own_sockets: None) -> Iterator[str]:
    """A server on this machine."""
    del own_sockets
    ASKED.clear()
    ANSWER.clear()
    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    )
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()
    thread.join()


def test_it_adds_what_offline_reading_leaves_open(address: str) -> None:
    ANSWER["content"] = 'Here: {"style": "tango", "qpm": 60, "intensity": 4, "mystery": 1}'
    endpoint = Endpoint(url=address, model="small", key="secret")
    understood = understand("a thing at 120 bpm", endpoint=endpoint)
    assert (understood.brief.style, understood.brief.qpm, understood.brief.intensity) == (
        "tango",
        120,
        4,
    )
    assert [one.how for one in understood.found if one.field == "style"] == ["endpoint"]
    assert ASKED[0]["path"] == "/v1/chat/completions"
    assert ASKED[0]["key"] == "Bearer secret"
    assert ASKED[0]["messages"][1]["content"] == "a thing at 120 bpm"
    assert any("mystery" in en for en, _ in understood.remarks)


@pytest.mark.parametrize(
    "answer",
    [
        {"content": "no idea"}, {"content": '{"intensity": 99}'}, {"content": '{"qpm": "fast"}'},
        {"content": "{]"},
        {"content": "x", "status": 500}, {"content": "x", "raw": b"<html>"}, {"content": "x", "raw": b"[1]"},
        {"content": "[1]"}, {"content": '{"style": "tango"}', "wait_s": 1.0}, {"content": None},
    ],
)  # fmt: skip
def test_on_any_failure_the_offline_reading_holds(address: str, answer: dict[str, Any]) -> None:
    ANSWER.update(answer)
    understood = understand("a waltz in G", endpoint={"url": address, "timeout_s": 0.4})
    assert (understood.brief.style, understood.brief.key) == ("waltz", "G")
    assert any("offline" in en and "离线" in zh for en, zh in understood.remarks)


@pytest.mark.usefixtures("own_sockets")
def test_nobody_listens() -> None:
    understood = understand("a waltz", endpoint={"url": "http://127.0.0.1:9", "timeout_s": 0.5})
    assert understood.brief.style == "waltz"
    assert understood.remarks


def test_settings() -> None:
    found = read_endpoint({"MOTET_ENDPOINT": "http://localhost:1/v1", "MOTET_ENDPOINT_MODEL": "m"})
    assert found is not None
    assert (found.model, found.key) == ("m", "")
    assert read_endpoint({"MOTET_ENDPOINT": " "}) is None
    with pytest.raises(ParameterError, match="http"):
        Endpoint(url="file:///etc/passwd")
    with pytest.raises(ParameterError, match="timeout_s"):
        Endpoint(url="http://a", timeout_s=0)
