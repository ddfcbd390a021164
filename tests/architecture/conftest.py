"""Gives the architecture tests the modules of Motet, as text and as syntax trees."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "motet"
SKIPPED = {"__pycache__", "song", "dist", "build", "node_modules"}


@dataclass(frozen=True)
class Module:
    """One Python file of the package."""

    path: Path

    @property
    def name(self) -> str:
        words = self.path.relative_to(PACKAGE.parent).with_suffix("").parts
        return ".".join(words[:-1] if words[-1] == "__init__" else words)

    @property
    def layer(self) -> str:
        """The folder or file right below ``motet`` that this module belongs to."""
        words = self.name.split(".")
        return words[1] if len(words) > 1 else "motet"

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=str(self.path))

    @cached_property
    def public(self) -> list[str] | None:
        """The names in ``__all__``, or None when it is missing or not a plain list."""
        for node in self.tree.body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", 0)]
            if any(isinstance(one, ast.Name) and one.id == "__all__" for one in targets):
                value = node.value  # type: ignore[attr-defined]
                if isinstance(value, ast.List | ast.Tuple):
                    names = [one.value for one in value.elts if isinstance(one, ast.Constant)]
                    return [str(name) for name in names]
        return None


@cache
def all_modules() -> list[Module]:
    return [Module(path) for path in sorted(PACKAGE.rglob("*.py"))]


@cache
def all_files() -> list[Path]:
    """Every file that belongs to the repository, none that a tool made."""
    found: list[Path] = []
    folders = [ROOT]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            if path.is_dir():
                hidden = path.name.startswith(".") and path.name != ".ci"
                if not hidden and path.name not in SKIPPED and path.suffix != ".egg-info":
                    folders.append(path)
            elif not path.name.startswith(".coverage"):
                found.append(path)
    return found


@pytest.fixture(scope="session")
def modules() -> list[Module]:
    """Every module of the package."""
    return all_modules()


@pytest.fixture(scope="session")
def python_files() -> list[Path]:
    """Every Python file of the repository."""
    return [path for path in all_files() if path.suffix == ".py"]


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture
def repository_files() -> list[Path]:
    """Every file of the repository."""
    return all_files()
