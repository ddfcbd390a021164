"""Writes the measured sections of docs/quality.md and other pages; the rest is written by hand.

A section is what lies between ``<!-- NAME -->`` and ``<!-- end NAME -->``.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "quality.md"


def read_commit() -> str:
    """Return the commit that is measured."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def make_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def put_section(text: str, name: str, section: str) -> str:
    """Return a page with one section replaced."""
    pattern = rf"(?<=<!-- {name} -->\n).*?(?=<!-- end {name} -->)"
    if not re.search(pattern, text, flags=re.DOTALL):
        sys.exit(f"the page has no section {name!r}")
    return re.sub(pattern, lambda _: f"{section.strip()}\n", text, flags=re.DOTALL)


def write_section(name: str, section: str, *, page: Path = PAGE) -> None:
    """Replace one section of a page."""
    page.write_text(put_section(page.read_text(encoding="utf-8"), name, section), encoding="utf-8")
