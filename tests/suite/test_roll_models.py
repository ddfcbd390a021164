"""A set's model is trained once, and anew when the set or the plan changes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from motet.suite.roll_models import PLANS, Plan, bench_folder, measure_set
from motet.suite.roll_sets import CHORALES, ROLL_NAMES, RollSet

torch.set_num_threads(1)

PLAN = Plan(steps=2, rows=1, context=32, channels=8, width=16, n_layers=1, valid_steps=1)


def _make_set(pitch: int) -> RollSet:
    roll = np.zeros((24, 1, 13), np.uint8)
    roll[::2, 0, pitch] = 1
    return RollSet(name="small", splits={name: [roll] for name in ("train", "valid", "test")})


def test_a_model_is_trained_once(tmp_path: Path) -> None:
    said: list[str] = []
    first = measure_set(_make_set(4), PLAN, folder=tmp_path, say=said.append)
    assert len(said) == 2
    assert 0 < first["test"]["frames"] < 30
    assert first["valid"] == first["test"]
    again = measure_set(_make_set(4), PLAN, folder=tmp_path, n_notes=2, say=said.append)
    assert len(said) == 2
    assert again["test"]["frames"] == first["test"]["frames"] / 2
    other = measure_set(_make_set(5), PLAN, folder=tmp_path)
    assert other["folder"] != first["folder"]
    assert {path.name for path in tmp_path.iterdir()} == {first["folder"], other["folder"]}


def test_every_set_has_a_plan() -> None:
    assert set(PLANS) == {CHORALES, *ROLL_NAMES}
    assert bench_folder().name == "bench"
