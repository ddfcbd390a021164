"""The app: its addresses, its description."""

from __future__ import annotations

from pathlib import Path

from motet.server.app import create_app
from motet.server.routes import ROUTERS
from motet.server.settings import Settings


def test_every_operation_is_described_once(tmp_path: Path) -> None:
    schema = create_app(Settings(folder=tmp_path)).openapi()
    operations = [one for path in schema["paths"].values() for one in path.values()]
    names = [one["operationId"] for one in operations]
    assert len(names) == len(set(names)) > 30
    assert all(one.get("description") for one in operations)
    assert all("422" in one["responses"] and "503" in one["responses"] for one in operations)


def test_the_page_takes_what_nobody_else_does() -> None:
    assert ROUTERS[-1] == "page"


def test_building_an_app_touches_no_disk(tmp_path: Path) -> None:
    create_app(Settings(folder=tmp_path / "studio"))
    assert not (tmp_path / "studio").exists()
