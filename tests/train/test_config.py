"""Every config file loads; wrong ones say what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.errors import FormatError, ParameterError
from motet.models import find_config
from motet.train.config import RunConfig, load_config

CONFIGS = sorted((Path(__file__).parents[2] / "configs").glob("*.toml"))


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_every_file_of_configs_loads(path: Path) -> None:
    config = load_config(path)
    find_config(config.family, config.size, dropout=config.dropout)
    assert load_config(config.to_dict()) == config


def test_there_are_configs() -> None:
    assert {"tiny", "small", "base"} <= {path.stem for path in CONFIGS}


def test_options_win_and_none_leaves_the_file() -> None:
    config = load_config({"format": 1, "lr": 0.5, "rows": 4}, lr=0.25, rows=None)
    assert (config.lr, config.rows) == (0.25, 4)


def test_wrong_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    with pytest.raises(FormatError, match="cannot read"):
        load_config(path)
    path.write_text("size = 'tiny'")
    with pytest.raises(FormatError, match="format = 1"):
        load_config(path)
    path.write_text("format = 1\nbatch = 3")
    with pytest.raises(ParameterError, match="no field 'batch'"):
        load_config(path)
    path.write_text("format = 1\n[draw]\np_hole = 0.1")
    with pytest.raises(ParameterError, match="did you mean p_holes"):
        load_config(path)


@pytest.mark.parametrize(
    "wrong",
    [
        {"rows": 8, "micro_rows": 3},
        {"steps": 0},
        {"lr": -1.0},
        {"decay": 2.0},
        {"schedule": "x"},
        {"optimizer": "x"},
        {"lr": "fast"},
        {"steps": 2.5},
        {"steps": True},
        {"bf16": 1},
        {"model": "wide"},
        {"player_lr": 2.0},
        {"plugin": 3},
    ],
)
def test_values_out_of_range_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ParameterError):
        RunConfig(**wrong)
