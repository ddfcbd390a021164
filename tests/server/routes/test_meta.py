"""Menus over HTTP."""

from __future__ import annotations

from httpx import Client


def test_menus_are_told_whole(client: Client) -> None:
    reply = client.get("/api/meta")
    assert reply.status_code == 200
    told = reply.json()
    assert len(told["instruments"]) == 128
    assert {one["name"] for one in told["tasks"]} >= {"infill", "vary", "accompany"}
