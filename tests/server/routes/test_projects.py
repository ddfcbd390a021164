"""Projects over HTTP."""

from __future__ import annotations

from httpx import Client

from motet.server.schemas.project import ProjectInfo, ProjectView


def _new(client: Client, **wish: object) -> ProjectView:
    reply = client.post("/api/projects", json={"title": "Grid", "bars": 2, **wish})
    assert reply.status_code == 201, reply.text
    return ProjectView.model_validate_json(reply.content, extra="forbid")


def test_a_project_from_its_beginning_to_its_end(client: Client) -> None:
    made = _new(client, metre="3/4", parts=[{"name": "Flute", "program": 73}])
    assert (made.title, len(made.score.bars), made.score.bars[0].metre) == ("Grid", 2, "3/4")
    assert (made.writers, made.can_undo, made.revision) == ([".."], False, 1)
    address = f"/api/projects/{made.id}"
    reply = client.patch(address, json={"view": {"zoom": 2}})
    reply = client.patch(address, json={"title": "新曲", "view": {"mutes": [0]}})
    assert (reply.json()["title"], reply.json()["view"]) == ("新曲", {"zoom": 2, "mutes": [0]})
    lines = [ProjectInfo.model_validate(one) for one in client.get("/api/projects").json()]
    assert next(one for one in lines if one.id == made.id).title == "新曲"
    twin = client.post(f"{address}/copy")
    assert twin.status_code == 201
    assert twin.json()["score"]["parts"] == client.get(address).json()["score"]["parts"]
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404
    assert client.get(f"/api/projects/{twin.json()['id']}").status_code == 200


def test_what_no_grid_can_be(client: Client) -> None:
    for wish in ({"metre": "4/5"}, {"bars": 0}, {"parts": [{"name": ""}]}, {"colour": 1}):
        reply = client.post("/api/projects", json=wish)
        assert reply.status_code == 422
        assert reply.json()["error"]["zh"]
    assert client.get("/api/projects/none").json()["error"]["zh"]
