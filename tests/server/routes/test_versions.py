"""Versions over HTTP."""

from __future__ import annotations

from httpx import Client

from motet.server.schemas.project import ComparisonView
from motet.server.schemas.score import ScoreView


def test_a_version_alone_and_beside_another(client: Client) -> None:
    made = client.post("/api/projects", json={"bars": 2, "parts": [{"name": "Flute"}]}).json()
    address = f"/api/projects/{made['id']}"
    note = {
        "op": "set_notes",
        "part": 0,
        "start_bar": 1,
        "end_bar": 2,
        "notes": [[1920, 480, 60, 80]],
    }
    client.post(f"{address}/edits", json={"revision": 1, "ops": [note]})
    first, second = (client.get(f"{address}/score?version={one}") for one in ("1", "2"))
    assert ScoreView.model_validate_json(first.content, extra="forbid").parts[0].notes == []
    assert second.json() == client.get(f"{address}/score").json()
    assert second.json()["parts"][0]["notes"] == [[1920, 480, 60, 80]]
    reply = client.get(f"{address}/compare?before=1")
    found = ComparisonView.model_validate_json(reply.content, extra="forbid")
    assert [(one.part, one.bar) for one in found.cells] == [(0, 1)]
    assert client.get(f"{address}/compare?before=1&after=2").json() == reply.json()
    for wrong in ("score?version=9", "score?version=p1.1", "compare?before=x", "compare"):
        assert client.get(f"{address}/{wrong}").status_code == 422
