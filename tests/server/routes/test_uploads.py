"""Files over HTTP: read elsewhere, refused in plain words, never a fault of the server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import Client

from motet.io import write_midi
from motet.score import make_score


def test_a_score_is_told_before_it_is_taken_in(client: Client) -> None:
    data = write_midi(make_score("C4:4 D4:4"))
    reply = client.post("/api/uploads?name=..%2F..%2Fevil%0A.mid", content=data)
    assert reply.status_code == 201
    told = reply.json()
    assert (told["kind"], told["name"], told["n_bytes"]) == ("score", "evil_.mid", len(data))
    assert told["facts"]["n_notes"] == 2


@pytest.mark.parametrize("data", [b"", b"\x00" * 999, b"MThd" + b"\xff" * 99, b"{" * 100_000])
def test_damaged_files_are_refused_and_leave_nothing(
    app: FastAPI, client: Client, data: bytes
) -> None:
    folder = Path(app.state.settings.folder) / "uploads"
    before = set(folder.glob("*"))
    reply = client.post("/api/uploads?name=a.bin", content=data)
    assert reply.status_code == 400
    assert reply.json()["error"]["en"].startswith("a.bin")
    assert set(folder.glob("*")) == before


def test_a_reader_that_dies_is_a_damaged_file(
    app: FastAPI, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = app.state.jobs
    quick = jobs.quick

    async def hasty(kind: str, payload: Any, **_: float) -> Any:
        return await quick(kind, payload, timeout_s=0.0001)

    monkeypatch.setattr(jobs, "quick", hasty)
    reply = client.post("/api/uploads?name=a.mid", content=write_midi(make_score("C4:1 " * 2000)))
    assert reply.status_code == 400
    assert "读取此文件" in reply.json()["error"]["zh"]
    monkeypatch.undo()
    assert (
        client.post("/api/uploads?name=a.mid", content=write_midi(make_score("C4:4"))).status_code
        == 201
    )
