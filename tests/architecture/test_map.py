"""The map in the README shows the folders that exist, no more and no fewer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HIDDEN = {"song", "dist", "build", "__pycache__"}


def folders_in(path: Path) -> set[str]:
    return {
        one.name
        for one in path.iterdir()
        if one.is_dir() and one.name not in HIDDEN and not one.name.startswith(".")
        if any(file.is_file() and file.suffix != ".pyc" for file in one.rglob("*"))
    }


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_map_equals_the_folders(name: str, root: Path) -> None:
    text = (root / name).read_text(encoding="utf-8")
    shown = set(re.findall(r"^([\w./-]+)/ {2,}\S", text, flags=re.MULTILINE))
    real = {f"src/motet/{folder}" for folder in folders_in(root / "src" / "motet")}
    real |= folders_in(root) - {"src"}
    real |= {f"docs/{folder}" for folder in folders_in(root / "docs")}
    real |= {f"benchmarks/{folder}" for folder in folders_in(root / "benchmarks")}
    assert shown == real
