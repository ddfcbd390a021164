"""Work in several processes: results in order, errors come home."""

import os

import pytest

from motet.corpus.workers import map_ordered
from motet.errors import CorpusError


def test_order() -> None:
    assert list(map_ordered(str, range(30), n_workers=2)) == [str(k) for k in range(30)]
    assert list(map_ordered(str, [])) == []


def test_few_tasks_stay_here() -> None:
    found = set(map_ordered(_process, range(8), n_workers=2))
    assert found == {os.getpid()}


def _process(task: int) -> int:
    return os.getpid() + 0 * task


def test_errors_come_home() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        list(map_ordered(int, ["1"] * 20 + ["x"], n_workers=2))


def test_a_killed_worker_is_told() -> None:
    with pytest.raises(CorpusError, match="fewer workers"):
        list(map_ordered(os._exit, [1] * 20, n_workers=2))
