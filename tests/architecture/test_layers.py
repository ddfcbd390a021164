"""Who may import whom: the table of the style guide, section 2, in order."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

ROWS = (
    ("errors", "units", "language", "lazy"),
    ("score", "theory"),
    ("io", "audio"),
    ("analysis",),
    ("brief", "tokens"),
    ("phrases",),
    ("arranger",),
    ("corpus",),
    ("models", "train", "export"),
    ("engine",),
    ("evaluate", "originality", "sentence"),
    ("tasks", "project", "provenance", "why"),
    ("render",),
    ("suite",),
    ("api", "cli", "server", "motet"),
)
ROW_OF = {name: row for row, names in enumerate(ROWS) for name in names}
TORCH = {"torch", "safetensors", "ray"}
TORCH_LAYERS = {"models", "train", "export"}
NO_PACKAGES = {"soundfonts", "fonts", "bundles"}


def imported_names(tree: ast.Module) -> list[str]:
    """Every module that is imported anywhere in a file, in functions too."""
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the layer"
            source = node.module or ""
            names += (
                [f"{source}.{one.name}" for one in node.names] if source == "motet" else [source]
            )
    return names


def layers_of(tree: ast.Module) -> set[str]:
    found = set()
    for name in imported_names(tree):
        words = name.split(".")
        if words[0] == "motet":
            found.add(words[1] if len(words) > 1 and words[1] in ROW_OF else "motet")
    return found


def test_every_folder_has_a_layer(root: Path) -> None:
    names = {
        path.stem
        for path in (root / "src" / "motet").iterdir()
        if path.suffix == ".py" or (path.is_dir() and path.name not in {"__pycache__"})
    }
    assert names - NO_PACKAGES - {"__init__", "py"} <= set(ROW_OF)


def test_imports_point_to_earlier_layers(modules: list[Any]) -> None:
    wrong = [
        f"{module.name} must not import {layer}"
        for module in modules
        for layer in layers_of(module.tree)
        if ROW_OF[layer] > ROW_OF[module.layer]
    ]
    assert not wrong, "\n".join(wrong)


def test_theory_knows_no_score(modules: list[Any]) -> None:
    inside = [module for module in modules if module.layer == "theory"]
    assert not [module.name for module in inside if "score" in layers_of(module.tree)]


def test_only_the_command_line_imports_itself(modules: list[Any]) -> None:
    inside = [module for module in modules if module.layer not in {"cli", "server"}]
    assert not [one.name for one in inside if layers_of(one.tree) & {"cli", "server"}]


def test_torch_stays_where_models_are_trained(modules: list[Any]) -> None:
    wrong = [
        f"{module.name} imports {name}"
        for module in modules
        if module.layer not in TORCH_LAYERS
        for name in imported_names(module.tree)
        if name.split(".")[0] in TORCH
    ]
    assert not wrong, "\n".join(wrong)


def test_a_wrong_direction_would_be_seen() -> None:
    tree = ast.parse("def f():\n    from motet.render import sheet\n    import torch\n")
    assert layers_of(tree) == {"render"}
    assert "torch" in imported_names(tree)
    assert ROW_OF["render"] > ROW_OF["score"]
