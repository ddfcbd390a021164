"""Runs Motet's command line inside the test, and keeps what it says."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from motet.cli.main import run


@dataclass(frozen=True)
class Answer:
    """What one command line gave."""

    code: int
    out: str
    err: str

    @property
    def facts(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        return json.loads(self.out)


@pytest.fixture
def motet(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Answer]:
    """Run one command line in an empty folder; ``stdin`` is what is piped in."""
    monkeypatch.chdir(tmp_path)

    def call(*args: str, stdin: bytes = b"", environ: dict[str, str] | None = None) -> Answer:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = run([str(arg) for arg in args], dict(os.environ) if environ is None else environ)
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return call
