"""The start-up benchmark counts what a user installs, and only that."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

PATH = Path(__file__).resolve().parents[2] / "benchmarks" / "speed" / "startup.py"


@pytest.fixture(scope="module")
def startup() -> ModuleType:
    spec = importlib.util.spec_from_file_location("startup", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_requirements_are_followed_and_extras_left_out(startup: ModuleType) -> None:
    names = {name.lower() for name in startup.required_packages()}
    assert {"motet", "numpy", "scipy", "rich", "pygments"} <= names
    assert not names & {"pytest", "ruff", "mypy", "music21", "torch"}


def test_sizes_are_real(startup: ModuleType) -> None:
    assert startup.installed_mb("motet") > 14  # the sound font alone
    assert startup.installed_mb("numpy") > 10


def test_runs_are_counted(startup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(startup, "REPEATS", 2)
    spent = startup.measure_s(["-c", "pass"])
    assert len(spent) == 2
    assert all(seconds > 0 for seconds in spent)
