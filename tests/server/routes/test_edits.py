"""Edits, undo and locks over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from httpx import Client

_NOTE = {"op": "set_notes", "part": 0, "start_bar": 0, "end_bar": 1, "notes": [[0, 480, 60, 80]]}


@pytest.fixture
def project(client: Client) -> dict[str, Any]:
    """Give an empty grid of two bars."""
    found: dict[str, Any] = client.post(
        "/api/projects", json={"bars": 2, "parts": [{"name": "Flute"}]}
    ).json()
    return found


def _edit(client: Client, project: dict[str, Any], *ops: dict[str, Any], at: int) -> Any:
    return client.post(
        f"/api/projects/{project['id']}/edits", json={"revision": at, "ops": list(ops)}
    )


def test_edits_are_steps_that_are_undone_and_done_again(
    client: Client, project: dict[str, Any]
) -> None:
    address = f"/api/projects/{project['id']}"
    tempo = {"op": "set_tempo", "tick": 0, "qpm": 60}
    after = _edit(client, project, _NOTE, tempo, at=1).json()
    assert (after["revision"], after["writers"], after["score"]["qpm"]) == (2, ["h."], 60)
    assert client.post(f"{address}/undo").json()["score"] == project["score"]
    again = client.post(f"{address}/redo").json()
    assert (again["score"], again["can_redo"]) == (after["score"], False)
    assert client.post(f"{address}/redo").status_code == 422
    assert client.get(address).json() == again


def test_a_page_that_looked_away_is_told(client: Client, project: dict[str, Any]) -> None:
    assert _edit(client, project, _NOTE, at=1).status_code == 200
    reply = _edit(client, project, {**_NOTE, "notes": []}, at=1)
    assert (reply.status_code, reply.json()["revision"]) == (409, 2)
    assert _edit(client, project, {**_NOTE, "notes": []}, at=2).status_code == 200


def test_what_is_locked_stays(client: Client, project: dict[str, Any]) -> None:
    address = f"/api/projects/{project['id']}"
    _edit(client, project, _NOTE, at=1)
    held = client.post(f"{address}/locks", json={"cells": ["Flute:1"]}).json()
    assert held["locks"] == [{"where": "Flute:1", "layer": "all", "cells": [[0, 0]]}]
    reply = _edit(client, project, {**_NOTE, "notes": []}, at=held["revision"])
    assert reply.status_code == 409
    assert "Flute:1" in reply.json()["error"]["zh"]
    free = client.post(f"{address}/locks", json={"cells": ["Flute:1"], "locked": False}).json()
    assert free["locks"] == []
    assert _edit(client, project, {**_NOTE, "notes": []}, at=free["revision"]).status_code == 200
    assert client.post(f"{address}/locks", json={"cells": ["Kazoo:1"]}).status_code == 422


def test_branches(client: Client, project: dict[str, Any]) -> None:
    address = f"/api/projects/{project['id']}"
    _edit(client, project, _NOTE, at=1)
    made = client.post(f"{address}/branches", json={"name": "slow"}).json()
    assert made["branches"] == {"main": "2", "slow": "2"}
    _edit(client, project, {"op": "set_tempo", "tick": 0, "qpm": 50}, at=made["revision"])
    there = client.post(f"{address}/go", json={"node": "main"}).json()
    assert (there["current"], there["branch"]) == ("2", "main")
    assert client.post(f"{address}/go", json={"node": "slow"}).json()["current"] == "3"
    assert client.post(f"{address}/go", json={"node": "9"}).status_code == 422


@pytest.mark.parametrize(
    "op",
    [
        {"op": "sing"},
        {**_NOTE, "part": 5},
        {**_NOTE, "notes": [[0, 480, 128, 80]]},
        {**_NOTE, "end_bar": 9},
        {"op": "set_metre", "bar": 0, "metre": "4/5"},
        {"op": "set_chord", "tick": 0, "symbol": "Qx"},
        {"op": "move_part", "part": 0, "to": 3},
    ],
)
def test_what_no_edit_can_be(client: Client, project: dict[str, Any], op: dict[str, Any]) -> None:
    reply = _edit(client, project, op, at=1)
    assert reply.status_code == 422
    assert reply.json()["error"]["en"]
    assert reply.json()["error"]["zh"]
    assert client.get(f"/api/projects/{project['id']}").json()["revision"] == 1
