"""The reference says what the code says: ``make docs`` would change nothing."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_build", ROOT / "docs" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["cli.md", "cli.zh.md", "names.md"])
def test_the_page_is_up_to_date(build: ModuleType, name: str) -> None:
    written = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert written == build.build_pages()[build.FOLDER / name], "run make docs"


def test_every_command_has_its_page(build: ModuleType) -> None:
    text = build.build_cli_page("zh")
    assert "## motet arrange" in text
    assert "用法:motet arrange" in text
