"""The benchmark of bundles: a process of its own measures real writing, and the table says it."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tiny_bundle import make_tiny_bundle

PATH = Path(__file__).resolve().parents[2] / "benchmarks" / "speed" / "bundles.py"


@pytest.fixture(scope="module")
def bundles() -> ModuleType:
    sys.path.insert(0, str(PATH.parent))
    try:
        spec = importlib.util.spec_from_file_location("bundles_speed", PATH)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(PATH.parent))
    return module


@pytest.mark.slow
def test_a_child_measures_one_bundle(tmp_path: Path, bundles: ModuleType) -> None:
    folder = make_tiny_bundle(tmp_path)
    command = [sys.executable, str(PATH), str(folder), "--child", "2", "--repeats", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    row = json.loads(done.stdout.splitlines()[-1])
    assert (row["bundle"], row["bits"], row["rows"], len(row["runs"])) == ("seedling", 8, 2, 1)
    assert 600 > row["peak_mb"] > row["empty_mb"] > 5  # its own, not that of this process
    assert row["runs"][0]["tokens_per_s"] > row["runs"][0]["notes_per_s"] > 0
    assert 0 < row["runs"][0]["first_bar_s"] < row["runs"][0]["seconds"]
    for language in ("en", "zh"):
        told = bundles.tell_table([row], language=language).splitlines()
        assert told[-1].startswith("| seedling | 8 | 0.2 | 2 |")
        assert len({line.count("|") for line in told}) == 1


def test_figures_say_which_way_is_better(bundles: ModuleType) -> None:
    runs = [{"tokens_per_s": rate} for rate in (90.0, 100.0, 120.0)]
    figures = bundles.make_figures([{"bundle": "a", "rows": 4, "runs": runs, "peak_mb": 80.04}])
    assert figures == {
        "a-4-tokens_per_s": {"median": 100.0, "p95": 90.0, "better": "higher"},
        "a-4-peak_mb": {"median": 80.0},
    }


def test_the_cards_have_its_place(bundles: ModuleType) -> None:
    for page in bundles.PAGES.values():
        text = page.read_text(encoding="utf-8")
        assert text.count("<!-- speed -->\n") == text.count("<!-- end speed -->") == 1
