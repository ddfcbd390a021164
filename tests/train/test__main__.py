"""``python -m motet.train`` is the command."""

from __future__ import annotations

import runpy
import sys

import pytest


def test_the_module_runs_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "motet.train.__main__", raising=False)
    monkeypatch.setattr(sys, "argv", ["motet.train", "--shards", "nowhere", "--output", "run"])
    with pytest.raises(SystemExit) as stopped:
        runpy.run_module("motet.train", run_name="__main__")
    assert stopped.value.code == 4
