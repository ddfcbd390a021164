"""Reasons, originality and provenance over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from httpx import Client

Wait = Callable[[Any], dict[str, Any]]


def test_reasons_come_as_a_job(client: Client, project_id: str, wait: Wait) -> None:
    job = wait(client.post(f"/api/projects/{project_id}/why", json={"model": False}))
    assert job["state"] == "done", job["error"]
    romans = [one["roman"] for one in job["result"]["harmony"]["chords"]]
    assert romans[:2] == ["I", "V7"]


def test_a_wrong_bar_fails_in_plain_words(client: Client, project_id: str, wait: Wait) -> None:
    job = wait(client.post(f"/api/projects/{project_id}/why", json={"bars": "70"}))
    assert job["state"] == "failed"
    assert "70" in job["error"]["zh"]


def test_originality_and_provenance(client: Client, project_id: str, wait: Wait) -> None:
    job = wait(client.post(f"/api/projects/{project_id}/originality", json={}))
    assert job["result"]["verdict"]["name"] in ("original", "alike", "copy")
    told = client.get(f"/api/projects/{project_id}/provenance").json()
    assert [one["letter"] for one in told["writers"]] == ["h"]
