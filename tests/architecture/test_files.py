"""Files: their length, their names, their size, and words that must not stand in them."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

SOFT_LINES, HARD_LINES = 400, 600
REASON = "over 400 lines because"
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "misc", "base2", "legacy", "backup"}
LARGE_FOLDERS = (
    "src/motet/soundfonts/",
    "src/motet/fonts/",
    "src/motet/bundles/",
    "src/motet/originality/data/",
    "src/motet/audio/data/",
    "src/motet/server/page/assets/",
)
HOSTS = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "deb." + "debian.org")
HOSTS += ("hugging" + "face.co", "files." + "pythonhosted")
TEXT = {".py", ".md", ".toml", ".txt", ".yml", ".yaml", ".json", ".cfg", ".sh", "", ".html", ".ts"}


def test_files_are_short(python_files: list[Path], root: Path) -> None:
    long = []
    for path in python_files:
        text = path.read_text(encoding="utf-8")
        lines = text.count("\n")
        words = " ".join((ast.get_docstring(ast.parse(text)) or "").split()).lower()
        if lines > HARD_LINES or (lines > SOFT_LINES and REASON not in words):
            long.append(f"{path.relative_to(root)}: {lines} lines")
    advice = f"split by topic, or (up to {HARD_LINES}) say '{REASON} ...' in the docstring"
    assert not long, "\n".join([advice, *long])


def test_modules_are_named_after_things(python_files: list[Path]) -> None:
    names = {path.stem for path in python_files}
    assert not names & FORBIDDEN
    assert not [name for name in names if re.search(r"_v\d+$|_old$|_new$", name)]


def calls(tree: ast.Module) -> set[str]:
    """The names of everything that is called, dotted where it is written so."""
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


def test_nothing_prints_or_exits_below_the_command_line(modules: list[Any]) -> None:
    loud = {"print", "exit", "quit", "sys.exit", "os._exit"}
    inside = [module for module in modules if module.layer not in {"cli", "server"}]
    found = {module.name: calls(module.tree) & loud for module in inside}
    wrong = {name: names for name, names in found.items() if names}
    # A worker process is a program of its own; it may exit as one.
    assert {name for name in wrong if not name.endswith("_worker")} == set()


def blanket_excepts(text: str) -> list[int]:
    """Lines that catch everything; outside the package one may say why (``noqa: BLE001``)."""
    lines = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ExceptHandler):
            name = "bare" if node.type is None else ast.unparse(node.type)
            if name in {"bare", "Exception", "BaseException"}:
                lines.append(node.lineno)
    return lines


def test_no_blanket_except(python_files: list[Path], root: Path) -> None:
    found = []
    for path in python_files:
        name, text = path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
        for line in blanket_excepts(text):
            is_said = "noqa: BLE001" in text.splitlines()[line - 1]
            if name.startswith("src/") or not is_said:
                found.append(f"{name}:{line}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("code", ["try: f()\nexcept Exception: pass", "try: f()\nexcept: pass"])
def test_a_blanket_except_would_be_seen(code: str) -> None:
    assert blanket_excepts(code) == [2]


def test_no_large_files(repository_files: list[Path], root: Path) -> None:
    too_large = []
    for path in repository_files:
        name = path.relative_to(root).as_posix()
        if name.startswith(LARGE_FOLDERS):
            continue
        limit = 300_000 if name.startswith("docs/gallery/") else 200_000
        if path.stat().st_size > limit:
            too_large.append(f"{name}: {path.stat().st_size:,} bytes")
    assert not too_large, "\n".join(too_large)


def test_no_registry_hosts(repository_files: list[Path], root: Path) -> None:
    found = []
    for path in repository_files:
        if path.suffix in TEXT and path.stat().st_size < 200_000:
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{path.relative_to(root)}: {host}" for host in HOSTS if host in text]
    assert not found, "\n".join(found)


def test_command_bodies_are_short(modules: list[Any]) -> None:
    lengths = {}
    for module in modules:
        for node in ast.walk(module.tree) if module.layer == "cli" else ():
            if isinstance(node, ast.FunctionDef):
                marks = [ast.unparse(mark) for mark in node.decorator_list]
                if any(mark.startswith("app.command") for mark in marks):
                    first, last = node.body[0].lineno, node.body[-1].end_lineno or 0
                    lengths[node.name] = last - first + 1
    assert lengths
    assert {name: length for name, length in lengths.items() if length >= 25} == {}
