"""``motet sweep``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from tiny_shards import write_tiny_shards

torch.set_num_threads(1)

TINY = str(Path(__file__).parents[2] / "configs" / "tiny.toml")


def test_a_sweep_ends_with_a_table_best_first(motet: Callable[..., Any]) -> None:
    shards = write_tiny_shards(Path("s"))
    given = ("--shards", str(shards), "-o", "sweep", "--steps", "1")
    found = motet("sweep", TINY, "--set", "lr=0.001,-1", *given)
    assert found.code == 0
    first, second, last = found.out.splitlines()
    assert first.startswith("lr=0.001 ")
    assert first.endswith("finished")
    assert "failed: lr must be" in second
    assert last == "sweep/sweep.csv"
    assert "2/2 lr=-1: failed" in found.err


@pytest.mark.parametrize(("language", "words"), [("en", "FIELD=VALUE"), ("zh", "字段=值")])
def test_mistakes(motet: Callable[..., Any], language: str, words: str) -> None:
    args = ("--set", "lr", "--shards", "s", "-o", "x", "--lang", language)
    found = motet("sweep", TINY, *args)
    assert found.code == 2
    assert words in found.err
    assert not Path("x").exists()
