"""The page about tokens shows what the codec writes: picture, listing and words."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from motet.render import svg_to_png
from motet.tokens import decode

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "concepts"
PAGES = {"en": "tokens.md", "zh": "tokens.zh.md"}


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("concepts_build", FOLDER / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(FOLDER))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(FOLDER))
    return module


@pytest.mark.parametrize("language", sorted(PAGES))
def test_page_and_picture_are_up_to_date(build: ModuleType, language: str) -> None:
    text = (FOLDER / PAGES[language]).read_text(encoding="utf-8")
    assert re.search(r"<!-- picture [0-9a-f]{16} -->", text)
    assert build.make_page(text, language=language) == text, "run docs/concepts/build.py"


@pytest.mark.parametrize("language", sorted(PAGES))
def test_the_picture_is_there_and_small(build: ModuleType, language: str, tmp_path: Path) -> None:
    name = PAGES[language].replace(".md", ".png")
    kept = (FOLDER / name).read_bytes()
    assert len(kept) <= 200_000
    fresh = svg_to_png(build.make_svg(language), tmp_path / name, width_px=build.WIDTH_PX)
    assert kept[16:24] == fresh.read_bytes()[16:24]  # width and height


def test_the_picture_shows_every_token_once(build: ModuleType) -> None:
    whole, holed = build.make_streams(build.make_grid())
    svg = build.make_svg("en")
    picture = sys.modules[build.draw_picture.__module__]
    for name in {picture.label(build.token_name(token)) for token in whole}:
        times = sum(picture.label(build.token_name(token)) == name for token in whole)
        assert svg.count(f">{name}<") >= times, name
    assert len(picture.read_stream(holed).fill) > 8


def test_the_example_is_what_the_tokens_say(build: ModuleType) -> None:
    grid = build.make_grid()
    whole, holed = build.make_streams(grid)
    assert decode(whole).n_notes == grid.n_notes == build.make_example().n_notes
    assert decode(holed).n_notes == grid.n_notes
