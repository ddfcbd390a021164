"""Sheets and chords over HTTP."""

from __future__ import annotations

import re

from httpx import Client


def test_each_note_of_the_view_is_on_the_page(client: Client, project_id: str) -> None:
    view = client.get(f"/api/projects/{project_id}/score").json()
    sheet = client.get(f"/api/projects/{project_id}/sheet").json()
    assert sheet["n_pages"] == len(sheet["pages"]) == 1
    wanted = {
        f"n-{part['index']}-{onset}-{pitch}"
        for part in view["parts"]
        for onset, _, pitch, _ in part["notes"]
    }
    assert wanted <= set(re.findall(r'id="(n-[^"]*)"', sheet["pages"][0]))


def test_pages_versions_and_layouts_that_are_not_there(client: Client, project_id: str) -> None:
    for query in ("page=9", "page=0", "version=77", "layout=poster"):
        assert client.get(f"/api/projects/{project_id}/sheet?{query}").status_code == 422
    assert client.get("/api/projects/nobody/sheet").status_code == 404


def test_chords_are_suggested_for_a_place(client: Client, project_id: str) -> None:
    wish = {"tick": 1920, "safe_to_surprising": 0.0, "n": 5}
    found = client.post(f"/api/projects/{project_id}/chords/suggest", json=wish).json()
    assert found["replaces"] in ("G7", "")
    assert len(found["suggestions"]) == 5
    far = client.post(f"/api/projects/{project_id}/chords/suggest", json={"tick": 10**8})
    assert far.status_code == 422
