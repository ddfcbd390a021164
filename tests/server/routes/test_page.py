"""The built page, and what is said without it."""

from __future__ import annotations

import warnings
from pathlib import Path

from httpx import Client

from motet.server.app import create_app
from motet.server.settings import Settings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient


def page_of(folder: Path) -> Client:
    found: Client = TestClient(
        create_app(Settings(folder=folder, page=folder)), base_url="http://localhost"
    )
    return found


def test_without_a_build_it_says_how_to_make_one(tmp_path: Path) -> None:
    reply = page_of(tmp_path).get("/")
    assert reply.status_code == 503
    assert "make studio-build" in reply.text
    assert "网页尚未构建" in reply.text


def test_files_of_the_page_are_sent_and_nothing_beside_them(tmp_path: Path) -> None:
    page = tmp_path / "page"
    (page / "assets").mkdir(parents=True)
    (page / "index.html").write_text("<title>Motet</title>", encoding="utf-8")
    (page / "assets" / "a.js").write_text("let a", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("no", encoding="utf-8")
    client = page_of(page)
    assert client.get("/").text == client.get("/some/place").text == "<title>Motet</title>"
    script = client.get("/assets/a.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert "immutable" in script.headers["cache-control"]
    for wrong in ("/assets/b.js", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/api/nothing"):
        reply = client.get(wrong)
        assert reply.status_code == 404 or reply.text == "<title>Motet</title>"
        assert reply.text != "no"


def test_the_shipped_page_is_whole(client: Client) -> None:
    reply = client.get("/")
    assert reply.status_code == 200
    assert "<title>" in reply.text
