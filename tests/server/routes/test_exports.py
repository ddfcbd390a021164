"""Exports over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from httpx import Client

from motet.io import read

Wait = Callable[[Any], dict[str, Any]]


def test_a_selection_is_written_and_fetched(client: Client, project_id: str, wait: Wait) -> None:
    wish = {"format": "mid", "bars": "2-3", "parts": [0]}
    job = wait(client.post(f"/api/projects/{project_id}/exports", json=wish))
    assert job["state"] == "done", job["error"]
    told = job["result"]
    reply = client.get(told["url"])
    assert len(reply.content) == told["n_bytes"]
    assert [note.pitch for note in read(reply.content).score.parts[0].notes] == [74, 67, 72]
    assert reply.headers["content-type"] == "audio/midi"
    assert "my%20tune%20%282-3%29.mid" in reply.headers["content-disposition"]
    assert reply.headers["content-disposition"].startswith("attachment;")


def test_what_cannot_be_exported_is_told_at_once(client: Client, project_id: str) -> None:
    for wish in (
        {"format": "exe"},
        {"format": "mid", "bars": "7-9"},
        {"format": "mid", "parts": ["Nobody"]},
        {"format": "mid", "version": "99"},
        {"format": "motet", "bars": "1"},
    ):
        reply = client.post(f"/api/projects/{project_id}/exports", json=wish)
        assert reply.status_code == 422, wish
        assert reply.json()["error"]["zh"]
