"""Code in the documents runs as it is written, and every link between files leads somewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
NAMES = [str(path.relative_to(ROOT)) for path in PAGES]
TWINS = {name for name in NAMES if name.endswith(".zh.md") and name.replace(".zh", "") in NAMES}
"""Their commands are those of the English page, as a test below proves: run once."""


def blocks(path: Path, language: str) -> list[str]:
    """The code blocks of one language in a page, without their indentation."""
    found = []
    for indent, name, code in BLOCK.findall(path.read_text(encoding="utf-8")):
        if name == language:
            found.append("\n".join(line.removeprefix(indent) for line in code.splitlines()))
    return found


def statements(name: str) -> list[str]:
    """The Python blocks of a page without their comments and empty lines."""
    return [
        "\n".join(
            bare
            for line in code.splitlines()
            if (bare := re.sub(r"(^|\s+)#.*$", "", line).rstrip())
        )
        for code in blocks(ROOT / name, "python")
    ]


TOLD_TWICE = {name for name in TWINS if statements(name) == statements(name.replace(".zh", ""))}
"""Chinese pages whose Python is the English page's but for comments: run once."""


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [name for name in NAMES if name not in TOLD_TWICE and blocks(ROOT / name, "python")]
)
def test_python_blocks_run(name: str, tmp_path: Path) -> None:
    for code in blocks(ROOT / name, "python"):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [name for name in NAMES if name not in TWINS and blocks(ROOT / name, "sh")]
)
def test_shell_blocks_run(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")  # pages name files from the root
    for code in blocks(ROOT / name, "sh"):
        if "gallery" in name:  # the folders were made by `make gallery`; here their notes suffice
            code = re.sub(r" -o (\S+)/$", r" -o \1.mid", code, flags=re.MULTILINE)
        lines = [line for line in code.splitlines() if not line.startswith("make ")]
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", "\n".join(lines)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        )
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_make_targets_exist(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    text = "\n".join(blocks(ROOT / name, "sh"))
    targets = re.findall(r"^make (\w+)", text, flags=re.MULTILINE)
    assert targets == ["song", "test"]
    for target in targets:
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{name}: {target}"


def test_every_page_to_learn_from_has_a_chinese_twin() -> None:
    folders = [ROOT / "docs" / name for name in ("start", "guides", "concepts")]
    pages = {path for folder in folders for path in folder.glob("*.md")}
    english = {path for path in pages if not path.name.endswith(".zh.md")}
    assert pages - english == {path.with_suffix(".zh.md") for path in english}
    for page in pages:
        twin = (
            page.name.replace(".md", ".zh.md") if page in english else page.name.replace(".zh", "")
        )
        assert f"]({twin})" in page.read_text(encoding="utf-8"), f"{page.name} does not link {twin}"


@pytest.mark.parametrize("name", [n for n in NAMES if (ROOT / n).with_suffix(".zh.md").is_file()])
def test_both_languages_show_the_same_code(name: str) -> None:
    def words(path: Path) -> list[str]:
        code = "\n".join(blocks(path, "sh") + blocks(path, "text") * ("start" in name))
        lines = [line.split("#")[0].replace(" --lang zh", "") for line in code.splitlines()]
        return [" ".join(line.split()) for line in lines]

    assert words(ROOT / name) == words((ROOT / name).with_suffix(".zh.md"))
