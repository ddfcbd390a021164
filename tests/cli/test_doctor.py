"""The doctor sees what is missing and says what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.doctor import Check, examine, register
from motet.cli.wording import translator


def test_this_machine_is_usable(motet: Callable[..., Any]) -> None:
    found = motet("doctor", "--json")
    assert found.code == 0
    assert found.facts["usable"] is True
    names = [check["name"] for check in found.facts["checks"]]
    assert all(bool(check["advice"]) != check["ok"] for check in found.facts["checks"])
    assert {"Python", "numpy", "sound font", "text font", "styles", "write here"} <= set(names)
    assert {"sound", "sheet music", "picture"} <= set(names)


def test_it_speaks_chinese(motet: Callable[..., Any]) -> None:
    found = motet("doctor", "--lang", "zh")
    assert found.code == 0
    assert "Motet 可以使用。" in found.out


def test_programs_that_are_missing_come_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    checks = examine(translator("en"), folder=tmp_path)
    missing = [check for check in checks if not check.ok]
    assert [check.name for check in missing] == ["fluidsynth", "audio player"]
    assert all(check.advice and not check.needed for check in missing)


def test_a_folder_that_is_not_there_cannot_be_written(tmp_path: Path) -> None:
    check: Check = examine(translator("en"), folder=tmp_path / "absent")[-1]
    assert not check.ok
    assert check.needed
    assert callable(register)


def test_what_does_not_work_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import motet.render.save

    def broken(*_: Any, **__: Any) -> None:
        raise ImportError("libverovio.so")

    monkeypatch.setattr(motet.render.save, "render_sheet", broken)
    checks = examine(translator("en"), folder=tmp_path)
    failed = {check.name: check.detail for check in checks if check.needed and not check.ok}
    assert failed == {"sheet music": "libverovio.so"}
