"""Shell completion: the script, the answers, and the installation."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.completion import prepare_completion, register


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_names_the_program(motet: Callable[..., Any], shell: str) -> None:
    found = motet("completion", shell)
    assert found.code == 0
    assert "_MOTET_COMPLETE" in found.out


def test_an_unknown_shell_is_refused(motet: Callable[..., Any]) -> None:
    found = motet("completion", "bsh", "--json")
    assert found.code == 2
    assert "bash" in found.facts["error"]["message"]


def test_the_program_answers_the_shell() -> None:
    environ = {"_MOTET_COMPLETE": "complete_bash", "COMP_WORDS": "motet arr", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "motet.cli.main"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environ},
    )
    assert done.stdout.split() == ["arrange"]


def test_installing_writes_into_the_home(motet: Callable[..., Any]) -> None:
    found = motet("completion", "bash", "--install", "--json")
    assert found.code == 0
    assert Path(found.facts["path"]).is_relative_to(os.environ["HOME"])
    assert "motet" in Path(found.facts["path"]).read_text()


def test_the_module_is_ready() -> None:
    assert hasattr(prepare_completion(), "get_completion_script")
    assert callable(register)
