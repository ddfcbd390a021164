"""Public names: ``__all__`` tells the truth, each has a docstring, each module has its tests."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from typing import Any

DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def definitions(tree: ast.Module) -> dict[str, Any]:
    """The functions and classes at the top of a module."""
    return {node.name: node for node in tree.body if isinstance(node, DEFINITIONS)}


def test_all_says_what_is_public(module: Any) -> None:
    if module.name == "motet":
        return
    assert module.public is not None, "__all__ is missing"
    assert len(set(module.public)) == len(module.public)
    defined = {name for name in definitions(module.tree) if not name.startswith("_")}
    hidden = defined - set(module.public)
    assert not hidden, f"add to __all__, or begin with an underscore: {sorted(hidden)}"


def test_public_names_exist(module: Any) -> None:
    loaded = importlib.import_module(module.name)
    missing = [name for name in loaded.__all__ if not hasattr(loaded, name)]
    assert not missing


def test_a_package_exports_what_it_imports(module: Any) -> None:
    if not module.is_package or module.name == "motet":
        return
    names = set()
    for node in module.tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(module.name):
            names |= {one.asname or one.name for one in node.names}
    assert {name for name in names if not name.startswith("_")} <= set(module.public or [])


def test_public_functions_have_a_runnable_example(module: Any) -> None:
    found = definitions(module.tree)
    for name in module.public or []:
        node = found.get(name)
        if node is None:
            continue
        text = ast.get_docstring(node)
        assert text, f"{name} has no docstring"
        if not isinstance(node, ast.ClassDef):
            assert "Examples\n--------" in text, f"{name} has no Examples"
            assert ">>> " in text, f"the example of {name} does not run"


def test_public_methods_have_a_docstring(module: Any) -> None:
    found = definitions(module.tree)
    for name in module.public or []:
        node = found.get(name)
        if isinstance(node, ast.ClassDef):
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and not method.name.startswith("_"):
                    is_setter = any("setter" in ast.unparse(mark) for mark in method.decorator_list)
                    has_text = ast.get_docstring(method) or is_setter
                    assert has_text, f"{name}.{method.name} has no docstring"


def test_modules_say_what_they_are_for(module: Any) -> None:
    assert ast.get_docstring(module.tree)


def test_each_module_has_its_tests(module: Any, root: Path) -> None:
    if module.is_package:
        return
    inside = module.path.relative_to(root / "src" / "motet")
    path = root / "tests" / inside.parent / f"test_{inside.stem.removeprefix('_')}.py"
    assert path.is_file(), f"{path.relative_to(root)} is missing"
