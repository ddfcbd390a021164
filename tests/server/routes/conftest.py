"""A real server with real workers for the tests of routes, and a project in it."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import Client

from motet.io import write_midi
from motet.score import make_score
from motet.server.app import create_app
from motet.server.settings import Settings

with warnings.catch_warnings():  # it speaks of the next version of httpx
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

Wait = Callable[[Any], dict[str, Any]]
SCORE = make_score(
    "E5:1 D5:1 C5:2 | D5:2 G4:2 | C5:4 | C5:4", "C3:4 | G2:4 | C3:4 | C3:4",
    chords="C:4 G7:4 C:4 C:4", programs=(73, 32),
)  # fmt: skip


@pytest.fixture(scope="package")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """Give a server with a folder of its own."""
    return create_app(Settings(folder=tmp_path_factory.mktemp("studio")))


@pytest.fixture(scope="package")
def client(app: FastAPI) -> Iterator[Client]:
    """Give a client of the server, which runs."""
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as found:
        yield found


@pytest.fixture(scope="package")
def wait(client: Client) -> Wait:
    """Give what waits for the end of a job and returns it."""

    def end_of(reply: Any) -> dict[str, Any]:
        assert reply.status_code == 202, reply.text
        name = reply.json()["id"]
        for _ in range(1200):
            job: dict[str, Any] = client.get(f"/api/jobs/{name}").json()
            if job["state"] in ("done", "failed", "cancelled"):
                return job
            time.sleep(0.05)
        raise TimeoutError(name)

    return end_of


@pytest.fixture(scope="package")
def project_id(client: Client, wait: Wait) -> str:
    """Give a project that was uploaded as MIDI."""
    sent = client.post("/api/uploads?name=my%20tune.mid", content=write_midi(SCORE)).json()
    job = wait(client.post("/api/imports", json={"upload_id": sent["upload_id"]}))
    return str(job["result"]["project_id"])
