"""Music that is asked for, over HTTP, with the real model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from httpx import Client


def test_candidates_from_the_wish_to_the_step(
    client: Client, wait: Callable[[Any], dict[str, Any]], project_id: str
) -> None:
    copy = client.post(f"/api/projects/{project_id}/copy").json()
    address = f"/api/projects/{copy['id']}"
    lock = {"cells": [f"{copy['score']['parts'][1]['name']}:1-4"]}
    client.post(f"{address}/locks", json=lock)
    wish = {"task": "infill", "n": 2, "bars": "3", "seed": 5, "feel": {"density": 0.8}}
    job = wait(client.post(f"{address}/proposals", json=wish))
    assert job["state"] == "done", job
    view = client.get(address).json()
    proposal = view["proposals"][-1]
    assert (proposal["id"], proposal["state"]) == (job["result"]["proposal"], "open")
    assert view["score"] == copy["score"]
    candidate = proposal["candidates"][0]
    assert candidate["cells"] == [[0, 2]]
    heard = client.get(f"{address}/score?version={candidate['version']}").json()
    taken = client.post(f"{address}/proposals/p1/accept", json={"candidate": 1}).json()
    assert taken["score"]["parts"] == heard["parts"]
    assert taken["writers"][0][2] in "mb"
    assert taken["writers"][1] == "hhhh"
    assert client.post(f"{address}/undo").json()["score"] == copy["score"]
    assert client.post(f"{address}/proposals/p1/discard").status_code == 200
    assert client.post(f"{address}/proposals/p9/accept", json={}).status_code == 422


def test_what_cannot_be_asked_is_told_before_any_work(client: Client, project_id: str) -> None:
    for wish in (
        {"task": "sing"},
        {"parts": ["Kazoo"]},
        {"n": 0},
        {"feel": {"joy": 1}},
        {"options": {"bundle": "/etc/passwd"}},
    ):
        reply = client.post(f"/api/projects/{project_id}/proposals", json=wish)
        assert reply.status_code == 422, wish
        assert reply.json()["error"]["zh"]


def test_a_piece_from_a_sentence(client: Client, wait: Callable[[Any], dict[str, Any]]) -> None:
    wish = {"text": "a calm piano waltz, 4 bars", "seed": 1, "title": "Calm"}
    job = wait(client.post("/api/compose", json=wish))
    assert job["state"] == "done", job
    view = client.get(f"/api/projects/{job['result']['project_id']}").json()
    assert (view["title"], view["score"]["bars"][0]["metre"]) == ("Calm", "3/4")
    assert len(view["score"]["bars"]) == 4
    assert view["nodes"][0]["task"] == "compose"
    assert sum(len(part["notes"]) for part in view["score"]["parts"]) > 10
