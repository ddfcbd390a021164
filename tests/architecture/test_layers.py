"""Who may import whom: the table of the style guide, section 2, in order."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

ROWS = (
    ("errors", "units", "language"),
    ("score", "theory"),
    ("io", "audio"),
    ("analysis",),
    ("brief", "tokens"),
    ("arrange",),
    ("corpus",),
    ("models", "train", "export"),
    ("engine",),
    ("evaluate", "originality"),
    ("tasks", "project", "provenance"),
    ("render",),
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


def test_imports_point_to_earlier_layers(module: Any) -> None:
    own = ROW_OF[module.layer]
    wrong = {layer for layer in layers_of(module.tree) if ROW_OF[layer] > own}
    assert not wrong, f"{module.name} (row {own}) must not import {sorted(wrong)}"


def test_theory_knows_no_score(module: Any) -> None:
    if module.layer == "theory":
        assert "score" not in layers_of(module.tree)


def test_only_the_command_line_imports_itself(module: Any) -> None:
    if module.layer not in {"cli", "server"}:
        assert not layers_of(module.tree) & {"cli", "server"}


def test_torch_stays_where_models_are_trained(module: Any) -> None:
    if module.layer in TORCH_LAYERS:
        return
    used = {name.split(".")[0] for name in imported_names(module.tree)} & TORCH
    assert not used, f"{module.name} imports {sorted(used)}"


def test_a_wrong_direction_would_be_seen() -> None:
    tree = ast.parse("def f():\n    from motet.render import sheet\n    import torch\n")
    assert layers_of(tree) == {"render"}
    assert "torch" in imported_names(tree)
    assert ROW_OF["render"] > ROW_OF["score"]
