"""Sweeps: which runs, what they leave, how they go on after a stop and around failures."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import torch

from motet.errors import ParameterError
from motet.train.sweep import CSV, list_runs, read_setting, run_sweep
from tiny_shards import write_tiny_shards

torch.set_num_threads(1)

TINY = Path(__file__).parents[2] / "configs" / "tiny.toml"
SHORT = {"steps": 2, "minutes": 0.0, "valid_windows": 2, "rows": 2}


def _rows(folder: Path) -> list[dict[str, str]]:
    with (folder / CSV).open(newline="") as stream:
        return list(csv.DictReader(stream))


def test_settings_are_read() -> None:
    found = read_setting("model.name=a, b,true,2,0.5")
    assert (found.name, found.values) == ("model.name", ("a", "b", True, 2, 0.5))
    drawn = read_setting("lr=1e-4..1e-2")
    assert (drawn.low, drawn.high, drawn.values) == (1e-4, 1e-2, ())


def test_grids_and_draws() -> None:
    settings = [read_setting("a=1,2,3"), read_setting("b=x,y")]
    grid = list_runs(settings)
    assert len(grid) == 6
    assert grid[1] == {"a": 1, "b": "y"}
    some = list_runs(settings, n=4, seed=2)
    assert len({tuple(one.values()) for one in some}) == 4
    assert some == list_runs(settings, n=4, seed=2)
    wide = list_runs([read_setting("lr=1e-4..1e-1")], n=60, seed=1)
    assert all(1e-4 <= one["lr"] <= 1e-1 for one in wide)
    assert 20 <= sum(one["lr"] < 3.16e-3 for one in wide) <= 40  # even by its logarithm


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: read_setting("lr"), "FIELD=VALUE"),
        (lambda: read_setting("modle.width=3"), "model.width=128,256"),
        (lambda: read_setting("lr=3..1"), "from a number to a larger one"),
        (lambda: list_runs([]), "one at least"),
        (lambda: list_runs([read_setting("lr=1..2")]), "--random N"),
        (lambda: list_runs([read_setting("a=1"), read_setting("a=2")]), "another field"),
        (lambda: list_runs([read_setting("a=1..2")], n=2000), "more than 1000"),
    ],
)
def test_what_cannot_be_swept_is_told(call: Any, words: str) -> None:
    with pytest.raises(ParameterError, match=words) as caught:
        call()
    assert any("\u4e00" <= letter <= "\u9fff" for letter in caught.value.zh)


def test_a_sweep_skips_what_is_done_and_tells_what_fails(tmp_path: Path) -> None:
    shards = write_tiny_shards(tmp_path / "s")
    home = tmp_path / "sweep"
    told: list[str] = []

    def go(runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        told.clear()
        return run_sweep(
            TINY, runs, output=home, shards=shards, overrides=SHORT,
            on_run=lambda k, row: told.append(f"{k} {row['reason'].split(':')[0]}"),
        )  # fmt: skip

    runs = list_runs([read_setting("lr=0.001,-1"), read_setting("micro_rows=1")])
    rows = go(runs)
    assert told == ["1 finished", "2 failed"]
    assert rows[0]["best"] > 0
    assert rows[0]["steps"] == 2
    assert "lr must be" in rows[1]["reason"]
    written = _rows(home)
    assert [row["run"] for row in written] == ["lr=0.001,micro_rows=1", "lr=-1,micro_rows=1"]
    assert float(written[0]["nats_per_note"]) == pytest.approx(rows[0]["best"], abs=1e-5)
    weights = home / "lr=0.001,micro_rows=1" / "weights.npz"
    before = weights.stat().st_mtime_ns
    again = go([*runs, {"lr": 0.002, "micro_rows": 1}])
    assert weights.stat().st_mtime_ns == before
    assert again[0] == rows[0]
    assert [row["run"].split(",")[0] for row in _rows(home)] == ["lr=0.001", "lr=-1", "lr=0.002"]
    with pytest.raises(ParameterError, match="holds a sweep of another config"):
        run_sweep(TINY, runs, output=home, shards=shards, overrides={"steps": 9})


def test_a_sweep_of_nothing_valid_is_refused_before_it_begins(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="no field 'wdith'"):
        run_sweep(TINY, [{"wdith": 3}], output=tmp_path / "x", shards="nowhere")
    assert not (tmp_path / "x").exists()
