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
LARGE_FOLDERS = ("src/motet/soundfonts/", "src/motet/fonts/", "src/motet/bundles/")
HOSTS = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "deb." + "debian.org")
HOSTS += ("hugging" + "face.co", "files." + "pythonhosted")
TEXT = {".py", ".md", ".toml", ".txt", ".yml", ".yaml", ".json", ".cfg", ".sh", "", ".html", ".ts"}


def test_a_file_is_short(python_file: Path) -> None:
    text = python_file.read_text(encoding="utf-8")
    lines = text.count("\n")
    assert lines <= HARD_LINES, f"{lines} lines; split the file by topic"
    if lines > SOFT_LINES:
        words = " ".join((ast.get_docstring(ast.parse(text)) or "").split()).lower()
        assert REASON in words, f"{lines} lines; split it, or say '{REASON} ...' in its docstring"


def test_a_module_is_named_after_a_thing(python_file: Path) -> None:
    assert python_file.stem not in FORBIDDEN
    assert not re.search(r"_v\d+$|_old$|_new$", python_file.stem)


def calls(tree: ast.Module) -> list[str]:
    """The names of everything that is called, dotted where it is written so."""
    return [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]


def test_nothing_prints_or_exits_below_the_command_line(module: Any) -> None:
    if module.layer in {"cli", "server"}:
        return
    assert not {"print", "exit", "quit", "sys.exit", "os._exit"} & set(calls(module.tree))


def test_no_blanket_except(python_file: Path) -> None:
    tree = ast.parse(python_file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            name = "bare" if node.type is None else ast.unparse(node.type)
            assert name not in {"bare", "Exception", "BaseException"}, f"line {node.lineno}: {name}"


@pytest.mark.parametrize("code", ["try: f()\nexcept Exception: pass", "try: f()\nexcept: pass"])
def test_a_blanket_except_would_be_seen(code: str, tmp_path: Path) -> None:
    path = tmp_path / "one.py"
    path.write_text(code)
    with pytest.raises(AssertionError):
        test_no_blanket_except(path)


def test_no_large_files(repository_files: list[Path], root: Path) -> None:
    too_large = []
    for path in repository_files:
        name = path.relative_to(root).as_posix()
        if name.startswith(LARGE_FOLDERS):
            continue
        limit = 300_000 if name.startswith("docs/gallery/") else 200_000
        if path.stat().st_size > limit:
            too_large.append(f"{name}: {path.stat().st_size:,} bytes")
    assert not too_large


def test_no_registry_hosts(repository_files: list[Path], root: Path) -> None:
    found = []
    for path in repository_files:
        if path.suffix in TEXT and path.stat().st_size < 200_000:
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{path.relative_to(root)}: {host}" for host in HOSTS if host in text]
    assert not found


def test_command_bodies_are_short(module: Any) -> None:
    if module.layer != "cli":
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef):
            marks = [ast.unparse(mark) for mark in node.decorator_list]
            if any(mark.startswith("app.command") for mark in marks):
                length = (node.body[-1].end_lineno or 0) - node.body[0].lineno + 1
                assert length < 25, f"the body of {node.name} has {length} lines"
