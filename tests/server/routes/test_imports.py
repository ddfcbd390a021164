"""Uploads become projects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from httpx import Client


def test_an_upload_becomes_a_project(client: Client, project_id: str) -> None:
    view = client.get(f"/api/projects/{project_id}").json()
    assert view["title"] == "my tune"
    assert [len(part["notes"]) for part in view["score"]["parts"]] == [7, 4]


def test_an_id_that_is_not_there_is_told(client: Client) -> None:
    reply = client.post("/api/imports", json={"upload_id": "../../etc/passwd"})
    assert reply.status_code == 404
    assert reply.json()["error"]["zh"]


def test_a_project_file_comes_back_whole(
    client: Client, project_id: str, wait: Callable[[Any], dict[str, Any]]
) -> None:
    out = wait(client.post(f"/api/projects/{project_id}/exports", json={"format": "motet"}))
    data = client.get(out["result"]["url"]).content
    sent = client.post("/api/uploads?name=back.motet", content=data).json()
    assert sent["kind"] == "project"
    job = wait(client.post("/api/imports", json={"upload_id": sent["upload_id"]}))
    one = client.get(f"/api/projects/{project_id}").json()
    two = client.get(f"/api/projects/{job['result']['project_id']}").json()
    assert one["score"] == two["score"]
    assert [node["task"] for node in one["nodes"]] == [node["task"] for node in two["nodes"]]
