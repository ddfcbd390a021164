"""Sentences over HTTP."""

from __future__ import annotations

from httpx import Client


def test_a_sentence_is_understood_and_nonsense_is_refused(client: Client) -> None:
    found = client.post("/api/understand", json={"text": "一首欢快的曲子,8小节", "language": "zh"})
    assert found.json()["brief"]["bars"] == 8
    assert found.json()["found"][0]["zh"]
    empty = client.post("/api/understand", json={"text": " "})
    assert empty.status_code == 422
    assert empty.json()["error"]["zh"]
    assert client.post("/api/understand", json={"text": "x" * 5000}).status_code == 422
