"""Benchmark results are compared past their noise, in the right direction."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

PATH = Path(__file__).resolve().parents[2] / "benchmarks" / "compare.py"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("compare", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write(path: Path, **figures: dict[str, object]) -> str:
    path.write_text("a table\n" + json.dumps({"figures": figures}) + "\n", encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ({"median": 1.0}, {"median": 1.05}, 0),
        ({"median": 1.0}, {"median": 1.2}, 1),
        ({"median": 1.0}, {"median": 0.5}, 0),
        ({"median": 1.0, "p95": 1.3}, {"median": 1.2}, 0),
        ({"median": 10.0, "better": "higher"}, {"median": 8.0}, 1),
        ({"median": 10.0, "better": "higher"}, {"median": 12.0}, 0),
    ],
)
def test_worse_past_the_noise_exits_1(
    tool: ModuleType, tmp_path: Path, before: dict, after: dict, code: int
) -> None:
    old = write(tmp_path / "old.json", speed=before)
    new = write(tmp_path / "new.json", speed=after)
    assert tool.main([old, new]) == code


def test_a_figure_that_vanished_is_a_regression(tool: ModuleType, tmp_path: Path) -> None:
    old = write(tmp_path / "old.json", speed={"median": 1.0})
    assert tool.main([old, write(tmp_path / "new.json")]) == 1


def test_a_wider_band_forgives(tool: ModuleType, tmp_path: Path) -> None:
    old = write(tmp_path / "old.json", speed={"median": 1.0})
    new = write(tmp_path / "new.json", speed={"median": 1.2})
    assert tool.main([old, new, "--band", "0.5"]) == 0


def test_a_file_without_figures_is_refused(tool: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text("nothing\n")
    with pytest.raises(SystemExit, match="no JSON line"):
        tool.main([str(path), str(path)])
