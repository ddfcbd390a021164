"""Shipped sounds and fonts: ranges, caching, nothing else of the disk."""

from __future__ import annotations

from httpx import Client


def test_the_sound_font_answers_ranges_and_is_kept(client: Client) -> None:
    part = client.get("/api/soundfont", headers={"Range": "bytes=0-11"})
    assert part.status_code == 206
    assert part.content.startswith(b"RIFF")
    assert part.content.endswith(b"sfbk")
    assert "immutable" in part.headers["cache-control"]


def test_the_font_of_signs_is_the_only_one(client: Client) -> None:
    assert client.get("/api/fonts/MotetMusic.ttf").headers["content-type"] == "font/ttf"
    assert client.get("/api/fonts/OFL.txt").status_code == 422
