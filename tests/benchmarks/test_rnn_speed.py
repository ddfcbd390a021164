"""The benchmark of live play: it times real events, weighs the state, and says what is late."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

PATH = Path(__file__).resolve().parents[2] / "benchmarks" / "speed" / "rnn.py"


@pytest.fixture(scope="module")
def speed() -> ModuleType:
    sys.path.insert(0, str(PATH.parent))
    try:
        spec = importlib.util.spec_from_file_location("rnn_speed", PATH)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(PATH.parent))
    return module


def test_a_bundle_is_played_and_its_state_weighed(speed: ModuleType) -> None:
    row = speed.measure_player("rnn-melody", n=20, endless=20)
    assert 0 < row["median_ms"] <= row["p99_ms"] <= row["most_ms"]
    assert row["state_bytes"][0] == row["state_bytes"][1] < 8192


def test_what_is_late_or_grows_is_named(speed: ModuleType) -> None:
    row = {
        "how": "slow", "median_ms": 4.0, "p99_ms": 5.5, "most_ms": 6.0, "state_bytes": [10, 20],
        "endless": 9, "grown_mb": 0.5,
    }  # fmt: skip
    told = speed.tell([row, {**row, "how": "fast", "p99_ms": 4.9, "state_bytes": [10, 10]}])
    assert "under 5 ms at p99: not slow;" in told
    assert "states that grew: slow;" in told
