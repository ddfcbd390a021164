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


def is_for_others(node: Any) -> bool:
    """Whether a function is called by its address on the server, not by its name."""
    marks = [ast.unparse(mark) for mark in node.decorator_list]
    return any(mark.startswith("router.") for mark in marks)


def public_definitions(module: Any) -> list[Any]:
    """The functions and classes of a module that its ``__all__`` names."""
    found = definitions(module.tree)
    return [found[name] for name in module.public or [] if name in found]


def test_all_says_what_is_public(modules: list[Any]) -> None:
    wrong = []
    for module in modules[1:]:
        if module.public is None:
            wrong.append(f"{module.name}: __all__ is missing")
            continue
        if ".migrations." in module.name:  # Alembic calls what is in them
            continue
        found = definitions(module.tree)
        defined = {
            one for one in found if not one.startswith("_") and not is_for_others(found[one])
        }
        hidden = sorted(defined - set(module.public))
        wrong += [f"{module.name}: {name} is public, but not in __all__" for name in hidden]
        if len(set(module.public)) != len(module.public):
            wrong.append(f"{module.name}: __all__ has a name twice")
    assert not wrong, "\n".join(wrong)


def test_public_names_exist(modules: list[Any]) -> None:
    missing = []
    for module in modules:
        loaded = importlib.import_module(module.name)
        names = getattr(loaded, "__all__", ["__all__"])
        missing += [f"{module.name}.{name}" for name in names if not hasattr(loaded, name)]
    assert not missing, "\n".join(missing)


def test_a_package_exports_what_it_imports(modules: list[Any]) -> None:
    wrong = []
    for module in [one for one in modules[1:] if one.is_package]:
        for node in module.tree.body:
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(module.name):
                names = {one.asname or one.name for one in node.names}
                hidden = {name for name in names if not name.startswith("_")}
                wrong += [f"{module.name}.{n}" for n in hidden - set(module.public or [])]
    assert not wrong, "\n".join(wrong)


def test_public_functions_have_a_runnable_example(modules: list[Any]) -> None:
    wrong = []
    for module in modules:
        for node in public_definitions(module):
            text = ast.get_docstring(node) or ""
            has_example = "Examples\n--------" in text and ">>> " in text
            if not text or not (has_example or isinstance(node, ast.ClassDef)):
                what = "no Examples" if text else "no docstring"
                wrong.append(f"{module.name}.{node.name}: {what}")
    assert not wrong, "\n".join(wrong)


def test_public_methods_have_a_docstring(modules: list[Any]) -> None:
    wrong = []
    for module in modules:
        for node in public_definitions(module):
            for method in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(method, ast.FunctionDef) and not method.name.startswith("_"):
                    is_setter = any("setter" in ast.unparse(mark) for mark in method.decorator_list)
                    if not ast.get_docstring(method) and not is_setter:
                        wrong.append(f"{module.name}.{node.name}.{method.name}")
    assert not wrong, "\n".join(wrong)


def test_modules_say_what_they_are_for(modules: list[Any]) -> None:
    assert not [module.name for module in modules if not ast.get_docstring(module.tree)]


def test_each_module_has_its_tests(modules: list[Any], root: Path) -> None:
    missing = []
    for module in modules:
        inside = module.path.relative_to(root / "src" / "motet")
        name = f"test_{inside.stem.removeprefix('_')}.py"
        path = root / "tests" / inside.parent / name
        if not module.is_package and not path.is_file():
            missing.append(path.relative_to(root).as_posix())
    assert not missing, "\n".join(missing)
