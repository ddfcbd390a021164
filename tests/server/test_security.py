"""Who is answered, and what the page may load."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from motet.server.security import COOKIE, POLICY, Guard, is_own_host, is_same_origin
from motet.server.settings import Settings


async def _app(scope: Any, receive: Any, send: Any) -> None:
    del scope, receive
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"in"})


def ask(
    settings: Settings, *, method: str = "GET", path: str = "/", query: str = "", **headers: str
) -> tuple[int, dict[str, str]]:
    """Return status and headers of a request through the guard."""
    sent: list[Any] = []
    rows = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": rows,
    }

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    asyncio.run(Guard(_app, settings)(scope, receive, send))
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], found


@pytest.fixture
def local(tmp_path: Path) -> Settings:
    return Settings(folder=tmp_path)


@pytest.fixture
def open_one(tmp_path: Path) -> Settings:
    return Settings(folder=tmp_path, host="0.0.0.0", token="secret")


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1:1", "[::1]:8765"])
def test_this_machine_is_answered_under_its_own_names(local: Settings, host: str) -> None:
    status, headers = ask(local, host=host)
    assert status == 200
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example:8765", "", "192.168.1.5:8765"]
)
def test_a_name_that_only_points_here_is_refused(local: Settings, host: str) -> None:
    assert ask(local, host=host)[0] == 421


def test_another_page_may_read_nothing_and_change_nothing(local: Settings) -> None:
    wrong = "http://localhost:3000"
    assert ask(local, method="POST", host="localhost:8765", origin=wrong)[0] == 403
    assert ask(local, method="DELETE", host="localhost:8765", origin="null")[0] == 403
    assert (
        ask(local, method="POST", host="localhost:8765", origin="http://localhost:8765")[0] == 200
    )
    assert "access-control-allow-origin" not in ask(local, host="localhost:8765", origin=wrong)[1]


def test_scripts_come_from_here_alone() -> None:
    assert "script-src 'self' 'wasm-unsafe-eval'" in POLICY
    assert "unsafe-inline" not in POLICY.split("style-src-attr")[0]
    assert "unsafe-eval'" not in POLICY.replace("wasm-unsafe-eval'", "")


def test_other_machines_need_the_token(open_one: Settings) -> None:
    host = "192.168.1.5:8765"
    assert ask(open_one, host=host)[0] == 401
    assert ask(open_one, host=host, authorization="Bearer wrong")[0] == 401
    assert ask(open_one, host=host, authorization="Bearer secret")[0] == 200
    status, headers = ask(open_one, host=host, query="token=secret")
    assert status == 200
    assert headers["set-cookie"].startswith(f"{COOKIE}=secret; HttpOnly; SameSite=Strict")
    assert ask(open_one, host=host, cookie=f"{COOKIE}=secret")[0] == 200
    assert ask(open_one, host="studio.example", authorization="Bearer secret")[0] == 421


def test_a_request_that_is_too_large_is_refused_before_it_is_read(local: Settings) -> None:
    assert (
        ask(local, method="POST", path="/api/compose", host="localhost", content_length="99999999")[
            0
        ]
        == 413
    )
    assert (
        ask(local, method="POST", path="/api/uploads", host="localhost", content_length="99999999")[
            0
        ]
        == 200
    )


def test_hosts_and_origins_are_compared_whole(local: Settings) -> None:
    assert not is_own_host("127.0.0.1.evil.example", local)
    assert is_same_origin("https://localhost:8765", "localhost:8765")
    assert not is_same_origin("http://localhost:8765.evil.example", "localhost:8765")
