"""Jobs over HTTP and through their socket."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.websockets import WebSocketDisconnect


def test_a_job_is_followed_to_its_end_and_replayed(client: Any) -> None:
    job = client.post("/api/compose", json={"brief": {"style": "waltz", "bars": 4}}).json()
    with client.websocket_connect(
        f"/api/jobs/{job['id']}/events", headers={"host": "localhost"}
    ) as socket:
        events = [socket.receive_json()]
        while events[-1]["kind"] != "done":
            events.append(socket.receive_json())
    assert events[-1]["state"] == "done"
    project = client.get(f"/api/projects/{events[-1]['result']['project_id']}").json()
    assert len(project["score"]["bars"]) == 4
    seen = events[2]["seq"]
    with client.websocket_connect(
        f"/api/jobs/{job['id']}/events?after={seen}", headers={"host": "localhost"}
    ) as socket:
        assert socket.receive_json()["seq"] == seen + 1
    assert client.get("/api/jobs").json()[-1]["state"] == "done"
    assert client.delete(f"/api/jobs/{job['id']}").json()["state"] == "done"


def test_what_is_not_there_is_told(client: Any) -> None:
    reply = client.get("/api/jobs/nobody")
    assert (reply.status_code, reply.json()["error"]["kind"]) == (404, "ParameterError")
    with (
        client.websocket_connect(
            "/api/jobs/nobody/events", headers={"host": "localhost"}
        ) as socket,
        pytest.raises(WebSocketDisconnect) as caught,
    ):
        socket.receive_json()
    assert caught.value.code == 4404


def test_a_socket_from_another_page_is_refused(client: Any) -> None:
    headers = {"host": "localhost", "origin": "http://evil.example"}
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/api/jobs/x/events", headers=headers),
    ):
        pass
