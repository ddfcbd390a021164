"""The engine's benchmark: cancels are really waited for, and the tables say what was measured."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from motet.engine import load_bundle
from tiny_bundle import make_tiny_bundle

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks" / "speed"


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"speed_{name}", FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def page() -> ModuleType:
    return _load("engine_page")


def test_a_cancel_is_obeyed_while_it_reads_and_while_it_writes(tmp_path: Path) -> None:
    bundle = load_bundle(make_tiny_bundle(tmp_path))
    found = _load("waiting").measure_cancels(bundle, n_rows=2, n_threads=1, n_trials=3)
    assert (
        len(found["prompt"]) + len(found["writing"]) >= 3
    )  # the last may come when all is written
    assert all(wait >= 0 for waits in found.values() for wait in waits)


def test_rates_stand_beside_the_torch_loop(page: ModuleType) -> None:
    rates = (("engine, 8 bits", 3000.0), ("engine, 4 bits", 3100.0), ("torch loop", 1000.0))
    rows = [{"size": "base", "rows": 4, "how": how, "tokens_per_s": rate} for how, rate in rates]
    assert page.tell_rates_table(rows).splitlines()[2:] == [
        "| base | 4 | 3,000 (3.0) | 3,100 (3.1) | 1,000 | - |"
    ]


def test_every_wait_has_a_chinese_name(page: ModuleType) -> None:
    calls = _load("waiting").CALLS
    cancels = "a cancel of compose, anywhere", "a cancel while base writes, 4 side by side"
    waits = {name: [0.5] for name in (*calls, *cancels)}
    for line in page.tell_waits_table(waits, language="zh").splitlines()[2:]:
        assert any("一" <= letter <= "鿿" for letter in line)
    assert "base 写作时,并行 4 路" in page.tell_waits_table(waits, language="zh")


def test_longest_waits_are_figures_to_compare(page: ModuleType) -> None:
    rows = [{"size": "base", "rows": 1, "how": "torch loop", "tokens_per_s": 60.0, "all": [60.0]}]
    found = page.make_figures({"rows": rows, "waits": {"first": [0.1, 0.3, 0.2], "none": []}})
    assert found["base, 1 rows, torch loop"]["better"] == "higher"
    assert found["first"] == {"median": 0.2, "p95": 0.3}
    assert "none" not in found
